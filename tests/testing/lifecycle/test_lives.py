"""What suites hold: lives on the candidate, with one bidder more than bids in time, walked by recorded chance."""

from typing import Any

import pytest

from tenderproof import content
from tenderproof.spec.lifecycle import load_lifecycle
from tenderproof.testing import Clock, Extent, Identities, Lives, Missing, PlatformTrouble, Stories
from tenderproof.testing.lifecycle import lives

from ..troupe import Steady, Troupe  # noqa: TID252 - the actors of the stories


def lives_of(troupe: Troupe, identities: Identities, chance: Any, clock: Clock) -> Lives:
    """Lives of tenders on a platform of these actors, three bids at most."""
    model = load_lifecycle("tender", content.specs_dir(), lambda _: 3)
    return Lives(model, Stories(troupe, clock, identities, chance), clock, troupe.public, chance, 3)


def test_a_platform_that_says_yes_to_everything_is_found_out(identities: Identities, chance: Any) -> None:
    gives = dict.fromkeys(("bids_for", "clarifications", "objections", "messages"), ())
    found = lives_of(Troupe(identities, gives=gives), identities, chance, Steady()).walked(Extent(6, 20, 600))

    assert found.disagreements


def test_without_a_clock_that_can_be_set_nothing_is_walked(identities: Identities, chance: Any) -> None:
    with pytest.raises(Missing, match="no clock"):
        lives_of(Troupe(identities), identities, chance, Clock()).walked(Extent(2, 5, 600))


def test_a_platform_that_does_not_let_a_life_begin_is_trouble(identities: Identities, chance: Any) -> None:
    with pytest.raises(PlatformTrouble, match="create_section"):
        lives_of(Troupe(identities, refuses="create_section"), identities, chance, Steady()).walked(Extent(2, 5, 600))


def test_one_bidder_more_than_bids_in_time_is_there_to_be_late(
    identities: Identities, chance: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns: list[object] = []
    monkeypatch.setattr(lives, "LivingTender", lambda *given: turns.append(given[-1]))
    lives_of(Troupe(identities), identities, chance, Steady())._begun((0, 1, 2, 3))

    assert turns == [(0, 1, 2, 3)]
    assert lives_of(Troupe(identities), identities, chance, Steady())._bidders == 4
