"""The originals, encrypted to the auditor's key as they are written.

A file starts with one line of JSON (the data key, wrapped as a JWE to the auditor's public key) and goes on with frames: four bytes of
length, then AES-256-GCM under the data key with a counter as nonce. A frame that a killed run left half-written is the last one, and is
left out when reading.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from joserfc import jwe
from joserfc.errors import InvalidKeyTypeError
from joserfc.jwk import ECKey, RSAKey, import_key

from tenderproof.vocabulary import WrongInput

_LENGTH, _NONCE = 4, 12
AuditorKey = ECKey | RSAKey


class AuditorKeyError(WrongInput):
    """The auditor's key cannot be used; the message is a sentence for the user."""


def load_key(path: Path) -> AuditorKey:
    """An EC (P-256) or RSA key, public or private, from PEM."""
    try:
        octets = path.read_bytes()
    except OSError as error:
        raise AuditorKeyError(f"The auditor's key {path} cannot be read: {error.strerror}.") from error
    for kind in ("EC", "RSA"):
        try:
            return import_key(octets, kind)
        except (ValueError, InvalidKeyTypeError):
            continue
    raise AuditorKeyError(
        f"The auditor's key {path} is neither an EC nor an RSA key in PEM form: originals are encrypted to it, which an Ed25519 key, that "
        "can seal, cannot do. Without --auditor-key an audit makes one (private/auditor.pem in the run's folder)."
    )


def make_key(path: Path) -> AuditorKey:
    """Make a private key for an auditor who has none yet; readable by its owner alone."""
    key = ECKey.generate_key("P-256")
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key.as_pem(private=True))
    return key


class SealedFile:
    """A file of encrypted originals, open for appending."""

    def __init__(self, path: Path, auditor: AuditorKey) -> None:
        data_key = AESGCM.generate_key(256)
        self._cipher = AESGCM(data_key)
        self._count = 0
        self._file = path.open("xb", buffering=0)
        algorithm = "ECDH-ES+A256KW" if isinstance(auditor, ECKey) else "RSA-OAEP-256"
        wrapped = jwe.encrypt_compact({"alg": algorithm, "enc": "A256GCM"}, data_key, auditor, algorithms=[algorithm, "A256GCM"])
        self._file.write(json.dumps({"form": "tenderproof-originals/1", "key": wrapped}).encode() + b"\n")

    def append(self, original: dict[str, Any]) -> bytes:
        """Encrypt and write one original; return the frame as written, so that its hash can bind the published view to it."""
        nonce = self._count.to_bytes(_NONCE)
        self._count += 1
        sealed = self._cipher.encrypt(nonce, json.dumps(original, ensure_ascii=False, separators=(",", ":")).encode(), None)
        frame = len(sealed).to_bytes(_LENGTH) + sealed
        self._file.write(frame)
        return frame

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class Originals:
    """The originals in a file, by number from zero, with the auditor's private key; each is decrypted when it is asked for.

    AuditorKeyError if the file was not sealed to this key. What stands after the last whole frame is left out.
    """

    def __init__(self, path: Path, auditor: AuditorKey) -> None:
        self._path, self._frames = path, list(_frames(path))
        with path.open("rb") as file:
            try:
                wrapped = json.loads(file.readline())["key"]
                unwrapped = jwe.decrypt_compact(wrapped, auditor, algorithms=["ECDH-ES+A256KW", "RSA-OAEP-256", "A256GCM"])
            except Exception as error:
                raise AuditorKeyError(f"The record {path.name} was not sealed to this auditor's key.") from error
        self._cipher = AESGCM(unwrapped.plaintext or b"")

    def __len__(self) -> int:
        return len(self._frames)

    def __getitem__(self, number: int) -> dict[str, Any]:
        """One original; InvalidTag if it is not as it was written."""
        first, length = self._frames[number]
        with self._path.open("rb") as file:
            file.seek(first)
            sealed = file.read(length)
        found: dict[str, Any] = json.loads(self._cipher.decrypt(number.to_bytes(_NONCE), sealed, None))
        return found


def read(path: Path, auditor: AuditorKey) -> Iterator[dict[str, Any]]:
    """The originals in a file, one after the other; stops at one that is half-written or changed."""
    found = Originals(path, auditor)
    for number in range(len(found)):
        try:
            yield found[number]
        except InvalidTag:
            return


def _frames(path: Path) -> Iterator[tuple[int, int]]:
    """Where the sealed octets of each whole frame stand, and their length."""
    with path.open("rb") as file:
        at, end = len(file.readline()), path.stat().st_size
        file.seek(at)
        while len(head := file.read(_LENGTH)) == _LENGTH:
            first, length = at + _LENGTH, int.from_bytes(head)
            at = first + length
            if at > end:
                return
            yield first, length
            file.seek(at)
