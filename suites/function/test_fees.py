"""Fees and deposits between those who take part (费用管理): charged, paid in one of several ways, deposits given back."""

from decimal import Decimal
from typing import Any

from tenderproof.testing import Bidder, Content, Fee, Missing, Owner, Public, Stories, Tender, clause

_AMOUNT = Decimal("1200.00")
_PAID, _REFUNDED = ["due", "paid"], ["due", "paid", "refunded"]


@clause("A-188")
def test_winner_and_tenderee_pay_the_platforms_service_at_its_published_price(stories: Stories, public: Public) -> None:
    """What the platform charges by its list is read by who pays, paid by it, and then read as paid; a loser sees none of it."""
    tender, platform = stories.awarded(), public.platform().value
    prices = [Decimal(service["price"]) for service in platform.get("services.value_added", [])]
    if not prices:
        raise Missing("the platform publishes no price of a service, and so charges nothing")
    owed = {"kind": "transaction_service", "payee": str(platform.get("operator.name")), "amount": prices[0]}

    assert paid(tender, tender.winner.bidder, owed) == (_PAID, prices[0])
    assert paid(tender, tender.tenderee, owed) == (_PAID, prices[0])
    assert tender.losers[0].bidder.fees(tender.section).value == ()


@clause("A-189")
def test_the_winner_pays_its_performance_bond_to_the_tenderee_and_gets_it_back(stories: Stories) -> None:
    """It is charged, paid and given back once, and stands there as that for both; a loser sees none of it."""
    tender = stories.awarded()
    owed = {"kind": "performance_bond", "payee": tender.tenderee.identity.name, "amount": _AMOUNT}

    assert given_back(tender, tender.winner.bidder, owed) == (_REFUNDED, _AMOUNT, False)
    assert tender.losers[0].bidder.fees(tender.section).value == ()


@clause("A-190")
def test_winner_and_tenderee_pay_the_agency(stories: Stories) -> None:
    """The agency's fee is read by who pays, paid by it to the agency, and then read as paid; a loser sees none of it."""
    tender = stories.awarded(organisation="agency")
    owed = {"kind": "agency_service", "payee": tender.owner.identity.name, "amount": _AMOUNT}

    assert paid(tender, tender.winner.bidder, owed) == (_PAID, _AMOUNT)
    assert paid(tender, tender.tenderee, owed) == (_PAID, _AMOUNT)
    assert tender.losers[0].bidder.fees(tender.section).value == ()


@clause("A-191")
def test_tenderee_and_agency_pay_the_experts(stories: Stories) -> None:
    """An expert's fee is paid by the one as by the other, and then read as paid; no bidder sees it."""
    tender = stories.awarded(organisation="agency")
    owed = {"kind": "expert", "payee": tender.experts[0].identity.name or tender.experts[0].identity.account, "amount": _AMOUNT}

    assert paid(tender, tender.tenderee, owed) == (_PAID, _AMOUNT)
    assert paid(tender, tender.owner, owed) == (_PAID, _AMOUNT)
    assert tender.winner.bidder.fees(tender.section).value == ()


@clause("A-192")
def test_a_deposit_for_drawings_is_taken_and_returned(stories: Stories) -> None:
    """It is charged, paid and given back once, and stands there as that for both; another bidder sees none of it."""
    tender = stories.bidding(bidders=2)
    one, other = tender.bidders
    owed = {"kind": "drawing_deposit", "payee": tender.owner.identity.name, "amount": _AMOUNT}

    assert given_back(tender, one, owed) == (_REFUNDED, _AMOUNT, False)
    assert other.fees(tender.section).value == ()


@clause("A-194")
def test_several_ways_of_payment_can_be_chosen_and_the_chosen_one_is_kept(stories: Stories) -> None:
    """Several ways are offered; fees that are paid in different ways are each read with its own, and one that is not offered pays none."""
    tender = stories.bidding(bidders=1)
    (bidder,) = tender.bidders
    owed = {"kind": "drawing_deposit", "payee": tender.owner.identity.name, "amount": _AMOUNT}
    charged = [charge(tender, bidder, owed) for _ in range(3)]
    offered = list(charged[0].get("methods") or ())
    chosen, unknown = offered[:2], "none-of-these"
    answers = [bidder.pay_fee(fee, method).accepted for fee, method in zip(charged, [*chosen, unknown], strict=False)]
    kept = {fee.id: (fee.state, fee.get("payment.method")) for fee in tender.owner.fees(tender.section).value}

    assert len(set(offered)) > 1
    assert answers == [True, True, False]
    assert [kept[fee.id] for fee in charged] == [("paid", chosen[0]), ("paid", chosen[1]), ("due", None)]


def charge(tender: Tender, payer: Owner | Bidder, owed: dict[str, Any]) -> Fee:
    """What somebody is charged by the owner of a tender."""
    return tender.owner.charge_fee(tender.section, Content(payer=payer.identity.name, **owed)).value


def stands(tender: Tender, payer: Owner | Bidder, fee: Fee) -> str:
    """How a fee stands for who pays and for the owner alike; nothing if not alike."""
    read = {one.state for reader in (payer, tender.owner) for one in reader.fees(tender.section).value if one.id == fee.id}
    return read.pop() if len(read) == 1 else ""


def method(fee: Fee) -> str:
    """A way in which a fee can be paid."""
    return str(next(iter(fee.get("methods") or ()), "transfer"))


def paid(tender: Tender, payer: Owner | Bidder, owed: dict[str, Any]) -> tuple[list[str], Decimal | None]:
    """How a fee stands when it is charged and when it is paid, and how much it is read to be."""
    charged = tender.owner.charge_fee(tender.section, Content(payer=payer.identity.name, **owed))
    if charged.refused:
        return [], None
    states = [stands(tender, payer, charged.value)]
    payer.pay_fee(charged.value, method(charged.value)).require()
    amounts = [one.amount for one in payer.fees(tender.section).value if one.id == charged.value.id]
    return [*states, stands(tender, payer, charged.value)], amounts[0] if amounts else None


def given_back(tender: Tender, payer: Owner | Bidder, owed: dict[str, Any]) -> tuple[list[str], Decimal | None, bool]:
    """How a deposit stands when it is charged, paid and given back, how much the payer reads to have come back, and if it comes twice."""
    charged = tender.owner.charge_fee(tender.section, Content(payer=payer.identity.name, **owed))
    if charged.refused:
        return [], None, False
    fee = charged.value
    states = [stands(tender, payer, fee)]
    payer.pay_fee(fee, method(fee)).require()
    states.append(stands(tender, payer, fee))
    tender.owner.refund_fee(fee, {}).require()
    states.append(stands(tender, payer, fee))
    back = [one.get("refund.amount") for one in payer.fees(tender.section).value if one.id == fee.id]
    return states, Decimal(str(back[0])) if back and back[0] else None, tender.owner.refund_fee(fee, {}).accepted
