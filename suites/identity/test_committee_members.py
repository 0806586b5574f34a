"""Who sits on a committee acts as itself: its own account, its own presence, its own signature (评标委员会成员的身份)."""

from tenderproof.testing import HOUR, Clock, Content, Expert, Identities, Missing, Public, Stories, Tender, clause, papers, signatures


def seats(tender: Tender, person: Expert) -> int:
    """How many seats somebody has on the committees of a tender, by its own assignments."""
    return sum(found.get("section_id") == tender.section.id for found in person.assignments(tender.section).value)


@clause("A-131")
def test_who_is_drawn_or_named_has_a_seat_and_nobody_else(stories: Stories) -> None:
    """Whoever was told of being drawn finds one assignment, the tenderee's representative too; no other account finds one."""
    tender = stories.opened(committee=5, representatives=1)
    drawn = tender.owner.draw_experts(tender.section, papers.draw(tender)).value
    representative, *others = stories.representatives(tender)
    account = representative.me().value.id
    before = seats(tender, representative)
    tender.owner.form_committee(tender.section, papers.committee(tender, [drawn.draw_id], [account])).require()
    everybody = [*stories.experts(), *others]
    told = [
        person.identity.account
        for person in everybody
        if drawn.draw_id in {message.get("object") for message in person.messages(tender.section).value}
    ]

    if len(told) < drawn.drawn:
        raise Missing(f"{drawn.drawn} experts were drawn; {len(told)} of them have a declared account and were told")
    assert (before, seats(tender, representative)) == (0, 1)
    assert sorted(person.identity.account for person in everybody for _ in range(seats(tender, person))) == sorted(told)
    assert len(told) == drawn.drawn == tender.facts.committee - 1
    assert tender.owner.committee(tender.section).value.representatives == 1


@clause("A-133")
def test_nobody_judges_before_every_member_has_come_and_confirmed_that_it_need_not_avoid(stories: Stories) -> None:
    """While one member is missing nothing begins; without a commitment, or signed by nobody or another, no one is let in."""
    tender = stories.opened()
    drawn = tender.owner.draw_experts(tender.section, papers.draw(tender)).value
    tender.owner.form_committee(tender.section, papers.committee(tender, [drawn.draw_id])).require()
    last, *first = stories.assigned(tender)
    for expert in first:
        expert.sign_in(tender.section, papers.signing_in()).require()
    without_one = tender.owner.start_evaluation(tender.section)
    read_too_early = first[0].bids_under_evaluation(tender.section)
    uncommitted = last.sign_in(tender.section, papers.signing_in().but(commitment=False))
    unsigned = last.signing_as(None).sign_in(tender.section, papers.signing_in())
    by_another = last.signing_as(first[0].identity).sign_in(tender.section, papers.signing_in())
    still_without = tender.owner.start_evaluation(tender.section)
    came = last.sign_in(tender.section, papers.signing_in())
    complete = tender.owner.start_evaluation(tender.section)

    assert without_one.refused_because == still_without.refused_because == "members_missing"
    assert read_too_early.refused
    assert uncommitted.refused_because == "invalid_content"
    assert unsigned.refused_because == "signature_missing"
    assert by_another.refused_because in {"signature_invalid", "certificate_not_bound"}
    assert came.accepted
    assert complete.accepted
    assert last.bids_under_evaluation(tender.section).accepted


@clause("A-133")
def test_a_member_who_must_avoid_is_replaced_and_sees_nothing(stories: Stories) -> None:
    """Whoever says that it must keep away has no seat any more and reads no bid; another is drawn in its place."""
    tender = stories.opened()
    drawn = tender.owner.draw_experts(tender.section, papers.draw(tender)).value
    tender.owner.form_committee(tender.section, papers.committee(tender, [drawn.draw_id])).require()
    gone, *others = stories.assigned(tender)
    gone.sign_in(tender.section, papers.signing_in().but(avoidance="must_avoid", reason="与投标人有利害关系")).require()
    now = stories.assigned(tender)
    accounts = {expert.identity.account for expert in now}

    assert gone.identity.account not in accounts
    assert accounts > {expert.identity.account for expert in others}
    assert len(now) == tender.facts.committee
    for expert in now:
        expert.sign_in(tender.section, papers.signing_in()).require()
    tender.owner.start_evaluation(tender.section).require()
    assert gone.bids_under_evaluation(tender.section).refused
    assert gone.score(tender.bids[0].receipt, {"1": 1}).refused
    assert now[0].bids_under_evaluation(tender.section).accepted


