"""Questions, clarifications and changes of documents: in time, numbered, answered, receipted (澄清与修改)."""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

import pytest

from tenderproof.testing import (
    DAY,
    HOUR,
    SECOND,
    Bidder,
    Calendar,
    Clarification,
    Clock,
    Content,
    Missing,
    Owner,
    Plan,
    Public,
    Section,
    Stories,
    Tender,
    clause,
    papers,
)

_FINAL = "定稿：施工期间保持通行，并设置便道。"
_AT_MOST, _CLARIFIED = 2000, 50  # published notices that are looked through, sections with clarifications that are enough
_DEADLINE_KEPT = {"deadline_not_extended_enough", "clarification_overdue"}


def published_sections(public: Public) -> Iterator[Section]:
    """The sections of the published notices, the newest first and each once; read one by one, for clarifications may lie far back."""
    listed = public.published_notices(at_most=_AT_MOST).value
    for section_id in dict.fromkeys(section_id for notice in listed for section_id in notice.get("section_ids", ())):
        yield Section.read({"id": section_id})


def issued(stories: Stories, kind: str, bidders: int = 2, **facts: Any) -> Tender:
    """A tender whose document of this kind is issued and obtained."""
    return stories.bidding(bidders=bidders, **facts) if kind == "tender" else stories.prequalifying(bidders=bidders, **facts)


def change(kind: str, text: str = "工程范围增加绿化。", **more: Any) -> Content:
    """A change that touches the preparation of bids or applications."""
    return papers.clarification(text, influences_preparation=True, **more).but(about=kind, kind="change")


# -- in time (LAW-TL-23, LAW-RG-21, B-012, B-041) ---------------------------------------------------------------------


def comes_in_time_or_not_at_all(tender: Tender, clock: Clock, calendar: Calendar, days: int, kind: str) -> None:
    """Until the last day a change is issued; after it the same is refused, as long as it leaves the deadline where it is."""
    bounds = calendar.latest("days_before", tender.bid_deadline, days)
    clock.move_to(tender, bounds.last_lawful)
    in_time = tender.owner.clarify(tender.section, change(kind))
    clock.move_to(tender, bounds.first_unlawful)
    late = tender.owner.clarify(tender.section, change(kind, "工程范围再增加照明。"))
    listed = tender.owner.clarifications(tender.section).value
    told = [message for bidder in tender.bidders for message in bidder.messages(tender.section).value if "照明" in str(message.raw)]

    assert in_time.accepted
    assert late.refused_because == "clarification_overdue"
    assert [found.id for found in listed] == [in_time.value.id]
    assert told == []


@clause("LAW-TL-23", "B-012", "LAW-RG-21")
def test_a_change_of_the_tender_document_comes_fifteen_days_before_the_deadline(
    stories: Stories, clock: Clock, calendar: Calendar, plan: Plan
) -> None:
    """A change that touches the preparation of bids is issued in time, or it is refused and nobody hears of it."""
    comes_in_time_or_not_at_all(issued(stories, "tender"), clock, calendar, plan.whole("amendment_before_deadline_days"), "tender")


@clause("B-041", "LAW-RG-21")
def test_a_change_of_the_prequalification_document_comes_three_days_before_the_deadline(
    stories: Stories, clock: Clock, calendar: Calendar, plan: Plan
) -> None:
    """A change that touches the preparation of applications is issued in time, or it is refused and nobody hears of it."""
    days = plan.whole("prequalification_amendment_before_deadline_days")
    comes_in_time_or_not_at_all(issued(stories, "prequalification"), clock, calendar, days, "prequalification")


