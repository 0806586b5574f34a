"""What a document may not ask: a bond of more than 2 %, one that outlasts the bid, a lowest price (保证金、最低投标限价)."""

from decimal import ROUND_DOWN, Decimal

import pytest

from tenderproof.testing import Answer, Content, Document, Plan, Public, Stories, Tender, clause, papers

_CENT = Decimal("0.01")


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
def test_a_document_sets_no_lowest_price(stories: Stories, public: Public, field: str) -> None:
    """A lowest price is refused and nothing is issued; a ceiling, which is lawful, is issued."""
    tender = stories.announced(price_ceiling=Decimal("9900000.00"))
    content = papers.document(tender)
    floor = issue(tender, content.but(**{field: "5000000.00"}))
    nothing = public.documents(tender.section).value
    ceiling = issue(tender, content)

    assert floor.refused_because in {"price_floor_forbidden", "minimum_price_forbidden", "invalid_content"}
    assert nothing == ()
    assert ceiling.accepted
