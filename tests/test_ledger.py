"""The ledger counts every clause of a plan once, and says how it is decided."""

import pytest

from tenderproof import content, inventory
from tenderproof.ledger import Entry, ledger
from tenderproof.spec.clauses import load_clauses
from tenderproof.spec.plan import load_plan
from tenderproof.vocabulary import Way


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    """The ledger of the widest plan with one made-up check and mutant."""
    specs = content.specs_dir()
    check = inventory.Check("function/m::test_x", ("EB-27-3",), Way.SANDBOX, "", "", 1)
    return ledger(load_plan("trading-3", specs), load_clauses(specs), [check], {"EB-27-3": ("m.grace",)})


def of(entries: list[Entry], clause: str) -> Entry:
    """The entry of a clause."""
    return next(entry for entry in entries if entry.clause.id == clause)


def test_every_clause_of_the_plan_stands_in_it_once(entries: list[Entry]) -> None:
    plan = load_plan("trading-3", content.specs_dir())

    assert [entry.clause.id for entry in entries] == list(plan.clause_ids)


def test_a_clause_with_a_check_is_decided_and_names_check_and_mutant(entries: list[Entry]) -> None:
    entry = of(entries, "EB-27-3")

    assert (entry.how, entry.checks, entry.mutants) == ("checks", ("function/m::test_x",), ("m.grace",))


@pytest.mark.parametrize(("clause", "how"), [("A-91", "waiting"), ("H-01", "attested")])
def test_a_clause_without_a_check_says_what_it_waits_for(entries: list[Entry], clause: str, how: str) -> None:
    assert of(entries, clause).how == how


def test_a_check_by_a_way_that_the_plan_does_not_go_decides_nothing() -> None:
    specs = content.specs_dir()
    check = inventory.Check("function/m::test_x", ("EB-27-3",), Way.SANDBOX, "", "", 1)
    entries = ledger(load_plan("trading-record", specs), load_clauses(specs), [check], {})

    assert all(entry.how != "checks" for entry in entries)