@clause("LAW-RG-21")
def test_a_late_change_moves_the_deadline_by_all_that_is_missing(stories: Stories, clock: Clock, calendar: Calendar, plan: Plan) -> None:
    """One day more is not enough; with all the days the change is issued, and bids are taken until the new deadline, not the old."""
    tender = issued(stories, "tender", bidders=1)
    days, old = plan.whole("amendment_before_deadline_days"), tender.bid_deadline
    (bidder,) = tender.bidders
    clock.move_to(tender, old - 2 * DAY)
    new = first_in_time(calendar, clock.now(tender), days)
    a_day_later = tender.owner.clarify(tender.section, change("tender", new_deadline=old + DAY))
    kept = tender.owner.clarifications(tender.section).value
    enough = tender.owner.clarify(tender.section, change("tender", new_deadline=new))

    assert a_day_later.refused_because in _DEADLINE_KEPT
    assert kept == ()
    assert enough.accepted
    assert enough.value.effective_deadline == new
    clock.move_past(tender, old)
    assert bidder.deliver(bidder.sealed_bid(tender.section)).accepted
    clock.move_to(tender, new)
    assert bidder.deliver(bidder.sealed_bid(tender.section, {"price": "7000000.00"})).refused_because == "deadline_passed"


@clause("LAW-RG-21", "B-041")
def test_a_late_change_of_a_prequalification_moves_the_deadline_by_all_that_is_missing(
    stories: Stories, clock: Clock, calendar: Calendar, plan: Plan
) -> None:
    """An hour more is not enough; with all the days the change is issued, and the deadline for applications is the new one."""
    tender = issued(stories, "prequalification", bidders=1)
    days, old = plan.whole("prequalification_amendment_before_deadline_days"), tender.bid_deadline
    clock.move_to(tender, old - SECOND)
    new = first_in_time(calendar, clock.now(tender), days)
    an_hour_later = tender.owner.clarify(tender.section, change("prequalification", new_deadline=old + HOUR))
    enough = tender.owner.clarify(tender.section, change("prequalification", new_deadline=new))

    assert an_hour_later.refused_because in _DEADLINE_KEPT
    assert enough.accepted
    assert enough.value.effective_deadline == new
    clock.move_past(tender, old)
    (bidder,) = tender.bidders
    application = bidder.sealed_bid(tender.section, papers.application(tender), kind="application")
    assert bidder.deliver(application).accepted


def first_in_time(calendar: Calendar, now: datetime, days: int) -> datetime:
    """A deadline for which what is issued now comes in time by every reading."""
    deadline = now + (days + 1) * DAY
    if calendar.latest("days_before", deadline, days).last_lawful < now:
        raise Missing("the calendar gives no such deadline")
    return deadline


# -- questions and answers (B-011, B-041, A-80, A-81) -----------------------------------------------------------------


@clause("A-80", "B-011")
@clause("B-041")
@pytest.mark.parametrize("kind", ["tender", "prequalification"])
def test_questions_are_taken_until_their_last_day_and_not_after_it(
    stories: Stories, clock: Clock, calendar: Calendar, plan: Plan, kind: str
) -> None:
    """A question comes ten days before the bid deadline, or two before that of applications; a later one is refused and not kept."""
    figure = "question_before_deadline_days" if kind == "tender" else "prequalification_question_before_deadline_days"
    tender = issued(stories, kind, bidders=1)
    (bidder,) = tender.bidders
    bounds = calendar.latest("days_before", tender.bid_deadline, plan.whole(figure))
    clock.move_to(tender, bounds.last_lawful)
    in_time = bidder.ask(tender.section, "道路结构层厚度是多少？", kind)
    clock.move_to(tender, bounds.first_unlawful)
    late = bidder.ask(tender.section, "是否接受联合体？", kind)

    assert in_time.accepted
    assert late.refused_because == "question_overdue"
    for reader in (bidder, tender.owner):
        assert [question.text for question in reader.questions(tender.section).value] == ["道路结构层厚度是多少？"]


@clause("A-80")
def test_questions_are_taken_within_the_documents_own_time(stories: Stories, clock: Clock) -> None:
    """Where the document ends the time for questions earlier, the last second before that counts, and nothing after it."""
    tender = stories.announced()
    until = tender.bid_deadline - 14 * DAY
    drafted = tender.owner.draft_document(tender.section, papers.document(tender).but(question_until=until)).value
    document = tender.owner.publish_document(drafted).value
    (bidder,) = stories.bidders(1)
    clock.move_to(tender, tender.document_from)
    bidder.download(document).require()
    clock.move_before(tender, until)
    in_time = bidder.ask(tender.section, "工期能否调整？")
    clock.move_past(tender, until)
    late = bidder.ask(tender.section, "是否接受联合体？")

    assert in_time.accepted
    assert late.refused_because == "question_overdue"
    assert [question.id for question in tender.owner.questions(tender.section).value] == [in_time.value.id]


