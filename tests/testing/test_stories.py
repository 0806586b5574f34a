from typing import Any

import pytest

from tenderproof.testing import Identities, Missing, PlatformTrouble, Stories

from .troupe import Steady, Troupe


@pytest.fixture
def troupe(identities: Identities) -> Troupe:
    return Troupe(identities)


def stories_of(troupe: Troupe, identities: Identities, chance: Any) -> Stories:
    return Stories(troupe, Steady(), identities, chance)


def test_a_stage_comes_after_those_before_it(troupe: Troupe, identities: Identities, chance: Any) -> None:
    tender = stories_of(troupe, identities, chance).announced()

    assert tender.stage == "announced"
    assert [act for act in troupe.told if "project" in act or "section" in act or "notice" in act or "announce" in act] == [
        "tenderee create_project", "tenderee submit_project", "tenderee create_tender_project", "tenderee submit_tender_project",
        "tenderee create_section", "tenderee announce", "verifier review_notice",
    ]  # fmt: skip


def test_a_tender_that_is_under_way_is_told_on_and_not_again(troupe: Troupe, identities: Identities, chance: Any) -> None:
    stories = stories_of(troupe, identities, chance)
    tender = stories.announced(bidders=1)
    told = len(troupe.told)

    assert stories.sealed(tender) is tender
    assert "tenderee announce" not in troupe.told[told:]
    assert stories.sealed(tender).stage == "sealed"
    assert [bid.bidder for bid in tender.bids] == list(tender.bidders)


def test_stories_do_not_go_back_nor_choose_facts_twice_nor_change_over(troupe: Troupe, identities: Identities, chance: Any) -> None:
    stories = stories_of(troupe, identities, chance)
    tender = stories.bidding(bidders=1)

    with pytest.raises(ValueError, match="does not go back to created"):
        stories.created(tender)
    with pytest.raises(TypeError, match="has its own"):
        stories.sealed(tender, bidders=2)
    with pytest.raises(ValueError, match="belongs to another story"):
        stories.applied(tender)


def test_a_step_that_is_refused_is_the_platforms_trouble(identities: Identities, chance: Any) -> None:
    refusing = Troupe(identities, refuses="publish_document")

    with pytest.raises(PlatformTrouble, match="publish_document"):
        stories_of(refusing, identities, chance).bidding()


def test_bidders_that_the_declaration_lacks_are_registered_once(troupe: Troupe, identities: Identities, chance: Any) -> None:
    stories = stories_of(troupe, identities, chance)
    four = stories.bidders(4)

    assert list(four[:2]) == troupe.people["bidder"]
    assert troupe.shared == ["bidder-1", "bidder-2"]
    assert troupe.told.count("verifier verify") == 2
    assert stories.bidders(3) == four[:3]
    assert troupe.told.count("verifier verify") == 2


def test_an_agency_owns_the_tender_that_it_is_authorised_for(troupe: Troupe, identities: Identities, chance: Any) -> None:
    tender = stories_of(troupe, identities, chance).announced(organisation="agency")

    assert tender.owner is troupe.people["agency"][0]
    assert "tenderee authorise" in troupe.told
    assert "agency announce" in troupe.told


def test_a_committee_whose_members_we_cannot_all_play_is_a_missing_prerequisite(
    troupe: Troupe, identities: Identities, chance: Any
) -> None:
    stories = stories_of(troupe, identities, chance)
    assert len(stories.committee(bidders=1).experts) == 5
    troupe.people["expert"].pop()

    with pytest.raises(Missing, match="5 members; 4 of them"):
        stories.committee(bidders=1)


def test_an_expert_of_a_declared_bidder_s_unit_may_be_drawn(troupe: Troupe, identities: Identities, chance: Any) -> None:
    unit = f"unit:{troupe.people['bidder'][1].identity.account}"
    theirs = troupe.people["expert"].pop()
    troupe.people[f"expert {unit}"] = [theirs]

    assert stories_of(troupe, identities, chance).committee(bidders=1).experts[-1] is theirs


def test_a_tender_to_read_is_told_once_apart_and_on_as_far_as_somebody_asks(troupe: Troupe, identities: Identities, chance: Any) -> None:
    stories = stories_of(troupe, identities, chance)
    known = stories.known("bidding")

    assert stories.known("announced") is known
    assert known.stage == "bidding"
    assert stories.known("sealed") is known
    assert known.stage == "sealed"
    assert [name for name in troupe.shared if name == "known"] == ["known", "known"]


def test_where_a_tender_to_read_cannot_be_told_on_the_next_who_asks_has_another(
    troupe: Troupe, identities: Identities, chance: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    stories = stories_of(troupe, identities, chance)
    known = stories.known("announced")
    monkeypatch.setattr(troupe.people["bidder"][0], "refuses", "download")
    with pytest.raises(PlatformTrouble):
        stories.known("bidding")

    assert stories.known("announced") is not known


def test_a_role_that_the_declaration_does_not_name_is_missing(troupe: Troupe, identities: Identities, chance: Any) -> None:
    del troupe.people["supervisor"]

    with pytest.raises(Missing, match="role supervisor"):
        stories_of(troupe, identities, chance).supervisor()
