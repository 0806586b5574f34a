"""How experts come onto a committee: drawn at random from those of the specialty, related ones never (专家抽取)."""

from collections.abc import Mapping
from fractions import Fraction
from math import perm

from tenderproof.testing import SECOND, Expert, ExpertBase, Missing, Stories, Tender, clause, papers

_DRAWS, _TENDERS, _NEGLIGIBLE = 10, 2, Fraction(1, 10**9)
_ASKED = {"expert_base": 2, "public_service": 3}  # how many experts are drawn on each way: a committee together
_HELD = 4  # and how many a base has to draw from
_MOST = 60  # draws at most, where everybody who can be drawn is drawn


def drawn_one_by_one(tender: Tender, people: list[Expert], most: int, **but: object) -> list[str]:
    """Draw one expert after the other until nobody is left or ``most`` are drawn: their accounts in that order."""
    paper = papers.draw(tender).but(count=1, region_codes=[], **but)
    order: dict[str, int] = {}
    for number in range(most):
        answer = tender.owner.draw_experts(tender.section, paper)
        if answer.refused_because == "experts_unavailable":
            break
        order[answer.value.draw_id] = number
    told = {
        order[message.get("object")]: person.identity.account
        for person in people
        for message in person.messages(tender.section).value
        if message.get("object") in order
    }
    if len(told) < len(order):
        raise Missing(f"{len(order)} experts were drawn; {len(told)} of them have a declared account and were told")
    return [told[number] for number in sorted(told)]


@clause("LAW-RG-46")
def test_experts_are_drawn_by_chance(stories: Stories) -> None:
    """Ten experts drawn one by one for two like tenders do not come in one order, which chance alone brings once in 10⁹ times."""
    people = [person for person in stories.experts() if "specialty:A01" in person.identity.traits]
    if Fraction(1, perm(len(people), _DRAWS) or 1) > _NEGLIGIBLE:
        raise Missing(f"{len(people)} declared experts of the specialty A01 are too few to tell chance from choice")
    orders = [drawn_one_by_one(stories.opened(), people, _DRAWS) for _ in range(_TENDERS)]

    assert all(len(order) == _DRAWS for order in orders)
    assert orders[0] != orders[1], "the same experts are drawn in the same order"


@clause("A-129", "LAW-RG-46")
def test_experts_are_drawn_from_the_regions_and_of_the_specialty_that_were_set(stories: Stories) -> None:
    """Where regions and a specialty are set nobody of another is drawn, and the drawing keeps what was set."""
    people = [person for person in stories.experts() if person.identity.traits]
    for region in ("310000", "110000"):
        wanted = {f"region:{region}", "specialty:A01"}
        fitting = {person.identity.account for person in people if wanted <= set(person.identity.traits)}
        if not fitting or len(fitting) == len(people):
            raise Missing(f"the declaration names no expert of the specialty A01 in the region {region}, or no other")
        tender = stories.opened(regions=(region,))
        drawn = tender.owner.draw_experts(tender.section, papers.draw(tender).but(count=min(4, len(fitting)))).value
        kept = tender.owner.draw(tender.section, drawn.draw_id).value
        told = {
            person.identity.account
            for person in people
            for message in person.messages(tender.section).value
            if message.get("object") == drawn.draw_id
        }

        if not told:
            raise Missing(f"{drawn.drawn} experts were drawn; none of them has a declared account and was told")
        assert told <= fitting, f"drawn of another region or specialty: {sorted(told - fitting)}"
        assert (kept.get("region_codes"), kept.get("specialty")) == ([region], "A01")


@clause("LAW-RG-46")
def test_an_expert_who_is_related_to_the_tender_is_never_drawn(stories: Stories) -> None:
    """Though everybody is drawn who can be, those of the tenderee, of a bidder and of whom the owner avoids are not; elsewhere they are."""
    bidders = stories.bidders(4)
    ours = [person for bidder in bidders for person in stories.experts(f"unit:{bidder.identity.account}")]
    tenderees = stories.experts(f"unit:{stories.tenderee().identity.account}")
    if not (ours and tenderees):
        raise Missing("the declaration names no expert whose unit is a bidder, or none whose unit is the tenderee")
    people = [*stories.experts(), *ours, *tenderees]
    related = {person.identity.account for person in ours}
    of_tenderee = {person.identity.account for person in tenderees}
    theirs = [bidder for bidder in bidders if any(f"unit:{bidder.identity.account}" in person.identity.traits for person in ours)]

    concerned, unconcerned, avoided = (stories.announced() for _ in range(3))
    concerned.bidders = (*theirs, *[bidder for bidder in bidders if bidder not in theirs])[:4]
    unconcerned.bidders = avoided.bidders = tuple(bidder for bidder in bidders if bidder not in theirs)
    with_bidder, without, with_avoided = (stories.opened(tender) for tender in (concerned, unconcerned, avoided))
    names = [bidder.identity.name for bidder in theirs]

    if not related <= set(drawn_one_by_one(without, people, _MOST)):
        raise Missing("an expert whose unit is no party to a tender was not drawn for it; that it is not drawn elsewhere shows nothing")
    assert not (related | of_tenderee) & set(drawn_one_by_one(with_bidder, people, _MOST))
    assert not (related | of_tenderee) & set(drawn_one_by_one(with_avoided, people, _MOST, avoid=names))


@clause("A-130")
def test_expert_bases_draw_directly_and_through_the_public_service_platform_and_whom_they_draw_sit(
    stories: Stories, expert_bases: Mapping[str, ExpertBase]
) -> None:
    """Each base was asked once; the drawing says when and how it told its experts, and the committee is those whom the bases drew."""
    people = [person for person in stories.experts() if "specialty:A01" in person.identity.traits]
    if len(people) < len(_ASKED) * _HELD:
        raise Missing(f"{len(people)} declared experts of the specialty A01 are too few to fill two expert bases")
    for number, base in enumerate(expert_bases.values()):
        for person in people[number * _HELD : (number + 1) * _HELD]:
            base.hold(person.identity, "A01", "110000")
    tender = stories.opened()
    paper = papers.draw(tender).but(region_codes=[])
    answers = [tender.owner.draw_experts(tender.section, paper.but(count=_ASKED[way], source=way)) for way in expert_bases]
    assert [answer.refused_because for answer in answers] == [None, None]

    told = [base.draws(tender.section) for base in expert_bases.values()]
    assert [len(draws) for draws in told] == [1, 1], "an expert base was not asked, or not once"
    kept = [tender.owner.draw(tender.section, answer.value.draw_id).value for answer in answers]
    assert [one.notified_by for one in kept] == [draw.notified_by for (draw,) in told]
    assert [abs(one.notified_at - draw.notified_at) <= SECOND for one, (draw,) in zip(kept, told, strict=True)] == [True, True]

    tender.owner.form_committee(tender.section, papers.committee(tender, [one.draw_id for one in kept])).require()
    drawn = {str(expert["number"]) for (draw,) in told for expert in draw.experts}
    assert {person.identity.uscc for person in people if sits(person, tender)} == drawn


def sits(expert: Expert, tender: Tender) -> bool:
    """Whether an expert is on the committee of a tender."""
    return any(mine.get("section_id") == tender.section.id for mine in expert.assignments(tender.section).value)
