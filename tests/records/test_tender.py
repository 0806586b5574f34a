"""A tender from facts: what can be read is read in its kind, what cannot is not there."""

from decimal import Decimal

from tenderproof.records.row import Place
from tenderproof.records.tender import FIELDS, PARTS, Reading, tender
from tenderproof.records.values import Money
from tenderproof.spec.calendar import CHINA

HERE = (Place("f", "line 1"),)


def test_each_fact_is_read_in_its_kind() -> None:
    facts = {
        "id": "1", "title": " x ", "compulsory": "是", "bidders": "3", "bid_deadline": "2026-03-02T09:00:00+08:00",
        "estimate": ("5", "EUR"),
        "bid_bond": ("0.1", "", Decimal(10_000)), "unknown": "x", "round": "many", "opened_at": "soon",
    }  # fmt: skip
    found = tender(facts, HERE, Reading(CHINA, "CNY"))

    assert (found.id, found.title, found.compulsory, found.bidders) == ("1", "x", True, 3)
    assert found.bid_deadline is not None
    assert found.estimate == Money(Decimal(5), "EUR")
    assert found.bid_bond == Money(Decimal("1000.0"), "CNY")
    assert (found.round, found.opened_at, found.opening_at) == (None, None, None)
    assert found.places == HERE


def test_a_list_that_is_not_told_is_another_thing_than_an_empty_one() -> None:
    told = tender({"id": "1", "amendments": [], "awards": []}, HERE, Reading(CHINA))

    assert (told.amendments, told.awards, told.contracts, told.objections) == ((), (), None, None)


def test_a_contract_rests_on_the_award_that_it_names_or_on_the_only_one() -> None:
    found = tender(
        {"id": "1", "awards": [{"id": "a"}, {"id": "b"}], "contracts": [{"award": "b"}, {}, {"award": "c"}]}, HERE, Reading(CHINA)
    )  # fmt: skip
    one = tender({"id": "1", "awards": [{"id": "a"}], "contracts": [{}, {"award": "c"}]}, HERE, Reading(CHINA))

    assert found.awards is not None
    assert [found.award_of(contract) for contract in found.contracts or ()] == [found.awards[1], None, None]
    assert [one.award_of(contract) for contract in one.contracts or ()] == [(one.awards or ())[0], None]


def test_an_amount_that_cannot_be_read_stays_as_one_that_is_not_known() -> None:
    found = tender({"id": "1", "amounts": [("1e999999", "EUR"), (5, "EUR")]}, HERE, Reading(CHINA))

    assert found.amounts == (None, Money(Decimal(5), "EUR"))


def test_the_names_of_facts_are_those_of_the_tender() -> None:
    assert {"id", "compulsory", "bid_deadline", "estimate"} <= FIELDS
    assert PARTS["awards"] == {"id", "decided_at", "notified_at", "amount"}
    assert PARTS.keys() == {"amendments", "candidates", "awards", "contracts", "objections"}
