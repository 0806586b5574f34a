"""What the platform makes of bids for the committee: their parts, what they comply with, side by side, and their prices (辅助评审)."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest

from tenderproof.testing import Bid, Content, Stories, Tender, clause, papers

_CENT = Decimal("0.01")
_PARTS = ["business", "technical", "price"]


def plain(value: object) -> str:
    """A value by what it says: names within it stand in no order, and a number is its digits."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str) if isinstance(value, dict | list) else str(value)


def joined(parts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What all parts of a bid say together."""
    whole: dict[str, Any] = {"responses": {}}
    for part in parts:
        said = dict(part["content"])
        whole["responses"] |= said.pop("responses", None) or {}
        whole |= said
    return whole


@clause("A-138")
@pytest.mark.parametrize("encryption", ["whole", "segmented"])
def test_a_bid_is_split_into_the_parts_of_the_document_and_each_is_of_that_bid(stories: Stories, encryption: str) -> None:
    """The committee reads each bid by its parts, the price in its own alone; together they say what the bidder sealed, no more."""
    tender = stories.evaluating(encryption=encryption)
    group = {factor["no"]: factor["group"] for factor in papers.factors()}
    shown = {bid.bid_id: bid.get("parts") for bid in tender.experts[-1].bids_under_evaluation(tender.section).value}

    assert set(shown) == {bid.id for bid in tender.bids}
    for bid in tender.bids:
        parts = {part["name"]: part for part in shown[bid.id]}
        said = joined(shown[bid.id])
        differs = {name: said.get(name) for name, value in bid.sealed.facts.items() if plain(said.get(name)) != plain(value)}
        assert sorted(parts) == sorted(_PARTS)
        assert len(shown[bid.id]) == len(_PARTS)
        assert not differs, f"the parts differ from what was sealed: {differs}"
        assert [name for name, part in parts.items() if "price" in part["content"]] == ["price"]
        placed = {number: name for name, part in parts.items() for number in part["content"].get("responses") or {}}
        assert placed == {number: group[number] for number in bid.sealed.facts["responses"]}
        assert {part["digest"] for part in parts.values()} == {bid.receipt.digest}


def offered(tender: Tender, number: int, **other: Any) -> None:
    """Let a bidder put another bid in the place of its first, which says some things otherwise."""
    bidder = tender.bids[number].bidder
    sealed = bidder.sealed_bid(tender.section, papers.bid(tender, number).but(**other))
    tender.bids[number] = Bid(bidder, sealed, bidder.deliver(sealed).value)


@clause("A-139")
def test_bids_are_compared_with_the_document_and_with_one_another_by_factor(stories: Stories) -> None:
    """A day too long and a day too short stand out, each in its bid alone; every factor shows what every bid says to it."""
    tender = stories.sealed(bidders=3)
    facts = tender.facts
    offered(tender, 0, period_days=facts.period_days + 1, validity_days=facts.bid_validity_days)
    offered(tender, 1, period_days=facts.period_days, validity_days=facts.bid_validity_days - 1)
    stories.evaluating(tender)
    aids = tender.experts[0].evaluation_summary(tender.section).value.get("aids")
    faults = {one["bid_id"]: sorted(point["requirement"] for point in one["points"] if not point["complies"]) for one in aids["compliance"]}
    looked_at = {tuple(sorted(point["requirement"] for point in one["points"])) for one in aids["compliance"]}
    beside = {str(one["factor_no"]): {bid["bid_id"]: bid["says"] for bid in one["bids"]} for one in aids["comparison"]}

    assert faults == {tender.bids[0].id: ["period_days"], tender.bids[1].id: ["validity_days"], tender.bids[2].id: []}
    assert all({"period_days", "validity_days"} <= set(points) for points in looked_at)
    assert set(beside) == {factor["no"] for factor in papers.factors()}
    for factor in papers.factors():
        said = {bid.id: answer(bid.sealed.facts, factor) for bid in tender.bids}
        assert {ident: plain(value) for ident, value in beside[factor["no"]].items()} == said


def answer(facts: Content, factor: Mapping[str, Any]) -> str:
    """What a bid says to a factor: its response, and to the price its price."""
    return plain(facts["price"] if factor["group"] == "price" else facts["responses"][factor["no"]])


@clause("A-141")
def test_prices_are_reckoned_to_the_cent_for_the_committee(stories: Stories) -> None:
    """Each price stands as it was offered, with the mean of all and what it differs by; over the ceiling is only who is over it."""
    prices = [Decimal("9000000.01"), Decimal("8500000.02"), Decimal("8300000.05")]  # none of them near the mean of the others
    tender = stories.evaluating(prices=prices, price_ceiling=prices[1])
    mean = (sum(prices, Decimal(0)) / len(prices)).quantize(_CENT)
    aids = tender.experts[0].evaluation_summary(tender.section).value.get("aids")
    shown = {one["bid_id"]: one for one in aids["prices"]}

    assert {ident: Decimal(one["price"]) for ident, one in shown.items()} == {
        bid.id: price for bid, price in zip(tender.bids, prices, strict=True)
    }
    assert {Decimal(one["mean"]) for one in shown.values()} == {mean}
    for bid, price in zip(tender.bids, prices, strict=True):
        assert Decimal(shown[bid.id]["difference_to_mean"]) == price - mean
        assert shown[bid.id]["over_ceiling"] == (price > prices[1])
