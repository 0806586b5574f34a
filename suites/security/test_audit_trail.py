"""The audit trail: what everybody did stands there truly, and nothing can be taken out of it unnoticed (留痕、审计)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from typing import Any

from tenderproof.testing import Answer, AuditEntry, Auditor, Missing, Person, Public, Stories, Tender, clause, signatures


def trail(auditor: Auditor, tender: Tender) -> tuple[AuditEntry, ...]:
    """What the auditor reads about a section."""
    found = auditor.audit_entries(object=tender.section.id).value
    if not found:
        raise Missing("the audit trail says nothing of a section whose tender was run")
    return found


def account(person: Person) -> str:
    """By what the trail names somebody."""
    return person.me().value.id


def has_address(entry: AuditEntry) -> bool:
    """Whether an entry names a network address."""
    try:
        return bool(ip_address(entry.get("address")))
    except ValueError:
        return False


def by_whom(entries: Iterable[AuditEntry], *things: str) -> set[str]:
    """Who did something accepted to a thing."""
    return {entry.actor.get("id") for entry in entries if entry.object in things and entry.outcome == "accepted"}


@clause("EB-49-1")
def test_every_step_is_on_record_with_who_did_it_when_and_from_where(stories: Stories, public: Public) -> None:
    """After the opening each bid is booked to its own bidder, the notice to who reviewed it, all in our time and with a network address."""
    began = public.time().value.now
    tender = stories.opened(bidders=3)
    ended = public.time().value.now
    entries = trail(stories.auditor(), tender)
    people = (tender.owner, tender.verifier, *tender.bidders)
    ours, roles = {account(person) for person in people}, {person.me().value.role for person in people}

    for bid in tender.bids:
        assert by_whom(entries, bid.id) == {account(bid.bidder)}, "a bid is booked to somebody else, or not at all"
    assert account(tender.verifier) in by_whom(entries, tender.notice.id)
    assert account(tender.owner) in by_whom(entries, tender.notice.id)
    assert {entry.actor.get("id") for entry in entries if entry.actor.get("role") in roles} <= ours  # a platform acts by itself, too
    assert [entry.operation for entry in entries if not has_address(entry)] == []
    assert [entry.operation for entry in entries if not began <= entry.at <= ended] == []


@clause("SEC-MLPS-3")
def test_what_was_refused_is_audited_with_its_result_as_what_was_accepted(stories: Stories) -> None:
    """A refused opening by a bidder and a refused early opening by the owner stand beside what was accepted, each with its own result."""
    tender = stories.sealed(bidders=3)
    early = tender.owner.open_bids(tender.section)
    stranger = tender.bidders[0].tries(type(tender.owner).open_bids, tender.section)
    stories.opened(tender)
    entries = [entry for entry in trail(stories.auditor(), tender) if entry.object == tender.section.id]
    of_owner = [entry.outcome for entry in entries if entry.actor.get("id") == account(tender.owner)]
    of_bidder = [entry.outcome for entry in entries if entry.actor.get("id") == account(tender.bidders[0])]

    assert early.refused
    assert stranger.refused
    assert any(str(early.refused_because) in outcome for outcome in of_owner), "the owner's refused act is not on record as refused"
    assert "accepted" in of_owner
    assert any(str(stranger.refused_because) in outcome for outcome in of_bidder), "the bidder's refused act is not on record as refused"


@clause("HN-2.1-10")
def test_an_entry_that_is_removed_or_changed_breaks_the_chain(stories: Stories) -> None:
    """What the auditor reads is numbered without a gap, each entry bound to the one before, and its digest is that of what it says."""
    tender = stories.opened(bidders=3)
    auditor = stories.auditor()
    entries = trail(auditor, tender)
    acts = {entry.operation for entry in entries}

    assert len(acts) > 1, "only one kind of act left a trace"
    assert breaks(entries) == []
    assert auditor.verify_audit().value.get("intact") is True


def breaks(entries: Iterable[AuditEntry]) -> list[str]:
    """The entries that do not fit their chain: a missing number, another predecessor, a digest of something else."""
    chains: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for entry in entries:
        chains[str(entry.get("chain"))].append(entry.raw)
    broken = []
    for name, chain in chains.items():
        ordered = sorted(chain, key=lambda entry: entry["seq"])
        before = [{"seq": 0, "hash": "0" * 64}, *ordered]
        broken += [
            f"{name} {entry['seq']}"
            for last, entry in zip(before, ordered, strict=False)
            if (entry["seq"], entry["previous"], entry["hash"]) != (last["seq"] + 1, last["hash"], digest(entry))
        ]
    return broken


def digest(entry: Mapping[str, Any]) -> str:
    """SHA-256 over an entry's RFC 8785 form without its own digest."""
    return signatures.digest({name: value for name, value in entry.items() if name != "hash"})


