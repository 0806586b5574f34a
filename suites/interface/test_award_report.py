"""The written report on a tender to the supervision (招标投标情况的书面报告)."""

from tenderproof.testing import DAY, Clock, Plan, Stories, Tender, clause

_HOLIDAYS = 10  # a period that ends on a holiday may be counted to its end
_TEXT = "本项目招标投标情况书面报告：开标、评标、定标均依法进行。"


def overdue(tender: Tender) -> list[str]:
    """The alerts that a report is missing."""
    return [alert.code for alert in tender.owner.alerts(tender.section).value if alert.code == "award_report_overdue"]


@clause("LAW-TL-47")
def test_a_report_that_is_not_filed_in_fifteen_days_is_noticed(stories: Stories, clock: Clock, plan: Plan) -> None:
    """In the last days that are surely in time no alert stands, when the time is surely over one does, and the report ends it."""
    tender = stories.decided(compulsory=True)
    decided, days = tender.award.decided_at, plan.whole("report_to_supervision_days")
    clock.move_to(tender, decided + (days - 1) * DAY)
    in_time = overdue(tender)
    clock.move_to(tender, decided + (days + _HOLIDAYS) * DAY)
    late = overdue(tender)
    filing = tender.owner.file_award_report(tender.section, _TEXT)

    assert (in_time, late) == ([], ["award_report_overdue"])
    assert filing.accepted
    assert overdue(tender) == []


@clause("LAW-TL-47")
def test_the_report_reaches_the_supervision_with_what_it_reports_on(stories: Stories) -> None:
    """Before it is filed supervision has none; then it reads the tenderee's words, the opening, the evaluation and the decision."""
    tender, supervisor = stories.decided(compulsory=True), stories.supervisor()
    before = supervisor.award_report(tender.section)
    filing = tender.owner.file_award_report(tender.section, _TEXT)
    read = supervisor.award_report(tender.section)

    assert before.refused
    assert filing.accepted
    assert read.accepted, "the report does not reach the supervision"
    assert read.value.get("text") == _TEXT
    assert read.value.says("filed_at")
    opened = {one["bid_id"] for one in read.value.get("annexes.opening_record.bids") or []}
    ranked = [one["bid_id"] for one in read.value.get("annexes.evaluation_report.candidates") or []]
    assert opened == {bid.id for bid in tender.bids}
    assert ranked == [bid.id for bid in tender.ranking[: tender.facts.candidates]]
    assert read.value.get("annexes.award.bid_id") == tender.winner.id
