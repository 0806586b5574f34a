"""Crowds, at servers of the loopback that have room for few, for all, or for one at a time."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tenderproof.transport import crowding
from tenderproof.transport.asking import Place
from tenderproof.transport.crowding import Entrance, Filled, Slowed, filled, slowed
from tests.laboratory.channels import HOST, Wanted, certified, context

_PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
_CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
_FULL = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@contextmanager
def serving(handle: Callable[[socket.socket], None], secured: ssl.SSLContext | None = None) -> Iterator[Entrance]:
    """A server with a thread for each connection."""
    server = socket.create_server((HOST, 0), backlog=64)

    def one(connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            if secured is None:
                handle(connection)
                return
            with secured.wrap_socket(connection, server_side=True) as over:
                handle(over)

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=one, args=(server.accept()[0],), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield Entrance(Place(HOST, server.getsockname()[1], 2), secure=secured is not None, authority=None)
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(5)


class Room:
    """Room for so many; ``loses``: whoever is inside is answered once."""

    def __init__(self, most: int, page: bytes = _PAGE, *, loses: bool = False) -> None:
        self.inside, self._most, self._page, self._loses = 0, most, page, loses
        self._changing = threading.Lock()

    def handle(self, connection: socket.socket) -> None:
        with self._changing:
            enters = self.inside < self._most
            self.inside += enters
        if not enters:
            connection.recv(4096)
            connection.sendall(_FULL)
            return
        try:
            while connection.recv(4096):
                connection.sendall(self._page)
                if self._loses:
                    return
        finally:
            with self._changing:
                self.inside -= 1


@pytest.mark.parametrize("page", [_PAGE, _CHUNKED], ids=["by length", "in chunks"])
def test_whoever_finds_no_room_is_counted_and_those_inside_are_served_again(page: bytes) -> None:
    with serving(Room(4, page).handle) as entrance:
        assert filled(entrance, 7) == Filled(4, 3, afterwards=True)


def test_where_there_is_room_for_all_nobody_is_refused() -> None:
    with serving(Room(100).handle) as entrance:
        assert filled(entrance, 7) == Filled(7, 0, afterwards=True)


def test_whoever_is_thrown_out_is_not_served_again() -> None:
    with serving(Room(4, loses=True).handle) as entrance:
        assert filled(entrance, 3).served == 0


def test_a_crowd_comes_over_tls_and_believes_whom_it_is_told_to(tmp_path: Path) -> None:
    papers = certified(tmp_path, Wanted())
    with serving(Room(2).handle, context(papers)) as entrance:
        believing = Entrance(entrance.place, secure=True, authority=papers.root)

        assert filled(believing, 3) == Filled(2, 1, afterwards=True)
        assert filled(entrance, 1).refused == 1


def test_where_nobody_listens_nobody_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowding, "_PAUSE_S", 0)
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]

    assert filled(Entrance(Place(HOST, port, 1), secure=False, authority=None), 2) == Filled(0, 2, afterwards=False)


@pytest.fixture
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowding, "_DRIP_S", 0.01)


@pytest.mark.usefixtures("_quickly")
def test_slow_ones_keep_nobody_waiting_who_has_a_thread_of_its_own() -> None:
    with serving(Room(100).handle) as entrance:
        assert slowed(entrance, 4, "/log-in") == Slowed(5, 5, 5)


@pytest.mark.usefixtures("_quickly")
def test_slow_ones_keep_all_waiting_where_one_is_served_after_the_other() -> None:
    serving_one = threading.Lock()

    def handle(connection: socket.socket) -> None:
        with serving_one:
            asked = b""
            while b"\r\n\r\n" not in asked and (part := connection.recv(4096)):
                asked += part
            connection.sendall(_PAGE)

    with serving(handle) as entrance:
        hurried = Entrance(Place(HOST, entrance.place.port, 0.1), secure=False, authority=None)
        found = slowed(hurried, 2, "/log-in")

    assert (found.before, found.meanwhile) == (5, 0)
