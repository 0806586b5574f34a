"""Guesses from one address: what each is answered, and whether another address is served."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tenderproof.transport.asking import Place
from tenderproof.transport.crowding import Entrance
from tenderproof.transport.guessing import Guessed, guessed
from tests.laboratory.channels import HOST, listening

_ANSWERS = {200: b"HTTP/1.1 200 OK", 401: b"HTTP/1.1 401 Unauthorized", 429: b"HTTP/1.1 429 Too Many Requests"}


class Guarded:
    """Lets each address fail so often, whoever it says to be; a request without content is no log-in."""

    def __init__(self, most: int, *, all_alike: bool = False) -> None:
        self.names: list[str] = []
        self._most, self._all_alike, self._failed = most, all_alike, dict[str, int]()

    def handle(self, connection: socket.socket) -> None:
        who = "all" if self._all_alike else str(connection.getpeername()[0])
        head, _, body = self._heard(connection).partition(b"\r\n\r\n")
        status = 429 if self._failed.get(who, 0) >= self._most else 401 if head.startswith(b"POST /log-in ") else 200
        if status == 401:
            self._failed[who] = self._failed.get(who, 0) + 1
            self.names.append(json.loads(body)["login"])
        connection.sendall(_ANSWERS[status] + b"\r\nContent-Length: 0\r\n\r\n")

    def _heard(self, connection: socket.socket) -> bytes:
        came = b""
        while not came.endswith(b"}" if came.startswith(b"POST") else b"\r\n\r\n"):
            came += connection.recv(4096)
        return came


@contextmanager
def entrance(guarded: Guarded) -> Iterator[Entrance]:
    with listening(guarded.handle) as port:
        yield Entrance(Place(HOST, port, 2), secure=False, authority=None)


def name(number: int) -> dict[str, str]:
    return {"login": f"n{number}"}


def test_each_guess_is_under_another_name_and_its_answer_is_told() -> None:
    guarded = Guarded(3)
    with entrance(guarded) as there:
        assert guessed(there, "/log-in", name, 5) == Guessed((401, 401, 401, 429, 429), others=True)
    assert guarded.names == ["n0", "n1", "n2"]


def test_where_everybody_is_stopped_with_one_others_are_not_served() -> None:
    with entrance(Guarded(2, all_alike=True)) as there:
        assert guessed(there, "/log-in", name, 3) == Guessed((401, 401, 429), others=False)


def test_where_nobody_answers_it_is_said_and_a_single_address_tells_nothing_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tenderproof.transport.guessing._HERE", "another machine")
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
    assert guessed(Entrance(Place(HOST, port, 1), secure=False, authority=None), "/log-in", name, 2) == Guessed((0, 0), others=None)
