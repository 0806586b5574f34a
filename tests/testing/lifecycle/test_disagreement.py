"""What differs is named, and told in the actors' words in both languages."""

from pathlib import Path
from typing import Any

import pytest

from tenderproof.spec.lifecycle import Lifecycle, Rule
from tenderproof.testing import Answer, PlatformTrouble
from tenderproof.testing.lifecycle import Disagreement, Fault, told
from tenderproof.testing.lifecycle.disagreement import Tried, fault, watched

from .platforms import shop

YES, NO = Answer[Any]("act"), Answer[Any]("act", None, "no")


def ruled(model: Lifecycle, clause: str) -> Rule:
    """The rule that stands on a clause."""
    return next(rule for rule in model.rules if rule.clauses == (clause,))


@pytest.mark.parametrize(
    ("clause", "answer", "goods", "differs"),
    [
        ("S-2", NO, 0, None),
        ("S-2", YES, 0, Fault.ACCEPTED),
        ("S-2", YES, 1, Fault.ACCEPTED),
        ("S-2", NO, 1, Fault.DONE),
        ("S-1", YES, 1, None),
        ("S-1", YES, 0, Fault.NOTHING),
        ("S-1", NO, 0, Fault.REFUSED),
        ("S-4", YES, 0, None),
        ("S-4", NO, 0, None),
        ("S-4", YES, 1, Fault.CHANGED),
        ("S-4", NO, 1, Fault.CHANGED),
    ],
)
def test_answer_and_effects_are_held_against_the_rule(
    tmp_path: Path, clause: str, answer: Answer[Any], goods: int, differs: Fault | None
) -> None:
    assert fault(ruled(shop(tmp_path), clause), Tried(answer, {"goods": 0}, {"goods": goods})) is differs


def test_a_lawful_act_to_which_nobody_has_a_right_is_no_verdict_when_it_is_refused(tmp_path: Path) -> None:
    opening = shop(tmp_path).rules[0]

    assert fault(opening, Tried(YES, {}, {})) is None
    with pytest.raises(PlatformTrouble, match="does not go on"):
        fault(opening, Tried(NO, {}, {}))


def test_a_grant_of_which_nothing_can_be_seen_is_taken_at_its_word(tmp_path: Path) -> None:
    assert fault(ruled(shop(tmp_path), "S-1"), Tried(YES, {}, {})) is None


def test_only_what_tells_is_watched(tmp_path: Path) -> None:
    model = shop(tmp_path)

    assert watched(model, model.rules[0]) == ()
    assert watched(model, ruled(model, "S-1")) == watched(model, ruled(model, "S-2")) == ("goods",)
    assert watched(model, ruled(model, "S-3")) == ("stage",)
    assert watched(model, ruled(model, "S-4")) == ("goods",)


def test_an_effect_that_could_be_seen_only_once_has_not_changed() -> None:
    assert Tried(NO, {"goods": 1}, {}).changed == Tried(NO, {}, {"goods": 1}).changed == ()


def late(model: Lifecycle, *, again: bool = True) -> Disagreement:
    """Goods were taken after closing."""
    story = (model.rules[0], ruled(model, "S-1"), ruled(model, "S-1"), model.rules[4])
    return Disagreement(model, story, "over", ruled(model, "S-2"), Fault.ACCEPTED, Tried(YES, {}, {}), again)


def test_a_story_is_told_in_the_actors_words(tmp_path: Path) -> None:
    found = late(shop(tmp_path))

    assert found.told("en").split("\n") == [
        "1. The owner opens.",
        "2. Somebody brings goods.",
        "3. Somebody brings goods.",
        "4. The owner closes.",
        "5. Somebody brings goods after closing: accepted; the law demands a refusal (S-2: Nothing is taken).",
    ]
    assert found.told("zh").split("\n")[0] == "1. 店主开门。"
    assert found.told("zh").split("\n")[-1] == "5. 有人送货（打烊后）：平台予以接受；依法应当拒绝（S-2：关门不收）。"


@pytest.mark.parametrize("kind", list(Fault))
def test_each_kind_has_its_sentence_with_what_changed(tmp_path: Path, kind: Fault) -> None:
    model = shop(tmp_path)
    for language in ("zh", "en"):
        said = Disagreement(model, (), "over", ruled(model, "S-2"), kind, Tried(NO, {"goods": 0}, {"goods": 1})).verdict(language)
        names = {"zh": "货物", "en": "the goods"}[language]
        assert "S-2" in said
        assert (names in said) is (kind in {Fault.DONE, Fault.NOTHING, Fault.CHANGED})


def test_what_did_not_come_again_says_so(tmp_path: Path) -> None:
    model = shop(tmp_path)

    assert late(model, again=False).verdict("en").endswith("(It did not come again when the story was told anew.)")
    assert "did not come again" not in late(model).verdict("en")


def test_all_are_told_first_in_a_sentence_then_as_stories_in_both_languages_with_the_answer(tmp_path: Path) -> None:
    found = late(shop(tmp_path))
    lines = told([found, found]).split("\n")

    assert lines[:2] == [repr(found), repr(found)]
    assert told([found]).count("1. The owner opens.") == told([found]).count("1. 店主开门。") == 1
    assert repr(YES) in lines