@clause("A-143", "EB-33-2")
def test_an_answer_to_the_committee_is_signed_by_the_bidder_itself(
    stories: Stories, identities: Identities, clock: Clock, public: Public
) -> None:
    """Unsigned, altered and signed by somebody else it is refused and not kept; the bidder's own stands with files and signature."""
    tender = stories.evaluating()
    asked = tender.bids[0].bidder
    question = Content(text="请说明项目经理在岗安排。", reply_until=clock.now(tender) + HOUR)
    query = tender.experts[0].send_query(tender.bids[0].receipt, question).value
    answer, files = "项目经理全程在岗。", [{"name": "在岗承诺.txt", "media_type": "text/plain", "base64": "5om/6K+6"}]
    unsigned = asked.signing_as(None).reply_query(query, answer, files)
    altered = asked.signing_wrongly().reply_query(query, answer, files)
    by_another = asked.signing_as(identities.fresh("bidder")).reply_query(query, answer, files)
    kept = tender.experts[1].queries(tender.section).value
    by_itself = asked.reply_query(query, answer, files)

    assert unsigned.refused_because == "signature_missing"
    assert altered.refused_because == "signature_invalid"
    assert by_another.refused_because in {"certificate_not_bound", "signature_invalid"}
    assert not [one for one in kept if one.says("reply.text")]
    assert by_itself.accepted
    (seen,) = tender.experts[1].queries(tender.section).value
    assert (seen.get("reply.text"), seen.get("reply.attachments")) == (answer, files)
    anchors = public.platform().value.get("trust_anchors")
    covered = {"act": "query.reply", "object": query.id, "text": answer, "attachments": files}
    held = [signatures.holds(covered, anchors, signed["signature"]) for signed in seen.get("reply.signed_by", [])]
    assert [found.code for found in held if found is not None] == [asked.identity.uscc]


@clause("A-152", "EB-34-1", "LAW-RG-53")
def test_the_report_is_signed_by_every_member_itself_and_dissent_stands_in_it(stories: Stories) -> None:
    """Until the last signature the tenderee has no report; an unsigned one does not count; who dissents in writing is recorded so."""
    tender = stories.evaluating()
    for expert in tender.experts:
        for bid in tender.bids:
            expert.score(bid.receipt, papers.scores(tender, bid)).require()
        expert.finalise_scores(tender.section).require()
    stories.chair(tender).draft_report(tender.section, papers.report(tender)).require()
    dissenter, silent, *others, last = tender.experts
    dissenter.sign_report(tender.section, consent=False, statement="对第一名的工期承诺有不同意见").require()
    silent.sign_report(tender.section, consent=False).require()
    for expert in others:
        expert.sign_report(tender.section).require()
    unsigned = last.signing_as(None).sign_report(tender.section)
    by_another = last.signing_as(silent.identity).sign_report(tender.section)
    twice = dissenter.sign_report(tender.section)
    incomplete = tender.owner.report(tender.section)

    assert unsigned.refused_because == "signature_missing"
    assert by_another.refused_because in {"signature_invalid", "certificate_not_bound"}
    assert twice.refused
    assert incomplete.refused, "the tenderee obtains a report that one member has not signed"
    last.sign_report(tender.section).require()
    report = tender.owner.report(tender.section).value
    opinions = sorted((mark["consent"], mark["statement"]) for mark in report.signatures)
    assert opinions == [(False, "对第一名的工期承诺有不同意见"), *[(True, "")] * (len(tender.experts) - 1)]
    assert len({mark["member"] for mark in report.signatures}) == len(tender.experts)
