"""Inviting bidders: at least three different ones, each told, each answering in time (投标邀请)."""

from datetime import datetime, timedelta

import pytest

from tenderproof.testing import DAY, HOUR, Bidder, Clock, Content, Identities, Invitation, Person, Plan, Stories, Tender, clause, papers

_OTHERS = {"not_found", "not_permitted"}
_SCOPE = "路基、路面、排水、照明"


def received(bidder: Bidder, tender: Tender) -> list[Invitation]:
    """The invitations to this tender that reached a bidder."""
    return [found for found in bidder.my_invitations().value if found.section_id == tender.section.id]


def qualified(stories: Stories, identities: Identities, qualification: str, region: str) -> Person:
    """A new bidder, verified, with this qualification, in this region."""
    person = stories.applicant(identities.fresh("bidder"))
    facts = {"region_code": region, "qualifications": [{"name": qualification, "number": "D111000001"}]}
    person.change_registration(facts).require()
    stories.verifier().verify(person.submit_registration().value, source="国家企业信用信息公示系统").require()
    return person


@clause("LAW-TL-17", "B-006")
def test_fewer_than_three_different_bidders_cannot_be_invited(stories: Stories, plan: Plan) -> None:
    """Two, and two of whom one is named twice, are refused and nobody is told; three are invited."""
    fewest = plan.whole("invitees_min")
    tender = stories.created(mode="invited")
    bidders = stories.bidders(fewest)
    ids = [bidder.me().value.registration_id for bidder in bidders]
    few = tender.owner.invite(tender.section, papers.invitation(tender, ids[:-1]))
    twice = tender.owner.invite(tender.section, papers.invitation(tender, [*ids[:-1], ids[0]]))
    told = [found for bidder in bidders for found in bidder.my_invitations().value if found.section_id == tender.section.id]

    assert few.refused_because == "too_few_invitees"
    assert twice.refused_because == "too_few_invitees"
    assert told == []
    assert tender.owner.invite(tender.section, papers.invitation(tender, ids)).accepted
    assert len(tender.owner.invitations(tender.section).value) == fewest


@clause("A-57")
def test_an_invitation_reaches_everybody_who_is_invited_and_nobody_else(stories: Stories) -> None:
    """Each invited bidder finds the invitation with what the owner wrote, and a message; another bidder finds neither."""
    tender = stories.created(mode="invited")
    *invited, other = stories.bidders(4)
    paper = papers.invitation(tender, [bidder.me().value.registration_id for bidder in invited])
    tender.owner.invite(tender.section, paper).require()
    found = {
        bidder.identity.name: [one for one in bidder.my_invitations().value if one.section_id == tender.section.id]
        for bidder in (*invited, other)
    }
    told = [bidder.identity.name for bidder in (*invited, other) if tender.section.id in str([m.raw for m in bidder.messages().value])]

    assert {name: len(ones) for name, ones in found.items()} == {**{b.identity.name: 1 for b in invited}, other.identity.name: 0}
    assert {one.get("content.scope") for ones in found.values() for one in ones} == {paper.at("content.scope")}
    assert told == [bidder.identity.name for bidder in invited]


@clause("A-58")
def test_an_invitation_is_answered_until_its_time_is_over_and_the_owner_reads_the_answer(stories: Stories, clock: Clock) -> None:
    """A second before the end one accepts, one declines; at the end it is too late. The owner reads both; nobody answers for another."""
    tender = stories.created(mode="invited")
    bidders = stories.bidders(3)
    until = clock.now(tender) + timedelta(days=5)
    ids = [bidder.me().value.registration_id for bidder in bidders]
    tender.owner.invite(tender.section, papers.invitation(tender, ids, until)).require()
    mine = [found for bidder in bidders for found in bidder.my_invitations().value if found.section_id == tender.section.id]
    assert len(mine) == len(bidders), "not everybody invited reads one invitation"
    foreign = bidders[1].reply_invitation(mine[0], accept=True)
    clock.move_before(tender, until)
    accepted = bidders[0].reply_invitation(mine[0], accept=True)
    declined = bidders[1].reply_invitation(mine[1], accept=False, reason="工期冲突")
    clock.move_to(tender, until)
    late = bidders[2].reply_invitation(mine[2], accept=True)
    read = {found.id: found for found in tender.owner.invitations(tender.section).value}

    assert foreign.refused_because in _OTHERS
    assert accepted.accepted
    assert declined.accepted
    assert late.refused_because == "reply_overdue"
    assert {one.id for one in mine} == set(read)
    assert [read[one.id].get("accepted") for one in mine] == [True, False, None]
    assert read[mine[1].id].get("reason") == "工期冲突"


