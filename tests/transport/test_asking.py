"""Asking an address, on servers of the loopback that answer, drip, hang up or say nothing."""

import socket
import time

from tenderproof.transport.asking import Place, hello, in_plain
from tenderproof.transport.hello import Reply, Said
from tests.laboratory.channels import HOST, listening, saying

ALERT = b"\x15\x03\x01\x00\x02\x02\x28"


def place(port: int, patience_s: float = 3) -> Place:
    return Place(HOST, port, patience_s)


def test_what_is_said_is_heard() -> None:
    with saying(ALERT) as port:
        assert hello(place(port), b"hello") == Said(Reply.REFUSED, alert=40)


def test_an_answer_that_comes_octet_by_octet_is_heard_whole() -> None:
    def drip(connection: socket.socket) -> None:
        connection.recv(4096)
        for octet in ALERT:
            connection.sendall(bytes([octet]))
            time.sleep(0.01)

    with listening(drip) as port:
        assert hello(place(port), b"hello") == Said(Reply.REFUSED, alert=40)


def test_patience_ends_for_the_whole_answer_and_not_for_each_octet() -> None:
    def drip(connection: socket.socket) -> None:
        connection.recv(4096)
        for _ in range(200):
            connection.sendall(b"\x16")
            time.sleep(0.02)

    with listening(drip) as port:
        began = time.monotonic()
        assert hello(place(port, 0.3), b"hello").reply is Reply.SILENT
        assert time.monotonic() - began < 3


def test_who_says_nothing_is_silent_and_who_ends_the_connection_has_closed_it() -> None:
    with saying(ALERT, wait_s=1) as port:
        assert hello(place(port, 0.2), b"hello") == Said(Reply.SILENT)
    with saying(b"") as port:
        assert hello(place(port), b"hello") == Said(Reply.CLOSED)


def test_an_answer_without_end_is_given_up() -> None:
    def flood(connection: socket.socket) -> None:
        connection.recv(4096)
        for _ in range(64):
            connection.sendall(b"\x16\x03\x03\x40\x00" + bytes(0x4000))

    with listening(flood) as port:
        assert hello(place(port), b"hello").reply is Reply.STRANGE


def test_a_port_where_nobody_listens_is_unreachable() -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]

    assert hello(place(port), b"hello") == Said(Reply.UNREACHABLE)
    assert hello(Place("no such host", 1, 1), b"hello") == Said(Reply.UNREACHABLE)
    assert not in_plain(place(port))


def test_the_head_of_an_answer_in_plain_is_told_and_other_octets_are_none() -> None:
    with saying(b"HTTP/1.1 301 Moved\r\nLocation: https://x/\r\n\r\nbody") as port:
        assert in_plain(place(port)) == "HTTP/1.1 301 Moved\r\nLocation: https://x/"
    with saying(ALERT) as port:
        assert not in_plain(place(port))
