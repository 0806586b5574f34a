"""Visits of the site (踏勘现场): everybody is called in time, the notice is prepared and sent, its record written and issued."""

from datetime import datetime

from tenderproof.testing import DAY, SECOND, Bidder, Clock, Content, Message, Owner, Person, SiteVisit, Stories, Tender, clause, papers

_FINAL_CALL, _RECORD = "请自备安全帽和雨靴，在南门集合", "查看了取土场和便道入口。"


@clause("A-78")
def test_a_site_visit_is_announced_to_all_who_obtained_the_document_within_its_time(stories: Stories, clock: Clock) -> None:
    """Everybody who obtained the document is called, and nobody else; a visit outside the time that the document gives is refused."""
    tender = stories.announced()
    begins, ends = tender.document_from + 3 * DAY, tender.document_from + 5 * DAY
    window = {"begins_at": begins, "ends_at": ends, "place": "工程现场"}
    drafted = tender.owner.draft_document(tender.section, papers.document(tender).but(site_visit=window)).value
    document = tender.owner.publish_document(drafted).value
    *called, other = stories.bidders(4)
    clock.move_to(tender, tender.document_from)
    for bidder in called:
        bidder.download(document).require()
    visits = [Content(at=at, place="工程现场", text="请自备安全帽") for at in (begins - SECOND, ends + SECOND, begins + DAY)]
    early, late, within = (tender.owner.plan_site_visit(tender.section, visit) for visit in visits)

    assert early.refused
    assert late.refused
    assert within.accepted
    assert [visit.id for visit in tender.owner.site_visits(tender.section).value] == [within.value.id]
    told = {
        bidder.identity.name: [m for m in bidder.messages(tender.section).value if m.object == within.value.id]
        for bidder in (*called, other)
    }
    assert [name for name, messages in told.items() if messages] == [bidder.identity.name for bidder in called]
    names = [bidder.identity.name for bidder in called]
    assert not [name for name in names for who, messages in told.items() if who != name and name in str([m.raw for m in messages])]


@clause("A-77")
def test_a_notice_of_a_visit_is_created_changed_deleted_and_sent_and_can_be_queried(stories: Stories) -> None:
    """Nobody reads it while it is prepared; as changed it is sent, and then before all who are called; only what is deleted is gone."""
    tender = stories.bidding(bidders=2)
    paper = Content(at=tender.bid_deadline - 10 * DAY, place="工程现场", text="初稿：请自备安全帽")
    first, second = (tender.owner.draft_site_visit(tender.section, paper) for _ in range(2))
    assert [first.accepted, second.accepted] == [True, True]
    changed = tender.owner.change_site_visit(first.value, {"text": _FINAL_CALL})
    deleted = tender.owner.delete_site_visit(second.value)
    prepared = told(tender, tender.owner)
    unsent = [(told(tender, bidder), len(messages(bidder, first.value, tender))) for bidder in tender.bidders]
    sent = tender.owner.send_site_visit(first.value)
    read = [told(tender, reader) for reader in (tender.owner, *tender.bidders)]

    assert changed.accepted
    assert deleted.accepted
    assert prepared == [(first.value.id, paper["at"], paper["place"], _FINAL_CALL)]
    assert unsent == [([], 0), ([], 0)]
    assert sent.accepted
    assert read == [prepared] * 3
    assert [len(messages(bidder, first.value, tender)) for bidder in tender.bidders] == [1, 1]


def told(tender: Tender, reader: Person) -> list[tuple[str, datetime, str, str]]:
    """The visits of a tender's section as somebody reads them: identifier, time, place and text."""
    return [(one.id, one.at, one.place, one.text) for one in reader.tries(Owner.site_visits, tender.section).value]


def messages(bidder: Bidder, visit: SiteVisit, tender: Tender) -> list[Message]:
    """What a bidder was sent about a visit."""
    return [message for message in bidder.messages(tender.section).value if message.object == visit.id]


@clause("A-79")
def test_a_record_of_a_visit_is_written_changed_deleted_and_issued_and_can_be_queried(stories: Stories, clock: Clock) -> None:
    """It is the owner's while it is written; as written last it is issued, and then before all who were called."""
    tender = stories.bidding(bidders=2)
    at = tender.bid_deadline - 10 * DAY
    visit = tender.owner.plan_site_visit(tender.section, Content(at=at, place="工程现场", text="请自备安全帽")).value
    clock.move_past(tender, at)
    written = tender.owner.record_site_visit(visit, {"text": "初稿：查看了取土场。"})
    kept = held(tender, tender.owner)
    changed = tender.owner.record_site_visit(visit, {"text": _RECORD})
    kept_then = held(tender, tender.owner)
    deleted = tender.owner.delete_site_visit_record(visit)
    gone = held(tender, tender.owner)
    anew = tender.owner.record_site_visit(visit, {"text": _RECORD})
    unissued = [held(tender, bidder) for bidder in tender.bidders]
    before = [len(messages(bidder, visit, tender)) for bidder in tender.bidders]
    issued_now = tender.owner.issue_site_visit_record(visit)
    read = [held(tender, reader) for reader in (tender.owner, *tender.bidders)]

    assert [answer.accepted for answer in (written, changed, deleted, anew)] == [True] * 4
    assert [kept, kept_then, gone] == [["初稿：查看了取土场。"], [_RECORD], [None]]
    assert unissued == [[None], [None]]
    assert issued_now.accepted
    assert read == [[_RECORD]] * 3
    assert [len(messages(bidder, visit, tender)) for bidder in tender.bidders] == [number + 1 for number in before]


def held(tender: Tender, reader: Person) -> list[str | None]:
    """What somebody reads of the records of a section's visits, one a visit."""
    return [(one.get("record") or {}).get("text") for one in reader.tries(Owner.site_visits, tender.section).value]
