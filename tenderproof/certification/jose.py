"""Signed statements in JOSE (RFC 7515, compact): the algorithm follows from the key, and the header may say nothing else.

ES256 for a P-256 key, ES384 for P-384, Ed25519 for a key of that name (RFC 9864). ``none`` and symmetric algorithms are never tried.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rfc8785
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tenderproof.seal import signature
from tenderproof.seal.signature import Party, PublicKey, SealKeyError

_PARTS, _LARGEST = 3, 1 << 20


class TokenTrouble(Exception):  # noqa: N818 - says what does not hold
    """Something about a token does not hold; ``code`` of the wording catalogue ``certification``, and what its sentence needs."""

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, {name: str(value) for name, value in values.items()}
        super().__init__(", ".join([code, *(f"{name} {value}" for name, value in self.values.items())]))


@dataclass(frozen=True)
class Pen:
    """A private key that signs, and the party that verifies it."""

    pem: bytes
    party: Party
    public: bytes


def load(key: Path, certificate: Path | None) -> Pen:
    """The key (PEM); SealKeyError if it cannot sign in JOSE."""
    sealer = signature.load_sealer(key, certificate)
    party = signature.party(sealer.pem, str(key))
    if algorithm(party.key) is None:
        raise SealKeyError(f"The key in {key} cannot sign a credential: P-256, P-384 and Ed25519 can.")
    return Pen(key.read_bytes(), party, sealer.pem)


def algorithm(key: PublicKey) -> str | None:
    """The one algorithm (RFC 7518, RFC 9864) that goes with a key; None if no such token is signed with it."""
    match key:
        case ed25519.Ed25519PublicKey():
            return "Ed25519"
        case ec.EllipticCurvePublicKey():
            return "ES256" if isinstance(key.curve, ec.SECP256R1) else "ES384"
        case _:
            return None


def sign(payload: Mapping[str, Any], kind: str, pen: Pen) -> str:
    """The token; ``kind`` is its media type (``typ``)."""
    from joserfc import jws  # noqa: PLC0415 - only who signs needs it

    alg = algorithm(pen.party.key)
    assert alg is not None  # noqa: S101 - `load` has asked
    header = {"alg": alg, "kid": pen.party.keyid, "typ": kind}
    return jws.serialize_compact(header, rfc8785.dumps(dict(payload)), _key(pen.pem, pen.party), algorithms=[alg])


def opened(token: str, kind: str, signer: Party) -> dict[str, Any]:
    """What a token says, if this signer has signed it as this kind; TokenTrouble otherwise."""
    from joserfc import jws  # noqa: PLC0415
    from joserfc.errors import JoseError  # noqa: PLC0415

    header, payload = parts(token)
    if header.get("alg") != algorithm(signer.key):
        raise TokenTrouble("algorithm")
    if header.get("typ") != kind:
        raise TokenTrouble("type")
    if header.keys() != {"alg", "kid", "typ"}:
        raise TokenTrouble("header")
    if header["kid"] != signer.keyid:
        raise TokenTrouble("other_key")
    pem = signer.key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    try:
        jws.deserialize_compact(token, _key(pem, signer), algorithms=[header["alg"]])
    except (JoseError, ValueError) as error:
        raise TokenTrouble("signature") from error
    return payload


def parts(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and payload as they are written, believed by nobody yet; TokenTrouble if the token is not in its one form."""
    pieces = token.split(".")
    if len(pieces) != _PARTS or len(token) > _LARGEST:
        raise TokenTrouble("form")
    try:
        header, payload = (json.loads(_decoded(piece)) for piece in pieces[:2])
        _decoded(pieces[2])
        same = isinstance(payload, dict) and rfc8785.dumps(payload) == _decoded(pieces[1])
    except (ValueError, RecursionError, binascii.Error, rfc8785.CanonicalizationError) as error:
        raise TokenTrouble("form") from error
    if not isinstance(header, dict) or not same:
        raise TokenTrouble("form")
    return header, payload


def _decoded(piece: str) -> bytes:
    octets = base64.urlsafe_b64decode(piece + "=" * (-len(piece) % 4))
    if base64.urlsafe_b64encode(octets).rstrip(b"=").decode() != piece:
        raise ValueError("not in the one form of base64url")
    return octets


def _key(pem: bytes, party: Party) -> Any:
    from joserfc.jwk import ECKey, OKPKey  # noqa: PLC0415

    return (OKPKey if isinstance(party.key, ed25519.Ed25519PublicKey) else ECKey).import_key(pem)