@clause("A-55")
def test_an_invitation_is_created_changed_deleted_and_submitted_and_can_be_queried(stories: Stories) -> None:
    """Nobody is told of a draft; as changed it is submitted, then its invitees and its owner find it; what is deleted reaches nobody."""
    tender = stories.created(mode="invited")
    bidders = stories.bidders(3)
    paper = papers.invitation(tender, [bidder.me().value.registration_id for bidder in bidders])
    first, second = (tender.owner.draft_invitation(tender.section, paper) for _ in range(2))
    assert [first.accepted, second.accepted] == [True, True]
    changed = tender.owner.change_invitation(first.value, {"content": {"scope": _SCOPE}})
    deleted = tender.owner.delete_invitation(second.value)
    kept, gone = tender.owner.invitation_draft(first.value), tender.owner.invitation_draft(second.value)
    listed = [draft.id for draft in tender.owner.invitation_drafts(tender.section).value]
    assert changed.accepted
    assert deleted.accepted
    assert kept.accepted
    before = [received(bidder, tender) for bidder in bidders]
    submitted = tender.owner.submit_invitation(kept.value)
    after = [received(bidder, tender) for bidder in bidders]
    sent = tender.owner.invitations(tender.section).value

    assert [kept.value.get("content.scope"), kept.value.get("content.place")] == [_SCOPE, paper.at("content.place")]
    assert gone.refused_because == "not_found"
    assert listed == [first.value.id]
    assert submitted.accepted
    assert before == [[], [], []]
    assert [[one.get("content.scope") for one in found] for found in after] == [[_SCOPE]] * 3
    assert {one.id for one in sent} == {one.id for found in after for one in found}


@clause("A-56")
def test_bidders_that_could_be_invited_are_found_by_the_conditions_asked_for(stories: Stories, identities: Identities) -> None:
    """Of two bidders the condition selects the one that meets it: its qualification, its region; without a condition both are found."""
    road = qualified(stories, identities, "公路工程施工总承包一级", "110101")
    bridge = qualified(stories, identities, "桥梁工程专业承包一级", "310101")
    tenderee = stories.tenderee()
    named = {road.identity.uscc: "road", bridge.identity.uscc: "bridge"}
    asked: list[dict[str, str]] = [
        {},
        {"qualification": "公路工程施工总承包一级"},
        {"qualification": "桥梁工程专业承包一级"},
        {"region": "110101"},
        {"region": "310101"},
        {"qualification": "公路工程施工总承包一级", "region": "310101"},
    ]
    found = [sorted(named[one.uscc] for one in tenderee.find_bidders(**query).value if one.uscc in named) for query in asked]

    assert found == [["bridge", "road"], ["road"], ["bridge"], ["road"], ["bridge"], []]


@clause("B-007")
@pytest.mark.parametrize("category", ["goods", "services"])
def test_after_a_prequalification_in_government_procurement_chance_chooses_who_is_invited(
    stories: Stories, clock: Clock, plan: Plan, category: str
) -> None:
    """Named by the tenderee they are not invited; drawn they are: so many, all of them passed, not always the same places in the list."""
    fewest, places = plan.whole("invitees_min"), []
    for _ in range(_DRAWS):
        tender, passed = procured(stories, fewest + 3, category)
        ids = [bidder.me().value.registration_id for bidder in passed]
        paper = after_prequalification(tender, clock.now(tender))
        by_hand = tender.owner.invite(tender.section, paper.but(bidder_ids=ids[:fewest]))
        unseen = [one for one in passed[0].my_invitations().value if one.section_id == tender.section.id]
        assert by_hand.refused_because == "random_choice_needed"
        assert unseen == []

        assert tender.owner.draw_invitees(tender.section, paper.but(count=fewest - 1)).refused_because == "too_few_invitees"
        assert tender.owner.draw_invitees(tender.section, paper.but(count=fewest)).accepted
        invited = [n for n, one in enumerate(passed) if tender.section.id in {i.section_id for i in one.my_invitations().value}]
        assert len(invited) == len(tender.owner.invitations(tender.section).value) == fewest
        places.append(invited)
        if len({str(drawn) for drawn in places}) > 1:
            return
    assert len({str(drawn) for drawn in places}) > 1, f"{_DRAWS} draws of {fewest} among {fewest + 3} chose the same places"


_DRAWS = 6  # all alike by chance: (1/20)^5, three in ten million


def after_prequalification(tender: Tender, now: datetime) -> Content:
    """An invitation without names whose times follow the prequalification."""
    times = {"document_from": now + HOUR, "document_until": now + 16 * DAY, "bid_deadline": now + 30 * DAY, "opening_at": now + 30 * DAY}
    paper = papers.invitation(tender, [], now + 5 * DAY).without("bidder_ids")
    for name, moment in times.items():
        paper = paper.putting(f"content.{name}", moment)
    return paper


def procured(stories: Stories, number: int, category: str) -> tuple[Tender, list[Bidder]]:
    """A government procurement whose applicants have all passed the prequalification but one."""
    tender = stories.applications_opened(bidders=number + 1, government_procurement=True, category=category)
    *passed, failed = tender.applications
    content = Content(passed=[application.id for application in passed], reasons={failed.id: "业绩不满足要求"})
    tender.owner.decide_prequalification(tender.section, content).require()
    return tender, [application.bidder for application in passed]
