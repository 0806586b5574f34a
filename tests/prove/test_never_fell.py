"""A check that fell on no mutant of its clauses is named; one that fell once, or whose clauses nobody tried, is not."""

from tenderproof.inventory import Check
from tenderproof.prove.catalogue import Mutant
from tenderproof.prove.never_fell import never_fell
from tenderproof.prove.score import Fate, Score
from tenderproof.vocabulary import Way

LATE, IDLE, OTHER = (
    Check(f"function/bidding::test_{name}", (clause,), Way.SANDBOX, "", "", 1)
    for name, clause in (("late", "EB-27-3"), ("idle", "EB-27-3"), ("other", "EB-29-1"))
)
MUTANT = Mutant("bidding.a_minute_of_grace", ("EB-27-3",), "as_written", "", ())


def test_a_check_of_the_clause_that_did_not_fall_is_named() -> None:
    scores = [Score(MUTANT, Fate.KILLED, (f"{LATE.id}[a case]",), (), "")]

    assert never_fell(scores, [LATE, IDLE, OTHER]) == (IDLE.id,)


def test_to_fall_on_one_mutant_is_enough() -> None:
    scores = [Score(MUTANT, Fate.KILLED, (check.id,), (), "") for check in (LATE, IDLE)]

    assert never_fell(scores, [LATE, IDLE, OTHER]) == ()


def test_where_nothing_was_tried_nothing_is_said() -> None:
    assert never_fell([], [LATE, IDLE, OTHER]) == ()
