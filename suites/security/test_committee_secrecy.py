"""Who judges, and what is judged, is nobody else's knowledge while it goes on (评标委员会名单和评标过程的保密)."""

import base64
import json
import re
from collections.abc import Iterator

import pytest

from tenderproof.testing import Expert, Public, Stories, Tender, View, Views, clause, papers

_HEADER = re.compile(r"eyJ[\w-]+")  # of a signature: base64url of a JSON object
_MESSAGE = re.compile(r"\bM[A-Za-z0-9+/]{200,}={0,2}")


def outside(tender: Tender, stories: Stories, public: Public) -> Iterator[tuple[str, Public]]:
    """Who has no part in the evaluation; supervision, which by law watches how committees are made (实施条例 第四十六条), is left out."""
    yield "tenderee", tender.tenderee
    yield "bidder", tender.bidders[0]
    yield "verifier", stories.verifier()
    yield "administrator", stories.administrator()
    yield "auditor", stories.auditor()
    yield "uninvolved bidder", stories.bidder()
    yield "public", public


def told(view: View) -> str:
    """All that an answer tells: its words, and the names in the certificates of signatures that it carries."""
    words = "\n".join(view.leaves.values())
    carried = [_carried(message) for message in set(_MESSAGE.findall(words))]
    return "\n".join([words, *(certified for header in set(_HEADER.findall(words)) for certified in _certified(header)), *carried])


def _carried(message: str) -> str:
    """What a signed message by SM2 (GB/T 35275, in base64) brings along: the signer's certificate names the signer in it."""
    try:
        return base64.b64decode(message, validate=True).decode("utf-8", "ignore")
    except ValueError:
        return ""


def _certified(header: str) -> list[str]:
    try:
        protected = json.loads(base64.urlsafe_b64decode(header + "=" * (-len(header) % 4)))
        return [base64.b64decode(octets).decode("utf-8", "ignore") for octets in protected.get("x5c", [])]
    except (ValueError, AttributeError, TypeError):
        return []


def who_is_named(views: Views, actor: Public, tender: Tender, members: tuple[Expert, ...]) -> set[str]:
    """Where somebody reads a member's name, number or account about a tender."""
    known = [(expert.identity.name, expert.identity.uscc, expert.me().value.id) for expert in members]
    return {
        f"{operation}: {words[0]}"
        for operation, view in views.everything(actor, tender).items()
        for words in known
        if any(said and said in told(view) for said in words)
    }


@clause("LAW-TL-37-2", "A-134")
@pytest.mark.waits
def test_who_is_on_the_committee_is_known_to_no_outsider_before_the_result(stories: Stories, views: Views, public: Public) -> None:
    """From the drawing to the candidates' publicity neither lists, notices, records, reports nor the audit trail name a member.

    Each member finds its own seat all the while; when the result is published the tenderee reads every name.
    """
    tender = stories.committee()
    at_once = who_is_named(views, tender.owner, tender, tender.experts)
    stories.publicity(tender)
    later = {role: (actor, who_is_named(views, actor, tender, tender.experts)) for role, actor in outside(tender, stories, public)}
    later["tenderee at the beginning"] = (tender.owner, at_once)
    without = stories.opened() if any(said for _, said in later.values()) else tender  # where a like name stands without a committee too
    known = {role: said - who_is_named(views, actor, without, tender.experts) if said else said for role, (actor, said) in later.items()}
    seated = [
        any(found.get("section_id") == tender.section.id for found in expert.assignments(tender.section).value) for expert in tender.experts
    ]
    stories.awarded(tender)
    after = {member["name"] for member in tender.owner.committee(tender.section).value.members}

    assert all(seated)
    assert {where: said for where, said in known.items() if said} == {}
    assert after == {expert.identity.name for expert in tender.experts}


@clause("LAW-TL-37-2", "A-134")
def test_a_drawing_does_not_tell_who_was_drawn(stories: Stories) -> None:
    """Neither the answer to the drawing, nor the drawing when it is read again, nor the committee formed of it names an expert."""
    tender = stories.opened()
    drawn = tender.owner.draw_experts(tender.section, papers.draw(tender)).value
    formed = tender.owner.form_committee(tender.section, papers.committee(tender, [drawn.draw_id])).value
    seen = str([drawn.raw, tender.owner.draw(tender.section, drawn.draw_id).value.raw, formed.raw])

    assert (drawn.drawn, formed.experts) == (tender.facts.committee, tender.facts.committee)
    members = stories.assigned(tender)
    assert [person.identity.name for person in members if person.identity.name in seen or person.me().value.id in seen] == []


