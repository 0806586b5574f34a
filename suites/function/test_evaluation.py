"""The evaluation: by what bids are judged, how scores become a ranking, what the committee asks, and the report (评标)."""

from decimal import Decimal

import pytest

from tenderproof.testing import (
    DAY,
    HOUR,
    SECOND,
    Assignment,
    Clock,
    Content,
    Expert,
    Missing,
    Plan,
    Public,
    Stories,
    Tender,
    clause,
    papers,
    signatures,
)


def scored(tender: Tender) -> None:
    """Every member gives every bid the scores of the papers and declares them final."""
    for expert in tender.experts:
        for bid in tender.bids:
            expert.score(bid.receipt, papers.scores(tender, bid)).require()
        expert.finalise_scores(tender.section).require()


@clause("A-136")
def test_the_committee_judges_by_the_documents_with_every_clarification_and_change(stories: Stories, clock: Clock) -> None:
    """What is in force for the committee is the document as it was last changed, with all that was issued about it."""
    tender = stories.bidding(bidders=3)
    issued = (
        papers.clarification("第一次澄清：道路标高以图纸为准。"),
        papers.clarification("第二次澄清：解密时间改为九十分钟。").but(kind="change", changes={"decryption_minutes": 90}),
    )
    for paper in issued:
        clock.move_to(tender, clock.now(tender) + HOUR)
        tender.owner.clarify(tender.section, paper).require()
    stories.evaluating(tender)
    shown = tender.experts[0].evaluation_document(tender.section).value

    assert [paper["text"] for paper in issued if paper["text"] not in str(shown.get("clarifications"))] == []
    assert shown.get("effective.decryption_minutes") == issued[1]["changes"]["decryption_minutes"]
    chapters = {chapter["title"] for chapter in shown.get("effective.chapters")}
    assert chapters >= {"投标人须知", "评标办法", "合同条款", "技术标准和要求"}


@clause("A-137")
def test_the_forms_of_the_evaluation_are_the_factors_of_the_document(stories: Stories) -> None:
    """The committee's forms have the document's method and factors, each with its full score, and no other."""
    tender = stories.evaluating()
    shown = tender.experts[0].evaluation_document(tender.section).value
    wanted = {factor["no"]: (factor["name"], Decimal(factor["max_score"]), factor["criteria"]) for factor in papers.factors()}

    assert shown.get("method") == tender.facts.method
    found = {str(form["no"]): (form["name"], Decimal(form["max_score"]), form["criteria"]) for form in shown.get("forms")}
    assert found == wanted
    assert len(shown.get("forms")) == len(wanted)


@clause("A-140")
def test_a_score_is_for_a_factor_of_the_document_and_within_what_it_gives(stories: Stories) -> None:
    """The full score and none are taken; a hundredth more, less than nothing, and a factor of one's own are refused and not kept."""
    tender = stories.evaluating()
    expert, (bid, other, *_) = tender.experts[0], tender.bids
    factor = papers.factors()[0]
    number, most = factor["no"], Decimal(factor["max_score"])

    assert expert.score(bid.receipt, {number: most}).accepted
    assert expert.score(other.receipt, {number: Decimal(0)}).accepted
    for wrong in ({number: most + Decimal("0.01")}, {number: Decimal("-0.01")}, {"99": Decimal(1)}):
        assert expert.score(bid.receipt, wrong).refused_because in {"score_out_of_range", "invalid_content"}
    kept = expert.evaluation_summary(tender.section).value.get("scores")
    assert [Decimal(one["score"]) for one in kept if one["bid_id"] == bid.id] == [most]
    assert {str(one["factor_no"]) for one in kept} == {number}


@clause("A-132")
def test_who_has_no_duty_for_a_factor_does_not_score_it_and_the_totals_are_of_those_who_have(stories: Stories) -> None:
    """The chair divides the factors; each member finds its part, scores that and no other, and is not waited for elsewhere."""
    tender = stories.evaluating()
    chair = stories.chair(tender)
    numbers = {expert.identity.account: seat(tender, expert).get("number") for expert in tender.experts}
    technical, others = tender.experts[:3], tender.experts[3:]
    parts = {expert.identity.account: ["1"] if expert in technical else ["2", "3"] for expert in tender.experts}
    duties = [{"member": numbers[who], "duty": "技术评审" if part == ["1"] else "商务评审", "factors": part} for who, part in parts.items()]
    chair.divide_work(tender.section, Content(duties=duties)).require()
    told = {expert.identity.account: seat(tender, expert).get("factors") for expert in tender.experts}
    bid = tender.bids[0]
    strange = technical[0].score(bid.receipt, {"2": 1}), others[0].score(bid.receipt, {"1": 1})
    kept = technical[0].evaluation_summary(tender.section).value.get("scores")
    for place, expert in enumerate(tender.experts):
        for one in tender.bids:
            points = {"1": 30 + place} if expert in technical else {"2": 10 + place, "3": 20}
            expert.score(one.receipt, points).require()
    final = [expert.finalise_scores(tender.section) for expert in tender.experts]

    assert told == parts
    assert [answer.accepted for answer in strange] == [False, False]
    assert list(kept) == []
    assert [answer.accepted for answer in final] == [True] * len(tender.experts)
    summary = chair.evaluation_summary(tender.section).value
    expected = Decimal(30 + 31 + 32) / 3 + Decimal(13 + 14) / 2 + 20
    assert {Decimal(one["total"]) for one in summary.bids} == {expected}


