"""Many log-ins that fail, from one address, each under another name; and whether others are served all the same."""

import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from tenderproof.transport.crowding import Entrance, connected, served

_HERE, _ELSEWHERE = "127.0.0.1", "127.0.0.66"  # on this machine another address of it is another source
_HEAD = 65536


@dataclass(frozen=True)
class Guessed:
    """The status of each answer, 0 where none came; whether somebody at another address was served then, None where we have but one."""

    answers: tuple[int, ...]
    others: bool | None


def guessed(entrance: Entrance, path: str, content: Callable[[int], dict[str, str]], count: int) -> Guessed:
    """Send so many log-ins, one after the other, each over a connection of its own."""
    source = _ELSEWHERE if entrance.place.host == _HERE else ""
    answers = tuple(_answer(entrance, path, content(number), source) for number in range(count))
    return Guessed(answers, served(entrance) if source else None)


def _answer(entrance: Entrance, path: str, content: dict[str, str], source: str) -> int:
    body = json.dumps(content).encode()
    lines = (f"POST {path} HTTP/1.1", f"Host: {entrance.place.host}", "Content-Type: application/json", f"Content-Length: {len(body)}")
    with contextlib.ExitStack() as stack:
        connection = connected(entrance, stack, source)
        if connection is None:
            return 0
        try:
            connection.sendall("\r\n".join((*lines, "Connection: close", "", "")).encode() + body)
            came = b""
            while b"\r\n" not in came and len(came) < _HEAD and (part := connection.recv(_HEAD)):
                came += part
            return int(came.split(b" ", 2)[1])
        except (OSError, ValueError, IndexError):
            return 0
