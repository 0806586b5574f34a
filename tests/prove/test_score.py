"""A mutant is killed only by an assertion of a check of its clauses; what else falls is named."""

from tenderproof.inventory import Check
from tenderproof.prove.catalogue import Mutant
from tenderproof.prove.score import Fate, affected, score
from tenderproof.verdict import Outcome
from tenderproof.vocabulary import State, Way

LATE = Check("function/bidding::test_late", ("EB-27-3",), Way.SANDBOX, "", "", 1)
RECEIPT = Check("function/bidding::test_receipt", ("EB-27-4",), Way.SANDBOX, "", "", 1)
OPENING = Check("function/opening::test_early", ("EB-29-1",), Way.SANDBOX, "", "", 1)
CHECKS = [LATE, RECEIPT, OPENING]
MUTANT = Mutant("bidding.grace", ("EB-27-3",), "as_written", "", ("EB-27-4",))


def saw(check: Check, state: State, case: str = "") -> Outcome:
    """An outcome of a check."""
    return Outcome(check.id + case, check.clauses, "sandbox", state, reason="why")


def test_the_checks_of_its_clauses_are_affected() -> None:
    assert affected(MUTANT, CHECKS) == (LATE,)


def test_an_assertion_of_its_own_check_kills_it() -> None:
    found = score(MUTANT, [saw(LATE, State.FAILED), saw(OPENING, State.PASSED)], CHECKS)

    assert (found.fate, found.fell, found.fine) == (Fate.KILLED, (LATE.id,), True)


def test_a_case_of_a_parametrized_check_kills_it_too() -> None:
    assert score(MUTANT, [saw(LATE, State.PASSED, "[a]"), saw(LATE, State.FAILED, "[b]")], CHECKS).fate is Fate.KILLED


def test_a_crash_is_no_kill() -> None:
    assert score(MUTANT, [saw(LATE, State.ERRORED)], CHECKS).fate is Fate.CRASHED


def test_a_skip_is_no_kill() -> None:
    assert score(MUTANT, [saw(LATE, State.SKIPPED)], CHECKS).fate is Fate.SURVIVED


def test_another_check_that_falls_does_not_kill_it() -> None:
    found = score(MUTANT, [saw(LATE, State.PASSED), saw(OPENING, State.FAILED)], CHECKS)

    assert (found.fate, found.collateral, found.fine) == (Fate.SURVIVED, (OPENING.id,), False)


def test_declared_collateral_is_tolerated_and_undeclared_is_named() -> None:
    outcomes = [saw(LATE, State.FAILED), saw(RECEIPT, State.FAILED), saw(OPENING, State.ERRORED)]

    assert score(MUTANT, outcomes, CHECKS).collateral == (OPENING.id,)


ORDER = Check("function/lifecycle::test_order", ("EB-27-3", "EB-27-4", "EB-29-1"), Way.SANDBOX, "", "", 1, acquits=False)


def fell_on(*clauses: str) -> Outcome:
    """A check of several clauses fell, and said on which."""
    return Outcome(ORDER.id, clauses, "sandbox", State.FAILED, reason="why", acquits=False)


def test_a_check_that_says_what_it_saw_broken_kills_by_the_mutants_clause_alone() -> None:
    checks = [*CHECKS, ORDER]

    assert score(MUTANT, [fell_on("EB-27-3")], checks).fine
    assert score(MUTANT, [fell_on("EB-27-3", "EB-27-4")], checks).fine
    survived = score(MUTANT, [fell_on("EB-29-1")], checks)
    assert (survived.fate, survived.collateral) == (Fate.SURVIVED, (ORDER.id,))


def test_each_clause_that_it_saw_broken_beside_is_collateral() -> None:
    found = score(MUTANT, [fell_on("EB-27-3", "EB-29-1")], [*CHECKS, ORDER])

    assert (found.fate, found.collateral) == (Fate.KILLED, (ORDER.id,))


def test_a_check_that_was_lost_stands_on_all_that_it_names() -> None:
    assert score(MUTANT, [Outcome(LATE.id, (), "", State.ERRORED)], CHECKS).fate is Fate.CRASHED
