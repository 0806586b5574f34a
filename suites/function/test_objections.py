"""Objections (异议): in their windows, in the tender's way while they wait, answered in time, to be followed by their author."""

from datetime import datetime

import pytest

from tenderproof.testing import (
    DAY,
    HOUR,
    Answer,
    Bidder,
    Calendar,
    Clock,
    Content,
    Message,
    Objection,
    Plan,
    Stories,
    Tender,
    clause,
    papers,
)

_TEXT = "要求的业绩与本项目的规模不相适应"
_BLOCKED = {"section_suspended", "objection_open"}


def settled(tender: Tender, filed: Answer[Objection]) -> None:
    """An objection is answered, so that the tender goes on."""
    tender.owner.reply_objection(filed.value, "经核实，维持原内容", "rejected").require()


def publicity_ends(tender: Tender) -> datetime:
    """The last moment of the candidates' publicity, as it is published."""
    assert tender.publicity is not None
    return datetime.fromisoformat(tender.publicity.get("ends_at") or tender.publicity.get("content.ends_at"))


@clause("LAW-RG-22", "B-030", "A-195")
@pytest.mark.parametrize(
    ("about", "figure"),
    [
        ("tender_documents", "objection_to_document_before_deadline_days"),
        ("prequalification_documents", "objection_to_prequalification_before_deadline_days"),
    ],
)
def test_documents_can_be_objected_to_until_the_days_before_the_deadline(
    stories: Stories, clock: Clock, calendar: Calendar, plan: Plan, about: str, figure: str
) -> None:
    """In the last second that is surely in time an objection is taken; when it is surely late it is refused, with words, and not kept."""
    tender = stories.bidding() if about == "tender_documents" else stories.prequalifying()
    bounds = calendar.latest(plan.parameter(figure).counting or "", tender.bid_deadline, plan.whole(figure))
    first, second = tender.bidders[:2]
    clock.move_to(tender, bounds.last_lawful)
    in_time = first.file_objection(tender.section, about, _TEXT)
    assert in_time.accepted
    settled(tender, in_time)
    clock.move_to(tender, bounds.first_unlawful)
    late = second.file_objection(tender.section, about, _TEXT)

    assert late.refused_because == "objection_overdue"
    assert late.words
    assert [one.id for one in tender.owner.objections(tender.section).value] == [in_time.value.id]


@clause("LAW-RG-54-2", "B-030", "EB-39-1")
def test_the_result_can_be_objected_to_as_long_as_the_candidates_are_public(stories: Stories, clock: Clock) -> None:
    """Before the publicity an objection to the result is refused, in its first and last second taken, a day after its end refused."""
    tender = stories.evaluated()
    first, second, third = tender.bidders[:3]
    early = first.file_objection(tender.section, "evaluation_result", _TEXT)
    stories.publicity(tender)
    begun = first.file_objection(tender.section, "evaluation_result", _TEXT)
    assert begun.accepted
    settled(tender, begun)
    clock.move_before(tender, publicity_ends(tender))
    last = second.file_objection(tender.section, "evaluation_result", _TEXT)
    assert last.accepted
    settled(tender, last)
    clock.move_to(tender, publicity_ends(tender) + DAY)
    late = third.file_objection(tender.section, "evaluation_result", _TEXT)

    assert early.refused_because == "objection_overdue"
    assert late.refused_because == "objection_overdue"
    assert {one.id for one in tender.owner.objections(tender.section).value} == {begun.value.id, last.value.id}


@clause("B-030")
def test_in_government_purchase_the_result_can_be_objected_to_for_seven_working_days(
    stories: Stories, clock: Clock, calendar: Calendar, plan: Plan
) -> None:
    """Counted from when the candidates became known: still taken when surely in time though the publicity is over; then refused."""
    tender = stories.publicity(category="goods", government_procurement=True, publicity_days=plan.whole("publicity_days") + 1)
    begun = clock.now(tender)
    counting = plan.parameter("procurement_objection_working_days").counting or ""
    days = plan.whole("procurement_objection_working_days")
    assert tender.publicity is not None
    clock.move_to(tender, calendar.latest(counting, tender.publicity.published_at, days).last_lawful)
    in_time = tender.bidders[0].file_objection(tender.section, "evaluation_result", _TEXT)
    assert in_time.accepted
    settled(tender, in_time)
    clock.move_to(tender, calendar.latest(counting, begun, days).first_unlawful)
    late = tender.bidders[1].file_objection(tender.section, "evaluation_result", _TEXT)

    assert late.refused_because == "objection_overdue"
    assert [one.id for one in tender.owner.objections(tender.section).value] == [in_time.value.id]


