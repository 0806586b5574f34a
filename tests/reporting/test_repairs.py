"""A set of repairs changes what it says that it changes, and no clause can be left out of it."""

from hypothesis import given, settings

from tenderproof.reporting.repairs import repairs
from tenderproof.result import Because, Result
from tenderproof.vocabulary import Decision, State, Verdict

from . import results

# A plan with levels has items of one star.
STARRED = results.results().map(lambda made: results.result([results.clause("A-01", stars=1), *made.clauses], made.checks))


@given(STARRED)
@settings(max_examples=80)
def test_a_set_reaches_its_goal_and_none_of_it_can_be_left_out(result: Result) -> None:
    for repair in repairs(result):
        assert _reached(result, set(repair.clauses), repair.decision, repair.level)
        for spared in repair.clauses:
            assert not _reached(result, set(repair.clauses) - {spared}, repair.decision, repair.level)


@given(STARRED)
@settings(max_examples=80)
def test_every_goal_that_is_not_reached_has_its_set(result: Result) -> None:
    found = repairs(result)
    assert any(r.decision is Decision.CONFORMANT for r in found) is (result.conclusion.decision is not Decision.CONFORMANT)
    assert {r.level for r in found if r.level} == {level.level for level in result.conclusion.readiness if not level.reached}


def test_clauses_that_rest_on_one_check_are_told_together() -> None:
    shared, other = results.check("a/a::test_shared", State.FAILED), results.check("a/a::test_other", State.FAILED)
    clauses = [
        results.clause("X-1", Verdict.VIOLATED, checks=[other.id]),
        results.clause("X-2", Verdict.VIOLATED, checks=[shared.id]),
        results.clause("X-10", Verdict.VIOLATED, checks=[shared.id, "a/a::test_passed"]),
        results.clause("X-3", Verdict.NOT_TESTED, exemptible=True),
    ]
    first, best = repairs(results.result(clauses, [shared, other, results.check("a/a::test_passed")]))
    assert (first.decision, first.clauses) == (Decision.INCONCLUSIVE, ("X-1", "X-2", "X-10"))
    assert best.clauses == ("X-1", "X-2", "X-3", "X-10")
    assert best.checks == ((shared.id, ("X-2", "X-10")), (other.id, ("X-1",)))
    assert (best.unchecked, best.exemptible) == (("X-3",), ("X-3",))


def _reached(result: Result, repaired: set[str], decision: Decision | None, level: int) -> bool:
    """The result judged anew, by the tests' own counting, with these clauses satisfied."""
    satisfied = {"verdict": Verdict.SATISFIED, "reason": Because(code="checks_passed", values={"ways": "sandbox"})}
    clauses = [c.model_copy(update=satisfied) if c.id in repaired else c for c in result.clauses]
    conclusion = results.result(clauses).conclusion
    if level:
        return conclusion.level >= level
    return conclusion.decision is decision
