"""The opening of prequalification applications and its record: who came, what failed, who signs (资格预审申请文件开启)."""

from typing import Any

from tenderproof.testing import Bid, Clock, Stories, Tender, clause, moment

_WRONG_KEY = ({"segment": "bid", "layer": "bidder", "cek": "A" * 43},)
_REASON = "申请人未携带解密证书"
_FAILED = {"revoked", "withdrawn_by_other_cause", "decryption_failed"}


def started(stories: Stories, clock: Clock, *, applicants: int = 4) -> Tender:
    """A tender whose applications are being opened; all applicants have signed in."""
    tender = stories.applied(bidders=applicants)
    stories.attend(tender)
    clock.move_to(tender, tender.bid_deadline)
    tender.owner.open_bids(tender.section, kind="application").require()
    return tender


def failed(stories: Stories, clock: Clock) -> tuple[Tender, Bid, list[Bid]]:
    """An opening that is complete: the first application was tried in vain and declared so, the others are decrypted."""
    tender = started(stories, clock)
    closed, *others = tender.applications
    closed.bidder.release_key(closed.sealed, closed.receipt, keys=_WRONG_KEY)
    tender.owner.declare_decryption_failed(closed.receipt, "bidder", _REASON, "限时重试一次", kind="application").require()
    for application in others:
        stories.decrypt(tender, application)
    tender.owner.complete_opening(tender.section, kind="application").require()
    return tender, closed, others


def lines(tender: Tender) -> list[dict[str, Any]]:
    """The record of the opening, line by line, as its owner reads it."""
    return [dict(line) for line in tender.owner.opening_record(tender.section, kind="application").value.bids]


@clause("A-117")
def test_the_opening_shows_whose_section_is_opened_and_how_many_applied_and_signed_in(stories: Stories, clock: Clock) -> None:
    """Section, tenderee and numbers are those of this opening: one of four who applied has not signed in."""
    tender = stories.applied(bidders=4)
    clock.move_before(tender, tender.bid_deadline)
    for application in tender.applications[1:]:
        application.bidder.sign_attendance(tender.section, "application").require()
    clock.move_to(tender, tender.bid_deadline)
    shown = tender.owner.open_bids(tender.section, kind="application").value

    assert (shown.get("section_code"), shown.get("section_name")) == (tender.section.code, tender.section.name)
    assert shown.get("tenderee.name") == tender.tenderee.identity.name
    assert (shown.get("received"), shown.get("attended")) == (4, 3)
    assert {one.bid_id for one in shown.bids} == {application.id for application in tender.applications}


@clause("A-122")
def test_who_was_decrypted_reads_what_the_applications_say_and_who_was_not_reads_nothing(stories: Stories, clock: Clock) -> None:
    """The record holds of each decrypted application what it really says; the applicant whose own one failed is not shown it."""
    tender, closed, others = failed(stories, clock)
    leaders = {a.id: a.sealed.facts.at("project_leader") for a in others}
    read = {a.id: a.bidder.opening_record(tender.section, kind="application") for a in tender.applications}
    shown = closed.bidder.opening(tender.section, kind="application")

    assert [a.id for a in others if read[a.id].refused] == []
    assert [{line["bid_id"]: line.get("project_leader") for line in read[a.id].value.bids} for a in others] == [leaders] * len(others)
    assert read[closed.id].refused
    assert shown.refused or not [leader for leader in leaders.values() if leader in str(shown.value.raw)]


@clause("A-123")
def test_a_failed_decryption_is_shown_and_on_record_and_stays_out_of_the_record_of_the_opening(stories: Stories, clock: Clock) -> None:
    """The opening shows which application failed, why and with what remedy; the record names the others alone."""
    tender, closed, others = failed(stories, clock)
    shown = {one.bid_id: one for one in tender.owner.opening(tender.section, kind="application").value.bids}

    assert {ident for ident, one in shown.items() if one.state in _FAILED} == {closed.id}
    assert _REASON in str(shown[closed.id].raw)
    assert {ident for ident, one in shown.items() if one.state == "decrypted"} == {a.id for a in others}
    assert sorted(line["bid_id"] for line in lines(tender)) == sorted(a.id for a in others)


@clause("A-124")
def test_the_record_of_an_opening_is_made_when_decryption_ends_and_not_before(stories: Stories, clock: Clock) -> None:
    """While applications are being decrypted there is none; afterwards there is one, a line an applicant, each with the same columns."""
    tender = started(stories, clock, applicants=3)
    before = tender.owner.opening_record(tender.section, kind="application")
    for application in tender.applications:
        stories.decrypt(tender, application)
    tender.owner.complete_opening(tender.section, kind="application").require()
    table = lines(tender)

    assert before.refused
    assert len(table) == len(tender.applications)
    assert len({frozenset(line) for line in table}) == 1


@clause("A-125")
def test_the_record_of_an_opening_says_of_each_applicant_what_is_its_own(stories: Stories, clock: Clock) -> None:
    """Name, time of arrival, time of opening and what was read out stand in each applicant's line as they were."""
    tender = started(stories, clock, applicants=3)
    opened_at = clock.now(tender)
    for application in tender.applications:
        stories.decrypt(tender, application)
    tender.owner.complete_opening(tender.section, kind="application").require()
    record = tender.owner.opening_record(tender.section, kind="application").value
    said = {line["bid_id"]: (line["bidder_name"], moment(line["received_at"]), line.get("project_leader")) for line in record.bids}

    assert moment(record.get("opened_at")) == opened_at
    assert said == {a.id: (a.bidder.identity.name, a.receipt.received_at, a.sealed.facts.at("project_leader")) for a in tender.applications}


@clause("A-126")
def test_an_applicant_reads_the_record_of_the_opening_and_signs_it(stories: Stories) -> None:
    """Without a signature nothing counts as signed; with it the applicant stands there as a signatory, and who has not signed does not."""
    tender = stories.applications_opened(bidders=3)
    signing, other, *_ = (application.bidder for application in tender.applications)
    read = signing.opening_record(tender.section, kind="application")
    unsigned = other.signing_as(None).confirm_opening_record(tender.section, kind="application")
    signed = signing.confirm_opening_record(tender.section, opinion="无异议", kind="application")
    record = tender.owner.opening_record(tender.section, kind="application").value
    names = [one["party"]["name"] for one in record.signed_by]

    assert read.accepted
    assert unsigned.refused_because == "signature_missing"
    assert signed.accepted
    assert names == [signing.identity.name]
