"""The channel of a declared candidate: where it is looked at, how often, and when there is nothing to look at."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tenderproof.candidate import Candidate, Channel, Sandbox
from tenderproof.drivers.channel import Asked, DeclaredChannel
from tenderproof.drivers.turns import Turns
from tenderproof.evidence.wire import Request
from tenderproof.transport import second
from tenderproof.transport.asking import Place
from tenderproof.transport.hello import Reply
from tenderproof.transport.second import Second
from tenderproof.vocabulary import Missing
from tests.laboratory.channels import HOST, Wanted, certified, context, saying, serving

ASKED = (Asked("GET", "/"), Asked("POST", "/log-in", b"{}"))


def there(candidate: Candidate) -> Turns:
    return Turns(candidate.file.parent / "private" / "entrance.lock")


def at(candidate: Candidate, channel: Channel, base_url: str = "http://127.0.0.1:1", authority: Path | None = None) -> Candidate:
    return replace(candidate, channel=channel, base_url=base_url, tls_authority=authority)


class Kept:
    """Chance that remembers what was made."""

    def __init__(self, given: Any) -> None:
        self.kinds: list[str] = []
        self.now, self._given = given.now, given

    def made(self, kind: str, produce: Any) -> bytes:
        self.kinds.append(kind)
        made: bytes = produce()
        return made


@pytest.fixture
def candidate(driver: Any) -> Candidate:
    found: Candidate = driver.candidate
    return found


def test_the_declared_address_is_looked_at_once_and_recorded_as_nobodys(candidate: Candidate, driver: Any, tmp_path: Path) -> None:
    papers, chance = certified(tmp_path, Wanted()), Kept(driver.chance)
    with serving(context(papers)) as port:
        declared = at(candidate, Channel(f"https://{HOST}:{port}"), authority=papers.root)
        watched: Any = DeclaredChannel(declared, driver.wire, chance, ASKED, there(candidate))  # type: ignore[arg-type]
        seen, again = watched.observed(), watched.observed()

    assert seen is again
    assert (seen.port, seen.shaken.unbelieved, seen.hellos["TLSv1.3"].reply) == (port, 0, Reply.AGREED)
    assert (chance.kinds, driver.wire.shared) == (["channel"], ["channel"])


def test_what_stays_on_this_machine_needs_no_channel(candidate: Candidate, driver: Any) -> None:
    for base_url in ("http://127.0.0.1:8000", "http://localhost", "http://[::1]:8000"):
        watched = DeclaredChannel(at(candidate, Channel(), base_url), driver.wire, driver.chance, ASKED, there(candidate))
        with pytest.raises(Missing, match=r"tls\.url"):
            watched.observed()
        with pytest.raises(Missing, match=r"tls\.url"):
            watched.asked_in_plain()


def test_a_plain_address_elsewhere_is_looked_at_as_what_it_is(candidate: Candidate, driver: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tenderproof.drivers.channel.is_here", lambda _: False)
    with saying(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") as port:
        watched = DeclaredChannel(at(candidate, Channel(), f"http://{HOST}:{port}"), driver.wire, driver.chance, ASKED, there(candidate))

        assert watched.observed().hellos["TLSv1.3"].reply is Reply.PLAIN


def test_tlcp_alone_is_not_tested(candidate: Candidate, driver: Any, tmp_path: Path) -> None:
    papers = certified(tmp_path, Wanted())
    with saying(b"\x15\x01\x01\x00\x02\x02\x28") as port:
        alone = at(candidate, Channel(f"https://{HOST}:{port}", tlcp=True))
        with pytest.raises(Missing, match="TLCP"):
            DeclaredChannel(alone, driver.wire, driver.chance, ASKED, there(candidate)).observed()
    with serving(context(papers)) as port:
        both = at(candidate, Channel(f"https://{HOST}:{port}", tlcp=True))
        assert DeclaredChannel(both, driver.wire, driver.chance, ASKED, there(candidate)).observed().shaken.version


def test_each_request_is_sent_to_both_entrances(candidate: Candidate, driver: Any) -> None:
    driver.wire.answers = lambda request: (200, {"page": 1}) if request.url.startswith("https:") else (301, b"")
    driver.wire.alone = driver.wire.send
    watched = DeclaredChannel(
        at(candidate, Channel("https://a.test", "http://a.test")), driver.wire, driver.chance, ASKED, there(candidate)
    )

    both = watched.asked_in_plain()

    assert [(one.asked, one.secure, one.plain) for one in both] == [
        ("GET /", (200, json.dumps({"page": 1}).encode()), (301, b"")),
        ("POST /log-in", (200, json.dumps({"page": 1}).encode()), (301, b"")),
    ]
    assert [one.url for one in driver.wire.requests] == [
        "https://a.test/", "http://a.test/", "https://a.test/log-in", "http://a.test/log-in",
    ]  # fmt: skip
    assert driver.wire.requests[2:] == [
        Request("POST", "https://a.test/log-in", {"content-type": "application/json"}, b"{}"),
        Request("POST", "http://a.test/log-in", {"content-type": "application/json"}, b"{}"),
    ]


def test_in_production_nothing_is_posted(candidate: Candidate, driver: Any) -> None:
    driver.wire.alone = driver.wire.send
    production = replace(at(candidate, Channel("https://a.test", "http://a.test")), sandbox=Sandbox())

    DeclaredChannel(production, driver.wire, driver.chance, ASKED, there(candidate)).asked_in_plain()

    assert [one.method for one in driver.wire.requests] == ["GET", "GET"]


def test_without_a_plain_entrance_nothing_is_asked(candidate: Candidate, driver: Any) -> None:
    assert (
        DeclaredChannel(at(candidate, Channel("https://a.test:8443")), driver.wire, driver.chance, ASKED, there(candidate)).asked_in_plain()
        == ()
    )
    assert driver.wire.requests == []


def test_a_second_instrument_looks_at_the_same_address(candidate: Candidate, driver: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[Place] = []

    def look(place: Place) -> Second:
        looked.append(place)
        return Second("6.3.1", {"TLSv1.3": ("TLS_AES_128_GCM_SHA256",)}, ("SSLv2",))

    monkeypatch.setattr(second, "look", look)
    chance = Kept(driver.chance)
    watched: Any = DeclaredChannel(at(candidate, Channel("https://a.test")), driver.wire, chance, ASKED, there(candidate))  # type: ignore[arg-type]

    assert watched.second_look() == Second("6.3.1", {"TLSv1.3": ("TLS_AES_128_GCM_SHA256",)}, ("SSLv2",))
    assert ([(one.host, one.port) for one in looked], chance.kinds) == ([("a.test", 443)], ["second instrument"])
