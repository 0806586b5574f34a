"""Timed connects: how long a round trip to an address takes, by a connection, a handshake, or a question about fresh data.

Each figure is an upper bound of the round trip: it holds what the machines at both ends took besides. So the least of many comes nearest.
"""

import hashlib
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from io import BytesIO
from typing import Any, cast

from tenderproof.domicile.discs import Method
from tenderproof.vocabulary import WrongInput

_PATIENCE_S = 5.0
_LONGEST = 1 << 20  # octets of an answer to a challenge that are read
_PAUSE_S = 0.01
_PORTS = range(1, 65536)


@dataclass(frozen=True)
class Target:
    """What to time: an address and port by a method; ``server_name`` for a handshake, ``path`` for a challenge.

    Without a server name a challenge is asked in clear. With ``expected`` it counts only if the answer holds these words, and lasts until
    they have come.
    """

    address: str
    port: int
    method: Method
    server_name: str = ""
    path: str = ""
    expected: str = ""

    def plain(self) -> dict[str, Any]:
        """As it stands in an order."""
        said = {
            "address": self.address,
            "port": self.port,
            "method": self.method.value,
            "server_name": self.server_name,
            "path": self.path,
        }
        return {**said, "expected": self.expected} if self.expected else said

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> "Target":
        """From an order; WrongInput if it is none."""
        try:
            place = str(raw["address"]), int(raw["port"]), Method(raw["method"])
            target = cls(*place, str(raw["server_name"]), str(raw["path"]), str(raw.get("expected", "")))
        except (KeyError, TypeError, ValueError) as error:
            raise WrongInput(f"a target must give address, port, method (tcp, tls, challenge), server_name and path ({error}).") from error
        lines = "\r" in target.path + target.server_name or "\n" in target.path + target.server_name
        challenge = target.method is Method.CHALLENGE
        if target.port not in _PORTS or lines or challenge is not target.path.startswith("/") or (target.expected and not challenge):
            raise WrongInput("a target has a port from 1 to 65535, and a path (from /) if and only if its method is challenge.")
        return target


@dataclass(frozen=True)
class Connects:
    """What came of timing one target: the seconds of each round trip, what stood in the way, and the digest of a challenge's answer."""

    seconds: tuple[float, ...]
    trouble: str = ""
    answer_sha256: str = ""


def timed(target: Target, samples: int) -> Connects:
    """Time a target so often, one after the other; what stands in the way ends it and is told, never raised.

    A challenge is asked once: whoever has answered it before may know the answer by heart (a cache).
    """
    found: list[float] = []
    digest = ""
    try:
        for _ in range(1 if target.method is Method.CHALLENGE else samples):
            seconds, digest = _once(target)
            found.append(seconds)
            time.sleep(_PAUSE_S)
    except (OSError, ValueError) as error:
        return Connects(tuple(found), str(error) or type(error).__name__, digest)
    return Connects(tuple(found), "", digest)


def _once(target: Target) -> tuple[float, str]:
    began = time.perf_counter()
    with socket.create_connection((target.address, target.port), _PATIENCE_S) as connection:
        connected = time.perf_counter() - began
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if target.method is Method.TCP:
            return connected, ""
        if not target.server_name:
            return _asked(connection, target)
        began = time.perf_counter()
        with _unverified().wrap_socket(connection, server_hostname=target.server_name) as secured:
            shaken = time.perf_counter() - began
            return (shaken, "") if target.method is Method.TLS else _asked(secured, target)


def _unverified() -> ssl.SSLContext:
    """Who answers is judged by what it answers; a certificate that does not hold is for other checks to find."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _asked(connection: socket.socket, target: Target) -> tuple[float, str]:
    request = f"GET {target.path} HTTP/1.1\r\nHost: {target.server_name or target.address}\r\nConnection: close\r\n\r\n"
    came, seconds = _come(connection, request.encode(), target.expected.encode())
    answer = HTTPResponse(cast("socket.socket", _Come(came)))
    try:
        answer.begin()
        body = answer.read()
    except HTTPException as error:
        raise OSError(f"the answer is no answer of HTTP ({type(error).__name__})") from error
    if answer.status != HTTPStatus.OK:
        raise OSError("the question was not answered with 200")
    if target.expected.encode() not in body:
        raise OSError("the answer does not hold the words that were planted")
    return seconds, hashlib.sha256(body).hexdigest()


def _come(connection: socket.socket, request: bytes, wanted: bytes) -> tuple[bytes, float]:
    """All that comes, and the seconds until its first octets or, if words are wanted, until these had come: a first line proves nothing."""
    began, came, seconds = time.perf_counter(), b"", 0.0
    connection.sendall(request)
    while len(came) < _LONGEST and (more := connection.recv(65536)):
        now = time.perf_counter() - began
        came += more
        if not seconds and wanted in came:
            seconds = now
    if not came:
        raise OSError("the connection ended without an answer")
    return came, seconds or time.perf_counter() - began


class _Come:
    """Octets as http.client reads them."""

    def __init__(self, octets: bytes) -> None:
        self._octets = octets

    def makefile(self, *_: object, **__: object) -> BytesIO:
        """The only thing that it asks of a socket."""
        return BytesIO(self._octets)
