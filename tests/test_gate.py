"""The gate opens only where nothing new is violated, every entry still holds, and all that is listed was looked at."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from tenderproof import gate
from tenderproof.baseline import Baseline, Known
from tenderproof.gate import FAILING, Kind
from tenderproof.result import Check, Clause, Result
from tenderproof.vocabulary import State, Verdict

from .reporting import results

TODAY = date(2026, 11, 23)
CLAUSE, CHECK = "EB-27-3", "function/bidding::test_a_late_bid_is_refused"
WORDS = results.clause().words_sha256
LISTED = Known(CLAUSE, Verdict.VIOLATED, (CHECK,), WORDS, "mended in 1.5", date(2026, 12, 31))


def test_a_violation_that_is_listed_lets_the_gate_open() -> None:
    assert _kinds(_violated(), LISTED) == []


def test_a_violation_that_is_not_listed_shuts_it() -> None:
    assert _kinds(_violated()) == [Kind.NEW]


def test_another_check_of_a_listed_clause_that_fails_is_new() -> None:
    other = results.check("function/bidding::test_another", State.FAILED)
    clause = results.clause(verdict=Verdict.VIOLATED, checks=[CHECK, other.id])
    (found,) = gate.examine(results.result([clause], [results.check(state=State.FAILED), other]), _baseline(LISTED), TODAY)
    assert (found.kind, found.check) == (Kind.NEW, other.id)


@pytest.mark.parametrize("verdict", [Verdict.SATISFIED, Verdict.ATTESTED, Verdict.NOT_APPLICABLE])
def test_what_is_listed_and_no_longer_violated_shuts_it(verdict: Verdict) -> None:
    assert _kinds(results.result([results.clause(verdict=verdict, checks=[CHECK])], [results.check()]), LISTED) == [Kind.PASSING]


def test_a_listed_check_that_passes_beside_one_that_fails_shuts_it() -> None:
    other = results.check("function/bidding::test_another", State.PASSED)
    clause = results.clause(verdict=Verdict.VIOLATED, checks=[CHECK, other.id])
    result = results.result([clause], [results.check(state=State.FAILED), other])
    assert _kinds(result, replace(LISTED, checks=(CHECK, other.id))) == [Kind.PASSING]


def test_what_is_listed_for_a_clause_that_the_plan_no_longer_has_shuts_it() -> None:
    assert _kinds(results.result([]), LISTED) == [Kind.PASSING]


@pytest.mark.parametrize(("until", "kinds"), [(TODAY, []), (date(2026, 11, 22), [Kind.EXPIRED]), (date(2026, 11, 24), [])])
def test_an_entry_holds_to_the_end_of_its_last_day(until: date, kinds: list[Kind]) -> None:
    assert _kinds(_violated(), replace(LISTED, until=until)) == kinds


def test_an_entry_without_a_check_is_no_leave_to_look_away() -> None:
    unseen = results.result([results.clause(verdict=Verdict.NOT_TESTED)])
    assert _kinds(unseen, replace(LISTED, checks=())) == [Kind.UNSEEN]


def test_an_entry_for_other_words_of_the_clause_shuts_it() -> None:
    assert _kinds(_violated(), replace(LISTED, words_sha256="0" * 64)) == [Kind.OTHER_WORDS]


@pytest.mark.parametrize("state", [State.SKIPPED, State.ERRORED, None])
def test_what_is_listed_and_was_not_seen_leaves_no_answer(state: State | None) -> None:
    clause = results.clause(verdict=Verdict.NOT_TESTED, checks=[CHECK] if state else [])
    kinds = _kinds(results.result([clause], [results.check(state=state)] if state else []), LISTED)
    assert kinds == [Kind.UNSEEN]
    assert not FAILING & set(kinds)


def test_a_check_that_came_to_no_result_leaves_no_answer_unless_it_is_listed() -> None:
    clause = results.clause(verdict=Verdict.INCONCLUSIVE, checks=[CHECK])
    result = results.result([clause], [results.check(state=State.ERRORED)])
    assert _kinds(result) == [Kind.UNDECIDED]
    assert _kinds(result, replace(LISTED, verdict=Verdict.INCONCLUSIVE)) == []


def test_a_clause_that_was_listed_as_inconclusive_and_is_violated_is_new() -> None:
    assert _kinds(_violated(), replace(LISTED, verdict=Verdict.INCONCLUSIVE)) == [Kind.NEW]


def test_a_run_that_was_interrupted_or_decides_fewer_clauses_leaves_no_answer() -> None:
    result = _violated()
    stopped = result.model_copy(update={"run": result.run.model_copy(update={"interrupted": True})})
    assert [f.kind for f in gate.examine(stopped, _baseline(LISTED), TODAY)] == [Kind.INTERRUPTED]
    assert [f.kind for f in gate.examine(result, replace(_baseline(LISTED), decided=2), TODAY)] == [Kind.FEWER]


@given(results.results())
@settings(max_examples=60)
def test_the_baseline_that_a_run_writes_lets_that_run_through_and_lists_no_more_than_it_shows(result: Result) -> None:
    made = gate.written(result, None)
    filled = replace(made, known=tuple(replace(entry, reason="r", until=TODAY) for entry in made.known))
    assert gate.examine(result, filled, TODAY) == []
    assert {e.clause for e in made.known} == {c.id for c in result.clauses if c.verdict in (Verdict.VIOLATED, Verdict.INCONCLUSIVE)}


def test_writing_again_keeps_what_still_holds_and_leaves_the_rest_to_be_filled_in() -> None:
    clauses = [results.clause(name, Verdict.VIOLATED, checks=[CHECK]) for name in (CLAUSE, "EB-30")]
    made = gate.written(results.result(clauses, [results.check(state=State.FAILED)]), _baseline(LISTED, replace(LISTED, clause="EB-99")))
    assert [(e.clause, e.reason, e.until) for e in made.known] == [(CLAUSE, LISTED.reason, LISTED.until), ("EB-30", "", None)]


def _baseline(*known: Known) -> Baseline:
    return Baseline("trading-3", 1, known)


def _violated() -> Result:
    clause: Clause = results.clause(verdict=Verdict.VIOLATED, checks=[CHECK])
    failed: Check = results.check(state=State.FAILED)
    return results.result([clause], [failed])


def _kinds(result: Result, *known: Known) -> list[Kind]:
    return [finding.kind for finding in gate.examine(result, Baseline("trading-3", 0, known), TODAY)]
