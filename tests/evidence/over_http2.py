"""A server on the loopback that speaks HTTP/2 over TLS, and ends a connection after a few requests."""

import asyncio
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from hypercorn.asyncio import serve
from hypercorn.config import Config


@contextmanager
def serving(app: Any, folder: Path, at_most: int) -> Iterator[tuple[str, ssl.SSLContext]]:
    """Its base URL and whom to believe; ``at_most`` requests are answered over one connection."""
    config = Config()
    path = _certified(folder / "server.pem")
    listening, loop = socket.create_server(("127.0.0.1", 0)), asyncio.new_event_loop()
    port = listening.getsockname()[1]
    config.bind, config.certfile, config.keyfile = [f"fd://{listening.detach()}"], str(path), str(path)
    config.keep_alive_max_requests, config.graceful_timeout, config.errorlog = at_most, 0.1, None
    ended = asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(serve(app, config, shutdown_trigger=ended.wait),), daemon=True)
    thread.start()
    try:
        yield f"https://127.0.0.1:{port}", ssl.create_default_context(cafile=str(path))
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join(10)
        loop.close()


def _certified(path: Path) -> Path:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    builder = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now - timedelta(days=1), now + timedelta(days=1)
    ).add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
    octets = builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    path.write_bytes(octets + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return path
