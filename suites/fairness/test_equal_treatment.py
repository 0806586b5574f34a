"""Where a bidder comes from and whose it is makes no difference (平等对待不同地区、不同所有制的市场主体)."""

from typing import NamedTuple

from tenderproof.testing import (
    Answer,
    Bid,
    Bidder,
    Clock,
    Identities,
    PlatformTrouble,
    Public,
    Registration,
    Stories,
    Tender,
    clause,
    papers,
)


class Bidding(NamedTuple):
    """A bidder's way: each step and why it was refused, with the fields it was refused for; what it was afterwards; its bid."""

    steps: list[tuple[str, str | None, frozenset[str]]]
    state: str
    bid: Bid | None


class Origin(NamedTuple):
    """Where a bidder comes from, and whose it is."""

    region: str = "110101"
    address: str = "北京市东城区安定路1号"
    ownership: str = "国有独资"


_LOCAL = Origin()
_ELSEWHERE = [Origin("530102", "云南省昆明市五华区安定路1号"), Origin("310115", "上海市浦东新区安定路1号")]
_OTHERS = [Origin(ownership=one) for one in ("民营", "外商投资", "港澳台商投资", "集体")]


class Course:
    """The way of bidders from registration to the bid, in one tender."""

    def __init__(self, stories: Stories, identities: Identities, public: Public, tender: Tender) -> None:
        self._stories, self._identities, self._public, self._tender = stories, identities, public, tender

    def run(self, origin: Origin, number: int) -> Bidding:
        """Let a bidder of this origin register, be verified, obtain the document and bid."""
        stories, verifier = self._stories, self._stories.verifier()
        first, second = (self._identities.fresh("bidder", uscc=self._identities.code(origin.region)) for _ in range(2))
        facts = {"region_code": origin.region, "address": origin.address, "ownership": origin.ownership}
        answers = {"register": self._public.register(stories.registration(first).but(**facts))}
        person = stories.applicant(second) if answers["register"].accepted else None
        if person is None:
            return Bidding(_steps(answers), "", None)
        answers["change"] = person.change_registration(facts)
        answers["declare"] = person.submit_registration()
        if answers["declare"].accepted:
            answers["verify"] = verifier.verify(answers["declare"].value, source="国家企业信用信息公示系统")
        state = person.me().value.state
        obtained = person.tries(Bidder.download, self._tender.document)
        sealed = self._tender.bidders[0].sealed_bid(self._tender.section, papers.bid(self._tender, number), recipient=second)
        if isinstance(person, Bidder) and obtained.accepted:
            sealed = person.sealed_bid(self._tender.section, papers.bid(self._tender, number))
        delivered = person.tries(Bidder.deliver, sealed)
        steps = [*_steps(answers), ("obtain", obtained.refused_because, frozenset()), ("bid", delivered.refused_because, frozenset())]
        bid = Bid(person, sealed, delivered.value) if isinstance(person, Bidder) and delivered.accepted else None
        return Bidding(steps, state, bid)


def _steps(answers: dict[str, Answer[Registration]]) -> list[tuple[str, str | None, frozenset[str]]]:
    return [(step, answer.refused_because, answer.faulty_fields) for step, answer in answers.items()]


def opened(stories: Stories, clock: Clock, tender: Tender, courses: list[Bidding]) -> tuple[str | None, list[str]]:
    """Why the opening of these bids is refused, and the names of those whose bids are at it; PlatformTrouble if nobody came to bid."""
    if not names(courses):
        raise PlatformTrouble(f"No bidder at all comes as far as a bid: {courses[0].steps}")
    tender.bids = [one.bid for one in courses if one.bid is not None]
    stories.attend(tender)
    clock.move_to(tender, tender.times.opening_at)
    opening = tender.owner.open_bids(tender.section)
    return opening.refused_because, sorted(one.bidder_name for one in opening.value.bids) if opening.accepted else []


def names(courses: list[Bidding]) -> list[str]:
    """The names of those who came to bid."""
    return sorted(one.bid.bidder.identity.name for one in courses if one.bid is not None)


@clause("HN-2.4-19", "LAW-BE-13")
def test_a_bidder_from_elsewhere_comes_as_far_as_a_local_one(
    stories: Stories, identities: Identities, public: Public, clock: Clock
) -> None:
    """With another region in its code and another address it takes the same steps to a bid, and its bid is opened with the others."""
    tender = stories.bidding(bidders=1)
    course = Course(stories, identities, public, tender)
    local, *elsewhere = [course.run(origin, number) for number, origin in enumerate([_LOCAL, *_ELSEWHERE])]

    assert [(one.steps, one.state) for one in elsewhere] == [(local.steps, local.state)] * len(elsewhere)
    assert opened(stories, clock, tender, [local, *elsewhere]) == (None, names([local, *elsewhere]))


@clause("LAW-BE-13")
def test_a_bidder_of_any_ownership_comes_as_far_as_a_state_owned_one(
    stories: Stories, identities: Identities, public: Public, clock: Clock
) -> None:
    """Private, foreign and collective ones take the same steps to a bid as a state-owned one, and their bids are opened with its."""
    tender = stories.bidding(bidders=1)
    course = Course(stories, identities, public, tender)
    state_owned, *others = [course.run(origin, number) for number, origin in enumerate([_LOCAL, *_OTHERS])]

    assert [(one.steps, one.state) for one in others] == [(state_owned.steps, state_owned.state)] * len(others)
    assert opened(stories, clock, tender, [state_owned, *others]) == (None, names([state_owned, *others]))
