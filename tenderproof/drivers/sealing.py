"""Sealed files (加密投标文件): JWE (RFC 7516) to the bidder's own key, and to the tenderee's first where both are to decrypt.

At the opening each unwraps the content key on its own side, and hands over that key alone.
"""

import functools
import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from joserfc.errors import JoseError
from joserfc.jwe import FlattenedJSONEncryption, FlattenedJSONSerialization, JWERegistry, decrypt_json, encrypt_json
from joserfc.jwk import ECKey

from tenderproof.drivers.signing import encode
from tenderproof.testing.keys import PrivateKey, pem
from tenderproof.vocabulary import DeclarationTrouble

ALGORITHM, ENCRYPTION = "ECDH-ES+A256KW", "A256GCM"
_ALGORITHMS = [ALGORITHM, ENCRYPTION]
_IN_SEGMENTS = {"price": ("price", "bond_amount"), "technical": ("project_leader", "quality", "period_days", "files", "responses")}


def seal(octets: bytes, certificate: str) -> dict[str, Any]:
    """A flattened JWE of the octets to the key of a certificate (PEM), which the header names (``x5t#S256``)."""
    key, thumbprint = _recipient(certificate)
    message = FlattenedJSONEncryption({"alg": ALGORITHM, "enc": ENCRYPTION, "x5t#S256": thumbprint}, octets)
    message.add_recipient(None, key)
    return dict(encrypt_json(message, None, algorithms=_ALGORITHMS))


def content_key(jwe: Mapping[str, Any], key: PrivateKey) -> bytes:
    """The content key of a JWE, unwrapped with its recipient's private key; DeclarationTrouble if it is for somebody else."""
    registry = _Unwrapping(algorithms=_ALGORITHMS)
    registry.covered = ".".join(str(jwe[name]) for name in ("protected", "aad") if name in jwe).encode()
    try:
        decrypt_json(cast("FlattenedJSONSerialization", dict(jwe)), _private_key(pem(key)), registry=registry)
    except JoseError as error:
        raise DeclarationTrouble("The encryption key in the declaration does not open what was sealed to its certificate.") from error
    return registry.unwrapped


def segments(content: Mapping[str, Any], names: Sequence[str]) -> dict[str, dict[str, Any]]:
    """A bid's content spread over segments: what identifies bid and bidder stands in each, the price in ``price`` alone."""
    if len(names) == 1:
        return {names[0]: dict(content)}
    placed = {name: segment for segment, fields in _IN_SEGMENTS.items() if segment in names for name in fields}
    common = ("section_code", "bidder_name", "uscc", "tool", "author")
    return {
        segment: {name: value for name, value in content.items() if name in common or placed.get(name, "business") == segment}
        for segment in names
    }


class _Unwrapping(JWERegistry):
    """Decrypts as RFC 7516 says, and keeps the content key that it used.

    ``covered`` is what the authentication tag covers besides the ciphertext: the header as its sender has spelt it (RFC 7516, 5.1). The
    library spells it anew, which is another text where the sender wrote a space.
    """

    unwrapped, covered = b"", b""

    def get_enc(self, name: str) -> Any:
        """The content encryption, listened to."""
        return _Listening(super().get_enc(name), self)


class _Listening:
    """A content encryption that tells its registry which key it was given."""

    def __init__(self, model: Any, registry: _Unwrapping) -> None:
        self._model, self._registry = model, registry

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def decrypt(self, ciphertext: bytes, tag: bytes, cek: bytes, iv: bytes, aad: bytes) -> bytes:  # noqa: ARG002 - covered is what counts
        """The plaintext; the authentication tag holds."""
        self._registry.unwrapped = cek
        plaintext: bytes = self._model.decrypt(ciphertext, tag, cek, iv, self._registry.covered)
        return plaintext


@functools.lru_cache(maxsize=256)
def _recipient(certificate: str) -> tuple[ECKey, str]:
    """The key of a certificate, and its SHA-256 in base64url."""
    loaded = x509.load_pem_x509_certificate(certificate.encode("ascii"))
    octets = loaded.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return ECKey.import_key(octets), encode(loaded.fingerprint(hashes.SHA256()))


@functools.lru_cache(maxsize=256)
def _private_key(octets: bytes) -> ECKey:
    return ECKey.import_key(octets)


def file_of(jwes: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The sealed file: its segments by name."""
    return {"segments": [{"name": name, "jwe": dict(jwe)} for name, jwe in jwes.items()]}


def released(jwes: Mapping[str, Mapping[str, Any]], key: PrivateKey, layer: str) -> list[dict[str, str]]:
    """The content keys of a sealed file, for the opening."""
    return [{"segment": name, "layer": layer, "cek": encode(content_key(jwe, key))} for name, jwe in jwes.items()]


def parse(octets: bytes) -> dict[str, Any]:
    """A sealed file from its JSON; DeclarationTrouble if a bid maker gave none."""
    try:
        found = json.loads(octets)
    except (ValueError, RecursionError) as error:
        raise DeclarationTrouble("The bid maker did not give a sealed file as JSON.") from error
    if not isinstance(found, dict):
        raise DeclarationTrouble("The bid maker did not give a sealed file, but another JSON value.")
    return found
