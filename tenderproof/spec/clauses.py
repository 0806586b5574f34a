"""The clauses (条款): one YAML file a source under ``specs/clauses/``, read, checked, and handed out by id."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from tenderproof.spec.location import line_of
from tenderproof.vocabulary import WrongInput


class SpecificationError(WrongInput):
    """The specification cannot be used; the message names file, line and key."""


@dataclass(frozen=True)
class Clause:
    """One atomic requirement. ``words``, ``remedy``, ``unobservable`` and ``waits`` have ``zh`` and ``en``.

    ``unobservable`` says why nothing shows from outside, where that is so, and ``waits`` what keeps a check from being written; ``items``
    and ``law`` are the two sides of one tie.
    """

    id: str
    source: str
    locator: str
    words: Mapping[str, str]
    words_sha256: str
    applies_to: tuple[str, ...]
    area: str
    keyword: Literal["shall", "shall_not", "should"]
    ways: tuple[str, ...]
    ways_needed: Literal["all", "any"]
    provenance: str
    confidence: str
    remedy: Mapping[str, str]
    basis: str
    parameters: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    law: tuple[str, ...] = ()
    stars: int | None = None
    exemptible: bool = False
    needs_public_service_platform: bool = False
    level: tuple[str, ...] = ()
    mutant: str = ""
    observable: Mapping[str, str] | None = None
    unobservable: Mapping[str, str] | None = None
    waits: Mapping[str, str] | None = None
    figure: str = ""
    milestone: str = ""
    note: str = ""
    module: str = ""
    module_zh: str = ""
    group: str = ""
    check_point: str = ""
    level_2015: str = ""


def load_clauses(specs: Path) -> dict[str, Clause]:
    """All clauses by id; SpecificationError where a file is no YAML, breaks the schema, or refers to what is not there."""
    schema = _schema(specs)
    places: dict[str, tuple[Path, int]] = {}
    found: dict[str, Clause] = {}
    for path in sorted((specs / "clauses").glob("*.yaml")):
        raw = _read(path)
        if any(_is_suspect(entry, schema["$defs"]["clause"]) for entry in raw["clauses"]):
            _require_schema(path, raw, schema)
        for number, entry in enumerate(raw["clauses"]):
            clause = _clause(path, number, entry, raw["source"].get("key"))
            if clause.id in found:
                raise _error(path, ["clauses", number, "id"], f"the clause {clause.id} stands in two places; remove one")
            found[clause.id], places[clause.id] = clause, (path, number)
    _require_references(found, places)
    return found


def require_schema(specs: Path) -> None:
    """Hold every file against the whole published schema (three times as slow as loading, so an audit does without)."""
    for path in sorted((specs / "clauses").glob("*.yaml")):
        _require_schema(path, _read(path), _schema(specs))


def _schema(specs: Path) -> dict[str, Any]:
    return dict(json.loads((specs / "schemas" / "clause.schema.json").read_text("utf-8")))


def _require_schema(path: Path, raw: Mapping[str, Any], schema: Mapping[str, Any]) -> None:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - slow to import, and only needed where something is wrong

    faults = Draft202012Validator(schema).iter_errors(raw)
    first = min(faults, key=lambda fault: line_of(path, list(fault.absolute_path)), default=None)
    if first:
        where = list(first.absolute_path)
        key = ".".join(map(str, where)) or "the file"
        raise _error(path, where, f"{key}: {first.message}; correct it (schemas/clause.schema.json)")


def _is_suspect(entry: object, schema: Mapping[str, Any]) -> bool:
    """Whether a quick look finds a key missing or unknown, or a value of another kind or outside the words that the schema lists."""
    if not isinstance(entry, dict) or not entry.keys() >= set(schema["required"]) or not entry.keys() <= schema["properties"].keys():
        return True
    return not all(_looks_right(value, schema["properties"][key]) for key, value in entry.items())


def _looks_right(value: object, rule: Mapping[str, Any]) -> bool:
    kind = rule.get("$ref", rule.get("type"))
    if kind in ("#/$defs/ids", "array"):
        allowed = rule.get("items", {}).get("enum", value)
        return isinstance(value, list) and len(value) >= rule.get("minItems", 0) and all(word in allowed for word in value)
    if kind == "#/$defs/bilingual":
        return isinstance(value, dict) and value.keys() == {"zh", "en"} and all(value.values())
    return isinstance(value, str) if kind == "string" else value in rule.get("enum", [value])


def _read(path: Path) -> dict[str, Any]:
    try:
        raw = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SpecificationError(f"{path.name}:{line}: it is no YAML: {error.problem}.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SpecificationError(f"{path.name}:1: it is no YAML: {error}.") from error
    if not isinstance(raw, dict) or not isinstance(raw.get("clauses"), list) or not isinstance(raw.get("source"), dict):
        raise SpecificationError(f"{path.name}:1: the file must hold `source` and a list `clauses` (schemas/clause.schema.json).")
    return raw


def _clause(path: Path, number: int, entry: Mapping[str, Any], source: object) -> Clause:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
    clause = Clause(**values)
    if clause.source != source:
        raise _error(path, ["clauses", number, "source"], f"{clause.id} names source {clause.source}, but the file is of {source}")
    if hashlib.sha256(clause.words["zh"].encode()).hexdigest() != clause.words_sha256:
        sentence = f"{clause.id}: the words are not those that words_sha256 was made of; read the clause again, then correct the hash"
        raise _error(path, ["clauses", number, "words_sha256"], sentence)
    if not clause.ways and not clause.unobservable:
        raise _error(path, ["clauses", number, "ways"], f"{clause.id} can be observed in no way and does not say why (unobservable)")
    return clause


def _require_references(clauses: Mapping[str, Clause], places: Mapping[str, tuple[Path, int]]) -> None:
    for clause, key, name in _references(clauses):
        if name not in clauses:
            path, number = places[clause.id]
            raise _error(path, ["clauses", number, key], f"{clause.id} refers to {name}, and there is no such clause; correct {key}")


def _references(clauses: Mapping[str, Clause]) -> Iterator[tuple[Clause, str, str]]:
    for clause in clauses.values():
        for key in ("items", "law"):
            for name in getattr(clause, key):
                yield clause, key, name


def _error(path: Path, where: list[str | int], sentence: str) -> SpecificationError:
    return SpecificationError(f"{path.name}:{line_of(path, where)}: {sentence}.")
