"""``tenderproof driver check``: for whoever writes a driver, what it covers and what it does not."""

import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tenderproof import candidate, content, drivers, inventory, selection, wording
from tenderproof.candidate import Candidate
from tenderproof.cli.ending import Exit, WrongUse
from tenderproof.coverage import connection, needs, operations, reach
from tenderproof.coverage.connection import Came, Tried
from tenderproof.coverage.operations import Offer, Operation
from tenderproof.coverage.reach import Area, Reached, Testable
from tenderproof.drivers import Driver
from tenderproof.evidence.chance import RecordedChance
from tenderproof.evidence.guise import named
from tenderproof.evidence.recorder import Recorder
from tenderproof.evidence.sink import NoSink
from tenderproof.evidence.trust import trust
from tenderproof.evidence.wire import Limits, Wire
from tenderproof.spec.clauses import Clause, load_clauses
from tenderproof.spec.plan import load_plan
from tenderproof.vocabulary import Trouble, WrongInput

_STEPS = 15


@dataclass(frozen=True)
class Covered:
    """What is found of a driver; ``tried`` is None without a connection."""

    driver: str
    plan: str
    url: str
    offers: tuple[Operation, ...]
    instruments: frozenset[str]
    reaches: tuple[Reached, ...]
    clauses: tuple[Clause, ...]
    tried: tuple[Tried, ...] | None

    @property
    def wrong(self) -> int:
        """How many things are wrong: an operation that cannot be called as checks call it, an answer that cannot be used."""
        broken = sum(not one.fine for one in self.tried or ())
        return broken + sum(operation.offer is Offer.WRONG for operation in self.offers)


def check(target: str, plan_name: str, *, connect: bool, as_json: bool) -> None:
    """Examine; ends with 0 if nothing is wrong with what is offered (what is not offered is not wrong), else with 1."""
    declared = candidate.load(Path(target)) if _is_declaration(target) else candidate.bare(target)
    if connect and not _is_declaration(target):
        raise WrongUse(f"To connect, a declaration is needed: tenderproof driver check candidate.toml --connect, instead of {target}.")
    found = _covered(declared, plan_name, connect=connect)
    print(json.dumps(_data(found), ensure_ascii=False) if as_json else "\n".join(_lines(found)))
    sys.exit(Exit.NON_CONFORMANT if found.wrong else Exit.CONFORMANT)


def _is_declaration(target: str) -> bool:
    return target.endswith((".toml", ".json"))


def _covered(declared: Candidate, plan_name: str, *, connect: bool) -> Covered:
    specs = content.specs_dir()
    plan, clauses = load_plan(plan_name, specs), load_clauses(specs)
    suites = content.suites_dir()
    chosen = selection.select(inventory.checks(suites), plan.clause_ids, plan.ways, sandbox=True).checks
    with tempfile.TemporaryDirectory() as private:
        driver = _driver(declared, Path(private))
        try:
            offers, has = operations.examined(operations.players(driver)), reach.instruments(driver)
        except Trouble as trouble:
            raise WrongInput(str(trouble)) from trouble
        tried = tuple(connection.tried(driver)) if connect else None
        driver.wire.close()
    reaches = reach.reached(chosen, needs.of(chosen, suites), offers, has)
    name = str(declared.driver.get("name", "contract"))
    return Covered(name, plan.id, declared.base_url, offers, has, reaches, tuple(plan.select(clauses.values())), tried)


def _driver(declared: Candidate, private: Path) -> Driver:
    recorder = Recorder(NoSink())
    limits = Limits(connect_s=declared.limits.connect_s, total_s=declared.limits.total_s)
    wire, chance = Wire(recorder, limits, trust(declared), guise=named(declared.marks.user_agent)), RecordedChance("driver check", recorder)
    try:
        return drivers.load(declared, wire, chance, private)
    except Trouble as trouble:
        raise WrongInput(str(trouble)) from trouble
    except Exception as error:
        raise WrongInput(f"The driver {declared.driver.get('name')} could not be made: {type(error).__name__}: {error}.") from error


# -- for programs ------------------------------------------------------------------------------------------------------


