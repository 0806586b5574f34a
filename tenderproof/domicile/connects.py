"""Timed connects: how long a round trip to an address takes, by a connection, a handshake, or a question about fresh data.

Each figure is an upper bound of the round trip: it holds what the machines at both ends took besides. So the least of many comes nearest.
"""

import hashlib
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tenderproof.domicile.discs import Method
from tenderproof.vocabulary import WrongInput

_PATIENCE_S = 5.0
_LONGEST = 1 << 20  # octets of an answer to a challenge that are read
_PAUSE_S = 0.01
_PORTS = range(1, 65536)


@dataclass(frozen=True)
class Target:
    """What to time: an address and port by a method; ``server_name`` for a handshake, ``path`` for a challenge.

    Without a server name a challenge is asked in clear.
    """

    address: str
    port: int
    method: Method
    server_name: str = ""
    path: str = ""

    def plain(self) -> dict[str, Any]:
        """As it stands in an order."""
        return {
            "address": self.address,
            "port": self.port,
            "method": self.method.value,
            "server_name": self.server_name,
            "path": self.path,
        }

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> "Target":
        """From an order; WrongInput if it is none."""
        try:
            target = cls(str(raw["address"]), int(raw["port"]), Method(raw["method"]), str(raw["server_name"]), str(raw["path"]))
        except (KeyError, TypeError, ValueError) as error:
            raise WrongInput(f"a target must give address, port, method (tcp, tls, challenge), server_name and path ({error}).") from error
        lines = "\r" in target.path + target.server_name or "\n" in target.path + target.server_name
        if target.port not in _PORTS or lines or (target.method is Method.CHALLENGE) is not target.path.startswith("/"):
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
    began = time.perf_counter()
    connection.sendall(request.encode())
    first = connection.recv(65536)
    seconds = time.perf_counter() - began
    if not first:
        raise OSError("the connection ended without an answer")
    answer = first
    while len(answer) < _LONGEST and (more := connection.recv(65536)):
        answer += more
    head, _, body = answer.partition(b"\r\n\r\n")
    if head.split(b" ", 2)[1:2] != [b"200"]:
        raise OSError("the question was not answered with 200")
    return seconds, hashlib.sha256(body).hexdigest()
