"""A data set: files of records in one form, read once from beginning to end, and handed out as tenders.

OCDS 1.1 releases and records, alone, in packages, in lists or a line each; the contract's published objects; whatever a mapping file
describes. What cannot be read is counted and kept with its place. Memory stays flat in the number of rows.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from tenderproof.records import contract, ocds, rows
from tenderproof.records.mapping import TableMapping
from tenderproof.records.row import Place, RecordsError, Shape, Unreadable
from tenderproof.records.spill import Held, Spill
from tenderproof.records.tender import Reading, Tender, tender
from tenderproof.records.values import moment

Form = Literal["ocds", "contract", "table"]
_KEPT = 20  # unreadable rows that are told one by one
_LONGEST_KEY = 300
_PACKAGES = ("releases", "records")
_UNKNOWN = "it is neither a release nor a record of OCDS nor a published object of the contract; describe the form in a mapping file"


@dataclass
class FileRead:
    """A file as far as it was read; the hash is of the whole file."""

    name: str
    octets: int
    sha256: str = ""
    rows: int = 0
    unreadable: int = 0


@dataclass
class Told:
    """What there is to tell of a data set once it was read; ``first`` and ``last`` are the earliest and latest date of its releases."""

    files: list[FileRead] = field(default_factory=list)
    forms: Counter[str] = field(default_factory=Counter)
    tenders: int = 0
    unreadable: int = 0
    examples: list[Unreadable] = field(default_factory=list)
    first: str = ""
    last: str = ""

    @property
    def rows(self) -> int:
        """Rows that could be read."""
        return sum(file.rows for file in self.files)


@dataclass(frozen=True)
class How:
    """How the values of a data set are read."""

    zone: tzinfo
    mapping: TableMapping | None = None
    credit_code_schemes: frozenset[str] = frozenset()


class DataSet:
    """Files of records. `tenders` may be asked for once; `told` is whole when it has come to its end."""

    def __init__(self, files: Sequence[Path], how: How) -> None:
        if len({file.name for file in files}) != len(files):
            raise RecordsError("Two of the files of records have the same name, and findings could not tell them apart; rename one.")
        self._files, self._how = files, how
        self.told = Told()
        currency = how.mapping.currency if how.mapping else ""
        self._reading = Reading((how.mapping and how.mapping.zone) or how.zone, currency)

    def tenders(self, folder: Path) -> Iterator[Tender]:
        """Every tender, once, with all that the files say of it; ``folder`` is where rows are put in order."""
        with TemporaryDirectory(dir=folder, prefix="rows-") as made:
            spill = Spill(Path(made) / "rows.sqlite")
            try:
                for file in self._files:
                    self._take(file, spill)
                for key, held in spill.groups():
                    found = self._tender(key, held)
                    if found is not None:
                        self.told.tenders += 1
                        yield found
            finally:
                spill.close()

    def _take(self, file: Path, spill: Spill) -> None:
        if not file.is_file():
            raise RecordsError(f"There is no file {file}; name a file of records.")
        digest, read = hashlib.sha256(), FileRead(file.name, file.stat().st_size)
        self.told.files.append(read)
        shape = self._how.mapping.shape if self._how.mapping else Shape()
        for row in rows.read(file, shape, digest):
            if isinstance(row, Unreadable) or (why := self._hold(row.place, row.value, spill)):
                self._lost(read, row if isinstance(row, Unreadable) else Unreadable(row.place, why))
            else:
                read.rows += 1
        read.sha256 = digest.hexdigest()

    def _lost(self, read: FileRead, row: Unreadable) -> None:
        read.unreadable += 1
        self._unreadable(row)

    def _unreadable(self, row: Unreadable) -> None:
        self.told.unreadable += 1
        if len(self.told.examples) < _KEPT:
            self.told.examples.append(row)

    def _hold(self, place: Place, value: Any, spill: Spill) -> str:
        """Put a row where it belongs; else why it belongs nowhere."""
        try:
            return self._held(place, value, spill)
        except RecursionError:
            return "it is nested too deep"

    def _held(self, place: Place, value: Any, spill: Spill) -> str:
        if not isinstance(value, dict):
            return f"it is no object but {_kind(value)}"
        mapping = self._how.mapping
        if mapping and mapping.form == "table":
            return self._hold_row(place, value, spill, mapping)
        releases = _releases(value)
        if isinstance(releases, str):
            return releases
        if releases is not None:
            return _first(self._hold_release(place, release, spill) for release in releases)
        inner = next((value[name] for name in _PACKAGES if isinstance(value.get(name), list)), None)
        if inner is not None:
            return _first(self._hold(place, part, spill) for part in inner)
        return self._hold_published(place, value, spill) if mapping is None else _UNKNOWN

    def _hold_published(self, place: Place, value: Mapping[str, Any], spill: Spill) -> str:
        sections = list(contract.sections_of(value))
        for section in sections:
            self._note("contract", str(value.get("published_at") or ""))
            spill.add(section[:_LONGEST_KEY], "", "", place, value)
        return "" if sections else _UNKNOWN

    def _hold_release(self, place: Place, release: Mapping[str, Any], spill: Spill) -> str:
        ocid, date = release.get("ocid"), release.get("date")
        if not isinstance(ocid, str) or not ocid or len(ocid) > _LONGEST_KEY:
            return "its ocid is no text that names a process"
        dated = moment(date, UTC)
        order = dated.first.astimezone(UTC).isoformat(timespec="microseconds") if dated else ""
        self._note("ocds", order)
        spill.add(ocid, order, str(release.get("id", ""))[:_LONGEST_KEY], place, release)
        return ""

    def _hold_row(self, place: Place, row: Mapping[str, Any], spill: Spill, mapping: TableMapping) -> str:
        if mapping.shape.delimiter and not self.told.forms:
            absent = next((name for name in mapping.columns() if name not in row), None)
            if absent:
                raise RecordsError(f"{place.file} has no column {absent!r}, and the mapping names it; its columns are {', '.join(row)}.")
        facts = mapping.of(row)
        key = facts.get("id")
        if not isinstance(key, str | int) or isinstance(key, bool) or not str(key).strip() or len(str(key)) > _LONGEST_KEY:
            return f"{mapping.facts['id'].source} says nothing, and without it the row is nobody's"
        self._note("table", "")
        spill.add(str(key), "", "", place, facts)
        return ""

    def _note(self, form: Form, date: str) -> None:
        told = self.told
        told.forms[form] += 1
        if date:
            told.first = min(told.first or date, date)
            told.last = max(told.last, date)

    def _tender(self, key: str, held: list[Held]) -> Tender | None:
        places = [one.place for one in reversed(held)]
        if self._how.mapping and self._how.mapping.form == "table":
            if any(one.value != held[0].value for one in held[1:]):
                self._unreadable(Unreadable(places[0], f"{key[:80]} stands in several rows ({places[-1].at} and others) that differ"))
                return None
            return tender(held[0].value | {"id": key}, places, self._reading)
        if isinstance(held[0].value.get("ocid"), str):
            return self._process(key, held, places)
        facts = contract.facts(one.value for one in held)
        return tender({"id": key, **facts}, places, Reading(self._reading.zone, contract.CURRENCY))

    def _process(self, key: str, held: list[Held], places: list[Place]) -> Tender | None:
        if len(held) > 1 and not held[0].order:
            undated = Unreadable(
                held[0].place, f"it has no date that can be read, and {key[:80]} has other releases that it cannot be put among"
            )
            self._unreadable(undated)
            return None
        release = ocds.compiled([one.value for one in held])
        facts = dict(ocds.facts(release, self._how.credit_code_schemes))
        if self._how.mapping:
            facts |= self._how.mapping.of(release)
        return tender(facts | {"id": key}, places, self._reading)


def _releases(value: Mapping[str, Any]) -> Sequence[Mapping[str, Any]] | str | None:
    """The releases of a row of OCDS, or why it has none; None if it is no such row."""
    if ocds.is_record(value):
        return ocds.releases_of(value) or "the record only links to its releases; give the releases, or records with a compiledRelease"
    return [value] if ocds.is_release(value) else None


def _first(whys: Iterable[str]) -> str:
    """The first reason of all that there are; every part is taken."""
    return next(iter([why for why in whys if why]), "")


def _kind(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case list():
            return "a list"
        case str():
            return "a text"
        case _:
            return "a number"
