"""Bid bonds: received on record, held against the documents, given back in time and with interest (投标保证金)."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from tenderproof.testing import DAY, Bidder, Clock, Owner, Plan, Stories, Tender, clause, moment, papers

CENT = Decimal("0.01")


@clause("A-102", "A-104")
def test_a_bond_is_held_against_form_time_and_amount_of_the_documents(stories: Stories) -> None:
    """What came is recorded; form, time and amount are each compared, and one cent too little or one second too late shows."""
    tender = stories.bidding(bidders=3)
    exact, short, late = tender.bidders
    bonds = [bidder.pay_bond(tender.section, papers.bond(tender, number)).value for number, bidder in enumerate(tender.bidders)]
    due, amount = tender.bid_deadline - timedelta(seconds=1), tender.facts.bond
    kept = exact, tender.verifier.confirm_bond(bonds[0], due, amount).value
    less = short, tender.verifier.confirm_bond(bonds[1], due, amount - CENT).value
    after = late, tender.verifier.confirm_bond(bonds[2], tender.bid_deadline + timedelta(seconds=1), amount).value

    assert [kept[1].conformity.get(point) for point in ("form", "time", "amount")] == [True, True, True]
    assert less[1].conformity.get("amount") is False
    assert after[1].conformity.get("time") is False
    for bidder, _ in (kept, less, after):
        assert [bond.amount for bond in bidder.bonds(tender.section).value] == [amount]


@clause("LAW-RG-35")
def test_the_refund_after_a_withdrawal_is_watched_for_five_days(stories: Stories, clock: Clock, plan: Plan) -> None:
    """Until the fifth day after a withdrawal no alert is raised, when it is over one is, and the refund ends it."""
    days = plan.whole("withdrawal_refund_days")
    tender = stories.sealed(bidders=4, pay_bonds=True)
    bid = tender.bids[0]
    bond = tender.bonds[bid.bidder.identity.name]
    tender.verifier.confirm_bond(bond, clock.now(tender), tender.facts.bond).require()
    bid.bidder.withdraw(bid.receipt).require()
    withdrawn = clock.now(tender)

    def overdue() -> list[str]:
        return [alert.object for alert in tender.owner.alerts(tender.section).value if alert.code == "bond_refund_overdue"]

    clock.move_to(tender, withdrawn + (days - 1) * DAY)
    in_time = overdue()
    clock.move_to(tender, withdrawn + (days + 2) * DAY)
    late = overdue()
    tender.owner.refund_bond(bond, tender.facts.bond, None, clock.now(tender)).require()

    assert in_time == []
    assert late == [bond.id]
    assert overdue() == []


@clause("LAW-RG-57", "B-047", "A-105")
def test_after_the_contract_every_bidder_gets_the_bond_back_with_interest(stories: Stories, clock: Clock, plan: Plan) -> None:
    """For each bidder the five days run from the signing; a refund without interest or one cent short is refused."""
    days = plan.whole("bond_refund_days")
    tender = stories.contracted(pay_bonds=True)
    signed, amount = clock.now(tender), tender.facts.bond
    bonds = {name: bond.id for name, bond in tender.bonds.items()}
    first = tender.bonds[tender.winner.bidder.identity.name]

    def overdue() -> set[str]:
        return {alert.object for alert in stories.supervisor().alerts(tender.section).value if alert.code == "bond_refund_overdue"}

    clock.move_to(tender, signed + (days - 1) * DAY)
    in_time = overdue()
    clock.move_to(tender, signed + (days + 2) * DAY)
    late = overdue()
    assert in_time == set()
    assert late == set(bonds.values())
    now = clock.now(tender)
    without_interest = tender.owner.refund_bond(first, amount, None, now)
    assert without_interest.refused_because == "interest_missing"
    short = tender.owner.refund_bond(first, amount - CENT, Decimal("12.00"), now)
    assert short.refused_because == "bond_refund_too_small"
    tender.owner.refund_bond(first, amount, Decimal("12.00"), now).require()
    assert overdue() == set(bonds.values()) - {first.id}


@clause("A-103")
def test_at_the_opening_it_is_shown_of_each_bid_whether_its_bond_has_arrived(stories: Stories, clock: Clock) -> None:
    """Of one bond that came, one that came short and one that did not come each stands with its own bid, for owner and bidders alike."""
    tender = stories.sealed(bidders=3, pay_bonds=True)
    came, amount = clock.now(tender), tender.facts.bond
    bonds = [tender.bonds[bid.bidder.identity.name] for bid in tender.bids]
    for bond, arrived in zip(bonds, (amount, amount - CENT), strict=False):
        tender.verifier.confirm_bond(bond, came, arrived).require()
    stories.opening(tender)
    names = [bid.bidder.identity.name for bid in tender.bids]
    expected = dict(zip(names, [(came, True), (came, False), (None, None)], strict=True))

    assert shown(tender, tender.owner) == expected
    assert [shown(tender, bid.bidder) for bid in tender.bids] == [expected] * 3


def shown(tender: Tender, reader: Owner | Bidder) -> dict[str, tuple[Any, ...]]:
    """What the opening shows somebody of each bidder's bond: when it arrived, and whether its amount is what the documents ask for."""
    bids = reader.opening(tender.section).value.bids
    return {bid.bidder_name: (moment(bid.get("bond.received_at")), bid.get("bond.conformity.amount")) for bid in bids}