@clause("EB-49-3")
def test_nobody_alters_or_deletes_what_is_published_or_delivered(stories: Stories, public: Public) -> None:
    """The owner changes and deletes neither notice nor document, a bidder no bid after the opening; all stays, each try is on record."""
    tender = stories.opened(bidders=3)
    counted, before = (published(tender, public) for _ in range(2))
    attempts: dict[str, Answer[Any]] = {
        "change the notice": tender.owner.change_notice(tender.notice, {"title": "另一公告"}),
        "delete the notice": tender.owner.delete_notice(tender.notice),
        "change the document": tender.owner.change_document(tender.document, {"content.validity_days": 30}),
        "delete the document": tender.owner.delete_document(tender.document),
        "withdraw a bid": tender.bidders[0].withdraw(tender.bids[0].receipt),
    }
    entries = trail(stories.auditor(), tender)
    refused = [entry for entry in entries if entry.outcome != "accepted"]

    assert changed(before, published(tender, public)) <= changed(counted, before)  # reading may be counted
    assert [attempt for attempt, answer in attempts.items() if not answer.refused] == []
    assert {tender.notice.id, tender.document.id, tender.bids[0].id} <= {entry.object for entry in refused}


def changed(before: list[dict[str, Any] | None], after: list[dict[str, Any] | None]) -> set[tuple[int, str]]:
    """What reads otherwise than before, by its number and its field; what is gone, or came, altogether."""
    if len(before) != len(after):
        return {(max(len(before), len(after)), "")}
    return {
        (number, name)
        for number, (one, other) in enumerate(zip(before, after, strict=True))
        for name in {*(one or {}), *(other or {})}
        if (one or {}).get(name) != (other or {}).get(name)
    }


def published(tender: Tender, public: Public) -> list[dict[str, Any] | None]:
    """Notice, documents and opening record as they can be read, without the signature that each answer bears; None is gone."""
    answers: list[Answer[Any]] = [public.published_notice(tender.notice.id), public.published_opening_record(tender.section)]
    read = [answer.value.raw if answer.accepted else None for answer in answers]
    read += [found.raw for found in tender.owner.documents(tender.section).value]
    return [found and {name: value for name, value in found.items() if name != "signature"} for found in read]


@clause("HN-2.1-08")
def test_a_step_out_of_its_order_or_by_another_role_changes_nothing(stories: Stories, public: Public) -> None:
    """Before the opening nobody can evaluate, publish candidates or decide; refused, and the section stands where it stood."""
    tender = stories.sealed(bidders=3)
    state = public.published_section(tender.section).value.get("state")
    owner, bidder = tender.owner, tender.bidders[0]
    attempts: dict[str, Answer[Any]] = {
        "complete the opening": owner.complete_opening(tender.section),
        "start the evaluation": owner.start_evaluation(tender.section),
        "archive": owner.make_archive(tender.section),
        "open, as a bidder": bidder.tries(type(owner).open_bids, tender.section),
        "evaluate, as a bidder": bidder.tries(type(owner).start_evaluation, tender.section),
        "approve candidates": tender.verifier.review_candidates(tender.section),
        "approve a result": tender.verifier.review_result(tender.section),
    }

    assert [attempt for attempt, answer in attempts.items() if not answer.refused] == []
    assert public.published_section(tender.section).value.get("state") == state
    assert stories.opened(tender).stage == "opened"
