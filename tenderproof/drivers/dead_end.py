"""A dead end (死胡同): whatever a browser asks of anybody but the candidate comes here, is noted, and goes no further.

It is a proxy that opens no connection. A browser's own notes leave things out: what a page sends when it is left, what a service worker
asks for, reports, the contents of files and of long bodies. Here all of it arrives, also what is encrypted: whoever is asked for shows a
certificate of ours, which the browser was told to take for this run (by its key, `pin`).
"""

import base64
import contextlib
import hashlib
import select
import socket
import socketserver
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_PATIENCE_S = 5.0
_SPEAKS_S = 2.0  # until who has opened a way says something on it; who does not has only opened it
_MOST_HEAD, _MOST_BODY = 65_536, 1_048_576
_TLS_BEGINS = b"\x16"
_SOCKET_KEY = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, 1.3


@dataclass(frozen=True)
class Heard:
    """One request that came to its end here; `headers` by their names in small letters."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""

    @property
    def by_a_page(self) -> bool:
        """Whether a page or its workers asked, and not the browser for itself, which names neither origin nor site (Fetch Metadata)."""
        site = self.headers.get("sec-fetch-site", "")
        return site != "none" if site else bool(self.headers.get("origin") or self.headers.get("referer"))

    @property
    def kind(self) -> str:
        """What it was asked for as, where the browser says so."""
        said = self.headers.get("sec-fetch-dest", "")
        if "upgrade" in self.headers:
            return "websocket"
        return "fetch" if said in {"", "empty"} else said


class DeadEnd(socketserver.ThreadingTCPServer):
    """Listens on the loopback until it is closed (a context manager)."""

    daemon_threads, allow_reuse_address = True, True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Arrival)
        self._lock, self._heard, self._open = threading.Lock(), list[Heard](), 0
        self._serving = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._serving.start()

    @property
    def address(self) -> str:
        """Where it listens, as a browser is told of a proxy."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()
        self._serving.join()

    def heard(self) -> list[Heard]:
        """What has come since somebody asked for it last."""
        with self._lock:
            new, self._heard = self._heard, []
        return new

    @property
    def busy(self) -> bool:
        """Whether somebody is just saying something."""
        return self._open > 0

    def begun(self, by: int) -> None:
        """One more, or one less, is saying something."""
        with self._lock:
            self._open += by

    def note(self, one: Heard) -> None:
        """Keep a request."""
        with self._lock:
            self._heard.append(one)


class _Arrival(socketserver.BaseRequestHandler):
    """One connection: its request is noted and fails; preflights are let through and sockets opened, so that what follows is said."""

    server: DeadEnd

    def handle(self) -> None:
        self.server.begun(1)
        try:
            self.request.settimeout(_PATIENCE_S)
            with contextlib.suppress(OSError, ValueError):
                self._led(self.request)
        finally:
            self.server.begun(-1)

    def _led(self, line: socket.socket) -> None:
        head = _head(line)
        method, target, _ = head[0].split(" ", 2)
        if method != "CONNECT":
            self._answer(line, head, "")
            return
        line.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        self.server.begun(-1)  # who opens a way and says nothing keeps nobody waiting
        try:
            spoken = select.select([line], [], [], _SPEAKS_S)[0]
        finally:
            self.server.begun(1)
        if not spoken:
            return
        if line.recv(1, socket.MSG_PEEK) == _TLS_BEGINS:
            with _certificate().wrap_socket(line, server_side=True) as secured:
                self._answer(secured, _head(secured), f"https://{target.removesuffix(':443')}")
        else:
            self._answer(line, _head(line), f"http://{target.removesuffix(':80')}")

    def _answer(self, line: socket.socket, head: list[str], origin: str) -> None:
        method, path, _ = head[0].split(" ", 2)
        headers = {name.strip().lower(): value.strip() for name, _, value in (one.partition(":") for one in head[1:])}
        if method == "OPTIONS" and "access-control-request-method" in headers:
            line.sendall(_let_through(headers))
            self._answer(line, _head(line), origin)
            return
        url = f"{origin}{path}"
        if "sec-websocket-key" in headers:
            self.server.note(Heard(method, url.replace("http", "ws", 1), headers))
            line.sendall(_opened(headers["sec-websocket-key"]))
            self.server.begun(-1)
            try:
                while line.recv(4096):
                    pass
            finally:
                self.server.begun(1)
            return
        self.server.note(Heard(method, url, headers, _body(line, headers).decode("utf-8", "replace")))
        line.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


def _head(line: socket.socket) -> list[str]:
    """The lines of a request's head, read byte for byte, since what follows belongs to somebody else."""
    said = bytearray()
    while not said.endswith(b"\r\n\r\n"):
        byte = line.recv(1)
        if not byte or len(said) > _MOST_HEAD:
            raise ConnectionError("no whole head came")
        said += byte
    return said.decode("latin-1").split("\r\n")[:-2]


def _body(line: socket.socket, headers: Mapping[str, str]) -> bytes:
    if headers.get("transfer-encoding", "").lower() == "chunked":
        return _chunks(line)
    wanted = min(int(headers.get("content-length", "0")), _MOST_BODY)
    return _exactly(line, wanted)


def _exactly(line: socket.socket, wanted: int) -> bytes:
    said = bytearray()
    while len(said) < wanted and (part := line.recv(wanted - len(said))):
        said += part
    return bytes(said)


def _chunks(line: socket.socket) -> bytes:
    said = bytearray()
    while len(said) < _MOST_BODY:
        size = bytearray()
        while not size.endswith(b"\r\n") and (byte := line.recv(1)):
            size += byte
        length = int(size.split(b";")[0] or b"0", 16)
        if not length:
            break
        said += _exactly(line, min(length, _MOST_BODY))
        _exactly(line, 2)
    return bytes(said)


def _let_through(headers: Mapping[str, str]) -> bytes:
    """The answer to a preflight (CORS): whatever was asked for may be done, so that it comes and can be noted."""
    said = {
        "access-control-allow-origin": headers.get("origin", "*"),
        "access-control-allow-credentials": "true",
        "access-control-allow-methods": headers["access-control-request-method"],
        "access-control-allow-headers": headers.get("access-control-request-headers", "content-type"),
        "access-control-allow-private-network": "true",
        "content-length": "0",
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    return f"HTTP/1.1 204 No Content\r\n{lines}\r\n".encode("latin-1")


def _opened(key: str) -> bytes:
    accepted = base64.b64encode(hashlib.sha1(key.encode() + _SOCKET_KEY, usedforsecurity=False).digest()).decode()
    said = f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accepted}\r\n\r\n"
    return f"HTTP/1.1 101 Switching Protocols\r\n{said}".encode()


@cache
def _key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def pin() -> str:
    """The SHA-256 of the key of every certificate that is shown here, in base64, as a browser is told of it."""
    shown = _key().public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(shown).digest()).decode()


@cache
def _certificate() -> ssl.SSLContext:
    """One certificate for whoever is asked for: names are not looked at where the key is known."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "nobody")])
    now, day = datetime.now(UTC), timedelta(days=1)
    signed = (
        x509.CertificateBuilder(name, name, _key().public_key(), x509.random_serial_number(), now - day, now + 30 * day)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("nobody.invalid")]), critical=False)
        .sign(_key(), hashes.SHA256())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "nobody.pem"
        file.write_bytes(
            _key().private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
            + signed.public_bytes(serialization.Encoding.PEM)
        )
        context.load_cert_chain(file)
    return context
