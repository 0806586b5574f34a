"""The vantage point (观测点): an agent on another machine that times connects for an auditor whom it knows, and signs the times.

It does nothing else: it opens connections to the addresses of an order, shakes hands, asks for a path, and sends nothing of what it
reads. Both sides show a certificate (mutual TLS); one order runs at a time, so that orders do not disturb each other's times.
"""

import ssl
import threading
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import load_pem_private_key
from securesystemslib.signer import CryptoSigner

from tenderproof.domicile.connects import Target, timed
from tenderproof.domicile.earth import Point
from tenderproof.domicile.messages import Order, Report, Stand, signed
from tenderproof.spec.addresses import public
from tenderproof.vocabulary import WrongInput

_LONGEST = 64 * 1024
_PATIENCE_S = 30.0
_KEYS = {"name", "latitude", "longitude", "off_km", "clock_error_s", "listen", "certificate", "key", "auditors", "signing_key"}


@dataclass(frozen=True)
class Settings:
    """What a vantage point is told by its file."""

    stand: Stand
    host: str
    port: int
    certificate: Path
    key: Path
    auditors: Path
    signer: CryptoSigner
    laboratory: bool

    @classmethod
    def read(cls, file: Path) -> "Settings":
        """From a TOML file; WrongInput says what is wrong in it."""
        try:
            raw = tomllib.loads(file.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise WrongInput(f"{file}: it cannot be read as TOML: {error}.") from error
        if lacking := sorted(_KEYS - raw.keys()):
            raise WrongInput(f"{file}: {', '.join(lacking)} must be given.")
        if unknown := sorted(raw.keys() - _KEYS - {"laboratory"}):
            raise WrongInput(f"{file}: there is no such key as {', '.join(unknown)}.")
        try:
            place = Point(float(raw["latitude"]), float(raw["longitude"]))
            stand = Stand(str(raw["name"]), place, float(raw["off_km"]), float(raw["clock_error_s"]))
            host, _, port = str(raw["listen"]).rpartition(":")
            paths = {name: file.parent / str(raw[name]) for name in ("certificate", "key", "auditors")}
            private: Any = load_pem_private_key((file.parent / str(raw["signing_key"])).read_bytes(), None)
            signer, laboratory = CryptoSigner(private), bool(raw.get("laboratory", False))
            return cls(stand=stand, host=host.strip("[]"), port=int(port), **paths, signer=signer, laboratory=laboratory)
        except (OSError, TypeError, ValueError) as error:
            raise WrongInput(f"{file}: {error}.") from error


class Agent(ThreadingHTTPServer):
    """Answers orders. ``serve_forever`` runs it, ``shutdown`` ends it."""

    daemon_threads = True

    def __init__(self, settings: Settings) -> None:
        self.settings, self.turn = settings, threading.Lock()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.minimum_version = ssl.TLSVersion.TLSv1_2
        self.context.verify_mode = ssl.CERT_REQUIRED
        try:
            self.context.load_cert_chain(settings.certificate, settings.key)
            self.context.load_verify_locations(settings.auditors)
            super().__init__((settings.host, settings.port), _Answering)
        except (OSError, ssl.SSLError) as error:
            raise WrongInput(
                f"the vantage point cannot listen on {settings.host}:{settings.port} with these certificates: {error}."
            ) from error

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Shake hands in the thread of the request, so that whoever is slow keeps nobody waiting."""
        request.settimeout(_PATIENCE_S)
        try:
            secured = self.context.wrap_socket(request, server_side=True)
        except (OSError, ssl.SSLError):
            return  # whoever shows no certificate that we know is told nothing
        with secured:
            super().finish_request(secured, client_address)

    def measured(self, order: Order) -> bytes:
        """Carry an order out; WrongInput if it asks for an address that is not of the public network (a laboratory may)."""
        for target in order.targets:
            _require_allowed(target, laboratory=self.settings.laboratory)
        with self.turn:
            began = datetime.now(UTC)
            connects = tuple(timed(target, order.samples) for target in order.targets)
            report = Report(self.settings.stand, order.sha256, began, datetime.now(UTC), connects)
        return signed(report, self.settings.signer)


def _require_allowed(target: Target, *, laboratory: bool) -> None:
    try:
        allowed = laboratory or public(target.address) is not None
    except ValueError as error:
        raise WrongInput(f"{target.address!r} is no address.") from error
    if not allowed:
        raise WrongInput(f"{target.address} is not of the public network.")


class _Answering(BaseHTTPRequestHandler):
    server: Agent  # it is made by no other
    protocol_version = "HTTP/1.0"

    def do_POST(self) -> None:
        """One order."""
        try:
            length = int(self.headers.get("content-length", ""))
        except ValueError:
            length = 0
        content = self.rfile.read(max(0, min(length, 2 * _LONGEST)))  # also of what is refused, so that the refusal is read
        if self.path != "/measure" or not 0 < length <= _LONGEST:
            self._say(400, b"POST /measure takes one order.")
            return
        try:
            self._say(200, self.server.measured(Order.read(content)))
        except WrongInput as wrong:
            self._say(422, str(wrong).encode())

    def _say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Nothing is written down of who asked what: an order is the auditor's business."""
