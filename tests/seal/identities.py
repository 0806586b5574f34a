"""Keys with their certificates, as people who sign PDFs and certificates have them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

Private = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey


@dataclass(frozen=True)
class Identity:
    """The files of somebody's key and certificate (PEM)."""

    key: Path
    certificate: Path


def identity(folder: Path, name: str, key: Private | None = None, *, valid: tuple[int, int] = (-400, 400)) -> Identity:
    """Somebody's key (P-256 where none is given) and self-signed certificate, valid from and to so many days from now."""
    private = key or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    first, last = (datetime.now(UTC) + timedelta(days=days) for days in valid)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(private.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(first).not_valid_after(last)
    made = builder.sign(private, None if isinstance(private, ed25519.Ed25519PrivateKey) else hashes.SHA256())
    files = Identity(folder / f"{name}.key", folder / f"{name}.pem")
    files.key.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    files.certificate.write_bytes(made.public_bytes(Encoding.PEM))
    return files
