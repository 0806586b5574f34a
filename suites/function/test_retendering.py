"""Tendering again: when the law lets it, and not before (重新招标)."""

from tenderproof.testing import SECOND, Clock, Content, Plan, Stories, clause


@clause("B-034")
def test_too_few_buyers_of_an_international_tender_are_reason_to_tender_again(stories: Stories, clock: Clock, plan: Plan) -> None:
    """With two buyers it is called again when the sale has ended and not a second before; with three, or at home, it is not."""
    few = plan.whole("bidders_min") - 1
    tender = stories.bidding(bidders=few, electromechanical_international=True)
    enough = stories.bidding(bidders=few + 1, electromechanical_international=True)
    at_home = stories.bidding(bidders=few)
    end = tender.times.document_until
    clock.move_to(tender, end - SECOND)
    early = tender.owner.retender(tender.section)
    for one in (tender, enough, at_home):
        clock.move_to(one, one.times.document_until)

    assert early.refused_because == "retender_not_due"
    assert enough.owner.retender(enough.section).refused_because == "retender_not_due"
    assert at_home.owner.retender(at_home.section).refused_because == "retender_not_due"
    again = tender.owner.retender(tender.section)
    assert again.accepted
    assert again.value.get("replaces") == tender.section.id


@clause("B-035")
def test_fewer_than_three_qualified_applicants_are_reason_to_tender_again(stories: Stories, plan: Plan) -> None:
    """With two who passed the first tender is called again; with three it goes on."""
    fewest = plan.whole("bidders_min")
    few, enough = (stories.applications_opened(bidders=fewest) for _ in range(2))
    for tender, passed in ((few, fewest - 1), (enough, fewest)):
        ids = [application.id for application in tender.applications]
        reasons = dict.fromkeys(ids[passed:], "业绩不满足要求")
        tender.owner.decide_prequalification(tender.section, Content(passed=ids[:passed], reasons=reasons)).require()

    assert enough.owner.retender(enough.section).refused_because == "retender_not_due"
    again = few.owner.retender(few.section)
    assert again.accepted
    assert again.value.get("replaces") == few.section.id
    assert few.owner.section(few.section).value.state == "retendered"
