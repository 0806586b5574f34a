"""Keys in our hands, and what signs with them."""

from dataclasses import dataclass, field
from typing import Protocol

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

_COORDINATE = 32  # octets of r and of s for P-256 (RFC 7518, 3.4)

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class Signer(Protocol):
    """Whatever signs: a key in a file, in a token, behind a command. ``algorithm`` is the JWS name (RFC 7518): ES256 or RS256."""

    @property
    def algorithm(self) -> str:
        """How it signs."""

    def sign(self, octets: bytes) -> bytes:
        """The signature over the octets, as JWS writes it (ES256: r and s, 32 octets each)."""


@dataclass(frozen=True)
class KeySigner:
    """Signs with a private key that we hold."""

    key: PrivateKey = field(repr=False)

    @property
    def algorithm(self) -> str:
        """ES256 for a P-256 key, RS256 for RSA."""
        return "ES256" if isinstance(self.key, ec.EllipticCurvePrivateKey) else "RS256"

    def sign(self, octets: bytes) -> bytes:
        """The signature over the octets."""
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(octets, padding.PKCS1v15(), hashes.SHA256())
        return raw(self.key.sign(octets, ec.ECDSA(hashes.SHA256())))


def raw(der: bytes) -> bytes:
    """An ECDSA signature as JWS writes it, from its DER form; ``ValueError`` if it is none."""
    r, s = decode_dss_signature(der)
    return r.to_bytes(_COORDINATE) + s.to_bytes(_COORDINATE)


def new_key() -> bytes:
    """A fresh P-256 private key, PEM (PKCS#8)."""
    return pem(ec.generate_private_key(ec.SECP256R1()))


def pem(key: PrivateKey) -> bytes:
    """A private key as unencrypted PKCS#8 PEM."""
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def load_key(octets: bytes) -> PrivateKey:
    """A private key from unencrypted PEM; ``ValueError`` if it is none that we can sign with."""
    try:
        key = serialization.load_pem_private_key(octets, password=None)
    except TypeError as error:
        raise ValueError("the key is protected by a password") from error
    if isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    if isinstance(key, rsa.RSAPrivateKey):
        return key
    raise ValueError("the key is neither P-256 nor RSA")
