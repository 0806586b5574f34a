"""The examination of applications: who judges them, by what, with what report, and who confirms (资格预审申请文件的评审)."""

from decimal import Decimal

import pytest

from tenderproof.testing import (
    HOUR,
    SECOND,
    Bid,
    Clock,
    Content,
    Expert,
    Missing,
    Public,
    Stories,
    Tender,
    Views,
    clause,
    papers,
    signatures,
)

_PURPOSE = "prequalification"


def formed(stories: Stories) -> tuple[Tender, str]:
    """A tender whose opened applications have a committee that has not signed in, and the drawing that it was formed of."""
    tender = stories.applications_opened(bidders=3)
    drawn = tender.owner.draw_experts(tender.section, papers.draw(tender, _PURPOSE)).value
    tender.owner.form_committee(tender.section, papers.committee(tender, [drawn.draw_id], purpose=_PURPOSE)).require()
    tender.experts = stories.assigned(tender)
    return tender, drawn.draw_id


def scored(tender: Tender) -> None:
    """Every member gives every application the scores of the papers and declares them final."""
    for expert in tender.experts:
        for application in tender.applications:
            expert.score_application(application.receipt, papers.application_scores(tender, application)).require()
        expert.finalise_examination(tender.section).require()


def seats(tender: Tender, person: Expert) -> int:
    """How many seats somebody has on the prequalification committee of a tender, by its own assignments."""
    mine = person.assignments(tender.section).value
    return sum((found.get("section_id"), found.purpose) == (tender.section.id, _PURPOSE) for found in mine)


def telling(views: Views, actor: Public, tender: Tender) -> set[tuple[str, str]]:
    """Where somebody reads a member's name, number or account about a tender."""
    known = {said for expert in tender.experts for said in (expert.identity.name, expert.identity.uscc, expert.me().value.id) if said}
    return {(operation, said) for operation, view in views.everything(actor, tender).items() for said in known if said in str(view.leaves)}


@clause("A-158")
def test_nobody_examines_applications_before_every_member_has_signed_in(stories: Stories) -> None:
    """While one member is missing nothing begins and nothing is read; without a commitment or unsigned no one is let in; then it begins."""
    tender, _ = formed(stories)
    last, *first = tender.experts
    for expert in first:
        expert.sign_in(tender.section, papers.signing_in()).require()
    without_one = tender.owner.start_examination(tender.section)
    read_too_early = first[0].applications_examined(tender.section)
    uncommitted = last.sign_in(tender.section, papers.signing_in().but(commitment=False))
    unsigned = last.signing_as(None).sign_in(tender.section, papers.signing_in())
    still_without = tender.owner.start_examination(tender.section)
    came = last.sign_in(tender.section, papers.signing_in())
    complete = tender.owner.start_examination(tender.section)

    assert without_one.refused_because == still_without.refused_because == "members_missing"
    assert read_too_early.refused
    assert uncommitted.refused_because == "invalid_content"
    assert unsigned.refused_because == "signature_missing"
    assert came.accepted
    assert complete.accepted
    assert tender.owner.committee(tender.section).value.get("purpose") == _PURPOSE
    assert last.applications_examined(tender.section).accepted


@clause("A-158")
def test_who_is_drawn_for_applications_has_a_seat_and_who_must_avoid_loses_it_to_another(stories: Stories) -> None:
    """Each member finds one seat for these applications and others none; whoever must keep away reads nothing, and another is drawn."""
    tender, draw_id = formed(stories)
    everybody = [*stories.experts(), *stories.representatives(tender)]
    before = {expert.identity.account: seats(tender, expert) for expert in everybody}
    told = {
        expert.identity.account
        for expert in everybody
        if draw_id in {message.get("object") for message in expert.messages(tender.section).value}
    }
    gone, *others = tender.experts
    gone.sign_in(tender.section, papers.signing_in().but(avoidance="must_avoid", reason="与申请人有利害关系")).require()
    tender.experts = stories.assigned(tender)
    now = {expert.identity.account for expert in tender.experts}

    if len(told) < tender.facts.committee:
        raise Missing(f"{tender.facts.committee} experts were drawn; {len(told)} of them have a declared account and were told")
    assert set(before.values()) == {0, 1}
    assert {account for account, held in before.items() if held} == told
    assert len(told) == len(others) + 1 == tender.facts.committee
    assert gone.identity.account not in now
    assert now > {expert.identity.account for expert in others}
    for expert in tender.experts:
        expert.sign_in(tender.section, papers.signing_in()).require()
    tender.owner.start_examination(tender.section).require()
    assert gone.applications_examined(tender.section).refused
    assert gone.score_application(tender.applications[0].receipt, {"1": 1}).refused
    assert tender.experts[0].applications_examined(tender.section).accepted


