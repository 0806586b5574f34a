"""Many connections at once, over TLS or in plain: each is asked something, and held; or speaks slowly while others are served."""

import contextlib
import socket
import ssl
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tenderproof.transport.asking import Place

_HEAD = 65536
_PAUSE_S, _TRIES = 0.1, 30
_DRIPS, _DRIP_S = 6, 0.4  # octets that a slow one sends, and the seconds between them
_ORDINARY = 5


@dataclass(frozen=True)
class Entrance:
    """Where a crowd goes: a place, over TLS or not, and whom one believes there."""

    place: Place
    secure: bool
    authority: Path | None


@dataclass(frozen=True)
class Filled:
    """What came of it: how many were served while all were there, how many were refused; whether one is served after all have left."""

    served: int
    refused: int
    afterwards: bool


@dataclass(frozen=True)
class Slowed:
    """How many of a few ordinary requests were served before, while slow ones were under way, and after."""

    before: int
    meanwhile: int
    afterwards: int


def filled(entrance: Entrance, most: int) -> Filled:
    """Open so many connections at once, each with a request; those that are answered are held, and asked once more when all are there."""
    with contextlib.ExitStack() as stack, ThreadPoolExecutor(most) as pool:
        opened = list(pool.map(lambda _: _entered(entrance, stack), range(most)))
        held = [connection for connection in opened if connection is not None]
        again = sum(pool.map(lambda connection: _asked(entrance, connection), held))
    return Filled(again, most - len(held), _served_again(entrance))


def slowed(entrance: Entrance, count: int, posting: str) -> Slowed:
    """Let so many speak slowly, half of them within their heads and half within what they post, and ask ordinarily meanwhile."""
    before = _ordinary(entrance)
    with contextlib.ExitStack() as stack:
        slow = [one for _ in range(count) if (one := connected(entrance, stack)) is not None]
        for number, connection in enumerate(slow):
            with contextlib.suppress(OSError):
                connection.sendall(_begun(entrance, posting if number % 2 else ""))
        meanwhile = 0
        for _ in range(_DRIPS):
            for connection in slow:
                with contextlib.suppress(OSError):
                    connection.sendall(b"x")
            time.sleep(_DRIP_S)
            meanwhile += _ordinary(entrance, 1)
    return Slowed(before, meanwhile * _ORDINARY // _DRIPS, _ordinary(entrance))


def _begun(entrance: Entrance, posting: str) -> bytes:
    """The begin of a request that is in no hurry: its head, or what it posts."""
    host = entrance.place.host
    if not posting:
        return f"GET / HTTP/1.1\r\nHost: {host}\r\nX-Note: ".encode()
    return f"POST {posting} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: 4096\r\n\r\n{{".encode()


def _ordinary(entrance: Entrance, count: int = _ORDINARY) -> int:
    """How many of so many requests, one after the other and each over a connection of its own, are served."""
    return sum(served(entrance) for _ in range(count))


def _entered(entrance: Entrance, stack: contextlib.ExitStack) -> socket.socket | None:
    """A connection over which something was answered; None if it was refused."""
    connection = connected(entrance, stack)
    return connection if connection is not None and _asked(entrance, connection) else None


def served(entrance: Entrance) -> bool:
    """Whether one ordinary request is served, over a connection of its own."""
    with contextlib.ExitStack() as stack:
        connection = connected(entrance, stack)
        return connection is not None and _asked(entrance, connection)


def _served_again(entrance: Entrance) -> bool:
    for _ in range(_TRIES):
        if served(entrance):
            return True
        time.sleep(_PAUSE_S)
    return False


def connected(entrance: Entrance, stack: contextlib.ExitStack, source: str = "") -> socket.socket | None:
    """A connection that ends with the stack, from a source address if one is named; None if there is none."""
    place = entrance.place
    try:
        plain = stack.enter_context(
            socket.create_connection((place.host, place.port), place.patience_s, source_address=(source, 0) if source else None)
        )
        if not entrance.secure:
            return plain
        context = ssl.create_default_context()
        if entrance.authority:
            context.load_verify_locations(entrance.authority)
        return stack.enter_context(context.wrap_socket(plain, server_hostname=place.host))
    except (OSError, ValueError):
        return None


def _asked(entrance: Entrance, connection: socket.socket) -> bool:
    """Whether the first page is handed out, or a way to it, over this connection, which stays open."""
    try:
        connection.settimeout(entrance.place.patience_s)
        connection.sendall(f"GET / HTTP/1.1\r\nHost: {entrance.place.host}\r\nAccept: */*\r\n\r\n".encode())
        head, body = _answer(connection)
        for part in _rest(connection, head, body):
            del part
    except (OSError, ValueError):
        return False
    return head.split(b" ", 2)[1:2][:1] != [] and head.split(b" ", 2)[1][:1] in (b"2", b"3")


def _answer(connection: socket.socket) -> tuple[bytes, bytes]:
    came = b""
    while b"\r\n\r\n" not in came and len(came) < _HEAD:
        part = connection.recv(_HEAD)
        if not part:
            raise ConnectionError("ended")
        came += part
    head, _, body = came.partition(b"\r\n\r\n")
    return head, body


def _rest(connection: socket.socket, head: bytes, body: bytes) -> Iterator[bytes]:
    """What is left of the body, by its length or its chunks, so that the connection can be asked again."""
    fields = dict(_fields(head.split(b"\r\n")[1:]))
    if b"content-length" in fields:
        left = int(fields[b"content-length"]) - len(body)
        while left > 0 and (part := connection.recv(min(left, _HEAD))):
            left -= len(part)
            yield part
    elif b"chunked" in fields.get(b"transfer-encoding", b""):
        while not body.endswith(b"0\r\n\r\n") and (part := connection.recv(_HEAD)):
            body = body[-8:] + part
            yield part


def _fields(lines: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
    for line in lines:
        name, _, value = line.partition(b":")
        yield name.strip().lower(), value.strip().lower()
