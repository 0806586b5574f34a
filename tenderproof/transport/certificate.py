"""What a certificate says of itself."""

import warnings
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa
from cryptography.utils import CryptographyDeprecationWarning

UNREAD = "unread"
_KINDS: dict[str, tuple[type, ...]] = {
    "RSA": (rsa.RSAPublicKey,),
    "EC": (ec.EllipticCurvePublicKey, ed25519.Ed25519PublicKey, ed448.Ed448PublicKey),
    "DSA": (dsa.DSAPublicKey,),
}
_BITS = {"Ed25519PublicKey": 255, "Ed448PublicKey": 448}


@dataclass(frozen=True)
class Shown:
    """A certificate that was shown: who, by whom, from when to when, for which names; its key's kind and size, its signature's hash.

    ``names`` is None where there is no subjectAltName; ``hash`` is "" where the signature has none of its own (Ed25519).
    """

    subject: str
    issuer: str
    not_before: datetime
    not_after: datetime
    names: tuple[str, ...] | None
    key: str
    bits: int
    hash: str

    @property
    def issued_itself(self) -> bool:
        """Whether it names itself as its issuer, as a root does: nobody relies on its signature."""
        return self.subject == self.issuer

    def is_for(self, host: str) -> bool:
        """Whether one of its names is that of a host: the whole of it, or with a ``*`` for the first of its labels (RFC 9525)."""
        return any(_matches(name, host) for name in self.names or ())


def read(octets: bytes) -> Shown | None:
    """A certificate from its octets (DER); None if it cannot be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", CryptographyDeprecationWarning)  # of certificates made wrongly: judged elsewhere
            found = x509.load_der_x509_certificate(octets)
            kind, bits = _key(found)
            return Shown(
                found.subject.rfc4514_string(), found.issuer.rfc4514_string(), found.not_valid_before_utc, found.not_valid_after_utc,
                _names(found), kind, bits, _hash(found),
            )  # fmt: skip
    except ValueError:
        return None


def _names(found: x509.Certificate) -> tuple[str, ...] | None:
    try:
        said = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return None
    addresses = (str(address) for address in said.get_values_for_type(x509.IPAddress))
    return (*said.get_values_for_type(x509.DNSName), *addresses)


def _key(found: x509.Certificate) -> tuple[str, int]:
    """The kind and size of its key; SM2 is not read here."""
    try:
        key = found.public_key()
    except (UnsupportedAlgorithm, ValueError):
        return UNREAD, 0
    kind = next((name for name, of in _KINDS.items() if isinstance(key, of)), UNREAD)
    return kind, int(getattr(key, "key_size", _BITS.get(type(key).__name__, 0)))


def _hash(found: x509.Certificate) -> str:
    try:
        algorithm = found.signature_hash_algorithm
    except UnsupportedAlgorithm:
        return UNREAD
    return algorithm.name if algorithm else ""


def _matches(name: str, host: str) -> bool:
    try:
        return ip_address(name) == ip_address(host)
    except ValueError:
        pass
    said, asked = (one.rstrip(".").lower().split(".") for one in (name, host))
    if said[0] == "*" and len(said) > 2:  # noqa: PLR2004 - a star for a whole top-level domain stands for nobody
        return said[1:] == asked[1:]
    return said == asked
