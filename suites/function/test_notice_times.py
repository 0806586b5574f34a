"""How long a notice gives: for obtaining documents (发售期), for itself (公告期), for applications after the last document."""

from collections.abc import Collection
from datetime import datetime, timedelta

import pytest

from tenderproof.testing import DAY, HOUR, Answer, Calendar, Clock, Missing, Notice, Plan, Public, Stories, Tender, clause, papers

_AT_MOST = 30  # days in which a stretch with days off is found, notices that are read
_SHORT = {"prequalification_notice_too_short", "document_period_too_short"}
_BACKWARD = "times_inconsistent"


def announce(tender: Tender, kind: str, **moments: datetime) -> Answer[Notice]:
    """Submit a notice of this kind with these moments, and nothing else out of the ordinary."""
    content = papers.notice(tender, kind)
    for name, moment in moments.items():
        content = content.putting(f"content.{name}", moment)
    return tender.owner.announce(tender.tender_project, content)


def announced_states(tender: Tender) -> set[str]:
    """In which states the tender project's notices are."""
    return {notice.state for notice in tender.owner.notices(tender.tender_project).value}


def require_a_difference(short: Answer[Notice], enough: Answer[Notice], codes: Collection[str]) -> None:
    """PlatformTrouble if both are refused for one reason that is not about times: then nothing is decided of these."""
    if short.refused_because == enough.refused_because and short.refused_because not in codes:
        enough.require()


@clause("LAW-RG-16", "B-009")
def test_tender_documents_are_to_be_had_for_at_least_five_days(stories: Stories, calendar: Calendar, plan: Plan) -> None:
    """A notice that gives less than the days is refused and stays a draft; one that gives them is taken, and no change may shorten it."""
    tender = stories.created()
    bounds = calendar.earliest("duration", tender.document_from, plan.whole("document_sale_days"))
    short = announce(tender, "tender", document_until=bounds.last_unlawful)
    after = announced_states(tender)
    enough = announce(tender, "tender", document_until=bounds.first_lawful)
    require_a_difference(short, enough, {"document_period_too_short"})

    assert short.refused_because == "document_period_too_short"
    assert after <= {"draft"}
    assert enough.accepted
    published = tender.verifier.review_notice(enough.value).value
    assert published.state == "published"
    change = papers.notice(tender).but(type="change", replaces=published.id).putting("content.document_until", bounds.last_unlawful)
    assert tender.owner.announce(tender.tender_project, change).refused_because in {"document_period_too_short", _BACKWARD}


@clause("B-009")
def test_tender_documents_are_to_be_had_as_long_as_announced(stories: Stories, clock: Clock) -> None:
    """Nobody obtains them before the announced moment; everybody does until the last second of the announced time."""
    tender = stories.bidding(bidders=1)
    late = stories.bidder()
    other = stories.announced()
    early = other.owner.draft_document(other.section, papers.document(other)).value
    early = other.owner.publish_document(early).value
    clock.move_before(other, other.document_from)
    clock.move_before(tender, tender.document_until)

    assert late.download(early).refused_because == "not_yet_available"
    assert late.download(tender.document).accepted
    assert len(tender.owner.downloads(tender.section).value) == len(tender.bidders) + 1


@clause("B-010")
@pytest.mark.parametrize("kind", ["government_procurement", "electromechanical_international"])
def test_government_purchase_and_international_tenders_give_five_working_days(
    stories: Stories, calendar: Calendar, plan: Plan, kind: str
) -> None:
    """Across days off, five days are not enough: what ends before the fifth working day is refused; after it, it is taken."""
    days = plan.whole("document_sale_working_days")
    tender = stories.created(category="goods", tender_facts={kind: True})
    since = across_days_off(calendar, tender.document_from, days)
    bounds = calendar.earliest("duration_working", since, days)
    short = announce(tender, "tender", document_from=since, document_until=bounds.last_unlawful)
    after = announced_states(tender)
    enough = announce(tender, "tender", document_from=since, document_until=bounds.first_lawful)
    require_a_difference(short, enough, {"document_period_too_short"})

    assert short.refused_because == "document_period_too_short"
    assert after <= {"draft"}
    assert enough.accepted
    assert tender.verifier.review_notice(enough.value).value.state == "published"


def across_days_off(calendar: Calendar, since: datetime, days: int) -> datetime:
    """The first moment from ``since`` on, by whole days, from which so many working days last longer than so many days."""
    for later in range(_AT_MOST):
        start = since + later * DAY
        if calendar.earliest("duration_working", start, days).last_unlawful >= start + timedelta(days=days):
            return start
    raise Missing("the calendar shows no days off ahead")


