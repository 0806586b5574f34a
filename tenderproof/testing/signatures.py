"""Verifying electronic signatures (电子签名) with what anybody can have: the signed content, its signature, the published authorities."""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

import rfc8785
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from tenderproof.sm import certificates, messages, sm2
from tenderproof.testing.keys import SM2

_ALGORITHMS = ["ES256", "RS256", "PS256"]


class _Registry(jws.JWSRegistry):
    """The library bounds headers to 512 octets; ours carry certificate chains."""

    max_header_length = 64 * 1024
    max_payload_length = 64 * 1024 * 1024


class OwnForm(str):
    """A signature that a platform made over a form of its own, as its driver gives it in the place of a plain one.

    ``written`` is the driver's: from the content in our terms to the one that the platform has signed. Where that cannot be had, it
    raises Missing, and whether the signature holds is then not tested.
    """

    __slots__ = ("written",)
    written: Callable[[Mapping[str, Any]], Mapping[str, Any]]

    def __new__(cls, signature: str, written: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> Self:
        """The signature as it came, with what it is over."""
        made = super().__new__(cls, signature)
        made.written = written
        return made


@dataclass(frozen=True)
class Signature:
    """A signature that holds over its content: whom the certificate names, and whether a published authority issued it.

    ``algorithm`` is the JWS name (RFC 7518), or SM2.
    """

    name: str
    code: str
    certificate: x509.Certificate
    authority: bool
    algorithm: str = ""

    def valid_at(self, moment: datetime) -> bool:
        """Whether the certificate is within its time at a moment."""
        return self.certificate.not_valid_before_utc <= moment.astimezone(UTC) <= self.certificate.not_valid_after_utc


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 over the RFC 8785 form of a content, in hexadecimal."""
    return hashlib.sha256(rfc8785.dumps(dict(content))).hexdigest()


def holds(
    content: Mapping[str, Any], authorities: Iterable[str], signature: str | None = None, user_id: str = sm2.USER_ID
) -> Signature | None:
    """The signature over a content (RFC 7515 appendix F over its RFC 8785 form without ``signature``), None if it does not hold.

    A message of GB/T 35275 by SM2 over the same octets is as good, under ``user_id``.

    ``authorities`` are certificates in PEM; ``signature`` is the content's own unless given. One of a driver's (OwnForm) is over what the
    platform says in the content's place.
    """
    bare: Mapping[str, Any] = {name: value for name, value in content.items() if name != "signature"}
    said = signature if signature is not None else content.get("signature")
    if isinstance(said, OwnForm):
        bare = said.written(bare)
    if isinstance(said, str) and messages.is_message(said):
        return _by_sm2(said, rfc8785.dumps(dict(bare)), authorities, user_id)
    if not isinstance(said, str) or said.count(".") != 2:  # noqa: PLR2004 - the three parts of a JWS
        return None
    try:
        certificate = _certificate(said)
        head, _, tail = said.split(".")
        payload = base64.urlsafe_b64encode(rfc8785.dumps(dict(bare))).rstrip(b"=").decode()
        jws.deserialize_compact(f"{head}.{payload}.{tail}", _key(certificate), registry=_Registry(algorithms=_ALGORITHMS))
    except (JoseError, ValueError, KeyError, TypeError, IndexError, UnsupportedAlgorithm):
        return None
    return _found(certificate, authorities, str(_header(said)["alg"]))


def _by_sm2(said: str, payload: bytes, authorities: Iterable[str], user_id: str) -> Signature | None:
    try:
        message = messages.read(messages.octets_of(said))
    except ValueError:
        return None
    return _found(message.certificate, authorities, SM2) if messages.holds(message, payload, user_id) else None


def _found(certificate: x509.Certificate, authorities: Iterable[str], algorithm: str) -> Signature:
    name, code = (_named(certificate, oid) for oid in (NameOID.ORGANIZATION_NAME, NameOID.SERIAL_NUMBER))
    return Signature(name, code, certificate, _issued(certificate, authorities), algorithm)


def issued(certificate: str, authority: str) -> bool:
    """Whether this authority has issued a certificate; both are PEM."""
    return _issued(x509.load_pem_x509_certificate(certificate.encode()), [authority])


def _certificate(signature: str) -> x509.Certificate:
    return x509.load_der_x509_certificate(base64.b64decode(_header(signature)["x5c"][0]))


def _header(signature: str) -> dict[str, Any]:
    head = signature.partition(".")[0]
    header: dict[str, Any] = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    return header


def _key(certificate: x509.Certificate) -> ECKey | RSAKey:
    pem = certificate.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    try:
        return ECKey.import_key(pem)
    except JoseError:
        return RSAKey.import_key(pem)


def _named(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> str:
    found = certificate.subject.get_attributes_for_oid(oid)
    return str(found[0].value) if found else ""


def _issued(certificate: x509.Certificate, authorities: Iterable[str]) -> bool:
    for pem in authorities:
        authority = x509.load_pem_x509_certificate(pem.encode())
        if certificates.issued(certificate, authority):
            return True
        try:
            certificate.verify_directly_issued_by(authority)
        except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
            continue
        return True
    return False