@clause("A-158")
def test_who_judges_applications_is_told_to_nobody_before_the_result(stories: Stories, views: Views) -> None:
    """Neither drawing nor committee, nor anything that tenderee and applicant can read until the report is there, names a member."""
    tender = stories.examining()
    watching = {"tenderee": tender.owner, "applicant": tender.applications[0].bidder}
    scored(tender)
    report = papers.application_report(tender.applications)
    stories.chair(tender).draft_application_report(tender.section, report).require()
    for expert in tender.experts:
        expert.sign_application_report(tender.section).require()
    named = {role: telling(views, actor, tender) for role, actor in watching.items()}
    without = stories.applications_opened() if any(named.values()) else tender  # where a like name stands without a committee too
    without.experts = tender.experts
    usual = {role: telling(views, actor, without) if named[role] else set() for role, actor in watching.items()}

    assert tender.owner.application_report(tender.section).accepted
    assert {role: said - usual[role] for role, said in named.items() if said - usual[role]} == {}


@clause("A-159")
def test_applications_are_judged_by_the_prequalification_document_as_it_was_last_changed_and_without_price(
    stories: Stories, clock: Clock
) -> None:
    """The forms are its factors, none of price; what was issued about it is shown; a price is neither asked nor taken."""
    tender = stories.prequalifying(bidders=3)
    issued = papers.clarification("业绩以近三年竣工验收日期为准。").but(about=_PURPOSE)
    clock.move_to(tender, clock.now(tender) + HOUR)
    tender.owner.clarify(tender.section, issued).require()
    stories.examining(tender)
    expert, application = tender.experts[0], tender.applications[0]
    shown = expert.examination_document(tender.section).value
    wanted = {factor["no"]: (factor["name"], Decimal(factor["max_score"]), factor["criteria"]) for factor in papers.examined()}
    found = {str(form["no"]): (form["name"], Decimal(form["max_score"]), form["criteria"]) for form in shown.get("forms")}
    (priced,) = [factor for factor in papers.factors() if factor["group"] == "price"]
    asked = expert.score_application(application.receipt, {priced["no"]: 1})

    assert issued["text"] in str(shown.get("clarifications"))
    assert found == wanted
    assert len(shown.get("forms")) == len(wanted)
    assert asked.refused
    scored(tender)
    summary = expert.examination_summary(tender.section).value
    assert [one for one in summary.bids if one.get("price") is not None] == []
    assert {str(one["factor_no"]) for one in summary.get("scores")} == set(wanted)


@clause("A-159")
def test_the_committee_reads_every_application_as_it_was_sealed_and_nobody_else_does(stories: Stories) -> None:
    """Each member reads what each applicant sealed, no application more or less; owner, applicants and other experts are refused."""
    tender = stories.examining()
    seated = {expert.identity.account for expert in tender.experts}
    stranger = next(expert for expert in stories.experts() if expert.identity.account not in seated)
    wanted = {one.id: one.sealed.facts for one in tender.applications}

    for expert in tender.experts:
        read = {shown.bid_id: shown for shown in expert.applications_examined(tender.section).value}
        assert set(read) == set(wanted)
        said = {ident: (one.content.get("project_leader"), one.content.get("responses")) for ident, one in read.items()}
        assert said == {ident: (facts["project_leader"], facts["responses"]) for ident, facts in wanted.items()}
    assert stranger.applications_examined(tender.section).refused
    assert stranger.score_application(tender.applications[0].receipt, {"1": 1}).refused
    assert stranger.examination_summary(tender.section).refused
    assert tender.owner.examination_summary(tender.section).refused


