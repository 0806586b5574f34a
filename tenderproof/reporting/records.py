"""The records of the evidence that belong to a check's outcome."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from tenderproof.result import Check


@dataclass(frozen=True)
class Record:
    """One record: its archive, its observation's ordinal, what it is (request, response, resource), the address, and its first line."""

    file: str
    ordinal: int
    kind: str
    address: str
    line: str


def records(folder: Path, check: Check) -> list[Record]:
    """What the evidence of the run in ``folder`` holds for this check, in its order; empty if nothing was recorded."""
    found = [record for path in sorted((folder / "evidence").glob("*.warc.gz")) for record in _of(path, check)]
    return sorted(found, key=lambda record: record.ordinal)


def _of(path: Path, check: Check) -> Iterator[Record]:
    with path.open("rb") as file:
        for record in ArchiveIterator(file, no_record_parse=True):
            marks = record.rec_headers
            of_check = marks.get_header("Tenderproof-Check"), marks.get_header("Tenderproof-Attempt")
            if of_check != (check.id, str(check.attempt)):
                continue
            exchange = record.rec_type in ("request", "response")
            line = record.raw_stream.readline().decode("utf-8", "replace").strip() if exchange else ""
            address = marks.get_header("WARC-Target-URI") or ""
            yield Record(path.name, int(marks.get_header("Tenderproof-Ordinal") or 0), record.rec_type, address, line)
