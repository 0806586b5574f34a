"""What is not looked at any more is never called fixed, and every clause and check of both runs is accounted for once."""

from itertools import product

import pytest
from hypothesis import given, settings

from tenderproof.comparison import Change, compare, counted, of_check, of_clause
from tenderproof.result import Result
from tenderproof.vocabulary import State, Verdict

from .reporting import results

V, S = Verdict, State


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (V.VIOLATED, V.SATISFIED, Change.FIXED),
        (V.SATISFIED, V.VIOLATED, Change.BROKEN),
        (V.NOT_TESTED, V.VIOLATED, Change.BROKEN),
        (None, V.VIOLATED, Change.NEW),
        (V.VIOLATED, None, Change.GONE),
        (V.VIOLATED, V.NOT_TESTED, Change.NO_LONGER_RUN),
        (V.SATISFIED, V.NOT_TESTED, Change.NO_LONGER_RUN),
        (V.INCONCLUSIVE, V.NOT_TESTED, Change.NO_LONGER_RUN),
        (V.VIOLATED, V.INCONCLUSIVE, Change.OTHERWISE),
        (V.VIOLATED, V.NOT_APPLICABLE, Change.OTHERWISE),
        (V.VIOLATED, V.ATTESTED, Change.OTHERWISE),
        (V.NOT_TESTED, V.SATISFIED, Change.OTHERWISE),
        (V.VIOLATED, V.VIOLATED, Change.STILL_VIOLATED),
        (V.SATISFIED, V.SATISFIED, Change.SAME),
    ],
)
def test_what_became_of_a_clause(before: Verdict | None, after: Verdict | None, change: Change) -> None:
    assert of_clause(before, after) is change


def test_only_satisfied_makes_a_violation_fixed_and_only_violated_makes_a_clause_broken() -> None:
    for before, after in product(Verdict, Verdict):
        assert (of_clause(before, after) is Change.FIXED) is (before is V.VIOLATED and after is V.SATISFIED)
        assert (of_clause(before, after) is Change.BROKEN) is (before is not V.VIOLATED and after is V.VIOLATED)


@pytest.mark.parametrize(
    ("before", "after", "same_sources", "change"),
    [
        (S.FAILED, S.PASSED, True, Change.FIXED),
        (S.PASSED, S.FAILED, True, Change.BROKEN),
        (S.FAILED, S.SKIPPED, True, Change.NO_LONGER_RUN),
        (S.FAILED, S.ERRORED, True, Change.OTHERWISE),
        (S.FAILED, S.FAILED, True, Change.STILL_VIOLATED),
        (S.ERRORED, S.ERRORED, True, Change.SAME),
        (S.PASSED, None, True, Change.NO_LONGER_RUN),
        (S.PASSED, None, False, Change.GONE),
        (None, S.PASSED, False, Change.NEW),
    ],
)
def test_what_became_of_a_check(before: State | None, after: State | None, same_sources: bool, change: Change) -> None:
    assert of_check(before, after, same_sources=same_sources) is change


@given(results.results(), results.results())
@settings(max_examples=40)
def test_everything_of_both_runs_is_accounted_for_once(earlier: Result, later: Result) -> None:
    found = compare(earlier, later)
    assert sorted(c.id for c in found.clauses) == sorted({c.id for c in (*earlier.clauses, *later.clauses)})
    assert sorted(c.id for c in found.checks) == sorted({c.id for c in (*earlier.checks, *later.checks)})
    assert sum(counted(found.clauses).values()) == len(found.clauses)


@given(results.results())
@settings(max_examples=40)
def test_a_run_compared_with_itself_has_nothing_changed(result: Result) -> None:
    found = compare(result, result)
    assert {c.change for c in (*found.clauses, *found.checks)} <= {Change.SAME, Change.STILL_VIOLATED}
    assert found.unlike == ()


def test_runs_that_are_not_alike_are_told_apart() -> None:
    earlier = results.result([results.clause()])
    later = earlier.model_copy(update={"basis": earlier.basis.model_copy(update={"plan": "trading-1", "edition": "2027.1"})})
    assert compare(earlier, later).unlike == (("plan", "trading-3", "trading-1"), ("edition", "2026.1", "2027.1"))


def test_a_clause_whose_words_have_changed_is_marked() -> None:
    earlier, later = results.result([results.clause()]), results.result([results.clause(words_sha256="0" * 64)])
    assert [c.other_words for c in compare(earlier, later).clauses] == [True]
