"""What a document may not ask: a bond of more than 2 %, one that outlasts the bid, a lowest price (保证金、最低投标限价)."""

import re
from decimal import ROUND_DOWN, Decimal

import pytest

from tenderproof.testing import Answer, Clock, Content, Document, Plan, Public, Stories, Tender, clause, papers

_CENT = Decimal("0.01")
_FLOOR = "5432109"  # yuan, and no other figure of a tender


def issue(tender: Tender, content: Content) -> Answer[Document]:
    """Draft a document and publish it; the first refusal is the answer."""
    drafted = tender.owner.draft_document(tender.section, content)
    return drafted if drafted.refused else tender.owner.publish_document(drafted.value)


@clause("LAW-RG-26")
@pytest.mark.parametrize("estimate", ["10000000.00", "1234567.89"])
def test_a_bid_bond_is_two_percent_of_the_estimate_at_most(stories: Stories, public: Public, plan: Plan, estimate: str) -> None:
    """To the cent: the greatest amount within the share is issued; one cent more is refused, at the issue and by a later change."""
    tender = stories.announced(estimate=Decimal(estimate))
    share = plan.fraction("bid_bond_max_percent")
    most = (Decimal(estimate) * share.numerator / share.denominator).quantize(_CENT, ROUND_DOWN)
    content = papers.document(tender)
    higher = issue(tender, content.putting("bond.amount", most + _CENT))
    nothing = public.documents(tender.section).value
    issued = issue(tender, content.putting("bond.amount", most))

    assert higher.refused_because == "bond_too_high"
    assert nothing == ()
    assert issued.accepted
    bond = {**content["bond"], "amount": most + _CENT}
    raised = tender.owner.clarify(tender.section, papers.clarification("调整投标保证金。").but(kind="change", changes={"bond": bond}))
    assert raised.refused_because == "bond_too_high"
    assert tender.owner.clarifications(tender.section).value == ()


@clause("LAW-RG-26")
def test_a_bid_bond_is_valid_as_long_as_the_bid(stories: Stories, public: Public) -> None:
    """A bond that ends a day before the bid's validity, or a day after it, is refused; one of the same length is issued."""
    tender = stories.announced()
    content = papers.document(tender)
    for days in (tender.facts.bid_validity_days - 1, tender.facts.bid_validity_days + 1):
        assert issue(tender, content.putting("bond.validity_days", days)).refused_because == "bond_validity_differs"
    assert public.documents(tender.section).value == ()
    assert issue(tender, content).accepted


@clause("LAW-RG-27")
@pytest.mark.parametrize("field", ["minimum_price", "price_floor"])
def test_a_document_sets_no_lowest_price(stories: Stories, clock: Clock, public: Public, field: str) -> None:
    """A lowest price is refused and nothing is issued, or nobody reads it in what is issued; a ceiling, which is lawful, is issued."""
    tender, lawful = stories.announced(price_ceiling=Decimal("9900000.00")), stories.announced(price_ceiling=Decimal("9900000.00"))
    bidder = stories.bidder()
    floor = issue(tender, papers.document(tender).but(**{field: f"{_FLOOR}.00"}))
    issued = public.documents(tender.section).value
    clock.move_to(tender, tender.times.document_from)
    read = [str(seen.raw) for seen in (*issued, *tender.owner.documents(tender.section).value)]
    read += [bidder.download(document).value.text for document in issued]
    ceiling = issue(lawful, papers.document(lawful))

    assert ceiling.accepted
    assert bool(issued) == floor.accepted
    assert [seen for seen in read if floor.accepted and _FLOOR in re.sub(r"[,，\s]", "", seen)] == []


@clause("LAW-RG-27")
def test_a_bid_below_a_lowest_price_that_was_tried_is_read_out_like_any_other(stories: Stories) -> None:
    """A tenderee tries to set a lowest price between its bids; whatever is answered, the bid below it is decrypted and read out."""
    tender = stories.created(bidders=3)
    floor = (tender.price_of(0) + tender.price_of(1)) / 2
    tender.owner.change_section(tender.section, Content(minimum_price=f"{floor:.2f}"))
    stories.opening(tender)
    for bid in tender.bids:
        stories.decrypt(tender, bid)
    opened = tender.owner.complete_opening(tender.section).value

    read_out = {bid.price for bid in opened.announcement if bid.says("price")}
    assert read_out == {tender.price_of(number) for number in range(3)}
    assert {bid.state for bid in opened.bids} == {"decrypted"}
