"""Inviting bidders: at least three different ones, each told, each answering in time (投标邀请)."""

from datetime import timedelta

from tenderproof.testing import Clock, Plan, Stories, clause, papers

_OTHERS = {"not_found", "not_permitted"}


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
    mine = [next(found for found in bidder.my_invitations().value if found.section_id == tender.section.id) for bidder in bidders]
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
