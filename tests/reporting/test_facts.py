"""What programs are told beside a form's own fields."""

import pytest

from tenderproof.reporting import facts
from tenderproof.vocabulary import State, Verdict

from . import results


@pytest.mark.parametrize(
    ("check", "where", "place"),
    [
        ("function/bidding::test_x", "test_bidding.py:41", ("suites/function/test_bidding.py", 41)),
        ("function/bidding::test_x", "", ("suites/function/test_bidding.py", 1)),
        ("alone::test_x", "test_alone.py:0", ("suites/test_alone.py", 1)),
    ],
)
def test_a_check_is_found_by_file_and_line(check: str, where: str, place: tuple[str, int]) -> None:
    assert facts.place(results.check(check, where=where)) == place


def test_every_field_of_a_verdict_and_of_an_outcome_is_told() -> None:
    clause, check = results.clause(verdict=Verdict.NOT_TESTED), results.check(state=State.ERRORED, where="", reason="worker_died")
    told = facts.of_clause(clause)
    assert {name: told[name] for name in ("clause", "verdict", "reason", "because")} == {
        "clause": "EB-27-3",
        "verdict": "not_tested",
        "reason": "prerequisite_missing",
        "because": "Check function/bidding::test_a_late_bid_is_refused lacked a prerequisite: no second bidder",
    }
    assert facts.of_check(check)["observed"] == "the testing process died while this check ran"


def test_names_are_of_the_run_and_differ_by_kind_and_thing() -> None:
    first, other = results.large(3, 2), results.result([])
    again = first.model_copy(update={"run": first.run.model_copy(update={"id": "another"})})
    names = [facts.uuid(r, kind, name) for r, kind, name in [(first, "a", "b"), (first, "b", "a"), (first, "a", ""), (again, "a", "b")]]
    assert len(set(names)) == 4
    assert facts.uuid(other, "a", "b") == names[0]
