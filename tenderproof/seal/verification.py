"""Verification: what of a bundle does not hold, named to the file, the record and the octets; with the bundle alone.

Findings are codes of the wording catalogue ``seal`` with what the sentence needs. An archive that is not in the one form of a bundle is
not looked into any further: two readers could see different contents in it.
"""

import hashlib
import os
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from tenderproof.result import Result
from tenderproof.seal import leaves, manifest, signature, statement, timestamp
from tenderproof.seal.archive import Reader, StructureError
from tenderproof.seal.contents import RESULT
from tenderproof.seal.leaves import Listed, ListError
from tenderproof.seal.manifest import File, ManifestError
from tenderproof.seal.merkle import Leaf, Tree
from tenderproof.seal.sealing import MANIFEST, SIGNER, STATEMENT, TIMESTAMP, list_of
from tenderproof.seal.signature import Party, SealKeyError, SignatureTrouble
from tenderproof.seal.timestamp import TimestampTrouble
from tenderproof.vocabulary import WrongInput

_AROUND = frozenset({MANIFEST, STATEMENT, TIMESTAMP})


class BundleError(WrongInput):
    """There is no bundle to verify; the message is a sentence for the user."""


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold: a code, and what its sentence needs (``file``, ``number``, ``first`` and ``last`` octet …)."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Verified:
    """What a verification found, whatever it was of; nothing found is what holds."""

    findings: list[Finding] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    def found(self, code: str, **values: object) -> None:
        """Keep a finding."""
        self.findings.append(Finding(code, {name: str(value) for name, value in values.items()}))

    def told(self) -> dict[str, object]:
        """How ``--json`` begins for every kind of verification."""
        return {"holds": self.holds, "findings": [{"code": one.code, "values": dict(one.values)} for one in self.findings]}


@dataclass
class Verification(Verified):
    """What came of it. ``withheld`` names the leaves that were taken out; ``signer`` and ``moment`` are empty where nothing holds them.

    ``trusted`` is None where nobody was named to be trusted; ``stamped_by_trusted`` likewise for the time stamp.
    """

    withheld: list[tuple[str, int]] = field(default_factory=list)
    files: int = 0
    octets: int = 0
    root: str = ""
    signer: str = ""
    trusted: bool | None = None
    moment: datetime | None = None
    stamped_by_trusted: bool | None = None


