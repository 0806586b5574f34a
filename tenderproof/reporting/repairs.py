"""The smallest sets of clauses whose repair would change the decision, or reach a star level.

The rule of decision joins its clauses by *and*: so each goal has one smallest set, and no clause can be left out of it. What makes a set
smaller to work off are its checks: clauses that rest on the same check are repaired together.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tenderproof.reporting.gaps import OPEN, order
from tenderproof.result import Clause, Result
from tenderproof.vocabulary import Decision, State


@dataclass(frozen=True)
class Repair:
    """What must be repaired for a goal: a decision, or a star level (0 for a decision).

    ``checks``: the checks behind the clauses that did not pass, each with the clauses of this set that rest on it, the widest first.
    ``unchecked``: clauses of the set with no such check. ``exemptible``: those that an exemption by declaration could close instead.
    """

    decision: Decision | None
    level: int
    clauses: tuple[str, ...]
    checks: tuple[tuple[str, tuple[str, ...]], ...]
    unchecked: tuple[str, ...]
    exemptible: tuple[str, ...]


def repairs(result: Result) -> list[Repair]:
    """The next decision first, then the best, then each star level that is not reached."""
    return [*_of_decision(result), *_of_levels(result)]


def _of_decision(result: Result) -> Iterator[Repair]:
    conclusion = result.conclusion
    every = [*conclusion.violated, *conclusion.undecided]
    if conclusion.violated and conclusion.undecided:
        yield _repair(result, conclusion.violated, decision=Decision.INCONCLUSIVE)
    if every:
        yield _repair(result, every, decision=Decision.CONFORMANT)


def _of_levels(result: Result) -> Iterator[Repair]:
    for level in result.conclusion.readiness:
        missing = [c.id for c in result.clauses if c.stars is not None and c.stars <= level.level and c.verdict in OPEN]
        if missing:
            yield _repair(result, missing, level=level.level)


def _repair(result: Result, identifiers: Iterable[str], *, decision: Decision | None = None, level: int = 0) -> Repair:
    wanted = set(identifiers)
    clauses = sorted((clause for clause in result.clauses if clause.id in wanted), key=lambda clause: order(clause.id))
    checks = _checks(result, clauses)
    covered = {clause for _, names in checks for clause in names}
    return Repair(
        decision,
        level,
        tuple(clause.id for clause in clauses),
        tuple(checks),
        tuple(clause.id for clause in clauses if clause.id not in covered),
        tuple(clause.id for clause in clauses if clause.exemptible),
    )


def _checks(result: Result, clauses: Sequence[Clause]) -> list[tuple[str, tuple[str, ...]]]:
    """The checks that did not pass, with the clauses that rest on each, the widest first."""
    not_passed = {check.id for check in result.checks if check.state is not State.PASSED}
    found: dict[str, list[str]] = {}
    for clause in clauses:
        for check in clause.checks:
            if check in not_passed:
                found.setdefault(check, []).append(clause.id)
    return sorted(((check, tuple(names)) for check, names in found.items()), key=lambda entry: (-len(entry[1]), entry[0]))
