"""Data messages are not altered, none is left out, each can be traced; whatever was changed after signing is found (数据电文、电子签名)."""

import hashlib
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

import pytest

from tenderproof.testing import (
    Answer,
    Bidder,
    Facts,
    Missing,
    Notice,
    Person,
    Public,
    Stories,
    Tender,
    Tenderee,
    clause,
    papers,
    signatures,
)

_SIGNED = ("type", "title", "section_codes", "content", "replaces")
_TITLE = "城东道路工程施工招标公告（更正）"


class Repeated(NamedTuple):
    """An act that its party signs three times, each about something new, and what is kept of it."""

    person: Person
    do: Callable[[Person, int], Answer[Any]]
    kept: Callable[[], Any]


def bids(stories: Stories) -> Repeated:
    """A bidder delivers one bid after another."""
    tender = stories.bidding()
    one = tender.bidders[0]
    sealed = [one.sealed_bid(tender.section, papers.bid(tender, number)) for number in range(3)]
    return Repeated(
        one,
        lambda person, number: person.tries(Bidder.deliver, sealed[number]),
        lambda: sorted((found.version, found.digest) for found in one.bids_for(tender.section).value),
    )


def bonds(stories: Stories) -> Repeated:
    """A bidder posts one bond after another."""
    tender = stories.bidding()
    one = tender.bidders[0]
    return Repeated(
        one,
        lambda person, number: person.tries(Bidder.pay_bond, tender.section, papers.bond(tender, number)),
        lambda: sorted(found.id for found in one.bonds(tender.section).value),
    )


def base_prices(stories: Stories) -> Repeated:
    """A tenderee seals the base price of one section after another; that one has a price is seen where it cannot have a second."""
    tenderee, facts = stories.tenderee(), Facts()
    project = tenderee.create_project(papers.project(facts)).value
    drafted = tenderee.create_tender_project(project, papers.tender_project(facts)).value
    sections = [tenderee.create_section(drafted, papers.section(facts)).value for _ in range(3)]
    done: list[str | None] = []

    def seal(person: Person, number: int) -> Answer[Any]:
        answer = person.tries(Tenderee.set_base_price, sections[number], Decimal("9000000.00"))
        done.append(answer.refused_because)
        return answer

    return Repeated(tenderee, seal, lambda: done.count(None))


@clause("LAW-ES-13", "F-08")
@pytest.mark.parametrize("prepared", [bids, bonds, base_prices], ids=lambda made: made.__name__)
def test_a_content_that_is_not_the_one_that_was_signed_is_found_each_time(
    stories: Stories, prepared: Callable[[Stories], Repeated]
) -> None:
    """Between two sound acts of one party the same act with a changed content is refused, and what is kept stays as it was."""
    act = prepared(stories)
    first, kept = act.do(act.person, 0), act.kept()
    altered, between = act.do(act.person.signing_wrongly(), 1), act.kept()
    last = act.do(act.person, 1)

    assert first.accepted
    assert altered.refused_because == "signature_invalid"
    assert between == kept
    assert last.accepted
    assert act.kept() != kept


@clause("LAW-ES-13")
def test_a_notice_that_is_changed_after_its_digest_was_signed_is_found(stories: Stories, public: Public) -> None:
    """A signature over the earlier text is refused for the later one; what is published is the very text that was signed."""
    tender = stories.created()
    earlier = tender.owner.draft_notice(tender.tender_project, papers.notice(tender)).value
    later = tender.owner.change_notice(earlier, {"title": _TITLE}).value
    stale = tender.owner.submit_notice(earlier)
    state = tender.owner.notice(later).value.state
    submitted = tender.owner.submit_notice(later)

    assert stale.refused_because == "digest_mismatch"
    assert state == "draft"
    assert submitted.accepted
    tender.verifier.review_notice(submitted.value).require()
    shown = public.published_notice(later.id).value
    assert shown.title == _TITLE
    assert own_signature(shown, public) == (tender.owner.identity.uscc, signatures.digest({name: shown.get(name) for name in _SIGNED}))


