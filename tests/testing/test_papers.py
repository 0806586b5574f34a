from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

import pytest

from tenderproof.testing import Bid, Bidder, Content, Facts, Identity, Receipt, Section, Tender, Tenderee, Times, Verifier, papers
from tenderproof.testing.contents import plain
from tenderproof.testing.sealed import SealedBid

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
P = TypeVar("P", Bidder, Tenderee)


def somebody(kind: type[P], name: str) -> P:
    person = kind()
    person.identity = Identity(kind.__name__.lower(), name, "")
    return person


def told(**facts: Any) -> Tender:
    chosen = Facts.of(facts)
    tenderee = somebody(Tenderee, "招标人")
    tender = Tender(chosen, Times.of(chosen, NOW), tenderee, tenderee, Verifier(), NOW)
    tender.made[Section] = Section({"id": "s1", "code": "S"})
    for number in range(chosen.bidders):
        sealed = SealedBid(tender.section, {}, Content(plain(papers.bid(tender, number))), "")
        receipt = Receipt({"id": f"r{number}", "bid_id": f"b{number}"})
        tender.bids.append(Bid(somebody(Bidder, f"投标人{number}"), sealed, receipt))
    return tender


def test_a_notice_says_when_and_where_and_whom_to_ask() -> None:
    tender = told()
    notice = papers.notice(tender)

    assert notice["section_ids"] == ["s1"]
    assert notice.at("content.bid_deadline") == notice.at("content.opening_at") == tender.bid_deadline
    assert notice.at("content.tenderee.name") == "招标人"
    assert notice.at("content.platform_url").startswith("https://")
    assert notice.at("content.agency") is None


def test_a_chosen_fact_stands_in_the_paper() -> None:
    tender = told(notice_facts={"content.scale": "10公里"}, document_facts={"bond.amount": Decimal("200000.01")}, media=())

    assert papers.notice(tender).at("content.scale") == "10公里"
    assert papers.notice(tender)["media"] == []
    assert papers.document(tender).at("bond.amount") == Decimal("200000.01")


def test_the_bond_is_within_two_per_cent_and_as_long_valid_as_the_bid() -> None:
    tender = told()
    document = papers.document(tender)

    assert document.at("bond.amount") <= tender.facts.estimate * Decimal("0.02")
    assert document.at("bond.validity_days") == document["bid_validity_days"]
    assert sum(int(factor["max_score"]) for factor in papers.factors()) == 100


def test_no_more_candidates_than_three_the_cheapest_first() -> None:
    tender = told(bidders=5, prices=tuple(Decimal(price) for price in ("5.00", "3.00", "4.00", "9.00", "8.00")))

    assert papers.ranked(tender) == [{"bid_id": "b1", "rank": 1}, {"bid_id": "b2", "rank": 2}, {"bid_id": "b0", "rank": 3}]
    assert papers.award(tender)["bid_id"] == "b1"
    assert papers.scores(tender, tender.bids[1])["3"] > papers.scores(tender, tender.bids[3])["3"]


def test_the_publicity_lasts_as_long_as_is_chosen() -> None:
    publicity = papers.publicity(told(), NOW, days=3)

    assert publicity["ends_at"] - publicity["starts_at"] == timedelta(days=3)
    assert [candidate["rank"] for candidate in publicity.at("content.candidates")] == [1, 2, 3]


def test_the_contract_says_what_the_winners_bid_says() -> None:
    tender = told()
    contract = papers.contract(tender)

    assert contract["price"] == tender.winner.sealed.facts["price"]
    assert contract["performance_bond"] <= Decimal(contract["price"]) / 10


def test_the_committee_takes_the_drawn_and_the_representatives() -> None:
    tender = told(committee=7, representatives=2)

    assert papers.draw(tender)["count"] == 5
    assert papers.committee(tender, ["d"], ["x", "y"])["size"] == 7


@pytest.mark.parametrize("paper", [papers.project, papers.tender_project, papers.section])
def test_papers_can_be_written_as_json(paper: Any) -> None:
    assert plain(paper(Facts()))["name"]
