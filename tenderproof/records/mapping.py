"""A mapping file (TOML): which column or path of somebody's records is which fact of a tender (docs/records.md)."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta, timezone, tzinfo
from decimal import Decimal
from pathlib import Path
from typing import Any

from tenderproof.records.row import RecordsError, Shape
from tenderproof.records.tender import FIELDS, PARTS

_TABLES = frozenset({"notice", "publicity", "result"})
_HEAD = frozenset({"form", "encoding", "delimiter", "rows", "currency", "zone", "facts", "credit_codes"}) | _TABLES | PARTS.keys()
_COLUMN = frozenset({"from", "yes", "no", "currency", "currency_from", "unit", "split"})
_LISTED = frozenset({"winners"})
_ITEM = "described."
_ZONE = re.compile(r"([+-])(\d{2}):(\d{2})")
FORMS = ("table", "ocds")


@dataclass(frozen=True)
class Column:
    """Where a fact stands, and how it is written there: words for yes and no, a currency, a unit, a sign between several values."""

    source: str
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    currency: str = ""
    currency_from: str = ""
    unit: Decimal = Decimal(1)
    split: str = ""

    def of(self, row: Mapping[str, Any]) -> Any:
        """The fact as `tenderproof.records.tender` takes it."""
        value = at(row, self.source)
        if isinstance(value, str):
            value = value.strip() or None
        if value is None:
            return None
        if self.yes or self.no:
            return True if value in self.yes else False if value in self.no else None
        if self.split and isinstance(value, str):
            return [part.strip() for part in value.split(self.split) if part.strip()]
        if self.currency or self.currency_from or self.unit != 1:
            return (value, at(row, self.currency_from) if self.currency_from else self.currency, self.unit)
        return value


@dataclass(frozen=True)
class TableMapping:
    """A mapping file as it was read."""

    form: str
    shape: Shape
    currency: str = ""
    zone: tzinfo | None = None
    facts: Mapping[str, Column] = field(default_factory=dict)
    parts: Mapping[str, Sequence[Mapping[str, Column]]] = field(default_factory=dict)
    said: Mapping[str, Mapping[str, Column]] = field(default_factory=dict)
    credit_codes: tuple[Column, ...] = ()

    def columns(self) -> Iterator[str]:
        """Every column or path that the mapping names."""
        groups = [self.facts, *(part for parts in self.parts.values() for part in parts), *self.said.values()]
        yield from (column.source for group in groups for column in group.values())
        yield from (column.source for column in self.credit_codes)

    def of(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The facts of one row; what the mapping does not name is not there."""
        found = {name: value for name, column in self.facts.items() if (value := column.of(row)) is not None}
        for name, parts in self.parts.items():
            listed = [_part(part, row) for part in parts]
            found[name] = [part for part in listed if part]
        for name, items in self.said.items():
            found[name] = {item: column.of(row) is not None for item, column in items.items()}
        if self.credit_codes:
            found["credit_codes"] = [code for column in self.credit_codes for code in _listed(column.of(row))]
        return found


def _part(columns: Mapping[str, Column], row: Mapping[str, Any]) -> dict[str, Any]:
    """A part of the tender, if one of its columns says something; ``described.…`` are items of which only that is asked."""
    found = {name: column.of(row) for name, column in columns.items()}
    if all(value is None for value in found.values()):
        return {}
    items = {name: value for name, value in found.items() if name.startswith(_ITEM)}
    part = {name: _listed(value) if name in _LISTED else value for name, value in found.items() if name not in items and value is not None}
    return part | {"described": {name.removeprefix(_ITEM): value is not None for name, value in items.items()}} if items else part


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def at(row: Any, path: str) -> Any:
    """What stands in a column of that name, else at the dotted path (numbers count the elements of lists from 0); names may hold dots."""
    value, rest = row, path
    while rest:
        if isinstance(value, Mapping) and rest in value:
            return value[rest]
        name, _, rest = rest.partition(".")
        if isinstance(value, Mapping):
            value = value.get(name)
        elif isinstance(value, list) and name.isdecimal() and int(name) < len(value):
            value = value[int(name)]
        else:
            return None
    return value