def verify(path: Path, trusted: Sequence[Party] = (), timers: Sequence[Party] = ()) -> Verification:
    """Verify a bundle; BundleError if there is no such file.

    ``trusted`` are the signers, or the authorities of signers, whom the user believes; ``timers`` the time stamp authorities.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise BundleError(f"The bundle {path} cannot be read: {error.strerror}; name the file that `tenderproof seal` wrote.") from error
    with file:
        return verified(file, trusted, timers)


def verified(file: BinaryIO, trusted: Sequence[Party] = (), timers: Sequence[Party] = ()) -> Verification:
    """Verify a bundle in an open file."""
    done = Verification(octets=file.seek(0, os.SEEK_END))
    try:
        archive = Reader(file)
    except StructureError as error:
        done.found(f"structure_{error.code}", octet=error.where, name=error.name)
        return done
    files = _files(archive, done)
    if files is None:
        return done
    _require_listed(archive, files, done)
    for name, entry in files.items():
        if name in archive.entries and list_of(name) in archive.entries:
            _Following(archive, entry, done).follow()
    if SIGNER in archive.entries and STATEMENT in archive.entries:
        result = _result(archive, done)
        _time(archive, timers, result, done)
        _signature(archive, files, trusted, result, done)
    return done


def _files(archive: Reader, done: Verification) -> dict[str, File] | None:
    missing = [name for name in (MANIFEST, STATEMENT) if name not in archive.entries]
    for name in missing:
        done.found("missing", file=name)
    if MANIFEST in missing:
        return None
    try:
        files, done.root = manifest.read(archive.content(MANIFEST))
    except ManifestError:
        done.found("manifest_form", file=MANIFEST)
        return None
    done.files = len(files)
    return files


def _require_listed(archive: Reader, files: Mapping[str, File], done: Verification) -> None:
    wanted = {*files, *map(list_of, files)}
    for name in sorted(wanted - archive.entries.keys()):
        done.found("missing", file=name)
    for name in sorted(archive.entries.keys() - wanted - _AROUND):
        done.found("unlisted", file=name)
    for name in sorted(name for name in (RESULT, SIGNER) if name not in files):
        done.found("missing", file=name)
    for name in sorted(archive.entries.keys() & (_AROUND | set(map(list_of, files)))):
        if not archive.crc_holds(name):
            done.found("crc", file=name)


class _Following:
    """Follows one file along its list of leaves, once, from beginning to end."""

    def __init__(self, archive: Reader, file: File, done: Verification) -> None:
        self._archive, self._file, self._done = archive, file, done
        self._parts, self._part = archive.parts(file.path), memoryview(b"")
        self._whole, self._crc, self._at = hashlib.sha256(), 0, 0

    def follow(self) -> None:
        """Tell of every leaf that is not as it was sealed, then of the file."""
        tree, withheld, before = Tree(), 0, len(self._done.findings)
        try:
            for number, listed in enumerate(leaves.read_list(_lines(self._archive, list_of(self._file.path))), 1):
                tree.add(listed.hash)
                if listed.withheld:
                    withheld += 1
                    self._withheld(number)
                else:
                    self._leaf(number, listed)
        except ListError as error:
            self._done.found("list_line", file=list_of(self._file.path), line=error.line)
        self._end(tree, withheld, before)

    def _withheld(self, number: int) -> None:
        if not self._file.unit.may_be_withheld:
            self._done.found("withheld_forbidden", file=self._file.path, number=number)
        else:
            self._done.withheld.append((self._file.path, number))

    def _leaf(self, number: int, listed: Listed) -> None:
        first, leaf, left = self._at, Leaf(listed.salt or b""), listed.length
        for part in self._next(left):
            leaf.update(part)
            left -= len(part)
        if left or leaf.digest() != listed.hash:
            last = max(first, self._at - 1)
            self._done.found(f"changed_{self._file.unit.value}", file=self._file.path, number=number, first=first, last=last)

    def _next(self, left: int) -> Iterator[memoryview]:
        while left:
            if not self._part:
                fresh = next(self._parts, b"")
                if not fresh:
                    return
                self._whole.update(fresh)
                self._crc = zlib.crc32(fresh, self._crc)
                self._part = memoryview(fresh)
            part, self._part = self._part[:left], self._part[left:]
            self._at += len(part)
            left -= len(part)
            yield part

    def _end(self, tree: Tree, withheld: int, before: int) -> None:
        """The file as a whole: its list is the sealed one, and nothing follows the last leaf."""
        name, listed_at = self._file.path, self._at
        for _ in self._next(self._archive.entries[name].octets):
            pass
        if self._at != listed_at:
            self._done.found("surplus", file=name, first=listed_at, last=self._at - 1)
        if tree.root().hex() != self._file.root or tree.count != self._file.leaves:
            self._done.found("list_other", file=list_of(name), of=name)
        if self._crc != self._archive.entries[name].crc:
            self._done.found("crc", file=name)
        same = self._whole.hexdigest() == self._file.sha256 and self._at == self._file.octets
        if not same and not withheld and len(self._done.findings) == before:
            self._done.found("digest", file=name)


def _lines(archive: Reader, name: str) -> Iterator[bytes]:
    rest = b""
    for part in archive.parts(name):
        *whole, rest = (rest + part).split(b"\n")
        yield from (line + b"\n" for line in whole)
    if rest:
        yield rest


def _signature(archive: Reader, files: Mapping[str, File], trusted: Sequence[Party], result: Result | None, done: Verification) -> None:
    try:
        signer = signature.party(archive.content(SIGNER), SIGNER)
    except SealKeyError:
        done.found("signer_form", file=SIGNER)
        return
    try:
        said = signature.opened(archive.content(STATEMENT), signer)
    except SignatureTrouble as trouble:
        done.found(trouble.code, file=STATEMENT, signer=signer.name)
        return
    done.signer = signer.name
    if result and said != statement.of(result, archive.content(MANIFEST), files):
        done.found("statement_other", file=STATEMENT)
    _trust(signer, trusted, result, done)


def _result(archive: Reader, done: Verification) -> Result | None:
    if RESULT not in archive.entries:
        return None
    try:
        return Result.model_validate_json(archive.content(RESULT))
    except ValidationError:
        done.found("result_form", file=RESULT)
        return None


def _trust(signer: Party, trusted: Sequence[Party], result: Result | None, done: Verification) -> None:
    if not trusted:
        return
    stamped = done.moment if done.stamped_by_trusted else None
    at = stamped or (result.run.finished if result else datetime.now(UTC))
    try:
        signature.require_trust(signer, trusted, at)
        done.trusted = True
    except SignatureTrouble as trouble:
        done.trusted = False
        done.found(trouble.code, file=SIGNER, signer=signer.name)


def _time(archive: Reader, timers: Sequence[Party], result: Result | None, done: Verification) -> None:
    if TIMESTAMP not in archive.entries:
        if timers:
            done.found("timestamp_missing", file=TIMESTAMP)
        return
    envelope = archive.content(STATEMENT)
    authorities = [party.certificate for party in timers if party.certificate is not None]
    try:
        stamp, moment = timestamp.read(archive.content(TIMESTAMP), envelope)
        if result and moment < result.run.finished.replace(microsecond=0):
            raise TimestampTrouble("timestamp_early")  # noqa: TRY301 - found here, told where the others are
        if authorities:
            timestamp.require_authority(stamp, envelope, authorities)
    except TimestampTrouble as trouble:
        done.found(trouble.code, file=TIMESTAMP)
        return
    done.moment, done.stamped_by_trusted = moment, True if authorities else None
