"""The catalogue of data items (specs/data-items): objects (数据集) with their fields, read, checked, and handed out by code."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tenderproof.spec.clauses import SpecificationError
from tenderproof.spec.data_items.code_rules import CodeRule, load_codes, read
from tenderproof.spec.data_items.faults import Fault
from tenderproof.spec.data_items.notation import Kind, Notation, notation
from tenderproof.spec.location import line_of

FILES = ("business.yaml", "prequalification.yaml", "subjects.yaml", "platform.yaml")
ANY = "any"
ANY_SEPARATORS = ";,；，、 "
"""What may stand between several codes where the annex does not say: "any"."""
_ANY = re.compile(f"[{ANY_SEPARATORS}]+")
_SCHEMA = "data-items.schema.json"


@dataclass(frozen=True)
class Field:
    """An item of an object (数据项).

    ``printed`` is its notation as annex 3 prints it, ``notation`` the one that decides: where the print looks like a misprint, the wider
    one that the annex uses elsewhere. ``when`` names the case in which a conditional item applies (适用时); empty: always. ``several`` is
    what stands between codes where an item holds several.
    """

    id: str
    name: str
    printed: str
    notation: Notation
    code: CodeRule | None = None
    several: str = ""
    least: int | None = None
    when: str = ""
    note: str = ""

    @property
    def required(self) -> bool:
        """Whether the item must be there in every case."""
        return not self.when

    def fault(self, value: object) -> Fault | None:
        """What is wrong with a value, first things first; None if nothing is. A conditional item may be empty."""
        found = self.notation.fault(value)
        if found is Fault.EMPTY and self.when and value == "":
            return None
        if found or not isinstance(value, str):
            return found
        if self.least is not None and value.startswith("-"):
            return Fault.LEAST
        return self._fault_of_code(value) if self.code else None

    def codes(self, value: str) -> list[str]:
        """The codes that a value holds: one, or several."""
        if not self.several:
            return [value]
        parts = _ANY.split(value) if self.several == ANY else value.split(self.several)
        return parts[:-1] if len(parts) > 1 and not parts[-1] else parts

    def _fault_of_code(self, value: str) -> Fault | None:
        assert self.code is not None  # noqa: S101 - for the type checker; the caller has asked
        faults = [fault for code in self.codes(value) if (fault := self.code.fault(code))]
        return min(faults, key=list(Fault).index, default=None)


@dataclass(frozen=True)
class DataObject:
    """An object (数据集): its code in annex 3, names (zh, en), and level: L1 for reports of class I and II, L2 for class I alone."""

    code: str
    name: Mapping[str, str]
    level: str
    fields: tuple[Field, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Field]:
        """Its fields by their numbers."""
        return {field.id: field for field in self.fields}


@dataclass(frozen=True)
class Catalogue:
    """All objects by code, all codes by id, and the cases of conditional items (zh, en) by name."""

    objects: Mapping[str, DataObject]
    codes: Mapping[str, CodeRule]
    cases: Mapping[str, Mapping[str, str]]


def load_catalogue(specs: Path) -> Catalogue:
    """The catalogue; SpecificationError where a file breaks its schema or refers to what is not there, with file, line and key."""
    codes = load_codes(specs)
    cases = read(specs / "data-items" / "cases.yaml", "cases")["cases"]
    objects: dict[str, DataObject] = {}
    for name in FILES:
        path = specs / "data-items" / name
        raw = read(path, "objects")
        require_schema(path, raw, specs / "schemas" / _SCHEMA)
        for number, entry in enumerate(raw["objects"]):
            found = _object(path, ["objects", number], entry, codes, cases)
            if found.code in objects:
                raise error(path, ["objects", number, "code"], f"the object {found.code} stands in two places; remove one")
            objects[found.code] = found
    return Catalogue(objects, codes, cases)


def require_schema(path: Path, raw: Mapping[str, Any], schema: Path) -> None:
    """Hold a file against its schema; SpecificationError for the first fault, with its line."""
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - slow to import, and the command line has other things to do first

    validator = Draft202012Validator(json.loads(schema.read_text("utf-8")))
    if validator.is_valid(raw):
        return
    first = min(validator.iter_errors(raw), key=lambda fault: line_of(path, list(fault.absolute_path)))
    where = list(first.absolute_path)
    raise error(path, where, f"{'.'.join(map(str, where)) or 'the file'}: {first.message}; correct it (schemas/{schema.name})")


def error(path: Path, where: list[str | int], sentence: str) -> SpecificationError:
    """An error that names file and line."""
    return SpecificationError(f"{path.name}:{line_of(path, where)}: {sentence}.")


def _object(
    path: Path, where: list[str | int], entry: Mapping[str, Any], codes: Mapping[str, CodeRule], cases: Mapping[str, Any]
) -> DataObject:
    fields: dict[str, Field] = {}
    for number, one in enumerate(entry["fields"]):
        at = [*where, "fields", number]
        field = _field(path, at, one, codes, cases)
        if field.id in fields:
            raise error(path, [*at, "id"], f"{entry['code']} has the item {field.id} twice; remove one")
        fields[field.id] = field
    return DataObject(entry["code"], entry["name"], entry["level"], tuple(fields.values()))


def _field(path: Path, where: list[str | int], entry: Mapping[str, Any], codes: Mapping[str, CodeRule], cases: Mapping[str, Any]) -> Field:
    printed, decides = _notation(path, where, entry, "format"), _notation(path, where, entry, "likely")
    if not decides.covers(printed):
        raise error(path, [*where, "likely"], f"{entry['id']}: {decides.written} takes less than the {printed.written} that is printed")
    for key, known in (("code", codes), ("when", cases)):
        if entry.get(key) and entry[key] not in known:
            raise error(path, [*where, key], f"{entry['id']}: there is no {key} {entry[key]} ({', '.join(known)})")
    if "least" in entry and decides.kind is not Kind.NUMBER:
        raise error(path, [*where, "least"], f"{entry['id']}: only a number has a least value")
    return Field(
        entry["id"], entry["name"], printed.written, decides, codes.get(entry.get("code", "")), entry.get("several", ""),
        entry.get("least"), entry.get("when", ""), entry.get("note", ""),
    )  # fmt: skip


def _notation(path: Path, where: list[str | int], entry: Mapping[str, Any], key: str) -> Notation:
    try:
        return notation(entry.get(key, entry["format"]))
    except ValueError as fault:
        raise error(path, [*where, key], f"{entry['id']}: {fault}") from fault
