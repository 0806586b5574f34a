"""Keys in our hands, and what signs with them."""

import functools
from dataclasses import dataclass, field
from typing import Protocol

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from tenderproof.sm import sm2

SM2 = "SM2"  # no name of JOSE: what so signs makes messages of GB/T 35275, and no JWS
_COORDINATE = 32  # octets of r and of s for P-256 (RFC 7518, 3.4)

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class UnsupportedKeyError(ValueError):
    """A private key whose curve the library does not know."""


class Signer(Protocol):
    """Whatever signs: a key in a file, in a token, behind a command. ``algorithm`` is the JWS name (RFC 7518): ES256 or RS256; or SM2."""

    @property
    def algorithm(self) -> str:
        """How it signs."""

    def sign(self, octets: bytes) -> bytes:
        """The signature over the octets, as JWS writes it (ES256: r and s, 32 octets each); by SM2, DER."""


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


@dataclass(frozen=True)
class Sm2Signer:
    """Signs by SM2 over SM3 with a private key (PEM) that we hold, under an identifier.

    ``bare``: r and s alone, 32 octets each, which is another encoding than the standard's.
    """

    key: bytes = field(repr=False)
    user_id: str = sm2.USER_ID
    bare: bool = False
    algorithm: str = SM2

    def sign(self, octets: bytes) -> bytes:
        """The signature over the octets, DER."""
        signature = sm2.sign(self.key, octets, self.user_id)
        return raw(signature) if self.bare else signature


@functools.lru_cache(maxsize=64)
def load_signer(octets: bytes, user_id: str = sm2.USER_ID) -> Signer:
    """What signs with a private key in unencrypted PEM, of P-256, RSA or SM2; ``ValueError`` if it is none of them."""
    try:
        return KeySigner(load_key(octets))
    except UnsupportedKeyError:
        return Sm2Signer(sm2.load_key(octets), user_id)


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
    except UnsupportedAlgorithm as error:
        raise UnsupportedKeyError("the key is neither P-256 nor RSA") from error
    if isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    if isinstance(key, rsa.RSAPrivateKey):
        return key
    raise ValueError("the key is neither P-256 nor RSA")