def seat(tender: Tender, expert: Expert) -> Assignment:
    """A member's own seat on the committee of a tender."""
    mine = [found for found in expert.assignments(tender.section).value if found.get("section_id") == tender.section.id]
    if not mine:
        raise Missing(f"{expert.identity.name} finds no seat of its own")
    return mine[0]


@clause("A-144")
def test_the_scores_of_all_members_are_added_up_by_the_platform(stories: Stories) -> None:
    """Where all members agree the total is what each of them gave; every member's every score is in the summary."""
    tender = stories.evaluating()
    scored(tender)
    summary = stories.chair(tender).evaluation_summary(tender.section).value
    agreed = {bid.id: sum(papers.scores(tender, bid).values(), Decimal(0)) for bid in tender.bids}

    assert {one["bid_id"]: Decimal(one["total"]) for one in summary.bids} == agreed
    given = [(one["member"], one["bid_id"], str(one["factor_no"])) for one in summary.get("scores")]
    assert len(given) == len(set(given)) == len(tender.experts) * len(tender.bids) * len(papers.factors())
    assert all(Decimal(one["score"]) <= agreed[one["bid_id"]] for one in summary.get("scores"))


@clause("A-145")
def test_bids_are_ranked_by_what_the_method_of_the_document_makes_first(stories: Stories) -> None:
    """By scores the highest total is first though it came last and costs most; by price the lowest is, whenever it came."""
    by_score = stories.evaluating()
    for expert in by_score.experts:
        for place, bid in enumerate(by_score.bids):
            expert.score(bid.receipt, {"1": 20 + 5 * place, "2": 10 + place, "3": 20 + place}).require()
        expert.finalise_scores(by_score.section).require()
    summary = stories.chair(by_score).evaluation_summary(by_score.section).value
    falling = [Decimal("9000000.00"), Decimal("8500000.00"), Decimal("8000000.00")]
    by_price = stories.evaluating(method="lowest_price", prices=falling)
    for expert in by_price.experts:
        for place, bid in enumerate(by_price.bids):
            expert.score(bid.receipt, {"1": 40 - 5 * place, "2": 20 - place, "3": 40 - place}).require()
        expert.finalise_scores(by_price.section).require()
    cheapest = stories.chair(by_price).evaluation_summary(by_price.section).value

    for found, tender in ((summary, by_score), (cheapest, by_price)):
        ranks = {one["bid_id"]: one["rank"] for one in found.bids}
        assert ranks == {bid.id: len(tender.bids) - number for number, bid in enumerate(tender.bids)}


@clause("EB-33-2", "A-142")
def test_the_committee_asks_one_bidder_and_only_that_bidder_answers_through_the_platform(stories: Stories, clock: Clock) -> None:
    """The question reaches the bidder whose bid it is about and no other; its answer stands word for word, once, and in its time."""
    tender = stories.evaluating()
    asked, other, *_ = tender.bids
    until = clock.now(tender) + HOUR
    question = Content(text="请说明第三章所列工期的计算依据。", reply_until=until)
    query = tender.experts[0].send_query(asked.receipt, question).value
    second = tender.experts[0].send_query(asked.receipt, question).value

    mine = {one.id: one for one in asked.bidder.queries(tender.section).value}
    assert query.id in mine
    assert (mine[query.id].text, mine[query.id].reply_until, mine[query.id].bid_id) == (question["text"], until, asked.id)
    assert other.bidder.queries(tender.section).given in ((), None)
    assert "第三章所列工期" not in str([message.raw for message in other.bidder.messages().value])
    assert other.bidder.reply_query(query, "由他人代答").refused
    clock.move_to(tender, until - SECOND)
    assert asked.bidder.reply_query(query, "按关键线路法计算。").accepted
    assert asked.bidder.reply_query(query, "改口").refused
    clock.move_to(tender, until)
    assert asked.bidder.reply_query(second, "迟到").refused_because == "reply_overdue"
    seen = {one.id: one for one in tender.experts[1].queries(tender.section).value}
    assert {query.id, second.id} <= set(seen)
    assert (seen[query.id].get("reply.text"), seen[query.id].bid_id) == ("按关键线路法计算。", asked.id)
    assert not seen[second.id].says("reply.text")


