"""The ledger of a plan's clauses: how each is decided, and what proves that it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from tenderproof.inventory import Check
from tenderproof.spec.clauses import Clause
from tenderproof.spec.plan import Plan

How = Literal["checks", "attested", "unobservable", "waiting"]


@dataclass(frozen=True)
class Entry:
    """One clause: decided by checks (with the mutants that prove them), to attest, not observable (why), or waiting for a check."""

    clause: Clause
    how: How
    checks: tuple[str, ...]
    mutants: tuple[str, ...]


def ledger(plan: Plan, clauses: Mapping[str, Clause], checks: Iterable[Check], mutants: Mapping[str, tuple[str, ...]]) -> list[Entry]:
    """An entry for each clause of the plan, in its order; ``mutants`` maps a clause to the names of its mutants."""
    deciding: dict[str, list[str]] = {}
    for check in checks:
        if check.way in plan.ways:
            for clause in check.clauses:
                deciding.setdefault(clause, []).append(check.id)
    return [
        Entry(clause, _how(clause, plan, deciding), tuple(deciding.get(clause.id, ())), mutants.get(clause.id, ()))
        for clause in plan.select(clauses.values())
    ]


def _how(clause: Clause, plan: Plan, deciding: Mapping[str, list[str]]) -> How:
    if clause.id in deciding:
        return "checks"
    if plan.may_be_attested(clause) or set(clause.ways) <= {"attestation", "document"}:
        return "attested"
    return "unobservable" if clause.unobservable else "waiting"
