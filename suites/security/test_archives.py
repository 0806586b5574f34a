"""What is filed of a tender: every kind of data message, signed by whoever made it, with certificates, whole and in order (存档、归档)."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tenderproof.testing import (
    HOUR,
    Archive,
    AuditEntry,
    Clock,
    Content,
    Person,
    Public,
    Stories,
    Supervisor,
    Tender,
    clause,
    papers,
    signatures,
)

_CLARIFIED, _ANSWERED, _AWARDED, _FAILED = "本次归档澄清内容。", "本次归档澄清答复。", "本次归档中标通知。", "本次归档业绩不满足要求"


@dataclass(frozen=True)
class Filed:
    """An archived message: under which item of art. 40, its text, its digest as listed and as found, who has signed it."""

    item: int
    kind: str
    text: str
    true: bool
    sealed: bool
    signers: frozenset[str]


def filed(reader: Supervisor, archive: Archive, public: Public) -> list[Filed]:
    """Every message of an archive, read one by one, its signatures verified with the published authorities."""
    anchors = public.platform().value.trust_anchors
    found = []
    for entry in archive.entries:
        octets = reader.archived(archive, entry["number"]).value.octets
        content = json.loads(octets)
        sealed = signatures.holds(content, anchors)
        found.append(
            Filed(
                entry["item"], str(entry.get("kind")), octets.decode(), hashlib.sha256(octets).hexdigest() == entry["sha256"],
                sealed is not None and sealed.authority, frozenset(_signers(content, anchors)),
            )
        )  # fmt: skip
    return found


def _signers(part: Any, anchors: Iterable[str]) -> Iterator[str]:
    if isinstance(part, Mapping):
        if isinstance(part.get("body"), Mapping) and "signature" in part:
            held = signatures.holds(part["body"], anchors, part["signature"])
            if held is not None and held.authority:
                yield held.code
        for inner in part.values():
            yield from _signers(inner, anchors)
    elif isinstance(part, list):
        for inner in part:
            yield from _signers(inner, anchors)


def codes(*people: Person) -> set[str]:
    """By what their certificates name somebody."""
    return {person.identity.uscc for person in people}


def awarded(stories: Stories, clock: Clock) -> tuple[Tender, list[tuple[int, str, set[str]]]]:
    """An archived tender with clarifications before and in the evaluation, and what its archive must hold: item, words, signers."""
    tender = stories.bidding(bidders=3)
    tender.owner.clarify(tender.section, papers.clarification(_CLARIFIED)).require()
    stories.evaluating(tender)
    asked = tender.bids[0]
    question = Content(text="请说明施工组织。", reply_until=clock.now(tender) + HOUR)
    query = tender.experts[0].send_query(asked.receipt, question).value
    asked.bidder.reply_query(query, _ANSWERED).require()
    stories.decided(tender)
    tender.owner.publish_result(tender.section, papers.result(tender)).require()
    tender.verifier.review_result(tender.section).require()
    stories.notify(tender, _AWARDED)
    tender.stage = "awarded"
    stories.archived(tender)
    owner = codes(tender.owner)
    return tender, [
        (1, tender.notice.id, owner), (2, str(tender.document.get("sha256")), owner), (2, _CLARIFIED, owner),
        *((3, bid.id, codes(bid.bidder)) for bid in tender.bids), (3, _ANSWERED, codes(asked.bidder)),
        (4, tender.report.text, codes(*tender.experts)), (5, _AWARDED, owner),
        (6, tender.contract.id, codes(tender.tenderee, tender.winner.bidder)),
    ]  # fmt: skip


def prequalified(stories: Stories) -> tuple[Tender, list[tuple[int, str, set[str]]]]:
    """A prequalified tender that was ended and archived, and what its archive must hold."""
    tender = stories.applications_opened(bidders=4)
    *passed, failed = tender.applications
    tender.owner.decide_prequalification(tender.section, Content(passed=[one.id for one in passed], reasons={failed.id: _FAILED})).require()
    tender.owner.record_anomaly(tender.section, Content(kind="terminated", reason="项目审批被撤销")).require()
    tender.made[Archive] = tender.owner.make_archive(tender.section).value
    owner = codes(tender.owner)
    return tender, [
        (1, tender.notice.id, owner), (2, str(tender.document.get("sha256")), owner),
        *((3, one.id, codes(one.bidder)) for one in tender.applications), (4, _FAILED, owner), (5, _FAILED, owner),
    ]  # fmt: skip


def absent(archive: list[Filed], needed: list[tuple[int, str, set[str]]]) -> list[tuple[int, str]]:
    """Which messages are not filed under their item, or not signed by whoever made them."""
    return [
        (item, words)
        for item, words, signers in needed
        if not any(one.item == item and words in one.text and signers <= one.signers for one in archive)
    ]


@clause("EB-40-1", "F-08")
def test_all_seven_kinds_of_messages_are_filed_with_signatures_that_anybody_can_verify(
    stories: Stories, clock: Clock, public: Public
) -> None:
    """Of an awarded and of a prequalified tender each message lies under its item, signed by its maker and sealed by the platform."""
    supervisor = stories.supervisor()
    for tender, needed in (awarded(stories, clock), prequalified(stories)):
        archive = supervisor.archive(tender.section).value
        messages = filed(supervisor, archive, public)

        assert absent(messages, needed) == []
        assert any(one.item == 7 for one in messages), "what else the State demands is not filed"
        assert [one.kind for one in messages if not one.sealed] == []
        assert [one.kind for one in messages if not one.true] == []


_MADE = "archive.make"


@clause("A-200")
def test_data_documents_and_what_everybody_did_are_filed_and_can_be_read(stories: Stories, public: Public) -> None:
    """Owner and supervisor read the same archive, a stranger none; every act of the trail stands in it with its operator and its time."""
    tender = stories.finished()
    own, stranger = tender.owner.archive(tender.section).value, stories.bidder().archive(tender.section)
    archive = stories.supervisor().archive(tender.section).value
    messages = filed(stories.supervisor(), archive, public)
    trail = [one for one in stories.auditor().audit_entries(object=tender.section.id).value if one.outcome == "accepted"]
    recorded = acts(messages)
    made = min((one.at for one in trail if one.operation == _MADE), default=max(one.at for one in trail))
    before = [one for one in trail if one.at < made]

    assert own.entries == archive.entries
    assert stranger.refused
    assert [one.id for one in tender.bids if not any(one.id in message.text for message in messages)] == []
    assert [one.operation for one in before if act(one) not in recorded] == []


def acts(messages: list[Filed]) -> set[tuple[str, str, Any]]:
    """Who did what when, as the archive tells it."""
    told = [entry for message in messages if message.kind == "activity_record" for entry in json.loads(message.text)["content"]["entries"]]
    found = (AuditEntry.read(entry) for entry in told)
    return {act(entry) for entry in found if entry.get("actor.id")}


def act(entry: AuditEntry) -> tuple[str, str, Any]:
    """Who did what when."""
    return str(entry.get("actor.id")), entry.operation, entry.at


@clause("A-201")
def test_what_is_filed_is_classified_put_in_order_and_complete(stories: Stories, public: Public) -> None:
    """Each message has a class that the archive names, a number without a gap and a name; record, decision, publicities are among them."""
    tender = stories.finished()
    archive = stories.supervisor().archive(tender.section).value
    classes = [one["no"] for one in archive.get("items", [])]
    numbered = [entry["number"] for entry in archive.entries]
    messages = filed(stories.supervisor(), archive, public)
    record = public.published_opening_record(tender.section).value

    assert [entry["name"] for entry in archive.entries if entry["item"] not in classes or not entry.get("name")] == []
    assert numbered == list(range(1, len(numbered) + 1))
    assert [one.item for one in messages] == sorted(one.item for one in messages)
    assert archive.root == root(archive)
    assert len(messages) == len({one.text for one in messages})
    for kind, words in (("opening_record", str(record.get("sha256"))), ("candidates_publicity", ""), ("award", ""), ("result", "")):
        assert any(one.kind == kind and words in one.text for one in messages), kind


def root(archive: Archive) -> str:
    """What binds the digests of an archive, as RFC 8785 writes a list of plain words."""
    return hashlib.sha256(json.dumps([entry["sha256"] for entry in archive.entries], separators=(",", ":")).encode()).hexdigest()
