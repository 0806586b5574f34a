"""One signed paper in a file: canonical JSON (RFC 8785) in a DSSE envelope, signed by securesystemslib.

The key decides the algorithm, never the envelope, so that nobody can ask for a weaker one.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rfc8785
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import UnverifiedSignatureError
from securesystemslib.signer import Key, SecretsHandler, Signature, SSlibKey
from securesystemslib.signer import Signer as EnvelopeSigner

from tenderproof.dossier.people import Person, PublicKey, key_id
from tenderproof.sm import sm2
from tenderproof.testing.keys import Signer

_COORDINATE = 32
_LONGEST = 1 << 20


class PaperFault(Exception):  # noqa: N818 - the field's word: a paper with a fault counts as absent
    """Why a paper counts as absent: a code of the wording catalogue ``papers``, and what its sentence needs."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True)
class Opened:
    """A paper whose every signature holds: what it says, who signed, and the SHA-256 of the file."""

    payload: Mapping[str, Any]
    signers: tuple[Person, ...]


def type_of(form: str) -> str:
    """The DSSE payload type of a form: ``tenderproof-waiver/1`` → ``application/vnd.tenderproof.waiver+json``."""
    return f"application/vnd.tenderproof.{form.removeprefix('tenderproof-').partition('/')[0]}+json"


def sealed(payload: Mapping[str, Any], signer: Signer, public: PublicKey) -> dict[str, Any]:
    """A new envelope around the payload with one signature."""
    envelope = Envelope(rfc8785.dumps(dict(payload)), type_of(payload["form"]), {})
    return _signed(envelope, signer, public)


def countersigned(envelope: Mapping[str, Any], signer: Signer, public: PublicKey) -> dict[str, Any]:
    """The same envelope with one signature more."""
    return _signed(_envelope(dict(envelope)), signer, public)


def _signed(envelope: Envelope, signer: Signer, public: PublicKey) -> dict[str, Any]:
    envelope.sign(_Adapter(signer, public))
    made: dict[str, Any] = envelope.to_dict()
    return made


def read(path: Path) -> tuple[dict[str, Any], str]:
    """The envelope in a file and the SHA-256 of the file; `PaperFault` if there is none."""
    try:
        octets = path.read_bytes()
    except OSError as error:
        raise PaperFault("file_unreadable", what=error.strerror or "") from error
    if len(octets) > _LONGEST:
        raise PaperFault("no_envelope")
    try:
        raw = json.loads(octets)
    except (ValueError, RecursionError) as error:
        raise PaperFault("no_envelope") from error
    if not isinstance(raw, dict) or not _formed(raw):
        raise PaperFault("no_envelope")
    return raw, hashlib.sha256(octets).hexdigest()


def _formed(raw: Mapping[str, Any]) -> bool:
    """Whether it has an envelope's parts, each of its type; the library that opens it takes them as they come."""
    if raw.keys() != {"payload", "payloadType", "signatures"} or not isinstance(raw["signatures"], list):
        return False
    texts = [raw["payload"], raw["payloadType"]]
    for signature in raw["signatures"]:
        if not isinstance(signature, dict) or signature.keys() != {"keyid", "sig"}:
            return False
        texts += signature.values()
    return all(isinstance(text, str) for text in texts)


def payload_of(raw: Mapping[str, Any]) -> dict[str, Any]:
    """What the envelope says, signatures unseen; `PaperFault` unless it is canonical and of the form that its type says."""
    envelope = _envelope(dict(raw))
    try:
        payload = json.loads(envelope.payload)
        canonical = rfc8785.dumps(payload) == envelope.payload
    except (ValueError, RecursionError, rfc8785.CanonicalizationError) as error:
        raise PaperFault("no_envelope") from error
    if not canonical:
        raise PaperFault("not_canonical")
    if not isinstance(payload, dict) or not isinstance(payload.get("form"), str) or type_of(payload["form"]) != envelope.payload_type:
        raise PaperFault("other_type", type=envelope.payload_type)
    return payload


def opened(raw: Mapping[str, Any], known: Sequence[Person]) -> Opened:
    """The paper, after every one of its signatures was verified by a key that we know; `PaperFault` names the first that was not."""
    payload, envelope = payload_of(raw), _envelope(dict(raw))
    if not envelope.signatures:
        raise PaperFault("unsigned")
    people = {person.key_sha256: person for person in known if not isinstance(person.key, sm2.PublicKey)}  # those seal, and sign no papers
    signers = []
    for signature in envelope.signatures.values():
        person = people.get(signature.keyid)
        if person is None:
            raise PaperFault("unknown_key", key=signature.keyid[:16])
        _verify(person, signature, envelope.pae())
        signers.append(person)
    return Opened(payload, tuple(signers))


def _verify(person: Person, signature: Signature, octets: bytes) -> None:
    try:
        _key(person.key).verify_signature(signature, octets)
    except UnverifiedSignatureError as error:
        raise PaperFault("bad_signature", person=person.name) from error


def _envelope(raw: dict[str, Any]) -> Envelope:
    try:
        return Envelope.from_dict({**raw, "signatures": [dict(signature) for signature in raw["signatures"]]})
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PaperFault("no_envelope") from error


def _key(public: PublicKey) -> SSlibKey:
    if isinstance(public, sm2.PublicKey):
        raise TypeError("papers are not signed by SM2")
    scheme = "rsa-pkcs1v15-sha256" if isinstance(public, rsa.RSAPublicKey) else "ecdsa-sha2-nistp256"
    return SSlibKey.from_crypto(public, key_id(public), scheme)


class _Adapter(EnvelopeSigner):
    """Lets whatever signs for us (a key file, a token, a command) sign an envelope."""

    def __init__(self, signer: Signer, public: PublicKey) -> None:
        self._signer, self._public = signer, _key(public)

    @property
    def public_key(self) -> Key:
        return self._public

    @classmethod
    def from_priv_key_uri(cls, priv_key_uri: str, public_key: Key, secrets_handler: SecretsHandler | None = None) -> "_Adapter":
        raise ValueError(f"{priv_key_uri} ({public_key.keyid}, {secrets_handler}): signers of papers are made from a declaration")

    def sign(self, payload: bytes) -> Signature:
        signature = self._signer.sign(payload)
        return Signature(self._public.keyid, (_der(signature) if self._signer.algorithm == "ES256" else signature).hex())


def _der(raw: bytes) -> bytes:
    return encode_dss_signature(int.from_bytes(raw[:_COORDINATE]), int.from_bytes(raw[_COORDINATE:]))
