"""The slot for a qualified electronic seal (电子印章, GB/T 38540): a command of whoever holds the seal; we hold none and imitate none.

A declaration says ``[official_seal] command = [...]``, with ``form = "embedded"`` (a sealed PDF comes back) or ``"detached"`` (the seal's
value alone). The file goes to stdin; ``{sha256}`` and ``{sm3}`` in the command stand for its digests in hex.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from cryptography.hazmat.primitives import hashes

from tenderproof.candidate import Candidate
from tenderproof.drivers import commands
from tenderproof.vocabulary import DeclarationTrouble, WrongInput

_PURPOSE = "official seal"


class SealFileError(WrongInput):
    """The file names no official seal; the message says what is wrong and where."""


@dataclass(frozen=True)
class OfficialSeal:
    """A command that seals a file."""

    command: tuple[str, ...]
    form: Literal["embedded", "detached"]

    def seal(self, file: bytes) -> bytes:
        """The sealed file, or the seal's value; DeclarationTrouble if what comes back cannot be that.

        A sealed PDF must begin with every octet of the file (an incremental update, ISO 32000-1 7.5.6): so another file, or a changed
        one, is never passed off as ours. That the seal itself is valid, its own verifier says.
        """
        digests = {"{sha256}": hashlib.sha256(file).hexdigest(), "{sm3}": _sm3(file)}
        sealed = commands.run([_filled(part, digests) for part in self.command], file, _PURPOSE)
        if not sealed or sealed == file:
            raise DeclarationTrouble(f"The {_PURPOSE} command {self.command[0]} gave {'the same file' if sealed else 'nothing'} back.")
        if self.form == "embedded" and not sealed.startswith(file):
            raise DeclarationTrouble(
                f"The {_PURPOSE} command {self.command[0]} gave back a file that does not begin with the one that it was given; "
                f'seal by an incremental update, or declare form = "detached".'
            )
        return sealed


def of(candidate: Candidate) -> OfficialSeal | None:
    """The seal that a declaration names; None if it names none."""
    declared: Mapping[str, Any] | None = candidate.raw.get("official_seal")
    return OfficialSeal(tuple(declared["command"]), declared.get("form", "embedded")) if declared else None


def read(path: Path) -> OfficialSeal:
    """The seal that ``[official_seal]`` in a TOML file names, a declaration or a file of its own; SealFileError if it names none."""
    try:
        declared = tomllib.loads(path.read_text("utf-8")).get("official_seal")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise SealFileError(f"The official seal in {path} cannot be read: {error}.") from error
    command = declared.get("command") if isinstance(declared, dict) else None
    form = declared.get("form", "embedded") if isinstance(declared, dict) else None
    if not isinstance(command, list) or not command or not all(isinstance(part, str) for part in command):
        raise SealFileError(f'{path}: [official_seal] must hold command = ["program", "argument", ...].')
    if form not in ("embedded", "detached"):
        raise SealFileError(f"{path}: form of the official seal must be embedded or detached, and it is {form!r}.")
    return OfficialSeal(tuple(command), form)


def _filled(part: str, digests: Mapping[str, str]) -> str:
    for name, digest in digests.items():
        part = part.replace(name, digest)
    return part


def _sm3(octets: bytes) -> str:
    digest = hashes.Hash(hashes.SM3())
    digest.update(octets)
    return digest.finalize().hex()
