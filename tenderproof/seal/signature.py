"""Signatures over a bundle: a DSSE envelope with one signature, and whom to believe.

The algorithm follows from the key and is never read from the bundle: Ed25519, ECDSA on P-256 or P-384, RSA-PSS with SHA-256 from 2048 bits.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import rfc8785
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import UnverifiedSignatureError
from securesystemslib.signer import CryptoSigner, Signature, SSlibKey

from tenderproof.seal import statement
from tenderproof.vocabulary import WrongInput

_RSA_BITS = 2048
PublicKey = ed25519.Ed25519PublicKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey


class SealKeyError(WrongInput):
    """A key or certificate cannot be used; the message is a sentence for the user."""


class SignatureTrouble(Exception):  # noqa: N818 - says what does not hold
    """Something about the signature does not hold; ``code`` of the wording catalogue."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Sealer:
    """Who seals: what signs, and the certificates or the public key by which others verify it (PEM)."""

    signer: CryptoSigner
    pem: bytes


@dataclass(frozen=True)
class Party:
    """A key that verifies, and its certificate where there is one; ``further`` are certificates of other times for the same key."""

    key: PublicKey
    certificate: x509.Certificate | None
    further: tuple[x509.Certificate, ...] = ()

    @property
    def keyid(self) -> str:
        """SHA-256 of the public key (DER, SubjectPublicKeyInfo), hex."""
        return hashlib.sha256(self.key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()

    @property
    def name(self) -> str:
        """The certificate's subject, else the key's id."""
        return self.certificate.subject.rfc4514_string() if self.certificate else self.keyid

    @property
    def certificates(self) -> tuple[x509.Certificate, ...]:
        """All certificates of the key."""
        return (self.certificate, *self.further) if self.certificate else ()


def load_sealer(key: Path, certificate: Path | None) -> Sealer:
    """The private key (PEM, not protected by a password) and what verifies it; SealKeyError if they cannot be used together."""
    octets = _read(key)
    try:
        private = serialization.load_pem_private_key(octets, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise SealKeyError(f"{key} holds no private key in PEM form without a password: {error}.") from error
    public = private.public_key()
    if not isinstance(public, PublicKey) or not _is_strong(public):
        raise SealKeyError(f"The key in {key} cannot seal: Ed25519, ECDSA (P-256, P-384) and RSA from {_RSA_BITS} bits can.")
    shown = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    if certificate is not None:
        shown = _read(certificate)
        if party(shown, str(certificate)).keyid != Party(public, None).keyid:
            raise SealKeyError(f"The certificate {certificate} does not belong to the key {key}.")
    return Sealer(CryptoSigner(private, _key(Party(public, None))), shown)


def party(pem: bytes, where: str) -> Party:
    """The first certificate in PEM octets, or the public key; SealKeyError names ``where`` if there is none that we take."""
    further: list[x509.Certificate] = []
    try:
        pem.decode("utf-8")  # a key is text: one that lies somewhere in a bundle is none that anybody named
        if b"BEGIN CERTIFICATE" in pem:
            certificate, *further = x509.load_pem_x509_certificates(pem)
            found: object = certificate.public_key()
        else:
            certificate, found = None, serialization.load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise SealKeyError(f"{where} holds neither a certificate nor a public key in PEM form: {error}.") from error
    if not isinstance(found, PublicKey) or not _is_strong(found):
        raise SealKeyError(f"The key in {where} cannot verify: Ed25519, P-256, P-384 or RSA from {_RSA_BITS} bits is needed.")
    first = Party(found, certificate)
    return Party(found, certificate, tuple(other for other in further if _same_key(other, first)))


def _same_key(certificate: x509.Certificate, first: Party) -> bool:
    return certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) == first.key.public_bytes(
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    )


def load_party(path: Path) -> Party:
    """Whom the user trusts: a certificate or a public key in a file."""
    return party(_read(path), str(path))


def sign(payload: bytes, sealer: Sealer) -> bytes:
    """The envelope around a statement, in its RFC 8785 form."""
    envelope = Envelope(payload, statement.PAYLOAD_TYPE, {})
    envelope.sign(sealer.signer)
    return rfc8785.dumps(envelope.to_dict())


def opened(octets: bytes, signer: Party) -> bytes:
    """The statement in an envelope that the signer has signed; SignatureTrouble if it is not so."""
    try:
        content = json.loads(octets)
        payload = base64.b64decode(content["payload"], validate=True)
        kind, signatures = content["payloadType"], content["signatures"]
        same = rfc8785.dumps(content) == octets and {*content} == {"payload", "payloadType", "signatures"}
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error, rfc8785.CanonicalizationError) as error:
        raise SignatureTrouble("envelope_form") from error
    if not same or base64.b64encode(payload).decode() != content["payload"]:
        raise SignatureTrouble("envelope_form")
    if kind != statement.PAYLOAD_TYPE:
        raise SignatureTrouble("payload_type")
    _require_signature(payload, signatures, signer)
    return payload


def _require_signature(payload: bytes, signatures: object, signer: Party) -> None:
    if not signatures:
        raise SignatureTrouble("signature_missing")
    if not isinstance(signatures, list) or len(signatures) != 1 or not isinstance(signatures[0], dict):
        raise SignatureTrouble("signature_count")
    (only,) = signatures
    if {*only} != {"keyid", "sig"} or not isinstance(only["sig"], str):
        raise SignatureTrouble("envelope_form")
    if only["keyid"] != signer.keyid:
        raise SignatureTrouble("signature_other_key")
    try:
        signature = base64.b64decode(only["sig"], validate=True)
    except (ValueError, binascii.Error) as error:
        raise SignatureTrouble("envelope_form") from error
    if base64.b64encode(signature).decode() != only["sig"]:
        raise SignatureTrouble("envelope_form")
    envelope = Envelope(payload, statement.PAYLOAD_TYPE, {})
    try:
        _key(signer).verify_signature(Signature(signer.keyid, signature.hex()), envelope.pae())
    except UnverifiedSignatureError as error:
        raise SignatureTrouble("signature_wrong") from error


def require_trust(signer: Party, trusted: Sequence[Party], at: datetime) -> None:
    """The signer is one of those who are trusted, or one of them issued its certificate; SignatureTrouble otherwise.

    ``at`` is the moment at which the certificate must be within its time.
    """
    known = any(signer.keyid == other.keyid for other in trusted)
    if not known and (signer.certificate is None or not any(_issued(signer.certificate, other.certificate) for other in trusted)):
        raise SignatureTrouble("signer_unknown")
    if signer.certificate and not _within(signer.certificate, at):
        raise SignatureTrouble("certificate_time")


def _within(certificate: x509.Certificate, at: datetime) -> bool:
    return certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc


def _issued(certificate: x509.Certificate, issuer: x509.Certificate | None) -> bool:
    if issuer is None or not _is_authority(issuer):
        return False
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _is_strong(key: PublicKey) -> bool:
    match key:
        case ed25519.Ed25519PublicKey():
            return True
        case rsa.RSAPublicKey():
            return key.key_size >= _RSA_BITS
        case _:
            return isinstance(key.curve, ec.SECP256R1 | ec.SECP384R1)


def _key(signer: Party) -> SSlibKey:
    return SSlibKey.from_crypto(signer.key, signer.keyid)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SealKeyError(f"{path} cannot be read: {error.strerror}.") from error
