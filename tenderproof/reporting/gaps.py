"""What stands between a candidate and the next step: its open clauses, in the order in which a vendor should take them.

A priority is what vendors who prepare for CTS-EBS01 work by: P0 is ★ not met, P1 is ★ undecided or ★★ not met, P2 is ★★★. A mandatory
clause without stars (the law, the declared points) decides no star but the decision; it counts like ★.
"""

import re
from dataclasses import dataclass
from typing import Literal

from tenderproof.result import Clause, Level, Result
from tenderproof.vocabulary import Verdict

Priority = Literal["P0", "P1", "P2"]
_BY_STARS: dict[int | None, Priority] = {2: "P1", 3: "P2"}
OPEN = (Verdict.VIOLATED, Verdict.INCONCLUSIVE, Verdict.NOT_TESTED)


@dataclass(frozen=True)
class Gap:
    """An open clause: how urgent, and whether it stands in the way of the decision and of the next star level."""

    clause: Clause
    priority: Priority
    blocks_decision: bool
    blocks_level: bool


def gaps(result: Result) -> list[Gap]:
    """All open clauses, the most urgent first, waived ones among them; a *should* clause without stars hinders nothing and is none."""
    decisive = {*result.conclusion.violated, *result.conclusion.undecided}
    level = next_level(result)
    found = [
        Gap(clause, _priority(clause), clause.id in decisive, _blocks(clause, level))
        for clause in result.clauses
        if clause.verdict in OPEN and (clause.id in decisive or clause.stars is not None or clause.waiver is not None)
    ]
    return sorted(found, key=lambda gap: (gap.priority, OPEN.index(gap.clause.verdict), gap.clause.stars or 9, order(gap.clause.id)))


def next_level(result: Result) -> Level | None:
    """The lowest star level that is not reached; None where all are, or where the plan asks for none."""
    return next((level for level in result.conclusion.readiness if not level.reached), None)


def order(identifier: str) -> tuple[tuple[int, str], ...]:
    """Sorts A-2 before A-10."""
    return tuple((int(part), "") if part.isascii() and part.isdigit() else (-1, part) for part in re.split(r"([0-9]+)", identifier))


def _priority(clause: Clause) -> Priority:
    if clause.stars in _BY_STARS:
        return _BY_STARS[clause.stars]
    return "P0" if clause.verdict is Verdict.VIOLATED else "P1"


def _blocks(clause: Clause, level: Level | None) -> bool:
    return level is not None and clause.stars is not None and clause.stars <= level.level
