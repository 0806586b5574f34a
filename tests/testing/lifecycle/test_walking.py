"""A walk finds every kind of disagreement on a lying platform, none on an honest one, and blames trouble on nobody's law."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tenderproof.testing import Answer, Missing, PlatformTrouble
from tenderproof.testing.lifecycle import Extent, Fault
from tenderproof.vocabulary import NetworkTrouble

from .platforms import STANDING, Honest, Lying, shop, walk

Lie = Callable[[Lying, str], Answer[Any] | None]


def accepts_late(platform: Lying, act: str) -> Answer[Any] | None:
    return platform.accept(act, platform.here) if act == "bring" and platform.here.stage == "over" else None


def refuses_what_is_granted(platform: Lying, act: str) -> Answer[Any] | None:
    return platform.refuse(act) if act == "bring" and platform.here.stage == "open" else None


def refuses_and_keeps(platform: Lying, act: str) -> Answer[Any] | None:
    if act != "bring" or platform.here.stage != "over":
        return None
    platform.done["goods"] += 1
    return platform.refuse(act)


def accepts_and_forgets(platform: Lying, act: str) -> Answer[Any] | None:
    return Answer(act) if act == "bring" and platform.here.stage == "open" else None


def loses_what_it_has(platform: Lying, act: str) -> Answer[Any] | None:
    if act == "open" and platform.here.stage == "over":
        platform.done["goods"] = 0
        return platform.refuse(act)
    return None


def refuses_and_moves_on(platform: Lying, act: str) -> Answer[Any] | None:
    rule = platform.model.rule(platform.here, act)
    if act == "close" and rule and rule.expected == "refused":
        platform.here = type(platform.here)("over", platform.here.counts)
        return platform.refuse(act)
    return None


@pytest.mark.parametrize(
    ("lie", "fault", "clauses"),
    [
        (accepts_late, Fault.ACCEPTED, ("S-2",)),
        (refuses_what_is_granted, Fault.REFUSED, ("S-1",)),
        (refuses_and_keeps, Fault.DONE, ("S-2",)),
        (accepts_and_forgets, Fault.NOTHING, ("S-1",)),
        (loses_what_it_has, Fault.CHANGED, ("S-4",)),
    ],
)
def test_each_kind_of_lie_is_found_on_the_clauses_of_its_act_alone(
    tmp_path: Path, lie: Lie, fault: Fault, clauses: tuple[str, ...]
) -> None:
    model = shop(tmp_path)
    found = walk(model, lambda: Lying(model, lie))

    assert [(one.fault, one.clauses) for one in found.disagreements] == [(fault, clauses)]


def test_a_refused_act_that_moves_the_stage_where_a_lawful_act_leads_is_found(tmp_path: Path) -> None:
    model = shop(tmp_path)
    lives: list[Lying] = []

    def begin() -> Lying:
        lives.append(Lying(model, refuses_and_moves_on if len(lives) % 2 else lambda *_: None))
        return lives[-1]

    found = walk(model, begin)  # every other platform is honest, so that closing is seen done lawfully

    assert {one.clauses for one in found.disagreements} <= {("S-3",)}


def test_a_stage_that_is_late_to_be_seen_is_no_finding(tmp_path: Path) -> None:
    model = shop(tmp_path)

    class Late(Honest):
        """Says how the day goes on when it is asked for something, and not before."""

        def read(self, effect: str) -> Any:
            afternoon = effect == "stage" and self.here.stage == "open" and self.acts[-1] == "close"
            return "afternoon" if afternoon else super().read(effect)

    assert walk(model, lambda: Late(model)).disagreements == ()


def test_an_honest_platform_is_found_at_every_rule_and_stage_and_with_nothing(tmp_path: Path) -> None:
    model = shop(tmp_path)
    found = walk(model, lambda: Honest(model))

    assert found.disagreements == ()
    assert found.tried == sum(len(rule.stages) for rule in model.rules)
    assert found.left_out == {}


def test_what_the_law_leaves_free_is_taken_as_it_comes(tmp_path: Path) -> None:
    model = shop(tmp_path)

    def opens_again(platform: Lying, act: str) -> Answer[Any] | None:
        return Answer(act) if act == "open" and platform.here.stage == "over" else None

    assert walk(model, lambda: Lying(model, opens_again)).disagreements == ()


def test_what_must_be_refused_is_tried_on_the_brink(tmp_path: Path) -> None:
    model, shut_at = shop(tmp_path, shelf=3), set()

    def watched(platform: Lying, act: str) -> Answer[Any] | None:
        if act == "close":
            shut_at.add(platform.here.counts)
        return None

    walk(model, lambda: Lying(model, watched))

    assert shut_at == {(2,), (3,)}


def test_the_same_seed_walks_the_same_way_and_another_another(tmp_path: Path) -> None:
    model = shop(tmp_path)

    def acts(seed: int) -> list[list[str]]:
        begun: list[Honest] = []
        walk(model, lambda: Honest(model, begun), seed=seed)
        return [one.acts for one in begun]

    assert acts(1) == acts(1)
    assert len({str(acts(seed)) for seed in range(10)}) > 1


def test_walks_and_acts_are_as_many_as_the_extent_allows(tmp_path: Path) -> None:
    model, begun = shop(tmp_path), list[Honest]()
    walk(model, lambda: Honest(model, begun), Extent(2, 3, 600))

    assert len(begun) <= 2
    assert max(len(one.acts) for one in begun) <= 3


def test_nothing_new_is_begun_when_time_is_over(tmp_path: Path) -> None:
    model, begun = shop(tmp_path), list[Honest]()
    moments = (STANDING + timedelta(seconds=second) for second in count())
    walk(model, lambda: Honest(model, begun), Extent(20, 60, 4), now=lambda: next(moments))

    assert [len(one.acts) for one in begun] == [2]


def test_a_platform_that_breaks_down_is_trouble_and_convicted_of_nothing(tmp_path: Path) -> None:
    model = shop(tmp_path)

    def breaks(platform: Lying, act: str) -> Answer[Any] | None:
        if act == "bring" and platform.here.stage == "over":
            raise PlatformTrouble("500")
        return None

    with pytest.raises(PlatformTrouble, match="500"):
        walk(model, lambda: Lying(model, breaks))


def test_a_life_that_does_not_go_on_is_trouble_and_convicted_of_nothing(tmp_path: Path) -> None:
    model = shop(tmp_path)

    with pytest.raises(PlatformTrouble, match="does not go on"):
        walk(model, lambda: Lying(model, lambda platform, act: platform.refuse(act) if act == "open" else None))


def test_a_grant_that_is_refused_once_and_then_kept_is_trouble(tmp_path: Path) -> None:
    model, refused = shop(tmp_path), list[str]()

    def once(platform: Lying, act: str) -> Answer[Any] | None:
        if act == "bring" and platform.here.stage == "open" and not refused:
            refused.append(act)
            return platform.refuse(act)
        return None

    with pytest.raises(PlatformTrouble, match="refused once is accepted"):
        walk(model, lambda: Lying(model, once))


def test_an_unlawful_acceptance_stands_though_it_does_not_come_again(tmp_path: Path) -> None:
    model, accepted = shop(tmp_path), list[str]()

    def once(platform: Lying, act: str) -> Answer[Any] | None:
        if act == "bring" and platform.here.stage == "over" and not accepted:
            accepted.append(act)
            return platform.accept(act, platform.here)
        return None

    (found,) = walk(model, lambda: Lying(model, once)).disagreements

    assert (found.fault, found.again) == (Fault.ACCEPTED, False)


def test_what_was_found_stands_though_trouble_comes_too(tmp_path: Path) -> None:
    model = shop(tmp_path)

    def both(platform: Lying, act: str) -> Answer[Any] | None:
        if act == "bring" and platform.here.stage == "shut":
            raise PlatformTrouble("500")
        return accepts_late(platform, act)

    assert [one.clauses for one in walk(model, lambda: Lying(model, both)).disagreements] == [("S-2",)]


def test_a_network_that_is_gone_ends_the_walks(tmp_path: Path) -> None:
    model, asked = shop(tmp_path), list[str]()

    def gone(platform: Lying, act: str) -> Answer[Any] | None:
        asked.append(f"{platform.here.stage} {act}")
        raise NetworkTrouble("no answer")

    with pytest.raises(NetworkTrouble):
        walk(model, lambda: Lying(model, gone))
    assert len(asked) == 1


def test_a_fault_of_ours_is_raised_as_it_is(tmp_path: Path) -> None:
    model = shop(tmp_path)

    def crashes(platform: Lying, act: str) -> Answer[Any] | None:
        raise AssertionError(f"in the engine, at {act} of {platform.here.stage}")

    with pytest.raises(AssertionError, match="in the engine"):
        walk(model, lambda: Lying(model, crashes))


def test_an_act_that_is_not_offered_is_left_out_and_the_rest_is_tried(tmp_path: Path) -> None:
    model = shop(tmp_path)

    def unoffered(platform: Lying, act: str) -> Answer[Any] | None:
        if act == "tick" and platform.here.stage != "shut":
            raise Missing("no clock")
        return None

    found = walk(model, lambda: Lying(model, unoffered))

    assert found.left_out == {"tick": "no clock"}
    assert found.tried == sum(len(rule.stages) for rule in model.rules if rule.act != "tick")


def test_where_nothing_is_offered_it_is_said_what_is_missing(tmp_path: Path) -> None:
    model = shop(tmp_path)

    def begin() -> Honest:
        raise Missing("no accounts")

    with pytest.raises(Missing, match="no accounts"):
        walk(model, begin)


def test_an_effect_that_cannot_be_seen_is_not_compared(tmp_path: Path) -> None:
    model = shop(tmp_path)

    class Blind(Honest):
        def read(self, effect: str) -> Any:
            raise Missing(f"{effect} is not offered")

    assert walk(model, lambda: Blind(model)).disagreements == ()


def test_what_a_refused_act_has_left_is_not_looked_at_twice(tmp_path: Path) -> None:
    model, looks = shop(tmp_path), list[str]()

    class Seen(Honest):
        def perform(self, act: str) -> Answer[Any]:
            looks.append(act)
            return super().perform(act)

        def read(self, effect: str) -> Any:
            looks.append("look")
            return super().read(effect)

    walk(model, lambda: Seen(model))

    assert " ".join(looks).startswith("look bring look open look look bring look")
