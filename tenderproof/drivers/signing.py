"""Electronic signatures (电子签名): detached JWS (RFC 7515, appendix F) over canonical JSON (RFC 8785), certificates in the header.

Who has a key of SM2 signs the same octets by a message of GB/T 35275 (docs/decisions/0064).
"""

import base64
import functools
import json
from collections.abc import Mapping
from typing import Any

import rfc8785
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from tenderproof.sm import messages
from tenderproof.testing.identities import Identity
from tenderproof.testing.keys import SM2
from tenderproof.vocabulary import DeclarationTrouble


def encode(octets: bytes) -> str:
    """base64url without padding (RFC 7515, 2)."""
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode("ascii")


def detached(identity: Identity, content: Mapping[str, Any]) -> str:
    """``protected..signature`` over the RFC 8785 form of a content; by SM2, a message of GB/T 35275 over the same, in base64."""
    if _by_sm2(identity):
        return _message(identity, rfc8785.dumps(dict(content)), apart=True)
    header, signature = _sign(identity, rfc8785.dumps(dict(content)))
    return f"{header}..{signature}"


def compact(identity: Identity, payload: bytes) -> str:
    """``protected.payload.signature``; by SM2, a message of GB/T 35275 that carries the payload, in base64."""
    if _by_sm2(identity):
        return _message(identity, payload, apart=False)
    header, signature = _sign(identity, payload)
    return f"{header}.{encode(payload)}.{signature}"


def _by_sm2(identity: Identity) -> bool:
    return identity.signer is not None and identity.signer.algorithm == SM2


def _message(identity: Identity, payload: bytes, *, apart: bool) -> str:
    signer = identity.signer
    if signer is None or not identity.certificate:
        raise DeclarationTrouble(f"The account {identity.account or identity.name} has no certificate to sign with.")
    certificate = x509.load_pem_x509_certificate(identity.certificate.encode("ascii"))
    return base64.b64encode(messages.signed(signer.sign, certificate, payload, apart=apart)).decode("ascii")


def _sign(identity: Identity, payload: bytes) -> tuple[str, str]:
    if identity.signer is None or not identity.certificate:
        raise DeclarationTrouble(f"The account {identity.account or identity.name} has no certificate and key to sign with.")
    header = _header(identity.signer.algorithm, identity.certificate)
    return header, encode(identity.signer.sign(f"{header}.{encode(payload)}".encode("ascii")))


@functools.lru_cache(maxsize=512)
def _header(algorithm: str, certificates: str) -> str:
    """The protected header: algorithm and chain, leaf first."""
    chain = x509.load_pem_x509_certificates(certificates.encode("ascii"))
    x5c = [base64.b64encode(certificate.public_bytes(Encoding.DER)).decode("ascii") for certificate in chain]
    return encode(json.dumps({"alg": algorithm, "x5c": x5c}, separators=(",", ":")).encode("ascii"))
