"""The matrix of data sets: lawful ones keep, mutants fall by their own check alone, freedoms are never charged, hostile files earn nothing.

The checks are called as they stand in the suites, on data that a process of its own has written (fixtures/data_sets).
"""

import importlib.util
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from tenderproof import content, inventory, reference
from tenderproof.bench import data_set
from tenderproof.inventory import Check
from tenderproof.prove.catalogue import Mutant
from tenderproof.prove.score import Score, score
from tenderproof.records.rules import Binding, Records, Rule
from tenderproof.spec.plan import Plan, load_plan
from tenderproof.verdict import Outcome
from tenderproof.vocabulary import Blame, Missing, State, Trouble, WrongInput


class DataSetsError(Exception):
    """The data sets could not be written; the message carries what was said."""


@dataclass(frozen=True)
class Written:
    """A data set on disk."""

    name: str
    files: tuple[Path, ...]
    mapping: Path | None
    plan: str


@dataclass(frozen=True)
class Catalogue:
    """All data sets that there are; mutants with what they break."""

    mutants: tuple[tuple[Mutant, Written], ...]
    lawful: tuple[Written, ...]
    freedoms: tuple[Written, ...]
    hostile: tuple[Written, ...]


@dataclass(frozen=True)
class Proof:
    """What came of them: a score a mutant; what fell, or was not decided, on a lawful set or a freedom; what a hostile file earned.

    ``unproved``: checks that no mutant fells, or that no lawful set passes.
    """

    scores: tuple[Score, ...]
    fallen: Mapping[str, tuple[str, ...]]
    earned: Mapping[str, tuple[str, ...]]
    unproved: tuple[str, ...]

    @property
    def faults(self) -> tuple[str, ...]:
        """What fell that is lawful, what a hostile file earned, and the checks that are not proved, a line each."""
        found = [f"{name}: {line}" for sets in (self.fallen, self.earned) for name, lines in sets.items() for line in lines]
        return (*found, *self.unproved)

    @property
    def fine(self) -> bool:
        """Every mutant is killed and precise, and there is no fault."""
        return all(one.fine for one in self.scores) and not self.faults


def written(folder: Path) -> Catalogue:
    """Every data set, written into a folder by a process of its own."""
    command = [sys.executable, "-m", "data_sets", str(folder)]
    asked = subprocess.run(command, env=reference.environment(), capture_output=True, text=True, check=False)
    if asked.returncode:
        raise DataSetsError(f"The data sets could not be written:\n{asked.stderr[-2000:]}")
    found = json.loads(asked.stdout)
    kinds = {kind: tuple(map(_written, found[kind])) for kind in ("lawful", "freedoms", "hostile")}
    mutants = tuple((_mutant(one), _written(one)) for one in found["mutants"])
    return Catalogue(mutants, **kinds)


def mutants() -> tuple[Mutant, ...]:
    """All mutants of data sets, in the order of their names."""
    with TemporaryDirectory() as made:
        return tuple(mutant for mutant, _ in written(Path(made) / "data").mutants)


def prove(folder: Path, listener: Callable[[Score], None] = lambda _: None, wanted: Sequence[str] = ()) -> Proof:
    """Judge every data set, or only the mutants that are wanted by name or clause."""
    known, checks = written(folder / "data"), _checks()
    chosen = [pair for pair in known.mutants if not wanted or pair[0].name in wanted or set(pair[0].clauses) & set(wanted)]
    scores = []
    for mutant, data in chosen:
        began = time.monotonic()
        one = score(mutant, judged(data, folder / "runs" / mutant.name), _of_plan(checks, data.plan), time.monotonic() - began)
        listener(one)
        scores.append(one)
    if wanted:
        return Proof(tuple(scores), {}, {}, ())
    on_lawful = {data.name: judged(data, folder / "runs" / data.name) for data in known.lawful}
    fallen = {name: _charged(outcomes) for name, outcomes in on_lawful.items()}
    fallen |= {data.name: _charged(judged(data, folder / "runs" / data.name)) for data in known.freedoms}
    earned = {data.name: _praised(judged(data, folder / "runs" / data.name)) for data in known.hostile}
    fell = {check for one in scores for check in one.fell}
    passed = {check for outcomes in on_lawful.values() for check in _praised(outcomes)}
    unproved = [check.id for check in checks if check.id not in fell or (check.id not in passed and _may_pass(check))]
    return Proof(tuple(scores), fallen, earned, tuple(unproved))