@clause("A-81")
def test_the_owner_sees_the_questions_and_answers_them_in_time(stories: Stories, clock: Clock) -> None:
    """Every question stands before the owner; its answer reaches all bidders, and from the deadline on nothing is answered."""
    tender = issued(stories, "tender")
    first, second = tender.bidders
    asked = [first.ask(tender.section, "道路结构层厚度是多少？").value, second.ask(tender.section, "是否接受联合体？").value]
    seen = tender.owner.questions(tender.section).value
    answer = papers.clarification("结构层厚度见图纸。").but(answers=[asked[0].id])
    answered = tender.owner.clarify(tender.section, answer)
    clock.move_to(tender, tender.bid_deadline)
    late = tender.owner.clarify(tender.section, papers.clarification("不接受联合体。").but(answers=[asked[1].id]))

    assert {question.id: question.text for question in seen} == {question.id: question.text for question in asked}
    assert answered.accepted
    assert late.refused
    for reader in (tender.owner, first, second):
        assert [found.text for found in reader.clarifications(tender.section).value] == ["结构层厚度见图纸。"]


# -- what is issued (A-83, A-85, A-86, B-015) -------------------------------------------------------------------------


@clause("A-83")
@pytest.mark.parametrize("kind", ["tender", "prequalification"])
def test_clarifications_are_told_apart_by_their_number(stories: Stories, public: Public, kind: str) -> None:
    """The first is the first, the second the second and the third the third, and what an earlier one says stays as it was."""
    tender = issued(stories, kind, bidders=1)
    texts = ["第一次补充说明。", "第二次补充说明。", "第三次补充说明。"]
    made = [tender.owner.clarify(tender.section, papers.clarification(text).but(about=kind)).value for text in texts]

    listed = {found.version_no: found.text for found in public.clarifications(tender.section).value}
    assert [found.version_no for found in made] == [1, 2, 3]
    assert listed == dict(enumerate(texts, 1))


@clause("A-83", way="record")
def test_published_clarifications_of_one_document_have_distinct_numbers(public: Public) -> None:
    """Whatever the platform has published of a section, no two clarifications of one document carry one number."""
    issued_for = (public.clarifications(section).value for section in published_sections(public))
    numbers = ([(found.get("about"), found.version_no) for found in issued] for issued in issued_for)
    clarified = list(islice(filter(None, numbers), _CLARIFIED))
    if not clarified:
        raise Missing("no clarification is published")

    assert not [of_section for of_section in clarified if len(set(of_section)) < len(of_section)]


@clause("A-85")
@pytest.mark.parametrize("kind", ["tender", "prequalification"])
def test_a_clarification_is_downloaded_as_it_was_issued(stories: Stories, kind: str) -> None:
    """What a bidder downloads has the published digest and says what was issued, to the letter."""
    tender = issued(stories, kind)
    text = "补充说明：检查井盖采用重型盖板，数量96套。"
    made = tender.owner.clarify(tender.section, papers.clarification(text).but(about=kind)).value
    files = [bidder.download_clarification(made).value for bidder in tender.bidders]

    assert {hashlib.sha256(file.octets).hexdigest() for file in files} == {made.get("sha256")}
    if "json" not in files[0].media_type:
        raise Missing(f"the clarification's file is {files[0].media_type}; only JSON can be read here")
    assert [json.loads(file.octets)["text"] for file in files] == [text, text]


@clause("A-86")
def test_a_bidder_gives_a_receipt_for_a_clarification_which_it_and_the_owner_see(stories: Stories) -> None:
    """The receipt of one bidder stands before that bidder and the owner, for this clarification and nobody else's."""
    tender = issued(stories, "tender")
    giving, silent = tender.bidders
    made, other = (tender.owner.clarify(tender.section, papers.clarification(text)).value for text in ("补充说明一。", "补充说明二。"))
    giving.download_clarification(made).require()
    given = giving.confirm_clarification(made).value

    def receipts(actor: Owner | Bidder, clarification: Clarification) -> list[str]:
        return [one.receipt.id for one in actor.clarification_receipts(clarification).value if one.says("receipt")]

    assert receipts(tender.owner, made) == receipts(giving, made) == [given.id]
    assert receipts(silent, made) == receipts(tender.owner, other) == []
    assert given.bidder_name == giving.identity.name


