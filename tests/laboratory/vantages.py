"""Vantage points and servers on the loopback, with certificates made on the spot."""

import datetime as dt
import ipaddress
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from tenderproof.domicile.vantage import Agent, Settings

_DAY = dt.timedelta(days=1)


def certified(folder: Path, name: str, address: str = "127.0.0.1") -> tuple[Path, Path]:
    """A self-signed certificate for an address and its key, as PEM files."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _DAY)
        .not_valid_after(now + _DAY)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / f"{name}.pem", folder / f"{name}.key"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(_private(key))
    return paths


def _private(key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey) -> bytes:
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


@dataclass(frozen=True)
class Post:
    """A vantage point: where it listens, its file, and what the auditor's list says of it besides its address."""

    name: str
    listen: tuple[str, int]
    settings: Path
    facts: str

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return self.listen[1]

    @property
    def entry(self) -> str:
        """Its entry of the auditor's list."""
        return f'[[vantages]]\nurl = "https://{self.listen[0]}:{self.listen[1]}"\n{self.facts}'


def described(folder: Path, name: str, place: tuple[float, float], listen: tuple[str, int], *, laboratory: bool = True) -> Post:
    """The files of a vantage point that says it stands there; ``auditor.pem`` of the folder is whom it answers."""
    certificate, key = certified(folder, name, listen[0])
    signing = ed25519.Ed25519PrivateKey.generate()
    (folder / f"{name}.signing").write_bytes(_private(signing))
    public = signing.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    (folder / f"{name}.public").write_bytes(public)
    settings = folder / f"{name}.toml"
    where = f'name = "{name}"\nlatitude = {place[0]}\nlongitude = {place[1]}\noff_km = 0.0\nclock_error_s = 0.0\n'
    settings.write_text(
        f'{where}listen = "{listen[0]}:{listen[1]}"\ncertificate = "{certificate.name}"\nkey = "{key.name}"\nauditors = "auditor.pem"\n'
        f'signing_key = "{name}.signing"\nlaboratory = {str(laboratory).lower()}\n',
        "utf-8",
    )
    return Post(name, listen, settings, f'{where}certificate = "{certificate.name}"\nsigning_key = "{name}.public"\n')


@contextmanager
def posted(folder: Path, name: str, latitude: float, longitude: float, *, laboratory: bool = True) -> Iterator[Post]:
    """A vantage point on a free port of the loopback."""
    post = described(folder, name, (latitude, longitude), ("127.0.0.1", 0), laboratory=laboratory)
    agent = Agent(Settings.read(post.settings))
    thread = threading.Thread(target=agent.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield replace(post, listen=("127.0.0.1", int(agent.server_address[1])))
    finally:
        agent.shutdown()
        agent.server_close()
        thread.join()


def listed(folder: Path, *entries: str) -> Path:
    """The auditor's list."""
    file = folder / "vantages.toml"
    file.write_text('[auditor]\ncertificate = "auditor.pem"\nkey = "auditor.key"\n' + "".join(entries), "utf-8")
    return file