@clause("LAW-RG-22", "B-031")
def test_while_an_objection_to_the_documents_waits_the_tender_stands_still(stories: Stories) -> None:
    """No bid is taken before the last of two objections is answered; then the same acts go on."""
    tender = stories.bidding()
    first, second = tender.bidders[:2]
    filed = [bidder.file_objection(tender.section, "tender_documents", _TEXT).value for bidder in (first, second)]
    bid = first.sealed_bid(tender.section, papers.bid(tender))
    blocked = first.deliver(bid)
    suspended = tender.owner.section(tender.section).value.suspended
    tender.owner.reply_objection(filed[0], "经核实，维持原内容", "rejected").require()
    still = first.deliver(bid)
    tender.owner.reply_objection(filed[1], "经核实，维持原内容", "rejected").require()

    assert blocked.refused_because in _BLOCKED
    assert suspended is True
    assert still.refused_because in _BLOCKED
    assert first.bids_for(tender.section).value == ()
    assert tender.owner.section(tender.section).value.suspended is False
    assert first.deliver(bid).accepted


@clause("LAW-RG-22", "LAW-RG-54-2", "B-031")
@pytest.mark.parametrize("about", ["tender_documents", "evaluation_result"])
def test_an_objection_that_is_not_answered_in_three_days_is_noticed(
    stories: Stories, clock: Clock, calendar: Calendar, plan: Plan, about: str
) -> None:
    """While the answer is surely in time no alert stands, when it is surely late one does, for owner and supervisor; the answer ends it."""
    figure = "objection_reply_days" if about == "tender_documents" else "result_objection_reply_days"
    tender = stories.bidding() if about == "tender_documents" else stories.publicity()
    filed = tender.bidders[0].file_objection(tender.section, about, _TEXT).value
    bounds = calendar.latest(plan.parameter(figure).counting or "", clock.now(tender), plan.whole(figure))
    clock.move_to(tender, bounds.last_lawful)
    in_time = overdue(tender, stories)
    clock.move_to(tender, bounds.first_unlawful)
    late = overdue(tender, stories)
    tender.owner.reply_objection(filed, "经核实，维持原内容", "rejected").require()

    assert in_time == {"owner": [], "supervisor": []}
    assert late == {"owner": [filed.id], "supervisor": [filed.id]}
    assert overdue(tender, stories) == {"owner": [], "supervisor": []}


def overdue(tender: Tender, stories: Stories) -> dict[str, list[str]]:
    """The objections whose answer is overdue, as the owner and the supervisor are told."""
    watching = {"owner": tender.owner, "supervisor": stories.supervisor()}
    return {
        who: [alert.object for alert in actor.alerts(tender.section).value if alert.code == "objection_reply_overdue"]
        for who, actor in watching.items()
    }


@clause("B-032")
def test_in_government_purchase_the_answer_is_due_in_seven_working_days(
    stories: Stories, clock: Clock, calendar: Calendar, plan: Plan
) -> None:
    """The three days of other tenders pass without an alert; when the seventh working day is surely over one stands."""
    tender = stories.bidding(category="goods", government_procurement=True)
    filed = tender.bidders[0].file_objection(tender.section, "tender_documents", _TEXT).value
    figure = plan.parameter("procurement_reply_working_days")
    bounds = calendar.latest(figure.counting or "", clock.now(tender), plan.whole("procurement_reply_working_days"))
    clock.move_to(tender, bounds.last_lawful)
    in_time = overdue(tender, stories)
    clock.move_to(tender, bounds.first_unlawful)

    assert in_time["owner"] == []
    assert overdue(tender, stories)["owner"] == [filed.id]


