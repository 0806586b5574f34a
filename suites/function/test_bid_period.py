"""Time to make a bid: twenty days for compulsory projects, and the opening at the deadline itself (投标截止与开标时间)."""

from datetime import datetime, timedelta
from itertools import islice

from tenderproof.testing import DAY, SECOND, Calendar, Missing, Plan, Public, Stories, clause, papers, published

_AT_MOST = 50  # notices that are judged


@clause("LAW-TL-24", "B-004")
def test_a_compulsory_tender_leaves_at_least_twenty_days(stories: Stories, plan: Plan, calendar: Calendar) -> None:
    """A deadline that is too early by every reading is refused, one that is late enough by every reading is taken."""
    tender = stories.created()
    bounds = calendar.earliest(plan.parameter("bid_period_days").counting or "", tender.document_from, plan.whole("bid_period_days"))

    def announced(deadline: object) -> str | None:
        notice = papers.notice(tender).putting("content.bid_deadline", deadline).putting("content.opening_at", deadline)
        return tender.owner.announce(tender.tender_project, notice).refused_because

    assert announced(bounds.last_unlawful) == "bid_period_too_short"
    assert announced(bounds.last_unlawful - DAY) == "bid_period_too_short"
    assert announced(bounds.first_lawful) is None


@clause("LAW-TL-34")
def test_the_opening_is_at_the_deadline_itself(stories: Stories) -> None:
    """An opening one second or one day after the deadline is refused; at the deadline it is taken."""
    tender = stories.created()
    notice = papers.notice(tender)
    for gap in (SECOND, DAY, timedelta(hours=-1)):
        apart = notice.putting("content.opening_at", tender.bid_deadline + gap)
        assert tender.owner.announce(tender.tender_project, apart).refused_because == "opening_not_at_deadline"
    assert tender.owner.announce(tender.tender_project, notice).accepted


@clause("LAW-TL-24", way="record")
def test_published_compulsory_notices_leave_at_least_twenty_days(public: Public, plan: Plan, calendar: Calendar) -> None:
    """In every published notice of a compulsory project the deadline comes no earlier than the law allows by its widest reading."""
    counting, days = plan.parameter("bid_period_days").counting or "", plan.whole("bid_period_days")
    judged = {}
    for notice in islice(published.of_compulsory_projects(public, "tender"), _AT_MOST):
        if notice.says("content.document_from", "content.bid_deadline"):
            start, deadline = (datetime.fromisoformat(notice.get(f"content.{name}")) for name in ("document_from", "bid_deadline"))
            judged[notice.id] = calendar.earliest(counting, start, days).judge(deadline)
    if not judged:
        raise Missing("no tender notice of a compulsory project with its times is published")

    assert [notice for notice, reading in judged.items() if reading == "unlawful"] == []