def judged(data: Written, folder: Path) -> list[Outcome]:
    """What every check of the plan says of a data set; none says anything of files that cannot be used at all."""
    folder.mkdir(parents=True)
    bench = data_set(data.files, data.mapping, _plan(data.plan), folder)
    chosen = bind(bench, data.plan, _checks())
    try:
        return [_outcome(check, _function(check), bench) for check in chosen]
    except WrongInput:
        return []


@cache
def _checks() -> tuple[Check, ...]:
    return inventory.record_checks(content.suites_dir())


@cache
def _plan(name: str) -> Plan:
    return load_plan(name, content.specs_dir())


def bind(records: Records, plan: str, checks: Sequence[Check]) -> list[Check]:
    """Have a data set judged by the rules of a plan's checks, which are handed back."""
    chosen = _of_plan(checks, plan)
    records.bind({rule: binding for check in chosen for rule, binding in _rules(check, _function(check))})
    return chosen


def _of_plan(checks: Sequence[Check], plan: str) -> list[Check]:
    clauses = _plan(plan).clause_ids
    return [check for check in checks if set(check.clauses) & set(clauses)]


def _rules(check: Check, function: Callable[..., None]) -> Iterator[tuple[Rule, Binding]]:
    for name in function.__code__.co_names:
        if isinstance(asked := function.__globals__.get(name), Rule):
            yield asked, Binding((check.id,), check.clauses)


def _may_pass(check: Check) -> bool:
    """Whether the check's rule shows the whole of its clauses, so that a lawful set must pass it."""
    return all(asked.whole for asked, _ in _rules(check, _function(check)))


def _outcome(check: Check, function: Callable[[Records], None], bench: Records) -> Outcome:
    seen = Outcome(check.id, check.clauses, check.way, State.PASSED)
    try:
        function(bench)
    except AssertionError as error:
        return replace(seen, state=State.FAILED, blame=Blame.PLATFORM, reason=str(error))
    except Missing as missing:
        return replace(seen, state=State.SKIPPED, blame=missing.blame, reason=missing.reason)
    except Trouble as trouble:
        return replace(seen, state=State.ERRORED, blame=trouble.blame, reason=str(trouble))
    return seen


def _charged(outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    open_ = (State.FAILED, State.ERRORED)
    return tuple(f"{one.check}: {one.state.value}: {one.reason}" for one in outcomes if one.state in open_)


def _praised(outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    return tuple(one.check for one in outcomes if one.state is State.PASSED)


_MODULES: dict[str, ModuleType] = {}


def _function(check: Check) -> Callable[..., None]:
    """The check as it stands in its suite, loaded once."""
    path = content.suites_dir() / check.file
    module = _MODULES.get(check.file)
    if module is None:
        spec = importlib.util.spec_from_file_location(f"proved.{check.file.removesuffix('.py').replace('/', '.')}", path)
        assert spec is not None and spec.loader is not None  # noqa: S101, PT018 - it is a file of Python
        module = _MODULES[check.file] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    function: Callable[..., None] = getattr(module, check.id.partition("::")[2])
    return function


def _written(one: Mapping[str, Any]) -> Written:
    return Written(one["name"], tuple(map(Path, one["files"])), Path(one["mapping"]) if one["mapping"] else None, one["plan"])


def _mutant(one: Mapping[str, Any]) -> Mutant:
    return Mutant(one["name"], tuple(one["clauses"]), one["kind"], one["says"], tuple(one["collateral"]))
