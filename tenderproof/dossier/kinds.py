"""The kinds of paper (specs/documents): who signs each, for whom, what it states, and the rules that its facts must keep."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tenderproof.dossier.people import INDEPENDENT
from tenderproof.spec.location import line_of
from tenderproof.vocabulary import WrongInput

ANYBODY = "anybody"


class KindError(WrongInput):
    """A file of specs/documents is wrong; the message names file, line and key."""


@dataclass(frozen=True)
class Fact:
    """Something that a document must say, or may if it is ``optional``: ``text``, ``date`` (ISO) or ``list`` (of texts)."""

    type: str
    title: Mapping[str, str]
    optional: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of paper; schemas/document.schema.json says what each field means."""

    id: str
    title: Mapping[str, str]
    source: Mapping[str, str]
    platforms: tuple[str, ...]
    signer: str
    handed_to: tuple[str, ...]
    facts: Mapping[str, Fact]
    rules: tuple[Mapping[str, Any], ...]
    attests: tuple[str, ...] = ()
    alone: bool = False
    whole: bool = False
    files: bool = False
    asked_for: bool = True
    longest_months: int | None = None

    @property
    def independent(self) -> bool:
        """Whether who is tested may not sign it."""
        return self.signer in INDEPENDENT

    @property
    def builds_on(self) -> frozenset[str]:
        """The other documents that must count before this one can."""
        return frozenset(rule["document"] for rule in self.rules if rule["rule"] == "same_as")


@cache
def load(specs: Path) -> Mapping[str, Kind]:
    """All kinds by id, each after those that it builds on; `KindError` where a file cannot be used."""
    found = {}
    for path in sorted((specs / "documents").glob("*.yaml")):
        kind = _kind(path, specs)
        if kind.id != path.stem.replace("-", "_"):
            raise _error(path, ["id"], f"id is {kind.id}, but the file is named {path.stem}; make them equal")
        _require_facts(path, kind)
        found[kind.id] = kind
    return _in_order(found)


def alone(known: Mapping[str, Kind], clause_id: str) -> list[str]:
    """The kinds of document without which the clause cannot be attested."""
    return [kind.id for kind in known.values() if kind.alone and clause_id in kind.attests]


def _kind(path: Path, specs: Path) -> Kind:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - slow to import, and only needed here

    try:
        raw = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise KindError(f"{path.name}:1: it is no YAML: {error}.") from error
    schema = json.loads((specs / "schemas" / "document.schema.json").read_text("utf-8"))
    fault = next(iter(Draft202012Validator(schema).iter_errors(raw)), None)
    if fault:
        where = list(fault.absolute_path)
        raise _error(path, where, f"{'.'.join(map(str, where)) or 'the file'}: {fault.message}; correct it (schemas/document.schema.json)")
    facts = {name: Fact(**entry) for name, entry in raw.pop("facts", {}).items()}
    lists = {name: tuple(value) for name, value in raw.items() if isinstance(value, list)}
    return Kind(**{**raw, **lists, "facts": facts, "rules": tuple(raw.get("rules", ()))})


def _require_facts(path: Path, kind: Kind) -> None:
    for number, rule in enumerate(kind.rules):
        named = [rule[key] for key in ("fact", "after", "until", *(("other",) if "document" not in rule else ())) if key in rule]
        unknown = [name for name in named if name != "date" and name not in kind.facts]
        if unknown:
            raise _error(path, ["rules", number], f"the rule names a fact {unknown[0]} that the document does not state; add it to facts")


def _in_order(kinds: Mapping[str, Kind]) -> dict[str, Kind]:
    ordered: dict[str, Kind] = {}
    while len(ordered) < len(kinds):
        ready = {name: kind for name, kind in kinds.items() if name not in ordered and kind.builds_on <= ordered.keys()}
        if not ready:
            left = ", ".join(sorted(kinds.keys() - ordered.keys()))
            raise KindError(f"specs/documents: these build on one another in a circle or on what is not there: {left}.")
        ordered |= ready
    return ordered


def _error(path: Path, where: list[str | int], sentence: str) -> KindError:
    return KindError(f"{path.name}:{line_of(path, where)}: {sentence}.")
