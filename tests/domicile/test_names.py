"""What resolvers say of names: asked on the loopback, of name servers that answer, refuse, lie, or are silent."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import dns.message
import dns.zone
import pytest
from federation.names import answered

from tenderproof.domicile.names import MOST_NAMES, Record, Resolver, Told, ascii_name, asked, is_address
from tenderproof.vocabulary import WrongInput

ZONE = """$ORIGIN site.test.
$TTL 60
@    SOA ns hostmaster 1 3600 600 86400 60
@    NS ns
@    MX 10 mail.site.test.
ns   A 192.0.2.53
mail A 192.0.2.25
www  CNAME edge
edge A 192.0.2.1
edge AAAA 2001:db8::1
round CNAME about
about CNAME round
none TXT "nothing else"
"""


@contextmanager
def serving(text: str = ZONE, *, mute: bool = False) -> Iterator[Resolver]:
    known = dns.zone.from_text(text, relativize=False)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.settimeout(0.05)
        over = threading.Event()

        def run() -> None:
            while not over.is_set():
                try:
                    octets, asker = listening.recvfrom(4096)
                except TimeoutError:
                    continue
                if not mute:
                    listening.sendto(answered(octets, known), asker)

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield Resolver("127.0.0.1", listening.getsockname()[1])
        finally:
            over.set()
            thread.join()


def said(told: Told) -> set[tuple[str, str, str]]:
    return {(record.name, record.kind, record.value) for record in told.records}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("192.0.2.1", Resolver("192.0.2.1", 53)),
        ("192.0.2.1:5353", Resolver("192.0.2.1", 5353)),
        ("2001:db8::1", Resolver("2001:db8::1", 53)),
        ("[2001:db8::1]:5353", Resolver("2001:db8::1", 5353)),
    ],
)
def test_a_resolver_is_an_address_with_a_port_if_need_be(text: str, read: Resolver) -> None:
    assert Resolver.read(text) == read
    assert Resolver.read(str(read)) == read


@pytest.mark.parametrize("text", ["", "a.example", "192.0.2.1:", "192.0.2.1:x", "192.0.2.1:0", "192.0.2.1:65536", "[2001:db8::1"])
def test_what_is_no_resolver_is_told(text: str) -> None:
    with pytest.raises(WrongInput, match="no resolver"):
        Resolver.read(text)


def test_a_name_in_any_script_is_asked_for_as_it_travels() -> None:
    assert ascii_name("招标.Example.") == "xn--otu08i.example"
    assert ascii_name("xn--otu08i.example") == "xn--otu08i.example"


@pytest.mark.parametrize("name", ["a..example", "x" * 64 + ".example", "。。"])
def test_what_is_no_name_is_told(name: str) -> None:
    with pytest.raises(WrongInput, match="no name"):
        ascii_name(name)


def test_an_address_is_no_name() -> None:
    assert is_address("192.0.2.1")
    assert is_address("[2001:db8::1]")
    assert not is_address("site.test")


def test_addresses_aliases_name_servers_and_mail_are_asked_for() -> None:
    with serving() as resolver:
        told = asked([resolver], ["www.site.test"])

    assert said(told) == {
        ("www.site.test", "CNAME", "edge.site.test"),
        ("edge.site.test", "A", "192.0.2.1"),
        ("edge.site.test", "AAAA", "2001:db8::1"),
        ("site.test", "NS", "ns.site.test"),
        ("ns.site.test", "A", "192.0.2.53"),
        ("site.test", "MX", "mail.site.test"),
        ("mail.site.test", "A", "192.0.2.25"),
    }


def test_each_resolver_speaks_for_itself() -> None:
    with serving() as one, serving(ZONE.replace("192.0.2.25", "192.0.2.26")) as other:
        told = asked([one, other], ["www.site.test"])

    assert Record(str(one), "mail.site.test", "A", "192.0.2.25") in told.records
    assert Record(str(other), "mail.site.test", "A", "192.0.2.26") in told.records


def test_a_zone_that_takes_no_mail_has_nobody_who_takes_it() -> None:
    with serving(ZONE.replace("MX 10 mail.site.test.", "MX 0 .")) as resolver:
        told = asked([resolver], ["www.site.test"])

    assert not [record for record in told.records if record.kind == "MX"]


def test_a_resolver_that_is_silent_is_asked_once_and_the_others_are_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tenderproof.domicile.names._PATIENCE_S", 0.2)
    with serving(mute=True) as mute, serving() as resolver:
        told = asked([mute, resolver], ["www.site.test", "edge.site.test"])

    assert {silence.why for silence in told.silences if silence.resolver == str(mute)} == {"silent"}
    assert {record.resolver for record in told.records} == {str(resolver)}


def test_a_name_that_nobody_knows_is_told_and_has_no_zone() -> None:
    with serving() as resolver:
        told = asked([resolver], ["other.site.test", "elsewhere.test", "none.site.test"])

    assert not told.records
    assert ("other.site.test", "no_such_name") in {(silence.name, silence.why) for silence in told.silences}
    assert "elsewhere.test" in {silence.name for silence in told.silences}


def test_aliases_that_go_round_lead_nowhere() -> None:
    with serving() as resolver:
        assert not said(asked([resolver], ["round.site.test"]))


def test_no_more_names_are_asked_for_than_are_bearable() -> None:
    with serving() as resolver:
        told = asked([resolver], [f"n{number}.site.test" for number in range(MOST_NAMES + 1)])

    assert [silence.name for silence in told.silences if silence.why == "too_many"] == [f"n{MOST_NAMES}.site.test"]
