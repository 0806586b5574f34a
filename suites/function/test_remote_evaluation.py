"""Evaluation from several places at once: where each member works is known and bound to what it does (远程异地评标)."""

from tenderproof.testing import Stories, clause, papers

_SITES = ("北京评标室1", "上海评标室2")


@clause("HN-2.1-09")
def test_members_at_different_sites_judge_one_tender_and_each_act_names_its_site(stories: Stories) -> None:
    """Members sign in at two sites of one evaluation and score; every score says from where, and a strange site is refused."""
    tender = stories.opened(remote_evaluation=True)
    drawn = tender.owner.draw_experts(tender.section, papers.draw(tender)).value
    paper = papers.committee(tender, [drawn.draw_id]).but(remote_sites=list(_SITES))
    tender.owner.form_committee(tender.section, paper).require()
    tender.experts = stories.assigned(tender)
    strange = tender.experts[0].sign_in(tender.section, papers.signing_in().but(site="自宅"))
    place = {}
    for number, expert in enumerate(tender.experts):
        site = _SITES[number % len(_SITES)]
        came = expert.sign_in(tender.section, papers.signing_in().but(site=site)).value
        place[came.get("number")] = site
    tender.owner.start_evaluation(tender.section).require()
    elsewhere = tender.experts[0].score(tender.bids[0].receipt, papers.scores(tender, tender.bids[0]), site=_SITES[1])
    for expert, site in zip(tender.experts, place.values(), strict=True):
        for bid in tender.bids:
            expert.score(bid.receipt, papers.scores(tender, bid), site=site).require()
        expert.finalise_scores(tender.section).require()
    given = tender.experts[0].evaluation_summary(tender.section).value.get("scores")

    assert strange.refused
    assert elsewhere.refused, "a member works at a site where it has not signed in"
    assert len(given) == len(tender.experts) * len(tender.bids) * len(papers.factors())
    assert {one["member"] for one in given} == set(place)
    assert all(one["site"] == place[one["member"]] for one in given)
    assert all(one.get("address") for one in given)
