"""What came of a mutant: a pure function of the outcomes on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tenderproof.inventory import Check, base
from tenderproof.prove.catalogue import Mutant
from tenderproof.verdict import Outcome
from tenderproof.vocabulary import State


class Fate(StrEnum):
    """How a mutant ended."""

    KILLED = "killed"
    SURVIVED = "survived"
    CRASHED = "crashed"


@dataclass(frozen=True)
class Score:
    """One row of the matrix: the checks of its clauses that fell, and what else fell and was not declared."""

    mutant: Mutant
    fate: Fate
    fell: tuple[str, ...]
    collateral: tuple[str, ...]
    why: str
    seconds: float = 0.0

    @property
    def fine(self) -> bool:
        """Killed by an assertion, and nothing undeclared fell with it."""
        return self.fate is Fate.KILLED and not self.collateral


def affected(mutant: Mutant, checks: Iterable[Check]) -> tuple[Check, ...]:
    """The checks that decide a clause of the mutant."""
    return tuple(check for check in checks if set(check.clauses) & set(mutant.clauses))


def score(mutant: Mutant, outcomes: Sequence[Outcome], checks: Sequence[Check], seconds: float = 0.0) -> Score:
    """Killed only by an assertion of a check of its clauses; one that only crashes them was not shown to be wrong.

    A check that says which of its clauses it saw broken falls on these alone: one of the mutant's kills, each other is collateral.
    """
    named = {check.id: set(check.clauses) for check in checks}
    allowed = set(mutant.clauses) | set(mutant.collateral)

    def own(outcome: Outcome) -> bool:
        return bool(_ground(outcome, named) & set(mutant.clauses))

    fell = tuple(sorted({o.check for o in outcomes if o.state is State.FAILED and own(o)}))
    crashed = tuple(sorted({o.check for o in outcomes if o.state is State.ERRORED and own(o)}))
    other = tuple(sorted({o.check for o in outcomes if o.state in (State.FAILED, State.ERRORED) and not _tolerated(o, named, allowed)}))
    if fell:
        return Score(mutant, Fate.KILLED, fell, other, _why(outcomes, fell[0]), seconds)
    if crashed:
        return Score(mutant, Fate.CRASHED, (), other, _why(outcomes, crashed[0]), seconds)
    decided = affected(mutant, checks)
    return Score(mutant, Fate.SURVIVED, (), other, "no check of its clauses fell" if decided else "no check decides its clauses", seconds)


def _ground(outcome: Outcome, named: Mapping[str, set[str]]) -> set[str]:
    """The clauses on which an outcome stands; one that was lost stands on all that its check names."""
    return set(outcome.clauses) or named.get(base(outcome.check), set())


def _tolerated(outcome: Outcome, named: Mapping[str, set[str]], allowed: set[str]) -> bool:
    """Whether it may fall: a check for any of its clauses, one that says which it saw broken for each of these."""
    ground = _ground(outcome, named)
    return ground <= allowed if ground < named.get(base(outcome.check), set()) else bool(ground & allowed)


def _why(outcomes: Iterable[Outcome], check: str) -> str:
    return next(outcome.reason for outcome in outcomes if outcome.check == check)
