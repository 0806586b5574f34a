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
    raise AuditorKeyError(f"The auditor's key {path} is neither an EC nor an RSA key in PEM form.")


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


def read(path: Path, auditor: AuditorKey) -> Iterator[dict[str, Any]]:
    """The originals in a file, with the auditor's private key; stops at a half-written frame."""
    with path.open("rb") as file:
        header = json.loads(file.readline())
        try:
            unwrapped = jwe.decrypt_compact(header["key"], auditor, algorithms=["ECDH-ES+A256KW", "RSA-OAEP-256", "A256GCM"])
        except Exception as error:
            raise AuditorKeyError(f"{path} was not sealed to this auditor's key.") from error
        cipher, count = AESGCM(unwrapped.plaintext or b""), 0
        while len(length := file.read(_LENGTH)) == _LENGTH:
            sealed = file.read(int.from_bytes(length))
            try:
                yield json.loads(cipher.decrypt(count.to_bytes(_NONCE), sealed, None))
            except InvalidTag:
                return
            count += 1
