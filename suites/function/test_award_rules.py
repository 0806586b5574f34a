"""From the candidates to the award: who may win, when it may be said, and that all are told at once (定标)."""

from datetime import datetime

from tenderproof.testing import DAY, HOUR, SECOND, Calendar, Clock, Plan, Public, Stories, clause, papers


@clause("LAW-RG-53", "B-026")
def test_at_most_three_candidates_are_recommended_in_rank_and_all_members_sign(stories: Stories, plan: Plan) -> None:
    """A fourth candidate and ranks that are none are refused; while one signature is missing the report is not complete."""
    most = plan.whole("candidates_max")
    tender = stories.evaluating(bidders=most + 1)
    for expert in tender.experts:
        for bid in tender.bids:
            expert.score(bid.receipt, papers.scores(tender, bid)).require()
        expert.finalise_scores(tender.section).require()
    chair = stories.chair(tender)
    lawful = papers.report(tender)
    all_of_them = [{"bid_id": bid.id, "rank": rank} for rank, bid in enumerate(tender.ranking, 1)]
    same_rank = [{**candidate, "rank": 1} for candidate in lawful["candidates"]]

    assert chair.draft_report(tender.section, lawful.but(candidates=all_of_them)).refused_because == "too_many_candidates"
    assert chair.draft_report(tender.section, lawful.but(candidates=same_rank)).refused_because == "ranks_invalid"
    chair.draft_report(tender.section, lawful).require()
    for expert in tender.experts[:-1]:
        expert.sign_report(tender.section).require()
    assert tender.owner.report(tender.section).refused, "the owner obtains a report that one member has not signed"
    tender.experts[-1].sign_report(tender.section).require()
    assert tender.owner.report(tender.section).accepted


@clause("LAW-RG-54-1", "B-028")
def test_candidates_are_public_for_three_days_and_a_late_start_is_noticed(
    stories: Stories, clock: Clock, plan: Plan, calendar: Calendar, public: Public
) -> None:
    """Too short by every reading is refused, long enough by every reading is taken and announced; a late beginning raises an alert."""
    tender = stories.evaluated()
    report, starts = clock.now(tender), clock.now(tender) + HOUR
    bounds = calendar.earliest(plan.parameter("publicity_days").counting or "", starts, plan.whole("publicity_days"))
    paper = papers.publicity(tender, starts)

    assert tender.owner.publish_candidates(tender.section, paper.but(ends_at=bounds.last_unlawful)).refused_because == "publicity_too_short"
    in_time = [alert.code for alert in tender.owner.alerts(tender.section).value]
    late = stories.evaluated()
    clock.move_to(late, clock.now(late) + (plan.whole("publicity_start_days") + 6) * DAY)
    warned = [alert.code for alert in late.owner.alerts(late.section).value]
    assert "publicity_late" not in in_time
    assert "publicity_late" in warned
    assert tender.owner.publish_candidates(tender.section, paper.but(ends_at=bounds.first_lawful)).accepted
    assert report < starts
    tender.verifier.review_candidates(tender.section).require()
    assert datetime.fromisoformat(public.published_candidates(tender.section).value.get("content.ends_at")) == bounds.first_lawful


@clause("LAW-RG-55", "B-027", "A-168")
def test_the_first_in_rank_wins_unless_a_listed_ground_is_recorded(stories: Stories, clock: Clock) -> None:
    """For state-funded compulsory projects rank two without a ground, or with one of its own making, is refused; a stranger always."""
    tender = stories.publicity()
    clock.move_to(tender, clock.now(tender) + (tender.facts.publicity_days + 1) * DAY)
    second, lawful = tender.ranking[1], papers.award(tender)

    assert tender.tenderee.decide_award(tender.section, lawful.but(bid_id=second.id)).refused_because == "rank_one_required"
    invented = lawful.but(bid_id=second.id, ground="报价虽高但更熟悉", evidence="无")
    assert tender.tenderee.decide_award(tender.section, invented).refused_because == "rank_one_required"
    assert tender.tenderee.decide_award(tender.section, lawful.but(bid_id="no-such-bid")).refused_because == "not_a_candidate"
    assert tender.tenderee.decide_award(tender.section, lawful).accepted
    other = stories.publicity()
    clock.move_to(other, clock.now(other) + (other.facts.publicity_days + 1) * DAY)
    grounded = papers.award(other).but(bid_id=other.ranking[1].id, ground="renounced", evidence="放弃中标函")
    assert other.tenderee.decide_award(other.section, grounded).accepted
    assert other.tenderee.award(other.section).value.bid_id == other.ranking[1].id


@clause("EB-35-1")
def test_nothing_is_decided_while_the_candidates_are_public(stories: Stories, clock: Clock) -> None:
    """One second before the end of the publicity the decision is refused, after it it is taken."""
    tender = stories.publicity()
    assert tender.publicity is not None
    ends = datetime.fromisoformat(tender.publicity.get("ends_at") or tender.publicity.get("content.ends_at"))
    clock.move_to(tender, ends - SECOND)
    early = tender.tenderee.decide_award(tender.section, papers.award(tender))
    clock.move_to(tender, ends + DAY)
    on_time = tender.tenderee.decide_award(tender.section, papers.award(tender))

    assert early.refused_because == "publicity_running"
    assert on_time.accepted


@clause("LAW-TL-45", "EB-36-1")
def test_winner_and_losers_are_told_at_the_same_moment(stories: Stories) -> None:
    """The award notice and every result notice carry one moment; no bidder is left out, and each is told the own outcome."""
    tender = stories.awarded(bidders=4)
    told = {}
    for bid in tender.bids:
        inbox = [message for message in bid.bidder.messages(tender.section).value if message.get("section_id") == tender.section.id]
        mine = [message for message in inbox if message.type in {"award_notice", "result_notice"}]
        assert len(mine) == 1, f"{bid.bidder.identity.name} has {len(mine)} notices"
        told[bid.id] = mine[0]

    assert {message.sent_at for message in told.values()} == {told[tender.winner.id].sent_at}
    assert told[tender.winner.id].type == "award_notice"
    assert {told[bid.id].type for bid in tender.losers} == {"result_notice"}