@clause("EB-33-1", "A-146")
@pytest.mark.waits
def test_only_the_committee_reads_the_bids_and_what_it_makes_of_them(stories: Stories, views: Views, public: Public) -> None:
    """To everybody else a section looks the same before and after the scores are given; an expert of no seat is refused everything."""
    tender, elsewhere = stories.evaluating(), stories.evaluating()
    bid = tender.bids[-1]
    seated = {expert.identity.account for expert in tender.experts}
    stranger = next(expert for expert in stories.experts() if expert.identity.account not in seated)
    watching = {"tenderee": tender.owner, "bidder": tender.bids[0].bidder, "verifier": tender.verifier, "expert of no seat": stranger}
    before = {role: views.everything(actor, tender) for role, actor in watching.items()}
    for expert in tender.experts:
        expert.score(bid.receipt, papers.scores(tender, bid)).require()
    read = tender.experts[0].bids_under_evaluation(tender.section).value
    offered = str(bid.sealed.facts["responses"]["1"])

    assert offered in str([shown.raw for shown in read])
    after = {
        role: views.everything(actor, tender) for role, actor in [*watching.items(), ("auditor", stories.auditor()), ("public", public)]
    }
    for role, actor in watching.items():
        seen = views.changes(before[role], after[role], actor, tender)
        assert not seen, f"{role} sees the evaluation go on: {'; '.join(map(str, seen[:5]))}"
    assert [role for role, seen in after.items() if any(offered in told(view) for view in seen.values())] == []
    assert all(refusals(stranger, tender))
    assert tender.owner.evaluation_summary(tender.section).refused
    colleagues = [expert for expert in elsewhere.experts if expert.identity.account not in seated]
    assert all(expert.bids_under_evaluation(tender.section).refused for expert in colleagues), (
        "a member of another committee reads these bids"
    )


def refusals(person: Expert, tender: Tender) -> list[bool]:
    """Whether somebody is refused all that a member may do."""
    bid = tender.bids[0]
    return [
        person.bids_under_evaluation(tender.section).refused,
        person.evaluation_document(tender.section).refused,
        person.evaluation_summary(tender.section).refused,
        person.queries(tender.section).refused,
        person.score(bid.receipt, papers.scores(tender, bid)).refused,
        person.reject_bid(bid.receipt, "资格不合格", "无").refused,
    ]


@clause("A-156", "EB-33-1")
def test_a_member_reads_and_judges_only_while_the_evaluation_is_open(stories: Stories) -> None:
    """Before it begins and after the last signature no member reads or scores a bid; in between they do, and the reading is on record."""
    tender = stories.committee()
    member, bid = tender.experts[0], tender.bids[0]
    before = member.bids_under_evaluation(tender.section), member.score(bid.receipt, papers.scores(tender, bid))
    stories.evaluating(tender)
    during = member.bids_under_evaluation(tender.section), member.score(bid.receipt, papers.scores(tender, bid))
    stories.awarded(tender)
    after = member.bids_under_evaluation(tender.section), member.score(bid.receipt, papers.scores(tender, bid))

    assert all(answer.accepted for answer in during)
    assert all(answer.refused for answer in (*before, *after))
    trail = stories.auditor().audit_entries(object=tender.section.id).value
    account = member.me().value.id
    assert [entry for entry in trail if entry.operation == "evaluation.bids" and entry.actor.get("id") == account]


def plain(value: object) -> str:
    """A value of a bid by what it says: names within it stand in no order, and a number is its digits."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str) if isinstance(value, dict | list) else str(value)


@clause("B-023")
def test_the_bid_that_is_judged_is_the_bid_that_its_bidder_decrypted(stories: Stories) -> None:
    """Every member reads of every bid, the changed one too, exactly what the bidder sealed last, and no bid more or less."""
    tender = stories.bidding(bidders=3)
    first = tender.bidders[0]
    first.deliver(first.sealed_bid(tender.section, papers.bid(tender, 0).but(price="7999999.99", quality="旧版"))).require()
    stories.evaluating(stories.sealed(tender))
    wanted = {bid.id: bid.sealed.facts for bid in tender.bids}

    for expert in tender.experts:
        read = {shown.bid_id: shown.content for shown in expert.bids_under_evaluation(tender.section).value}
        assert set(read) == set(wanted)
        for ident, facts in wanted.items():
            differs = {name: read[ident].get(name) for name, value in facts.items() if plain(read[ident].get(name)) != plain(value)}
            assert not differs, f"what is judged differs from what was sealed: {differs}"
