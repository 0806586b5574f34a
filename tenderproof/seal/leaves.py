"""Leaves: the pieces of a file that are hashed one by one, so that a fault can be named to the piece and a record can be withheld.

A file's list of leaves is text, a line a leaf: ``length salt hash`` (octets, hex, hex); ``withheld hash`` where its content is gone.
"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tenderproof import journal
from tenderproof.seal.merkle import SALT_OCTETS

_BLOCK = 64 * 1024
_FRAME_LENGTH = 4
_HASH_HEX = 64
_WITHHELD = "withheld"


class Unit(StrEnum):
    """What a leaf of a file is."""

    OBSERVATION = "observation"
    FRAME = "frame"
    LINE = "line"
    BLOCK = "block"

    @property
    def may_be_withheld(self) -> bool:
        """Whether a leaf may be taken out of the bundle: recorded observations and their originals, and nothing else."""
        return self in (Unit.OBSERVATION, Unit.FRAME)


@dataclass(frozen=True)
class Listed:
    """A leaf as its file's list has it; without length and salt it is withheld."""

    hash: bytes
    length: int = 0
    salt: bytes | None = None

    @property
    def withheld(self) -> bool:
        """Whether its content was taken out."""
        return self.salt is None

    def line(self) -> bytes:
        """Its line in the list."""
        if self.salt is None:
            return f"{_WITHHELD} {self.hash.hex()}\n".encode("ascii")
        return f"{self.length} {self.salt.hex()} {self.hash.hex()}\n".encode("ascii")


class ListError(Exception):
    """A list of leaves has a line that is none; ``line`` counts from one."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line} is no leaf")
        self.line = line


def unit_of(path: str) -> Unit:
    """How a file of a bundle is cut into leaves, from its path."""
    if path.startswith("evidence/") and path.endswith(".warc.gz"):
        return Unit.OBSERVATION
    if path.startswith("evidence/") and path.endswith(".sealed"):
        return Unit.FRAME
    return Unit.LINE if path.endswith(".jsonl") else Unit.BLOCK


def lengths(file: Path, unit: Unit) -> Iterator[int]:
    """The lengths of a file's leaves, in order; together they are the file.

    What a killed run left behind after the last whole record is a leaf of its own.
    """
    left = file.stat().st_size
    for length in _whole(file, unit):
        if length > left:
            break
        left -= length
        yield length
    if left:
        yield left


def _whole(file: Path, unit: Unit) -> Iterator[int]:
    match unit:
        case Unit.OBSERVATION:
            name = file.name.removesuffix(".warc.gz")
            told = file.parent.parent / "journal" / f"{name}.jsonl"
            if told.is_file():
                yield from (event.octets for _, event in journal.read(told) if isinstance(event, journal.Observed))
        case Unit.FRAME:
            yield from _frames(file)
        case Unit.LINE:
            with file.open("rb") as lines:
                yield from map(len, lines)
        case Unit.BLOCK:
            yield from [_BLOCK] * (file.stat().st_size // _BLOCK)


def _frames(file: Path) -> Iterator[int]:
    with file.open("rb") as frames:
        yield len(frames.readline())
        while len(head := frames.read(_FRAME_LENGTH)) == _FRAME_LENGTH:
            length = int.from_bytes(head)
            frames.seek(length, 1)
            yield _FRAME_LENGTH + length


def salts(secret: bytes, path: str) -> Iterator[bytes]:
    """The salts of a file's leaves: the same secret gives the same ones, and one that is known tells nothing of another."""
    number = 0
    while True:
        yield hmac.digest(secret, f"{path}\0{number}".encode(), hashlib.sha256)[:SALT_OCTETS]
        number += 1


def read_list(lines: Iterable[bytes]) -> Iterator[Listed]:
    """The leaves of a list, line by line; ListError at the first line that is none."""
    for number, line in enumerate(lines, 1):
        try:
            found = _listed(line)
        except (ValueError, UnicodeDecodeError) as error:
            raise ListError(number) from error
        if found.line() != line:
            raise ListError(number)
        yield found


def _listed(line: bytes) -> Listed:
    first, *rest = line.decode("ascii").rstrip("\n").split(" ")
    if first == _WITHHELD:
        (hashed,) = rest
        return Listed(_octets(hashed, _HASH_HEX))
    salt, hashed = rest
    if not first.isdigit():
        raise ValueError("no length")
    return Listed(_octets(hashed, _HASH_HEX), int(first), _octets(salt, 2 * SALT_OCTETS))


def _octets(text: str, digits: int) -> bytes:
    if len(text) != digits:
        raise ValueError("another length is needed")
    return bytes.fromhex(text)
