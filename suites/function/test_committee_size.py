"""How an evaluation committee is made up: at least five, odd, two thirds experts; more for water works (评标委员会的组成)."""

from tenderproof.testing import Plan, Stories, clause, papers

_PREQUALIFICATION = {"purpose": "prequalification"}


def formed(stories: Stories, size: int, representatives: int, *, water_works: bool = False) -> str | None:
    """Draw so many experts for a tender, name so many of the tenderee's people, and form: the refusal's code, or None."""
    tender = stories.opened(water_works=water_works)
    draw = papers.draw(tender).but(count=size - representatives)
    drawn = tender.owner.draw_experts(tender.section, draw).value
    accounts = [person.me().value.id for person in stories.representatives(tender)[:representatives]]
    paper = papers.committee(tender, [drawn.draw_id], accounts).but(size=size)
    return tender.owner.form_committee(tender.section, paper).refused_because


@clause("LAW-TL-37-1", "B-020", "B-021", "A-129")
def test_a_committee_is_five_or_more_odd_and_two_thirds_experts(stories: Stories, plan: Plan) -> None:
    """Four, six, and five with only three experts are refused; five with four experts is formed."""
    fewest, share = plan.whole("committee_min"), plan.fraction("committee_experts_min_share")
    too_many = fewest - int(fewest * share)  # one representative more than a third allows

    assert formed(stories, fewest - 1, 0) == "committee_too_small"
    assert formed(stories, fewest + 1, 0) == "committee_even"
    assert formed(stories, fewest, too_many) == "experts_too_few"
    assert formed(stories, fewest, too_many - 1) is None


@clause("B-022")
def test_a_committee_for_water_works_is_seven_or_more(stories: Stories, plan: Plan) -> None:
    """What is enough elsewhere is too few for water works; seven are formed."""
    fewest = plan.whole("committee_min_water")

    assert formed(stories, fewest - 2, 0, water_works=True) == "committee_too_small"
    assert formed(stories, fewest - 1, 0, water_works=True) in {"committee_too_small", "committee_even"}
    assert formed(stories, fewest, 0, water_works=True) is None


def judging_applications(stories: Stories, size: int, representatives: int) -> str | None:
    """Form a prequalification committee of so many, some of them the tenderee's own: the refusal's code, or None."""
    tender = stories.applications_opened()
    draw = papers.draw(tender).but(count=size - representatives, **_PREQUALIFICATION)
    drawn = tender.owner.draw_experts(tender.section, draw).value
    accounts = [person.me().value.id for person in stories.representatives(tender)[:representatives]]
    paper = papers.committee(tender, [drawn.draw_id], accounts).but(size=size, **_PREQUALIFICATION)
    return tender.owner.form_committee(tender.section, paper).refused_because


@clause("B-045", "B-046")
def test_a_prequalification_committee_is_made_up_like_an_evaluation_committee(stories: Stories, plan: Plan) -> None:
    """For state-funded compulsory tenders four, six, and five with three experts are refused; five with four experts judge."""
    fewest, share = plan.whole("committee_min"), plan.fraction("committee_experts_min_share")
    too_many = fewest - int(fewest * share)

    assert judging_applications(stories, fewest - 1, 0) == "committee_too_small"
    assert judging_applications(stories, fewest + 1, 0) == "committee_even"
    assert judging_applications(stories, fewest, too_many) == "experts_too_few"
    assert judging_applications(stories, fewest, too_many - 1) is None