@clause("A-159")
def test_applications_are_scored_within_the_factors_and_added_up_over_all_members(stories: Stories) -> None:
    """The full score is taken and a hundredth more is not; the totals are what the members gave, and the highest is first."""
    tender = stories.examining()
    expert, application = tender.experts[0], tender.applications[0]
    factor = papers.examined()[0]
    full = expert.score_application(application.receipt, {factor["no"]: Decimal(factor["max_score"])})
    more = expert.score_application(application.receipt, {factor["no"]: Decimal(factor["max_score"]) + Decimal("0.01")})
    kept = expert.examination_summary(tender.section).value.get("scores")
    scored(tender)
    changed = expert.score_application(application.receipt, {factor["no"]: 1})
    summary = stories.chair(tender).examination_summary(tender.section).value
    agreed = {one.id: sum(papers.application_scores(tender, one).values(), Decimal(0)) for one in tender.applications}
    given = [(one["member"], one["bid_id"], str(one["factor_no"])) for one in summary.get("scores")]

    assert full.accepted
    assert more.refused_because in {"score_out_of_range", "invalid_content"}
    assert [Decimal(one["score"]) for one in kept] == [Decimal(factor["max_score"])]
    assert changed.refused
    assert {one["bid_id"]: Decimal(one["total"]) for one in summary.bids} == agreed
    assert [one["bid_id"] for one in sorted(summary.bids, key=lambda one: one["rank"])] == sorted(agreed, key=lambda one: -agreed[one])
    assert len(given) == len(set(given)) == len(tender.experts) * len(agreed) * len(papers.examined())


@clause("A-159")
def test_the_committee_asks_one_applicant_and_only_that_applicant_answers(stories: Stories, clock: Clock) -> None:
    """The question reaches whose application it is about and no other; its answer stands once, signed and in its time."""
    tender = stories.examining()
    asked, other, *_ = tender.applications
    until = clock.now(tender) + HOUR
    question = Content(text="请说明所列业绩的竣工日期。", reply_until=until)
    query = tender.experts[0].ask_applicant(asked.receipt, question).value
    second = tender.experts[0].ask_applicant(asked.receipt, question).value
    mine = {one.id: (one.text, one.reply_until, one.bid_id) for one in asked.bidder.queries(tender.section).value}
    by_another = other.bidder.reply_query(query, "由他人代答")
    unsigned = asked.bidder.signing_as(None).reply_query(query, "未签名")
    clock.move_to(tender, until - SECOND)
    in_time = asked.bidder.reply_query(query, "二〇二四年六月竣工。")
    clock.move_to(tender, until)
    late = asked.bidder.reply_query(second, "迟到")
    seen = {one.id: one for one in tender.experts[1].queries(tender.section).value}

    assert mine[query.id] == (question["text"], until, asked.id)
    assert other.bidder.queries(tender.section).given in ((), None)
    assert by_another.refused
    assert unsigned.refused_because == "signature_missing"
    assert in_time.accepted
    assert late.refused_because == "reply_overdue"
    assert seen[query.id].get("reply.text") == "二〇二四年六月竣工。"
    assert not seen[second.id].says("reply.text")


def reported(tender: Tender, stories: Stories, failed: Bid) -> list[Bid]:
    """All are scored, one is found unqualified, and the report is drafted; those who pass."""
    scored(tender)
    passed = [one for one in tender.applications if one is not failed]
    chair = stories.chair(tender)
    chair.reject_application(failed.receipt, "资格不合格", "业绩不满足要求").require()
    chair.draft_application_report(tender.section, papers.application_report(passed, [failed])).require()
    return passed


@clause("A-160")
def test_the_report_on_applications_is_edited_signed_by_every_member_and_then_the_tenderees(stories: Stories, public: Public) -> None:
    """What was written last is signed and delivered; until every member has signed for itself the tenderee has nothing; dissent stands."""
    tender = stories.examining(bidders=4)
    failed = tender.applications[-1]
    passed = reported(tender, stories, failed)
    again = papers.application_report(passed, [failed]).but(text="资格审查报告第二稿：补充审查过程。")
    stories.chair(tender).draft_application_report(tender.section, again).require()
    dissenter, *others, last = tender.experts
    dissenter.sign_application_report(tender.section, consent=False, statement="对业绩认定有不同意见").require()
    changed = stories.chair(tender).draft_application_report(tender.section, again.but(text="签字后改动"))
    for expert in others:
        expert.sign_application_report(tender.section).require()
    unsigned = last.signing_as(None).sign_application_report(tender.section)
    by_another = last.signing_as(dissenter.identity).sign_application_report(tender.section)
    incomplete = tender.owner.application_report(tender.section)
    signed = last.sign_application_report(tender.section)
    report = tender.owner.application_report(tender.section).value
    told = [message for message in tender.owner.messages(tender.section).value if message.get("object") == report.id]

    assert changed.refused
    assert unsigned.refused_because == "signature_missing"
    assert by_another.refused_because in {"signature_invalid", "certificate_not_bound"}
    assert incomplete.refused, "the tenderee obtains a report that one member has not signed"
    assert signed.accepted
    assert report.text == again["text"]
    assert {one["bid_id"]: one["passed"] for one in report.results} == {one.id: one is not failed for one in tender.applications}
    assert [one["reason"] for one in report.results if not one["passed"]] == [again["reasons"][failed.id]]
    opinions = sorted((mark["consent"], mark["statement"]) for mark in report.signatures)
    assert opinions == [(False, "对业绩认定有不同意见"), *[(True, "")] * (len(tender.experts) - 1)]
    assert len({mark["member"] for mark in report.signatures}) == len(tender.experts)
    assert signatures.holds(report.raw, public.platform().value.get("trust_anchors")) is not None
    assert told, "the tenderee is not told of the report"


