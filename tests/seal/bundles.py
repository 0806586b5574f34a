"""Bundles for tests: of one small audit of the reference, sealed with keys of every kind, and taken apart and put together falsely."""

import functools
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import NameOID

from tenderproof.result import Result
from tenderproof.seal import sealing, signature
from tenderproof.seal.archive import Reader, Writer
from tenderproof.seal.signature import Sealer
from tests.cli.command import tenderproof

Contents = dict[str, bytes]
PrivateKey = ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey


@functools.cache
def run() -> Path:
    """The folder of a small audit that has ended."""
    folder = Path(tempfile.mkdtemp()) / "run"
    said = tenderproof("audit", "--reference", "--plan", "trading-1", "--area", "interoperability", "--workers", "1", "--out", folder)
    assert said.returncode == 2, said.stdout + said.stderr
    return folder


def result() -> Result:
    """What that audit found."""
    return Result.model_validate_json((run() / "result.json").read_bytes())


def pem(key: PrivateKey) -> bytes:
    """A private key as a file has it."""
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def public_pem(key: PrivateKey) -> bytes:
    """The key that verifies, as a file has it."""
    return key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def sealer(folder: Path, key: PrivateKey | None = None, certificate: bytes | None = None) -> Sealer:
    """Somebody who seals."""
    (folder / "key.pem").write_bytes(pem(key or ed25519.Ed25519PrivateKey.generate()))
    if certificate is not None:
        (folder / "cert.pem").write_bytes(certificate)
    return signature.load_sealer(folder / "key.pem", folder / "cert.pem" if certificate is not None else None)


def sealed(folder: Path, by: Sealer) -> Path:
    """The bundle of the audit."""
    return sealing.seal(run(), result(), by, folder / "run.zip").path


def contents(bundle: Path) -> Contents:
    """Everything in a bundle, in its order."""
    with bundle.open("rb") as file:
        archive = Reader(file)
        return {name: archive.content(name) for name in archive.entries}


def put_together(path: Path, files: Mapping[str, bytes]) -> Path:
    """An archive in the one form, of these files."""
    with path.open("wb") as file:
        archive = Writer(file)
        for name, octets in files.items():
            with archive.entry(name) as write:
                write(octets)
        archive.close()
    return path


def changed(bundle: Path, change: Callable[[Contents], None]) -> Path:
    """The bundle with something in it changed, its archive sound again."""
    files = contents(bundle)
    change(files)
    return put_together(bundle.with_name("changed.zip"), files)


def certificate(subject: str, key: PrivateKey, issuer: str, issuer_key: PrivateKey, *, authority: bool = False, days: int = 365) -> bytes:
    """A certificate, from a day ago on, in PEM."""
    now = datetime.now(UTC)
    algorithm = None if isinstance(issuer_key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=400))
        .not_valid_after(now - timedelta(days=400) + timedelta(days=days + 400))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    )
    return made.sign(issuer_key, algorithm).public_bytes(serialization.Encoding.PEM)