@clause("EB-34-1", "LAW-RG-53", "A-151")
def test_the_report_goes_to_the_tenderee_as_the_members_have_signed_it(stories: Stories, public: Public) -> None:
    """What was edited last is what is signed and delivered, under the platform's signature; once signed it is not changed."""
    tender = stories.evaluating()
    scored(tender)
    chair = stories.chair(tender)
    lawful = papers.report(tender)
    chair.draft_report(tender.section, lawful).require()
    chair.draft_report(tender.section, lawful.but(text="评标报告第二稿：补充说明评审过程。")).require()
    before = tender.owner.report(tender.section)
    for number, expert in enumerate(tender.experts):
        expert.sign_report(tender.section).require()
        if not number:
            changed = chair.draft_report(tender.section, lawful.but(text="签字后改动"))
    delivered = tender.owner.report(tender.section).value

    assert before.refused
    assert changed.refused
    assert delivered.text == "评标报告第二稿：补充说明评审过程。"
    wanted = [(bid.id, rank) for rank, bid in enumerate(tender.ranking, 1)]
    assert [(one["bid_id"], one["rank"]) for one in delivered.candidates] == wanted
    assert signatures.holds(delivered.raw, public.platform().value.get("trust_anchors")) is not None
    assert len(delivered.signatures) == len(tender.experts)
    told = [message for message in tender.owner.messages(tender.section).value if message.get("object") == delivered.id]
    assert told, "the tenderee is not told of the report"


@clause("B-024")
def test_government_procurement_with_too_few_responsive_bids_recommends_nobody(stories: Stories, plan: Plan) -> None:
    """With one responsive bid fewer than three nobody can be recommended; the same with three is recommended."""
    enough = plan.whole("bidders_min")
    found = {}
    for remaining in (enough - 1, enough):
        tender = stories.evaluating(bidders=enough + 1, government_procurement=True)
        chair = stories.chair(tender)
        rejected = tender.ranking[remaining:]
        for bid in rejected:
            chair.reject_bid(bid.receipt, "未实质性响应", "工期不响应").require()
        for expert in tender.experts:
            for bid in tender.ranking[:remaining]:
                expert.score(bid.receipt, papers.scores(tender, bid)).require()
            expert.finalise_scores(tender.section).require()
        best = [{"bid_id": bid.id, "rank": rank} for rank, bid in enumerate(tender.ranking[:remaining], 1)]
        named = [bid.id for bid in rejected]
        found[remaining] = chair.draft_report(tender.section, papers.report(tender).but(candidates=best, rejected=named))

    assert found[enough - 1].refused_because == "too_few_responsive"
    assert found[enough].accepted


@clause("A-166")
def test_a_committee_that_recommends_decides_nothing_itself(stories: Stories) -> None:
    """Where the document lets the committee recommend, its report awards nothing: until the tenderee decides there is no award."""
    tender = stories.evaluated(award_by="tenderee")
    undecided = tender.owner.award(tender.section)

    assert not (undecided.accepted and undecided.value.says("bid_id")), "the committee's recommendation is an award already"
    stories.decided(tender)
    assert tender.owner.award(tender.section).value.bid_id == tender.winner.id


@clause("A-166")
@pytest.mark.parametrize("decides", ["tenderee", "committee"])
def test_whether_the_tenderee_may_choose_is_as_the_document_sets_it(stories: Stories, clock: Clock, decides: str) -> None:
    """Where no rank binds, the tenderee may take the second of the recommended; where the committee decides, its first has won."""
    tender = stories.publicity(award_by=decides, state_funded_dominant=False)
    clock.move_to(tender, clock.now(tender) + (tender.facts.publicity_days + 1) * DAY)
    lawful, second = papers.award(tender), tender.ranking[1]
    chosen = tender.tenderee.decide_award(tender.section, lawful.but(bid_id=second.id))
    if decides == "committee" and not tender.owner.award(tender.section).accepted:
        tender.tenderee.decide_award(tender.section, lawful).require()
    winner = tender.owner.award(tender.section).value.bid_id

    assert chosen.accepted == (decides == "tenderee")
    assert winner == (second.id if decides == "tenderee" else tender.winner.id)
