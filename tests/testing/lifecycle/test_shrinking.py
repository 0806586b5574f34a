"""A story is shrunk to the shortest way that still shows what differs, on fresh platforms each time."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tenderproof.spec.lifecycle import Lifecycle, Rule
from tenderproof.testing import Answer, PlatformTrouble
from tenderproof.testing.lifecycle import Disagreement, Fault
from tenderproof.testing.lifecycle.disagreement import Tried
from tenderproof.testing.lifecycle.shrinking import leads_to, shortest
from tenderproof.testing.lifecycle.walking import retold

from .platforms import Honest, Lying, shop

LONG = ("bring", "open", "tick", "close", "bring", "tick", "bring", "tick", "close", "tick")


def story(model: Lifecycle, acts: Sequence[str]) -> tuple[Rule, ...]:
    """The rules by which a life with these acts is lived."""
    here, told = model.beginning, list[Rule]()
    for act in acts:
        rule = model.rule(here, act)
        assert rule
        told.append(rule)
        here = rule.after(here) if rule.expected != "refused" else here
    return tuple(told)


def late(model: Lifecycle, acts: Sequence[str] = LONG) -> Disagreement:
    """Goods were taken after closing, at the end of a long story."""
    rule = next(rule for rule in model.rules if rule.clauses == ("S-2",))
    return Disagreement(model, story(model, acts), "over", rule, Fault.ACCEPTED, Tried(Answer("bring"), {}, {}))


def always() -> bool:
    return True


def told(found: Disagreement) -> list[str]:
    """The acts of the story that was found."""
    return [rule.act for rule in found.story]


def test_the_shortest_lawful_way_is_told_where_it_shows_the_same(tmp_path: Path) -> None:
    model, begun = shop(tmp_path), list[Honest]()

    def again(shorter: Sequence[Rule]) -> Disagreement | None:
        platform = Lying(model, lambda one, act: one.accept(act, one.here) if act == "bring" and one.here.stage == "over" else None)
        begun.append(platform)
        return retold(platform, shorter, late(model))

    found = shortest(late(model), lambda _: True, always, again)

    assert told(found) == ["open", "bring", "bring", "close"]
    assert found.again
    assert [one.acts for one in begun] == [["open", "bring", "bring", "close", "bring"]]


def test_where_the_way_there_matters_all_of_it_that_matters_is_told(tmp_path: Path) -> None:
    model = shop(tmp_path)

    def lie(one: Lying, act: str) -> Answer[Any] | None:
        """Takes goods late if it has been asked too early before."""
        early = one.acts[:1] == ["bring"]
        return one.accept(act, one.here) if early and act == "bring" and one.here.stage == "over" else None

    found = shortest(late(model), lambda _: True, always, lambda shorter: retold(Lying(model, lie), shorter, late(model)))

    assert told(found) == ["bring", "open", "bring", "bring", "close"]


def test_what_comes_in_no_other_story_is_told_as_it_was_seen(tmp_path: Path) -> None:
    model = shop(tmp_path)
    found = shortest(late(model), lambda _: True, always, lambda shorter: retold(Honest(model), shorter, late(model)))

    assert (told(found), found.again) == (list(LONG), False)


def test_a_platform_that_stumbles_on_the_way_has_shown_nothing(tmp_path: Path) -> None:
    model = shop(tmp_path)

    def stumbles(shorter: Sequence[Rule]) -> Disagreement | None:
        del shorter
        raise PlatformTrouble("500")

    assert not shortest(late(model), lambda _: True, always, stumbles).again


def test_no_more_stories_are_told_than_one_is_worth(tmp_path: Path) -> None:
    model, many = shop(tmp_path), list[int]()
    acts = ("bring", "open", *["tick"] * 40, "bring", "bring", "close")

    def again(shorter: Sequence[Rule]) -> Disagreement | None:
        many.append(len(shorter))
        return None if len(shorter) < 10 else late(model, [rule.act for rule in shorter])

    shortest(late(model, acts), lambda _: True, always, again)

    assert len(many) <= 24


def test_when_time_is_over_the_shortest_way_and_the_one_that_was_gone_are_told_and_no_other(tmp_path: Path) -> None:
    model, tried = shop(tmp_path), list[list[str]]()

    def again(shorter: Sequence[Rule]) -> Disagreement | None:
        tried.append([rule.act for rule in shorter])
        return late(model) if len(tried) == 2 else None

    found = shortest(late(model), lambda _: True, lambda: False, again)

    assert [len(acts) for acts in tried] == [4, len(LONG)]
    assert found.again


def test_a_way_by_rules_of_which_nothing_more_is_asked_is_not_taken(tmp_path: Path) -> None:
    model, tried = shop(tmp_path), list[list[str]]()

    def again(shorter: Sequence[Rule]) -> None:
        tried.append([rule.act for rule in shorter])

    shortest(late(model), lambda rule: rule.act != "close", always, again)

    assert tried == [list(LONG)]


def test_a_story_that_the_model_does_not_tell_leads_nowhere(tmp_path: Path) -> None:
    model = shop(tmp_path)
    whole = story(model, ("open", "bring", "bring", "close"))

    assert leads_to(model, whole, late(model))
    assert not leads_to(model, whole[:-1], late(model))
    assert not leads_to(model, (whole[0], whole[1], whole[3]), late(model))
