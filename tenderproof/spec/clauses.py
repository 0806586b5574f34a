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
    """One atomic requirement. ``words`` and ``remedy`` have ``zh`` and ``en``; ``unobservable`` says why nothing shows from outside, or is None."""

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
    found: dict[str, Clause] = {}
    for path in sorted((specs / "clauses").glob("*.yaml")):
        raw = _read(path)
        for number, entry in enumerate(raw["clauses"]):
            clause = _clause(path, number, entry, raw["source"]["key"])
            if clause.id in found:
                raise _error(path, ["clauses", number, "id"], f"the clause {clause.id} stands in two places; remove one")
            found[clause.id] = clause
    _require_references(found, specs)
    return found


def require_schema(specs: Path) -> None:
    """Hold every file against the published schema (slow; the tests of the specification do it, an audit need not)."""
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - slow to import, and only needed here

    schema = json.loads((specs / "schemas" / "clause.schema.json").read_text("utf-8"))
    validator = Draft202012Validator(schema)
    for path in sorted((specs / "clauses").glob("*.yaml")):
        for error in validator.iter_errors(_read(path)):
            where = list(error.absolute_path)
            raise _error(path, where, f"{'.'.join(map(str, where))}: {error.message}; correct it (schemas/clause.schema.json)")


def _read(path: Path) -> dict[str, Any]:
    try:
        raw = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)  # noqa: S506 - CSafeLoader is the safe one, in C
    except yaml.YAMLError as error:
        raise SpecificationError(f"{path.name}: it is no YAML: {error}") from error
    if not isinstance(raw, dict) or not isinstance(raw.get("clauses"), list) or not isinstance(raw.get("source"), dict):
        raise SpecificationError(f"{path.name}:1: the file must hold `source` and a list `clauses` (schemas/clause.schema.json).")
    return raw


def _clause(path: Path, number: int, entry: Mapping[str, Any], source: str) -> Clause:
    try:
        clause = Clause(**{name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()})
    except TypeError as error:
        raise _error(path, ["clauses", number], f"{entry.get('id', 'a clause')}: {str(error).partition('__init__() ')[2]}") from error
    if clause.source != source:
        raise _error(path, ["clauses", number, "source"], f"{clause.id} names source {clause.source}, but the file is of {source}")
    if hashlib.sha256(clause.words["zh"].encode()).hexdigest() != clause.words_sha256:
        sentence = f"{clause.id}: the words are not those that words_sha256 was made of; read the clause again, then correct the hash"
        raise _error(path, ["clauses", number, "words_sha256"], sentence)
    if not clause.ways and not clause.unobservable:
        raise _error(path, ["clauses", number, "ways"], f"{clause.id} can be observed in no way and does not say why (unobservable)")
    return clause


def _require_references(clauses: Mapping[str, Clause], specs: Path) -> None:
    missing = next(((clause, name) for clause, name in _references(clauses) if name not in clauses), None)
    if missing:
        clause, name = missing
        raise SpecificationError(f"{specs.name}/clauses/{clause.source}.yaml: {clause.id} refers to {name}, and there is no such clause.")


def _references(clauses: Mapping[str, Clause]) -> Iterator[tuple[Clause, str]]:
    for clause in clauses.values():
        for name in (*clause.items, *clause.law):
            yield clause, name


def _error(path: Path, where: list[str | int], sentence: str) -> SpecificationError:
    return SpecificationError(f"{path.name}:{line_of(path, where)}: {sentence}.")