def _data(found: Covered) -> dict[str, Any]:
    standing = reach.clauses(found.clauses, found.reaches)
    data: dict[str, Any] = {
        "driver": found.driver, "plan": found.plan, "fine": not found.wrong,
        "operations": [_operation(one) for one in found.offers],
        "instruments": {name: name in found.instruments for name in needs.INSTRUMENTS},
        "areas": [{"area": a.name, "checks": a.checks, "runnable": a.runnable, "clauses": _counts(a)} for a in _areas(found)],
        "checks": [{"check": one.check.id, "clauses": one.check.clauses, "lacking": one.lacking} for one in found.reaches],
        "clauses": {clause: state.value for clause, state in standing.items()},
        "steps": [{"name": step.name, "needed": step.needed, "alone": step.alone} for step in reach.steps(found.reaches)],
    }  # fmt: skip
    if found.tried is not None:
        data["connection"] = [
            {"role": one.role, "account": one.account, "operation": one.operation, "came": one.came.value, "words": one.words,
             "record": one.record, "count": one.count, "absent": one.absent, "malformed": one.malformed, "fine": one.fine}
            for one in found.tried
        ]  # fmt: skip
    return data


def _operation(one: Operation) -> dict[str, Any]:
    faults = [{"code": fault.code, "parameter": fault.parameter} for fault in one.faults]
    return {"kind": one.kind, "name": one.name, "offer": one.offer.value, "without": one.without, "faults": faults, "perhaps": one.perhaps}


def _areas(found: Covered) -> tuple[Area, ...]:
    return reach.areas(found.clauses, found.reaches)


def _counts(area: Area) -> dict[str, int]:
    return {state.value: count for state, count in area.clauses.items()}


# -- for people --------------------------------------------------------------------------------------------------------


def _lines(found: Covered) -> Iterator[str]:
    yield _say("driver", driver=found.driver, plan=found.plan)
    yield _say("operations")
    for kind in dict.fromkeys(one.kind for one in found.offers):
        yield from _kind(kind, [one for one in found.offers if one.kind == kind])
    there, absent = (", ".join(n for n in needs.INSTRUMENTS if (n in found.instruments) is wanted) for wanted in (True, False))
    yield _say("instruments" if absent else "no_instruments", there=there, absent=absent)
    yield _say("areas")
    areas = _areas(found)
    yield from (_area(area.name, [area]) for area in areas)
    yield _area(_say("all_areas"), areas)
    steps = reach.steps(found.reaches)[:_STEPS]
    if steps:
        yield _say("steps")
        yield from (_say("step", name=step.name, needed=str(step.needed), alone=str(step.alone)) for step in steps)
    yield _say("not_an_audit")
    if found.tried is not None:
        yield _say("connection", url=found.url)
        yield from (_tried(one) for one in found.tried)
    yield _say("not_fine", count=str(found.wrong)) if found.wrong else _say("fine")


def _kind(kind: str, those: Sequence[Operation]) -> Iterator[str]:
    offered = [one for one in those if one.offer in {Offer.OFFERED, Offer.PARTLY}]
    yield _say("kind", kind=kind, offered=str(len(offered)), all=str(len(those)))
    missing = [one.name for one in those if one.offer is Offer.MISSING]
    if missing:
        yield _say("missing", names=", ".join(missing))
    for one in those:
        if one.perhaps:
            yield _say("perhaps", name=one.name, perhaps=one.perhaps)
        if one.offer is Offer.PARTLY:
            yield _say("partly", name=one.name, roles=", ".join(one.without))
        if one.offer is Offer.WRONG:
            told = (wording.sentence("driver", "fault", f.code, {"parameter": f.parameter}, wording.spoken()) for f in one.faults)
            yield _say("wrong", kind=kind, name=one.name, faults="; ".join(told))


def _area(name: str, areas: Iterable[Area]) -> str:
    those = tuple(areas)
    clauses = {state.value: str(sum(area.clauses[state] for area in those)) for state in Testable}
    return _say("area", area=name, checks=str(sum(a.checks for a in those)), runnable=str(sum(a.runnable for a in those)), **clauses)


def _tried(one: Tried) -> str:
    language = wording.spoken()

    def record(code: str, **values: str) -> str:
        return wording.sentence("driver", "record", code, values, language)

    values = {
        "who": " ".join(filter(None, (one.role, one.account))), "operation": one.operation, "words": one.words,
        "record": record("several" if one.count > 1 else "one" if one.count else "none", record=one.record, count=str(one.count)),
        "absent": record("absent", fields=", ".join(one.absent)) if one.absent else "",
        "malformed": record("malformed", fields=", ".join(one.malformed)) if one.malformed else "",
    }  # fmt: skip
    told = wording.sentence("driver", "came", one.came.value, values, language)
    return told.replace("✓", "✗", 1) if one.came is Came.ACCEPTED and not one.fine else told


def _say(code: str, **values: str) -> str:
    return wording.sentence("driver", "say", code, values, wording.spoken())
