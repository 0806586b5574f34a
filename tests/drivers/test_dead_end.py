"""Whatever comes to the dead end is noted, whole, and goes no further."""

import socket
import ssl
import time
from collections.abc import Iterator

import pytest

from tenderproof.drivers.dead_end import DeadEnd, Heard, pin


@pytest.fixture
def end() -> Iterator[DeadEnd]:
    with DeadEnd() as one:
        yield one


def said(end: DeadEnd, *parts: bytes) -> bytes:
    """What is answered to these octets, until nothing comes any more."""
    with socket.create_connection(("127.0.0.1", end.server_address[1]), 5) as line:
        for part in parts:
            line.sendall(part)
        answered = b""
        while octets := line.recv(4096):
            answered += octets
        return answered


def test_a_request_in_plain_is_noted_with_its_body_and_fails(end: DeadEnd) -> None:
    answer = said(end, b"POST http://a.test/x?y=1 HTTP/1.1\r\nHost: a.test\r\nOrigin: null\r\nContent-Length: 4\r\n\r\nbody")
    one = end.heard()[0]

    assert answer.startswith(b"HTTP/1.1 502")
    assert (one.method, one.url, one.body, one.kind) == ("POST", "http://a.test/x?y=1", "body", "fetch")
    assert end.heard() == []


def test_a_body_in_chunks_is_put_together(end: DeadEnd) -> None:
    said(end, b"POST http://a.test/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
    assert [one.body for one in end.heard()] == ["abcde"]


def test_what_is_encrypted_is_read_by_whoever_shows_the_pinned_key(end: DeadEnd) -> None:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", end.server_address[1]), 5) as line:
        line.sendall(b"CONNECT [2001:db8::1]:443 HTTP/1.1\r\n\r\n")
        assert line.recv(100).startswith(b"HTTP/1.1 200")
        with context.wrap_socket(line, server_hostname="a.test") as secured:
            secured.sendall(b"GET /i.png HTTP/1.1\r\nSec-Fetch-Dest: image\r\nSec-Fetch-Site: cross-site\r\n\r\n")
            assert secured.recv(100).startswith(b"HTTP/1.1 502")
    one = end.heard()[0]

    assert (one.url, one.kind, one.by_a_page) == ("https://[2001:db8::1]/i.png", "image", True)
    assert len(pin()) == 44


def test_a_socket_is_opened_and_noted(end: DeadEnd) -> None:
    with socket.create_connection(("127.0.0.1", end.server_address[1]), 5) as line:
        line.sendall(b"CONNECT a.test:80 HTTP/1.1\r\n\r\n")
        line.recv(100)
        line.sendall(b"GET /live HTTP/1.1\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
        assert b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in line.recv(1000)  # the example of RFC 6455, 1.3
    assert [(one.url, one.kind) for one in end.heard()] == [("ws://a.test/live", "websocket")]


def test_a_preflight_is_let_through_and_what_follows_is_noted(end: DeadEnd) -> None:
    before = (
        b"OPTIONS http://a.test/ HTTP/1.1\r\nOrigin: http://p.test\r\nAccess-Control-Request-Method: PUT\r\n"
        b"Access-Control-Request-Headers: x-a\r\n\r\n"
    )
    answer = said(end, before, b"PUT http://a.test/ HTTP/1.1\r\nOrigin: http://p.test\r\nContent-Length: 1\r\n\r\nb")

    assert b"access-control-allow-origin: http://p.test\r\n" in answer
    assert b"access-control-allow-headers: x-a\r\n" in answer
    assert [(one.method, one.body) for one in end.heard()] == [("PUT", "b")]


@pytest.mark.parametrize(
    "octets", [b"", b"nonsense\r\n\r\n", b"GET x HTTP/1.1\r\nContent-Length: many\r\n\r\n", b"CONNECT a:443 HTTP/1.1\r\n\r\nx\r\n\r\n"]
)
def test_what_is_no_request_is_not_noted_and_harms_nobody(end: DeadEnd, octets: bytes) -> None:
    with socket.create_connection(("127.0.0.1", end.server_address[1]), 5) as line:
        line.sendall(octets)
        line.shutdown(socket.SHUT_WR)
        while line.recv(1000):
            pass
    assert end.heard() == []
    said(end, b"GET http://a.test/ HTTP/1.1\r\n\r\n")
    assert [one.url for one in end.heard()] == ["http://a.test/"]


def test_who_only_opens_a_way_keeps_nobody_waiting(end: DeadEnd) -> None:
    with socket.create_connection(("127.0.0.1", end.server_address[1]), 5) as line:
        line.sendall(b"CONNECT a.test:443 HTTP/1.1\r\n\r\n")
        line.recv(100)
        time.sleep(0.05)
        assert not end.busy
    assert end.heard() == []


@pytest.mark.parametrize(
    ("headers", "of_a_page"),
    [
        ({"sec-fetch-site": "none", "origin": "https://www.browsers-maker.test"}, False),
        ({}, False),
        ({"sec-fetch-site": "cross-site"}, True),
        ({"origin": "null"}, True),
        ({"referer": "http://p.test/"}, True),
    ],
)
def test_what_the_browser_asks_for_itself_is_told_from_what_a_page_asks_for(headers: dict[str, str], of_a_page: bool) -> None:
    assert Heard("GET", "https://a.test/", headers).by_a_page is of_a_page