def own_signature(shown: Notice, public: Public) -> tuple[str, str]:
    """Whose signature stands under a published notice and which digest it covers, once it holds; blank if it does not."""
    if not shown.signed_by:
        raise Missing("the platform does not show the owner's signature of a notice")
    signed = shown.signed_by[0]
    held = signatures.holds(signed["body"], public.platform().value.trust_anchors, signed["signature"])
    return (held.code, str(signed["body"].get("content_sha256"))) if held is not None and held.authority else ("", "")


@clause("LAW-ES-13")
def test_the_signature_of_a_receipt_is_over_all_that_it_says(stories: Stories, public: Public) -> None:
    """A receipt verifies as it came, with what anybody can have; with any of its facts changed it does not."""
    tender = stories.sealed()
    receipt, anchors = tender.bids[0].receipt, public.platform().value.trust_anchors
    changed = [{**receipt.raw, name: "0"} for name in ("bid_id", "section_id", "bidder_name", "received_at", "digest")]

    assert signatures.holds(receipt.raw, anchors) is not None
    assert [signatures.holds(one, anchors) for one in changed] == [None] * len(changed)


@clause("EB-14-2")
def test_a_change_is_a_message_of_its_own_and_leaves_the_first_as_it_was(stories: Stories, public: Public) -> None:
    """After a change notice the original reads as before, both stand in one history in their order, and each reading shows both."""
    tender = stories.announced()
    before = public.published_notice(tender.notice.id).value
    paper = papers.notice(tender).but(type="change", replaces=tender.notice.id, title=_TITLE).putting("content.quantity", "2项")
    change = tender.owner.announce(tender.tender_project, paper)
    published = tender.verifier.review_notice(change.value)
    after, second = public.published_notice(tender.notice.id), public.published_notice(change.value.id)

    assert change.accepted
    assert published.accepted
    assert after.accepted
    assert {name: after.value.get(name) for name in _SIGNED} == {name: before.get(name) for name in _SIGNED}
    assert second.value.get("content.quantity") == "2项"
    expected = [tender.notice.id, change.value.id]
    assert [[one["id"] for one in read.value.get("history")] for read in (after, second)] == [expected, expected]


@clause("EB-14-2")
def test_no_message_of_a_tender_is_altered_or_left_out_where_it_is_archived(stories: Stories) -> None:
    """Each archived message is the octets of its digest, numbered without a gap; notice, document, every bid and contract are there."""
    tender = stories.finished()
    archive = tender.owner.archive(tender.section).value
    numbers = [one["number"] for one in archive.entries]
    files = {one["number"]: tender.owner.archived(archive, one["number"]).value.octets for one in archive.entries}
    wrong = [one["number"] for one in archive.entries if hashlib.sha256(files[one["number"]]).hexdigest() != one["sha256"]]
    texts = [(one.get("item"), files[one["number"]].decode("utf-8")) for one in archive.entries]

    assert numbers == list(range(1, len(numbers) + 1))
    assert wrong == []
    assert [
        name
        for name, (item, *marks) in sent(tender).items()
        if not any(item == of and all(mark in text for mark in marks) for of, text in texts)
    ] == []


def sent(tender: Tender) -> dict[str, tuple[Any, ...]]:
    """What was sent in a tender: the item of 电子招标投标办法 第四十条 to which each message belongs, and what it can be told by."""
    return {
        "notice": (1, tender.notice.id, str(tender.notice.get("content_sha256"))),
        "document": (2, tender.document.sha256),
        **{f"bid of {bid.bidder.identity.name}": (3, bid.id, bid.sealed.digest) for bid in tender.bids},
        "contract": (6, tender.contract.id),
    }


@clause("EB-14-2")
def test_every_message_of_a_tender_can_be_traced_to_who_sent_it(stories: Stories) -> None:
    """In the audit trail stands who handed in each notice, document and bid."""
    tender = stories.finished()
    entries = stories.auditor().audit_entries(object=tender.section.id).value
    senders = {tender.notice.id: tender.owner, tender.document.id: tender.owner, **{bid.id: bid.bidder for bid in tender.bids}}
    done = {(entry.object, entry.actor.get("id")) for entry in entries if entry.outcome == "accepted"}

    assert [thing for thing, sender in senders.items() if (thing, sender.me().value.id) not in done] == []