@clause("B-039", "LAW-RG-16", "B-038")
def test_a_prequalification_notice_and_its_documents_last_at_least_five_days(
    stories: Stories, clock: Clock, calendar: Calendar, plan: Plan
) -> None:
    """A notice that ends, with its documents, before the days are over is refused and stays a draft; one that lasts is published."""
    tender = stories.created(prequalification=True)
    days = max(plan.whole("prequalification_document_sale_days"), plan.whole("prequalification_notice_days"))
    bounds = calendar.earliest("duration", tender.document_from, days)
    short = announce(
        tender,
        "prequalification",
        document_until=calendar.earliest("duration", clock.now(tender), plan.whole("prequalification_notice_days")).last_unlawful,
    )
    after = announced_states(tender)
    enough = announce(tender, "prequalification", document_until=bounds.first_lawful)
    require_a_difference(short, enough, _SHORT)

    assert short.refused_because in _SHORT
    assert after <= {"draft"}
    assert enough.accepted
    published = tender.verifier.review_notice(enough.value).value
    assert published.state == "published"
    shortened = papers.notice(tender, "prequalification").but(type="change", replaces=published.id)
    shortened = shortened.putting("content.document_until", bounds.last_unlawful)
    assert tender.owner.announce(tender.tender_project, shortened).refused_because in {*_SHORT, _BACKWARD}


@clause("B-040")
def test_in_government_purchase_a_prequalification_notice_stands_seven_working_days(
    stories: Stories, clock: Clock, calendar: Calendar, plan: Plan
) -> None:
    """Across days off, seven days are not enough: what ends before the seventh working day is refused; after it, it is published."""
    days = plan.whole("prequalification_notice_working_days")
    tender = stories.created(prequalification=True, government_procurement=True)
    clock.move_to(tender, across_days_off(calendar, clock.now(tender), days))
    now = clock.now(tender)
    bounds = calendar.earliest("duration_working", now, days)
    short = announce(tender, "prequalification", document_from=now + HOUR, document_until=bounds.last_unlawful)
    after = announced_states(tender)
    enough = announce(tender, "prequalification", document_from=now + HOUR, document_until=bounds.first_lawful)
    require_a_difference(short, enough, _SHORT)

    assert short.refused_because in _SHORT
    assert after <= {"draft"}
    assert enough.accepted
    assert tender.verifier.review_notice(enough.value).value.state == "published"


@clause("LAW-RG-17", "B-043")
def test_applications_may_come_for_five_days_after_the_last_document(stories: Stories, calendar: Calendar, plan: Plan) -> None:
    """Counted from the end of issue, not from its start: a deadline before the days are over is refused, one after them is published."""
    tender = stories.created(prequalification=True)
    bounds = calendar.earliest("period", tender.document_until, plan.whole("prequalification_submission_days"))
    short = announce(tender, "prequalification", bid_deadline=bounds.last_unlawful, opening_at=bounds.last_unlawful)
    after = announced_states(tender)
    enough = announce(tender, "prequalification", bid_deadline=bounds.first_lawful, opening_at=bounds.first_lawful)
    require_a_difference(short, enough, {"prequalification_period_too_short"})

    assert short.refused_because == "prequalification_period_too_short"
    assert after <= {"draft"}
    assert enough.accepted
    published = tender.verifier.review_notice(enough.value).value
    assert published.state == "published"
    assert datetime.fromisoformat(published.get("content.bid_deadline")) == bounds.first_lawful


@clause("LAW-RG-17", "B-043")
def test_no_change_of_a_prequalification_notice_shortens_the_time_for_applications(
    stories: Stories, calendar: Calendar, plan: Plan
) -> None:
    """Documents given for longer take nothing from the days after them: the change is refused, and passes with a later deadline."""
    tender = stories.created(prequalification=True)
    days = plan.whole("prequalification_submission_days")
    deadline = calendar.earliest("period", tender.document_until, days).first_lawful
    first = tender.verifier.review_notice(announce(tender, "prequalification", bid_deadline=deadline, opening_at=deadline).value).value
    longer = deadline - (days - 1) * DAY
    later = calendar.earliest("period", longer, days).first_lawful
    change = papers.notice(tender, "prequalification").but(type="change", replaces=first.id).putting("content.document_until", longer)

    taken = [
        tender.owner.announce(tender.tender_project, change.putting("content.bid_deadline", until).putting("content.opening_at", until))
        for until in (deadline, later)
    ]
    assert taken[0].refused_because in {"prequalification_period_too_short", _BACKWARD}
    assert taken[1].accepted


@clause("LAW-RG-16", "B-009", "B-039", way="record")
def test_every_published_notice_gives_the_days_of_documents(public: Public, calendar: Calendar, plan: Plan) -> None:
    """Whatever the platform has published, tender or prequalification, gives its documents for the days."""
    figures = {"tender": "document_sale_days", "prequalification": "prequalification_document_sale_days"}
    readings = [
        calendar.earliest("duration", _moment(notice, "document_from"), plan.whole(figure)).judge(_moment(notice, "document_until"))
        for kind, figure in figures.items()
        for listed in public.published_notices(type=kind, at_most=_AT_MOST).value
        for notice in [public.published_notice(listed.id).value]
        if notice.says("content.document_from", "content.document_until")
    ]
    if not readings:
        raise Missing("no tender or prequalification notice with the time of its documents is published")

    assert "unlawful" not in readings
    if "depends" in readings:
        raise Missing("of a published notice, the readings of the law say different things")


def _moment(notice: Notice, name: str) -> datetime:
    return datetime.fromisoformat(notice.get(f"content.{name}"))
