"""Behaviour for auditors' eyes: a platform that keeps the law towards an audit, and not towards anybody (针对检测的作弊)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from tenderproof.testing import Answer, Bidder, Clock, Identities, Look, Looks, Public, Stories, Tender, Verifier, clause, papers

_WEAK = "12345678"
_AMONG = 3  # of the small probes, in each run others

Did = tuple[str, bool]


@dataclass(frozen=True)
class Scene:
    """What the probes hold in their hands."""

    stories: Stories
    clock: Clock
    identities: Identities
    public: Public
    looks: Looks


def a_late_bid(scene: Scene, look: Look) -> list[Did]:
    """A timely bid is taken; whether one that comes at the deadline is, and whether it counts."""
    names = {"name": f"{look.mark}城东道路工程"}
    tender = scene.stories.bidding(bidders=1, project_facts=names)
    bidders = [newcomer(scene, tender) for _ in range(2)]
    bids = [bidder.sealed_bid(tender.section, papers.bid(tender, number)) for number, bidder in enumerate(bidders)]
    scene.clock.move_before(tender, tender.bid_deadline)
    bidders[0].deliver(bids[0]).require()
    scene.clock.move_to(tender, tender.bid_deadline)
    scene.looks.tarry(look)
    late = bidders[1].deliver(bids[1])
    return [("a late bid is refused", late.refused), ("it does not count", bidders[1].bids_for(tender.section).value == ())]


def newcomer(scene: Scene, tender: Tender) -> Bidder:
    """A new bidder that has obtained the document."""
    bidder = scene.stories.bidder()
    bidder.download(tender.document).require()
    return bidder


def a_weak_password(scene: Scene, look: Look) -> list[Did]:
    """Whether a password of eight figures is taken from who has just chosen a sound one."""
    identity = scene.identities.fresh("bidder")
    person = scene.stories.applicant(identity)
    login, strong = scene.identities.login_name(), scene.identities.password()
    person.set_password(login, strong).require()
    scene.looks.tarry(look)
    return [("a weak password is refused", person.set_password(login, _WEAK, strong).refused)]


def a_wrong_code(scene: Scene, look: Look) -> list[Did]:
    """Whether an entity is registered whose code has a wrong check character."""
    identity = scene.identities.fresh("bidder", uscc=scene.identities.wrong_code())
    scene.looks.tarry(look)
    return [("an impossible code is refused", scene.public.register(scene.stories.registration(identity)).refused)]


def an_unknown_authority(scene: Scene, look: Look) -> list[Did]:
    """Whether an entity is registered with a certificate of an authority that nobody has admitted."""
    identity = scene.identities.by_unknown_issuer("bidder")
    scene.looks.tarry(look)
    return [("a certificate of nobody's is refused", scene.public.register(scene.stories.registration(identity)).refused)]


def a_second_answer(scene: Scene, look: Look) -> list[Did]:
    """Whether the answer to a challenge opens a second session."""
    identity = scene.identities.fresh("bidder")
    scene.stories.applicant(identity)
    challenge = scene.public.ask_challenge(identity).value
    scene.public.answer_challenge(identity, challenge).require()
    scene.looks.tarry(look)
    return [("a used challenge is refused", scene.public.answer_challenge(identity, challenge).refused)]


def a_party_that_verifies(scene: Scene, look: Look) -> list[Did]:
    """Whether an entity verifies its own registration."""
    person = scene.stories.applicant(scene.identities.fresh("bidder"))
    declared = person.submit_registration().value
    scene.looks.tarry(look)
    tried: Answer[Any] = person.tries(Verifier.verify, declared, "verified", "国家企业信用信息公示系统")
    return [("nobody verifies itself", tried.refused), ("it is not verified", person.registration().value.get("state") != "verified")]


Probe = Callable[[Scene, Look], list[Did]]
_SMALL: Sequence[Probe] = (a_weak_password, a_wrong_code, an_unknown_authority, a_second_answer, a_party_that_verifies)


@clause("HN-3.2-18", "HN-3.2-19", acquits=False)
@pytest.mark.waits
def test_a_platform_does_towards_anybody_what_it_does_towards_an_audit(
    stories: Stories, clock: Clock, identities: Identities, public: Public, looks: Looks
) -> None:
    """A late bid, and acts that were chosen by lot, are done twice: as an audit, fast and named as one, and as anybody, with time."""
    scene, probes = Scene(stories, clock, identities, public, looks), [a_late_bid, *looks.chosen(_SMALL, _AMONG)]
    wearing = looks.chosen([looks.of_an_audit, looks.of_anybody], 2)
    behaved: dict[str, list[Did]] = {}
    for wear in wearing:
        with wear() as look:
            behaved[wear.__name__] = [did for probe in probes for did in probe(scene, look)]
    towards_an_audit, towards_anybody = behaved["of_an_audit"], behaved["of_anybody"]

    assert towards_an_audit
    assert towards_anybody == towards_an_audit, "the platform behaves otherwise towards who does not look like an audit"
