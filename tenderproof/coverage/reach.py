"""Which checks and clauses of a plan a driver lets be tested, and what the others lack."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tenderproof.coverage.needs import Needs
from tenderproof.coverage.operations import Offer, Operation
from tenderproof.drivers import Driver
from tenderproof.inventory import Check
from tenderproof.spec.clauses import Clause
from tenderproof.testing import Access, BidTool, Clock, Exchange, Interface, Line, PublicService


class Testable(StrEnum):
    """Whether a clause can be tested: by all its checks, by some, by none."""

    __test__ = False  # for pytest: it is none of its classes

    WHOLLY = "testable"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True)
class Reached:
    """A check, and the operations and instruments that it needs and does not find."""

    check: Check
    lacking: tuple[str, ...]


@dataclass(frozen=True)
class Area:
    """An area of the plan: its checks, how many of them can run, and how its clauses stand."""

    name: str
    checks: int
    runnable: int
    clauses: Mapping[Testable, int]


@dataclass(frozen=True)
class Step:
    """An operation that is not offered: how many checks need it, and how many would run with it alone."""

    name: str
    needed: int
    alone: int


def instruments(driver: Driver) -> frozenset[str]:
    """The instruments beside the people that a driver has, with its declaration."""
    has = {
        "clock": type(driver.clock) is not Clock,
        "interface": type(driver.interface) is not Interface,
        "bid_tool": type(driver.bid_tool) is not BidTool,
        "public_service": type(driver.public_service) is not PublicService,
        "exchange": type(driver.exchange) is not Exchange,
        "expert_bases": driver.candidate.expert_base is not None and driver.candidate.public_service is not None,
        "identities": driver.candidate.sandbox.authority is not None,
        "line": type(driver.line) is not Line,
        "visits": type(driver).pages is not Driver.pages,
        "browser": True,
        "callbacks": True,
        "channel": True,
        "site": True,
        "crowd": bool(driver.candidate.sandbox.floodable),
        "hosts": True,
        "access": type(driver.access) is not Access,
        "looks": driver.candidate.sandbox.authority is not None,
        "views": True,
    }
    return frozenset(name for name, there in has.items() if there)


def reached(checks: Iterable[Check], needed: Mapping[str, Needs], offered: Iterable[Operation], has: frozenset[str]) -> tuple[Reached, ...]:
    """Every check with what it lacks; an operation that several kinds of people have is there if one of them has it."""
    there = {operation.name for operation in offered if operation.offer in {Offer.OFFERED, Offer.PARTLY}}
    return tuple(
        Reached(check, (*sorted(needed[check.id].operations - there), *sorted(needed[check.id].instruments - has))) for check in checks
    )


def clauses(of: Iterable[Clause], reaches: Sequence[Reached]) -> dict[str, Testable]:
    """How each clause stands; one that no check decides is left out."""
    found: dict[str, list[bool]] = {}
    for reach in reaches:
        for clause in reach.check.clauses:
            found.setdefault(clause, []).append(not reach.lacking)
    return {
        clause.id: Testable.WHOLLY if all(found[clause.id]) else Testable.PARTLY if any(found[clause.id]) else Testable.NOT
        for clause in of
        if clause.id in found
    }


def areas(of: Sequence[Clause], reaches: Sequence[Reached]) -> tuple[Area, ...]:
    """The areas in the order of their names, each with its checks and its clauses."""
    standing = clauses(of, reaches)
    by_area: dict[str, Counter[Testable]] = {}
    for clause in of:
        if clause.id in standing:
            by_area.setdefault(clause.area, Counter())[standing[clause.id]] += 1
    names = sorted({*by_area, *(reach.check.area for reach in reaches)})
    return tuple(
        Area(
            name,
            sum(reach.check.area == name for reach in reaches),
            sum(reach.check.area == name and not reach.lacking for reach in reaches),
            {state: by_area.get(name, Counter())[state] for state in Testable},
        )
        for name in names
    )


def steps(reaches: Iterable[Reached]) -> tuple[Step, ...]:
    """What is lacking, what would help most first."""
    needed: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for reach in reaches:
        needed.update(reach.lacking)
        if len(reach.lacking) == 1:
            alone.update(reach.lacking)
    ordered = sorted(needed, key=lambda name: (-alone[name], -needed[name], name))
    return tuple(Step(name, needed[name], alone[name]) for name in ordered)
