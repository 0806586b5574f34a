"""The clauses on the harness itself: which tests of tenderproof decide each (specs/own-clauses.yaml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from tenderproof.spec.clauses import Clause, SpecificationError
from tenderproof.spec.location import line_of

HARNESS = "harness"
_FILE = "own-clauses.yaml"


@dataclass(frozen=True)
class Own:
    """A clause on the harness: its tests (``file::name``, from the root of the source), and what of it waits (zh, en), if anything."""

    clause: Clause
    tests: tuple[str, ...]
    waits: Mapping[str, str] | None


def load_own(specs: Path, clauses: Mapping[str, Clause]) -> list[Own]:
    """The list, in its order; SpecificationError where it names no such clause, leaves one out, or says neither test nor what waits."""
    path = specs / _FILE
    try:
        raw = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise SpecificationError(f"{_FILE}:1: it cannot be read: {error}.") from error
    if not isinstance(raw, dict) or not all(isinstance(entry, dict) for entry in raw.values()):
        raise SpecificationError(f"{_FILE}:1: it must map clauses to tests and waits.")
    asked = {clause.id for clause in clauses.values() if HARNESS in clause.applies_to}
    for clause_id in sorted(raw.keys() ^ asked):
        what = "is no clause on the harness; remove it" if clause_id in raw else "is a clause on the harness and is left out; add it"
        raise SpecificationError(f"{_FILE}:{line_of(path, [clause_id])}: {clause_id} {what}.")
    return [_own(path, clauses[clause_id], entry) for clause_id, entry in raw.items()]


def _own(path: Path, clause: Clause, entry: Mapping[str, object]) -> Own:
    tests, waits = entry.get("tests"), entry.get("waits")
    sound = isinstance(tests, list) and (waits is None or (isinstance(waits, dict) and waits.keys() == {"zh", "en"}))
    if not sound or not (tests or waits) or not entry.keys() <= {"tests", "waits"}:
        line = line_of(path, [clause.id])
        raise SpecificationError(f"{_FILE}:{line}: {clause.id} must name its tests, or say in waits (zh, en) what is not decided yet.")
    assert isinstance(tests, list)  # noqa: S101 - for the type checker; `sound` has asked
    return Own(clause, tuple(map(str, tests)), waits if isinstance(waits, dict) else None)
