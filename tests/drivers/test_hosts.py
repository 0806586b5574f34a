"""Hosts as resolvers, a certificate and answers name them; of the network only the loopback is asked."""

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from tenderproof.candidate import Domicile
from tenderproof.domicile.hosts import How, Sighting
from tenderproof.domicile.judgement import Role
from tenderproof.drivers.hosts import SeenHosts, certified
from tenderproof.testing.views import Reading
from tests.domicile.test_names import ZONE, serving
from tests.laboratory.vantages import certified as certificate_of

TENDER: Any = Mock(section=Mock(id="s"))
Made = Callable[[str, Callable[[], bytes]], bytes]


def hosts(*read: Reading, base_url: str = "http://127.0.0.1:1", domicile: Domicile | None = None, made: Made | None = None) -> SeenHosts:
    candidate: Any = Mock(base_url=base_url, domicile=domicile or Domicile())
    chance: Any = Mock(made=made or (lambda _, produce: produce()))
    return SeenHosts(candidate, lambda _: read, chance, lambda _: nullcontext())


def moved(location: str, status: int = 302) -> Reading:
    return Reading("sections/*", status, (("Location", location),), b"")


def test_an_address_is_seen_and_nobody_is_asked() -> None:
    one = hosts()

    assert one.own() == "127.0.0.1"
    assert one.seen(TENDER) == (Sighting("127.0.0.1", "127.0.0.1", Role.SERVER, How.DECLARED, ""),)


def test_names_are_asked_of_the_declared_resolvers() -> None:
    with serving() as resolver:
        seen = hosts(domicile=Domicile(("WWW.site.test",), (str(resolver),))).seen(TENDER)

    assert {(one.host, one.address, one.role) for one in seen} >= {
        ("www.site.test", "192.0.2.1", Role.SERVER),
        ("edge.site.test", "2001:db8::1", Role.SERVER),
        ("mail.site.test", "192.0.2.25", Role.MAIL),
        ("ns.site.test", "192.0.2.53", Role.NAMES),
    }


def test_whom_pages_contact_is_the_platforms_own_in_its_zone_and_else_anothers() -> None:
    asked: list[str] = []

    def made(kind: str, produce: Callable[[], bytes]) -> bytes:
        asked.append(kind)
        return produce()

    with serving() as resolver:
        one = hosts(domicile=Domicile(("WWW.site.test",), (str(resolver),)), made=made)
        seen = one.contacted(["edge.site.test", "x.site.test", "else.test", "192.0.2.9", "", "127.0.0.1", "no.site.test.evil", "site.test"])
        before = len(asked)
        one.contacted(["else.test"])

    assert {(found.host, found.address, found.role, found.how) for found in seen} == {
        ("edge.site.test", "192.0.2.1", Role.SERVER, How.PAGE), ("edge.site.test", "2001:db8::1", Role.SERVER, How.PAGE),
        ("x.site.test", "", Role.SERVER, How.PAGE), ("site.test", "", Role.SERVER, How.PAGE),
        ("else.test", "", Role.THIRD_PARTY, How.PAGE), ("192.0.2.9", "192.0.2.9", Role.THIRD_PARTY, How.PAGE),
        ("no.site.test.evil", "", Role.THIRD_PARTY, How.PAGE), ("127.0.0.1", "127.0.0.1", Role.SERVER, How.DECLARED),
    }  # fmt: skip
    assert len(asked) == before


def test_without_asking_the_platform_no_answer_of_it_is_read() -> None:
    read: list[str] = []

    def readings(_: Any) -> Any:
        read.append("asked")
        return [moved("https://192.0.2.9/x")]

    one = hosts()
    one._readings = readings

    assert {found.host for found in one.named()} == {"127.0.0.1"}
    assert not read
    assert {found.host for found in one.seen(TENDER)} == {"127.0.0.1", "192.0.2.9"}


@pytest.mark.parametrize("location", ["https://192.0.2.9/x", "//192.0.2.9:8443/x", "HTTPS://user@192.0.2.9/"])
def test_where_an_answer_leads_is_seen(location: str) -> None:
    assert Sighting("192.0.2.9", "192.0.2.9", Role.THIRD_PARTY, How.REDIRECT, "sections/*") in hosts(moved(location)).seen(TENDER)


@pytest.mark.parametrize("reading", [moved("/elsewhere"), moved("https://192.0.2.9/x", 201), moved("https://[/x")])
def test_what_leads_nowhere_else_is_no_other_server(reading: Reading) -> None:
    assert {one.host for one in hosts(reading).seen(TENDER)} == {"127.0.0.1"}


def test_a_link_into_a_zone_of_the_platform_is_a_server_and_one_elsewhere_is_not() -> None:
    answer = Reading("file", 200, (), json.dumps({"a": "https://edge.site.test/x", "b": "https://example.org/standard"}).encode())
    with serving() as resolver:
        seen = hosts(answer, domicile=Domicile(("www.site.test",), (str(resolver),))).seen(TENDER)

    assert Sighting("edge.site.test", "192.0.2.1", Role.SERVER, How.LINK, "file") in seen
    assert not [one for one in seen if one.host == "example.org"]


def test_a_tender_is_looked_at_once() -> None:
    asked: list[str] = []

    def made(kind: str, produce: Callable[[], bytes]) -> bytes:
        asked.append(kind)
        return produce()

    with serving(ZONE) as resolver:
        one = hosts(domicile=Domicile(("www.site.test",), (str(resolver),)), made=made)
        assert one.seen(TENDER) == one.seen(TENDER)

    assert asked == ["names"]


@contextmanager
def secured(folder: Path) -> Iterator[int]:
    """A TLS server whose certificate holds for an address alone."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate_of(folder, "site"))
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_the_names_of_a_certificate_are_those_that_it_holds_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with secured(tmp_path) as port:
        assert certified("127.0.0.1", port) == []  # it holds for an address and for no name
    monkeypatch.setattr("tests.laboratory.vantages.x509.IPAddress", lambda _: _dns("*.Site.test"))
    with secured(tmp_path) as port:
        assert certified("127.0.0.1", port) == ["site.test"]
    assert certified("127.0.0.1", port) == []  # nobody is there any more


def _dns(name: str) -> Any:
    from cryptography import x509  # noqa: PLC0415

    return x509.DNSName(name.lower())


def test_a_name_of_the_certificate_in_a_zone_of_the_platform_is_a_server() -> None:
    def made(kind: str, produce: Callable[[], bytes]) -> bytes:
        return b'["edge.site.test", "stranger.example"]' if kind == "certificate names" else produce()

    with serving() as resolver:
        one = hosts(base_url="https://www.site.test:1", domicile=Domicile((), (str(resolver),)), made=made)
        seen = one.seen(TENDER)

    assert Sighting("edge.site.test", "192.0.2.1", Role.SERVER, How.CERTIFICATE, "www.site.test") in seen
    assert not [found for found in seen if found.host == "stranger.example"]