@clause("B-015")
def test_a_change_is_part_of_the_document_for_whoever_obtains_it_later(stories: Stories) -> None:
    """Who obtains the document after a change reads it as changed, and finds the change among its parts."""
    tender = issued(stories, "tender", bidders=1)
    made = tender.owner.clarify(tender.section, change("tender", "解密时间改为九十分钟。").but(changes={"decryption_minutes": 90})).value
    later = stories.bidders(2)[1]
    later.download(tender.document).require()

    for reader in (later, tender.bidders[0]):
        (document,) = reader.documents(tender.section).value
        assert reader.document(tender.document).value.get("decryption_minutes") == 90
        assert made.get("sha256") in [part["sha256"] for part in document.get("parts", [])]


# -- objections (B-030) ----------------------------------------------------------------------------------------------------------


@clause("B-030")
@pytest.mark.parametrize("kind", ["tender", "prequalification"])
def test_objections_to_a_document_are_taken_until_their_last_day(
    stories: Stories, clock: Clock, calendar: Calendar, plan: Plan, kind: str
) -> None:
    """An objection comes ten days before the bid deadline, or two before that of applications; a later one is refused and not kept."""
    figure = "objection_to_document_before_deadline_days" if kind == "tender" else "objection_to_prequalification_before_deadline_days"
    in_time, late = issued(stories, kind, bidders=1), issued(stories, kind, bidders=1)
    bounds = calendar.latest("days_before", in_time.bid_deadline, plan.whole(figure))
    (bidder,) = in_time.bidders
    answers = []
    for tender, moment in ((in_time, bounds.last_lawful), (late, bounds.first_unlawful)):
        clock.move_to(tender, moment)
        answers.append(bidder.file_objection(tender.section, f"{kind}_documents", "评标办法不明确。"))

    assert answers[0].accepted
    assert answers[1].refused_because == "objection_overdue"
    assert bidder.objections(late.section).value == ()
    assert [objection.id for objection in in_time.owner.objections(in_time.section).value] == [answers[0].value.id]


# -- prepared, then issued (A-82) -------------------------------------------------------------------------------------


@clause("A-82")
@pytest.mark.parametrize("kind", ["clarification", "change"])
def test_a_clarification_is_created_changed_deleted_and_issued_and_can_be_queried(stories: Stories, public: Public, kind: str) -> None:
    """Nobody reads a draft; as changed it is issued, and then for everybody; what is deleted is gone, what is issued stays as it is."""
    tender = stories.bidding(bidders=1)
    paper = papers.clarification("初稿：施工期间保持通行。").but(kind=kind)
    first, second = (tender.owner.draft_clarification(tender.section, paper) for _ in range(2))
    assert [first.accepted, second.accepted] == [True, True]
    changed = tender.owner.change_clarification(first.value, {"text": _FINAL})
    deleted = tender.owner.delete_clarification(second.value)
    kept, gone = tender.owner.clarification_draft(first.value), tender.owner.clarification_draft(second.value)
    listed = [draft.id for draft in tender.owner.clarification_drafts(tender.section).value]
    assert changed.accepted
    assert deleted.accepted
    assert kept.accepted
    before = public.clarifications(tender.section).value
    issue = tender.owner.issue_clarification(kept.value)
    after = [(found.kind, found.text) for found in public.clarifications(tender.section).value]
    late = tender.owner.change_clarification(first.value, {"text": "改后：施工期间封闭交通。"})

    assert [kept.value.kind, kept.value.text] == [kind, _FINAL]
    assert gone.refused_because == "not_found"
    assert listed == [first.value.id]
    assert before == ()
    assert issue.accepted
    assert after == [(kind, _FINAL)]
    assert late.refused_because in {"not_editable", "not_found"}
    assert [found.text for found in public.clarifications(tender.section).value] == [_FINAL]
