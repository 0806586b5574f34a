"""The traces of a trial's cases (全流程留痕): the archive of each tender, as the platform keeps it, held against its own digests.

A trace is a ZIP file named after the code of its tender project (招标项目编号). It holds ``archive.json``, what the contract's
``archive.get`` answers, and ``entries/NUMBER``, the octets of each archived data message (``archive.entry``).
Source: CERT-STAR-6, 电子招标投标办法 第四十条.
"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, NamedTuple

import rfc8785

from tenderproof.dossier.envelope import PaperFault
from tenderproof.spec.calendar import day_in_china

STAGES = (1, 2, 3, 4, 5, 6)  # items of 电子招标投标办法 第四十条: notice, documents, bids, reports, award notice, contract
_LIST_AT_MOST = 16 * 1024 * 1024  # octets of archive.json
_ENTRY_AT_MOST = 1024 * 1024 * 1024  # octets of one data message
_PIECE = 1024 * 1024


@dataclass(frozen=True)
class Trace:
    """A case's archive that holds: its days, and the digests of its data messages."""

    case: str
    first: date
    last: date
    digests: frozenset[str]


class _Entry(NamedTuple):
    number: int
    item: int
    sha256: str
    day: date


def require_traced(cases: Sequence[str], files: Mapping[str, Path], begin: date, end: date) -> None:
    """`PaperFault` unless each case has its trace, whole and unbroken, within the trial, and of no other case."""
    owner: dict[str, str] = {}
    for case in dict.fromkeys(entry.strip() for entry in cases):
        if f"{case}.zip" not in files:
            raise PaperFault("trace_absent", case=case)
        trace = read(case, files[f"{case}.zip"])
        if trace.first < begin or trace.last > end:
            outside = trace.first if trace.first < begin else trace.last
            raise PaperFault("trace_outside", case=case, day=outside.isoformat())
        for digest in sorted(trace.digests):
            if digest in owner:
                raise PaperFault("trace_copied", case=case, other=owner[digest])
        owner |= dict.fromkeys(trace.digests, case)


def read(case: str, path: Path) -> Trace:
    """The trace in a file; `PaperFault` names the first thing that is broken or lacking in it."""
    try:
        with zipfile.ZipFile(path) as file:
            return _read(case, file)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, UnicodeError) as error:
        raise PaperFault("trace_broken", case=case, what=path.name) from error


def _read(case: str, file: zipfile.ZipFile) -> Trace:
    listed = _listed(case, file)
    for number, entry in enumerate(listed, start=1):
        if entry.number != number or _digest(case, file, number) != entry.sha256:
            raise PaperFault("trace_broken", case=case, what=f"entries/{number}")
    lacking = sorted(set(STAGES) - {entry.item for entry in listed})
    if lacking:
        raise PaperFault("trace_stages", case=case, wanted=", ".join(map(str, lacking)))
    days = sorted(entry.day for entry in listed)
    return Trace(case, days[0], days[-1], frozenset(entry.sha256 for entry in listed))


def _listed(case: str, file: zipfile.ZipFile) -> list[_Entry]:
    """The entries that the archive lists, in order, bound by its root."""
    try:
        with file.open("archive.json") as part:
            octets = part.read(_LIST_AT_MOST + 1)
        archive = json.loads(octets) if len(octets) <= _LIST_AT_MOST else {}
        entries = [
            _Entry(
                int(entry["number"]), int(entry["item"]), str(entry["sha256"]), day_in_china(datetime.fromisoformat(entry["created_at"]))
            )
            for entry in archive["entries"]
        ]
        root, code = archive["root"], str(archive["section_code"])
    except (KeyError, ValueError, TypeError, RecursionError) as error:
        raise PaperFault("trace_broken", case=case, what="archive.json") from error
    if root != hashlib.sha256(rfc8785.dumps([entry.sha256 for entry in entries])).hexdigest():
        raise PaperFault("trace_broken", case=case, what="archive.json: root")
    if not case or not code.startswith(case):
        raise PaperFault("trace_of_another", case=case, found=code)
    return entries


def _digest(case: str, file: zipfile.ZipFile, number: int) -> str:
    try:
        with file.open(f"entries/{number}") as part:
            return _digest_of(part)
    except KeyError as error:
        raise PaperFault("trace_broken", case=case, what=f"entries/{number}") from error


def _digest_of(part: IO[bytes]) -> str:
    """SHA-256, hex; empty for what is longer than a data message can be."""
    digest, left = hashlib.sha256(), _ENTRY_AT_MOST
    while piece := part.read(_PIECE):
        left -= len(piece)
        if left < 0:
            return ""
        digest.update(piece)
    return digest.hexdigest()