@clause("A-161", acquits=False)
def test_applications_are_examined_from_several_places_while_it_is_open_and_each_act_names_its_place(stories: Stories) -> None:
    """Members work where they signed in and nowhere else, every score says where; before it begins and after it has ended nobody reads."""
    sites = ("北京评标室1", "上海评标室2")
    tender = stories.applications_opened(remote_evaluation=True)
    drawn = tender.owner.draw_experts(tender.section, papers.draw(tender, _PURPOSE)).value
    paper = papers.committee(tender, [drawn.draw_id], purpose=_PURPOSE).but(remote_sites=list(sites))
    tender.owner.form_committee(tender.section, paper).require()
    tender.experts = stories.assigned(tender)
    first, application = tender.experts[0], tender.applications[0]
    strange = first.sign_in(tender.section, papers.signing_in().but(site="自宅"))
    place = {}
    for number, expert in enumerate(tender.experts):
        came = expert.sign_in(tender.section, papers.signing_in().but(site=sites[number % len(sites)])).value
        place[came.get("number")] = sites[number % len(sites)]
    before = first.applications_examined(tender.section)
    tender.owner.start_examination(tender.section).require()
    during = first.applications_examined(tender.section)
    elsewhere = first.score_application(application.receipt, papers.application_scores(tender, application), sites[1])
    reported(tender, stories, tender.applications[-1])
    given = first.examination_summary(tender.section).value.get("scores")
    for expert in tender.experts:
        expert.sign_application_report(tender.section).require()
    after = first.applications_examined(tender.section)

    assert strange.refused
    assert elsewhere.refused, "a member works at a place where it has not signed in"
    assert during.accepted
    assert before.refused
    assert after.refused
    assert {one["member"] for one in given} == set(place)
    assert all(one["site"] == place[one["member"]] for one in given)
    assert all(one.get("address") for one in given)


@clause("A-165")
@pytest.mark.parametrize("confirms", ["tenderee", "committee"])
def test_who_confirms_the_applicants_that_pass_is_as_it_was_set(stories: Stories, confirms: str) -> None:
    """Where the committee confirms, its report is the result and the tenderee decides nothing; else there is none before the tenderee's."""
    tender = stories.examining(bidders=4, document_facts={"qualified_by": confirms})
    failed = tender.applications[-1]
    passed = reported(tender, stories, failed)
    own = Content(passed=[one.id for one in tender.applications], reasons={})
    meanwhile = tender.owner.decide_prequalification(tender.section, own) if confirms == "committee" else None
    for expert in tender.experts:
        expert.sign_application_report(tender.section).require()
    at_once = {one.id: one.bidder.prequalification_result(tender.section) for one in tender.applications}
    lawful = Content(passed=[one.id for one in passed], reasons={failed.id: "业绩不满足要求"})
    decided = tender.owner.decide_prequalification(tender.section, lawful)
    settled = tender.owner.prequalification_result(tender.section).value.get("items")

    assert meanwhile is None or meanwhile.refused
    assert decided.accepted == (confirms == "tenderee")
    assert [answer.accepted for answer in at_once.values()] == [confirms == "committee"] * len(at_once)
    assert {one["application_id"]: one["passed"] for one in settled} == {one.id: one is not failed for one in tender.applications}
