"""Asks an address with a few octets and listens to what it says, within bounds: a second connection for a second question."""

import socket
import time
from dataclasses import dataclass

from tenderproof.transport.hello import Reply, Said, heard

_LONGEST = 1 << 17  # octets of an answer that are read: a chain of certificates is a few thousand
_HEAD = 4096


@dataclass(frozen=True)
class Place:
    """Where a platform answers: a host by name or address, a port, and how long to wait for one answer."""

    host: str
    port: int
    patience_s: float


def hello(place: Place, octets: bytes) -> Said:
    """How a hello is answered there."""
    deadline = time.monotonic() + place.patience_s
    came = b""
    try:
        with socket.create_connection((place.host, place.port), place.patience_s) as connection:
            try:
                connection.sendall(octets)
                while (said := heard(came)) is None:
                    part = _received(connection, deadline)
                    if not part or len(came) > _LONGEST:
                        return heard(came, ended=True) or Said(Reply.STRANGE)
                    came += part
            except TimeoutError:
                return Said(Reply.SILENT)
            except OSError:  # a connection that is reset says no more than one that is closed
                return heard(came, ended=True) or Said(Reply.CLOSED)
            return said
    except (OSError, UnicodeError):
        return Said(Reply.UNREACHABLE)


def in_plain(place: Place) -> str:
    """What a request in plain HTTP gets there: the head of the answer, or "" if it is none."""
    deadline = time.monotonic() + place.patience_s
    request = f"GET / HTTP/1.1\r\nHost: {place.host}\r\nAccept: */*\r\nConnection: close\r\n\r\n"
    came = b""
    try:
        with socket.create_connection((place.host, place.port), place.patience_s) as connection:
            connection.sendall(request.encode("ascii", "ignore"))
            while b"\r\n\r\n" not in came and len(came) < _HEAD and (part := _received(connection, deadline)):
                came += part
    except (OSError, UnicodeError):
        pass  # what came before is what was said
    head = came[:_HEAD].partition(b"\r\n\r\n")[0].decode("latin-1")
    return head if head.startswith("HTTP/") else ""


def _received(connection: socket.socket, deadline: float) -> bytes:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    connection.settimeout(left)
    return connection.recv(65536)
