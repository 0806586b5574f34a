"""The contract: what the winner's bid says, signed by both, then as it is (合同)."""

from decimal import ROUND_DOWN, Decimal

from tenderproof.testing import DAY, Clock, Plan, Stories, clause, papers

CENT = Decimal("0.01")


@clause("EB-36-2", "A-181", "A-183")
def test_a_contract_says_what_the_bid_says_and_both_sign_it(stories: Stories) -> None:
    """A cent more or another period is refused; with both signatures the contract stands and cannot be changed."""
    tender = stories.awarded()
    lawful = papers.contract(tender)
    price = Decimal(str(lawful["price"]))
    dearer = tender.tenderee.draft_contract(tender.section, lawful.but(price=price + CENT))
    slower = tender.tenderee.draft_contract(tender.section, lawful.putting("terms.period_days", 1))
    assert dearer.refused_because == "price_differs"
    assert slower.refused_because == "terms_differ"

    drafted = tender.tenderee.draft_contract(tender.section, lawful).value
    assert tender.tenderee.signing_as(None).sign_contract(drafted).refused_because == "signature_missing"
    tender.tenderee.sign_contract(drafted).require()
    changed = tender.tenderee.change_contract(tender.section, {"price": price})
    assert changed.refused_because == "not_editable"
    tender.winner.bidder.sign_contract(drafted).require()
    concluded = tender.tenderee.contract(tender.section).value
    assert Decimal(str(concluded.get("price"))) == price
    assert {tender.tenderee.identity.name, tender.winner.bidder.identity.name} <= {
        signing["party"]["name"] for signing in concluded.get("signed_by", [])
    }


@clause("LAW-RG-58")
def test_a_performance_bond_is_at_most_a_tenth_of_the_contract_price(stories: Stories, plan: Plan) -> None:
    """Exactly the share is taken, a cent more is refused; the base is the contract price, not the estimate."""
    tender = stories.awarded()
    lawful = papers.contract(tender)
    share = plan.fraction("performance_bond_max_percent")
    most = (Decimal(str(lawful["price"])) * share.numerator / share.denominator).quantize(CENT, ROUND_DOWN)

    over = tender.tenderee.draft_contract(tender.section, lawful.but(performance_bond=most + CENT))
    assert over.refused_because == "performance_bond_too_high"
    assert tender.tenderee.draft_contract(tender.section, lawful.but(performance_bond=most)).accepted


@clause("LAW-TL-46")
def test_a_contract_that_is_not_concluded_in_thirty_days_is_noticed(stories: Stories, clock: Clock, plan: Plan) -> None:
    """In the last days that are surely in time no alert stands; when the time is surely over one does; and the price is the bid's."""
    tender = stories.awarded()
    sent, days = clock.now(tender), plan.whole("contract_days")

    def overdue() -> list[str]:
        return [alert.code for alert in tender.owner.alerts(tender.section).value if alert.code == "contract_overdue"]

    clock.move_to(tender, sent + (days - 1) * DAY)
    in_time = overdue()
    clock.move_to(tender, sent + (days + 4) * DAY)
    late = overdue()

    assert in_time == []
    assert late == ["contract_overdue"]
    dearer = papers.contract(tender).but(price=tender.facts.estimate)
    assert tender.tenderee.draft_contract(tender.section, dearer).refused_because == "price_differs"
