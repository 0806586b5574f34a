"""Electronic signatures (电子签名): detached JWS (RFC 7515, appendix F) over canonical JSON (RFC 8785), certificates in the header."""

import base64
import functools
import json
from collections.abc import Mapping
from typing import Any

import rfc8785
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from tenderproof.testing.identities import Identity
from tenderproof.vocabulary import DeclarationTrouble


def encode(octets: bytes) -> str:
    """base64url without padding (RFC 7515, 2)."""
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode("ascii")


def detached(identity: Identity, content: Mapping[str, Any]) -> str:
    """``protected..signature`` over the RFC 8785 form of a content."""
    header, signature = _sign(identity, rfc8785.dumps(dict(content)))
    return f"{header}..{signature}"


def compact(identity: Identity, payload: bytes) -> str:
    """``protected.payload.signature``."""
    header, signature = _sign(identity, payload)
    return f"{header}.{encode(payload)}.{signature}"


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