@clause("LAW-RG-54-2", "B-031")
def test_no_award_notice_goes_out_while_an_objection_to_the_result_is_open(stories: Stories, clock: Clock) -> None:
    """Nobody is told of an award before the answer, though the publicity is over; after it the same award is made and sent."""
    tender = stories.publicity()
    filed = tender.losers[0].bidder.file_objection(tender.section, "evaluation_result", _TEXT)
    clock.move_to(tender, publicity_ends(tender) + DAY)
    decided = tender.tenderee.decide_award(tender.section, papers.award(tender))  # it may be blocked already, or the notice alone
    sent = tender.owner.send_award_notices(tender.section, "中标结果已确定")
    told = [message.type for bid in tender.bids for message in notices_to(bid.bidder, tender)]
    settled(tender, filed)
    if not decided.accepted:
        tender.tenderee.decide_award(tender.section, papers.award(tender)).require()

    assert sent.refused_because in _BLOCKED | {"not_decided"}
    assert told == []
    assert tender.owner.send_award_notices(tender.section, "中标结果已确定").accepted
    tender.verifier.review_award_notices(tender.section)
    assert len([message for bid in tender.bids for message in notices_to(bid.bidder, tender)]) == len(tender.bids)


def notices_to(bidder: Bidder, tender: Tender) -> list[Message]:
    """The award and result notices of this tender in a bidder's inbox."""
    inbox = bidder.messages(tender.section).value
    return [one for one in inbox if one.get("section_id") == tender.section.id and one.type in {"award_notice", "result_notice"}]


@clause("EB-39-1", "A-195", "A-196", "LAW-1117-18")
@pytest.mark.parametrize(
    "about", ["prequalification_documents", "tender_documents", "opening", "prequalification_result", "evaluation_result"]
)
def test_an_objection_is_filed_followed_and_answered_on_the_platform(stories: Stories, clock: Clock, about: str) -> None:
    """Its author sees it open, then answered, with both times and the answer's words, and is told; other bidders see nothing of it."""
    tender = open_to_objections(stories, about)
    author, other = tender.bidders[:2]
    filed = author.file_objection(tender.section, about, _TEXT)
    assert filed.accepted, f"an objection to {about} is refused"
    before, filed_at = author.objection(filed.value).value, clock.now(tender)
    clock.move_to(tender, filed_at + HOUR)
    tender.owner.reply_objection(filed.value, "经核实，予以修改", "accepted").require()
    after = author.objection(filed.value).value

    assert (before.state, before.text, before.filed_at) == ("open", _TEXT, filed_at)
    assert not before.says("reply.text")
    assert after.state != before.state
    assert after.get("reply.text") == "经核实，予以修改"
    assert after.says("reply.at")
    assert datetime.fromisoformat(after.get("reply.at")) == filed_at + HOUR
    assert [one.id for one in author.messages(tender.section).value if one.object == filed.value.id]
    assert [one.id for one in tender.owner.objections(tender.section).value] == [filed.value.id]
    assert other.objection(filed.value).refused


def open_to_objections(stories: Stories, about: str) -> Tender:
    """A tender at a stage at which this can be objected to."""
    match about:
        case "prequalification_documents":
            return stories.prequalifying()
        case "prequalification_result":
            tender = stories.applications_opened(bidders=4)
            passed = Content(passed=[one.id for one in tender.applications[1:]], reasons={tender.applications[0].id: "业绩不满足要求"})
            tender.owner.decide_prequalification(tender.section, passed).require()
            return tender
        case "opening":
            return stories.opening()
        case "evaluation_result":
            return stories.publicity()
    return stories.bidding()


@clause("LAW-1117-18")
def test_no_sign_up_comes_before_documents_and_bid(stories: Stories) -> None:
    """Whoever is registered obtains the documents and delivers a bid without any step in between that no law knows."""
    tender = stories.bidding()
    newcomer = stories.bidder()

    assert newcomer.download(tender.document).accepted
    assert newcomer.deliver(newcomer.sealed_bid(tender.section, papers.bid(tender, 4))).accepted