def load(file: Path) -> TableMapping:
    """Read a mapping file; RecordsError says what is wrong, and at which key."""
    try:
        raw = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise RecordsError(f"The mapping {file} cannot be read: {error}.") from error
    _require_known(file, "", raw.keys(), _HEAD)
    form = raw.get("form", "table")
    if form not in FORMS:
        raise _error(file, "form", f"must be one of {', '.join(FORMS)}")
    for key in ("encoding", "delimiter", "rows", "currency", "zone"):
        if not isinstance(raw.get(key, ""), str):
            raise _error(file, key, "must be a text")
    facts = _columns(file, "facts", raw.get("facts", {}), FIELDS)
    if form == "table" and "id" not in facts:
        raise _error(file, "facts.id", "must be given: it names the column that tells tenders apart")
    return TableMapping(
        form=form,
        shape=Shape(_encoding(file, raw.get("encoding", "utf-8")), raw.get("rows", ""), _delimiter(file, raw.get("delimiter", ""))),
        currency=raw.get("currency", ""),
        zone=_zone(file, raw["zone"]) if "zone" in raw else None,
        facts=facts,
        parts={name: _parts(file, name, raw[name]) for name in PARTS if name in raw},
        said={name: _columns(file, name, raw[name], None) for name in sorted(_TABLES) if name in raw},
        credit_codes=_codes(file, raw.get("credit_codes", [])),
    )


def _parts(file: Path, name: str, raw: Any) -> list[Mapping[str, Column]]:
    if not isinstance(raw, list):
        raise _error(file, name, f"must be written as [[{name}]], once for each that a row may tell of")
    known = PARTS[name] | _LISTED if name == "awards" else PARTS[name]
    found: list[Mapping[str, Column]] = []
    for number, part in enumerate(raw):
        items = part.pop(_ITEM[:-1], {}) if isinstance(part, dict) and name == "candidates" else {}
        columns = _columns(file, f"{name}.{number}", part, known)
        described = _columns(file, f"{name}.{number}.{_ITEM[:-1]}", items, None)
        found.append(columns | {f"{_ITEM}{item}": column for item, column in described.items()})
    return found


def _columns(file: Path, where: str, raw: Any, known: frozenset[str] | None) -> dict[str, Column]:
    if not isinstance(raw, dict):
        raise _error(file, where, "must be a table of facts and columns")
    if known is not None:
        _require_known(file, where, raw.keys(), known)
    return {name: _column(file, f"{where}.{name}", value) for name, value in raw.items()}


def _column(file: Path, where: str, raw: Any) -> Column:
    if isinstance(raw, str) and raw:
        return Column(raw)
    if not isinstance(raw, dict) or not isinstance(raw.get("from"), str):
        raise _error(file, where, "must be a column's name, or a table with `from`")
    _require_known(file, where, raw.keys(), _COLUMN)
    unit = raw.get("unit", 1)
    words = [raw.get("yes", []), raw.get("no", [])]
    texts = [raw.get(key, "") for key in ("currency", "currency_from", "split")]
    if isinstance(unit, bool) or not isinstance(unit, int) or unit < 1:
        raise _error(file, f"{where}.unit", "must be a whole number from 1 up")
    if not all(isinstance(listed, list) for listed in words) or not all(isinstance(text, str) for text in texts):
        raise _error(file, where, "takes lists for yes and no, and texts for currency, currency_from and split")
    return Column(raw["from"], tuple(words[0]), tuple(words[1]), texts[0], texts[1], Decimal(unit), texts[2])


def _codes(file: Path, raw: Any) -> tuple[Column, ...]:
    if not isinstance(raw, list):
        raise _error(file, "credit_codes", "must be a list of columns")
    return tuple(_column(file, f"credit_codes.{number}", column) for number, column in enumerate(raw))


def _encoding(file: Path, name: str) -> str:
    try:
        "".encode(name)
    except LookupError:
        raise _error(file, "encoding", f"names no encoding that is known: {name!r}") from None
    return name


def _delimiter(file: Path, sign: str) -> str:
    if len(sign) > 1:
        raise _error(file, "delimiter", "must be one sign, such as a comma")
    return sign


def _zone(file: Path, text: str) -> tzinfo:
    parts = _ZONE.fullmatch(text)
    if parts is None:
        raise _error(file, "zone", "must be written as +08:00")
    return zone(text)


def zone(text: str) -> tzinfo:
    """A zone from its distance to UTC, as ``+08:00``; ``ValueError`` for anything else."""
    parts = _ZONE.fullmatch(text)
    if parts is None:
        raise ValueError(f"{text!r} is no zone; write it as +08:00")
    distance = timedelta(hours=int(parts[2]), minutes=int(parts[3]))
    return timezone(-distance if parts[1] == "-" else distance)


def _require_known(file: Path, where: str, given: Any, known: frozenset[str]) -> None:
    unknown = sorted(set(given) - known)
    if unknown:
        key = f"{where}.{unknown[0]}".lstrip(".")
        raise _error(file, key, f"there is no such key; known are {', '.join(sorted(known))}")


def _error(file: Path, key: str, sentence: str) -> RecordsError:
    return RecordsError(f"{file}, {key}: {sentence}.")
