"""The law's model of a life: read with its references and figures, deciding by the first rule that fits, with ways through it."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tenderproof import content, inventory
from tenderproof.spec.clauses import load_clauses
from tenderproof.spec.lifecycle import Bound, Expected, Lifecycle, LifecycleError, Rule, Situation, load_lifecycle
from tenderproof.spec.plan import known_plans, load_plan

SPECS = content.specs_dir()
CHECK = "function/lifecycle::test_no_act_is_taken_against_the_order_of_the_law_and_none_refused_that_it_grants"
DOOR: dict[str, Any] = {
    "id": "door",
    "title": {"zh": "门", "en": "A door"},
    "covers": {"zh": "门", "en": "a door"},
    "begins": "shut",
    "stages": {
        "shut": {"title": {"zh": "关", "en": "shut"}, "when": {"zh": "关着", "en": "while it is shut"}},
        "open": {"title": {"zh": "开", "en": "open"}, "when": {"zh": "开着", "en": "while it is open"}},
    },
    "quantities": {"knocks": {"title": {"zh": "敲门", "en": "knocks"}, "most": "patience"}},
    "effects": {"stage": {"zh": "阶段", "en": "the stage"}},
    "acts": {
        "knock": {"actor": "bidder", "title": {"zh": "敲门", "en": "Somebody knocks"}},
        "enter": {"actor": "bidder", "title": {"zh": "进门", "en": "Somebody enters"}, "effects": ["stage"]},
        "wait": {"title": {"zh": "等", "en": "Time passes"}},
    },
    "rules": [
        {"act": "knock", "in": ["shut"], "answer": "accepted", "adds": {"knocks": 1}},
        {"act": "enter", "in": ["shut"], "where": {"knocks": {"below": "patience"}}, "answer": "refused", "clauses": ["D-1"],
         "ground": {"zh": "先敲门", "en": "One knocks first"}},
        {"act": "enter", "in": ["shut"], "answer": "accepted", "to": "open"},
        {"act": "enter", "in": ["open"], "answer": "either"},
    ],
}  # fmt: skip


def door(folder: Path, changes: Mapping[str, Any] = {}) -> Lifecycle:
    """The life of a door at which one knocks twice, with some parts changed."""
    (folder / "lifecycle").mkdir()
    (folder / "schemas").mkdir()
    (folder / "schemas/lifecycle.schema.json").write_text((SPECS / "schemas/lifecycle.schema.json").read_text("utf-8"), "utf-8")
    (folder / "lifecycle/door.yaml").write_text(json.dumps({**DOOR, **changes}, ensure_ascii=False, indent=1), "utf-8")
    return load_lifecycle("door", folder, {"patience": 2}.__getitem__)


def anything(rule: Rule) -> bool:
    del rule
    return True


def test_the_first_rule_that_fits_decides_and_where_none_fits_an_act_is_free(tmp_path: Path) -> None:
    life = door(tmp_path)
    expected = [life.rule(Situation("shut", (knocks,)), "enter") for knocks in (0, 1, 2)]

    assert [rule and rule.expected for rule in expected] == [Expected.REFUSED, Expected.REFUSED, Expected.ACCEPTED]
    assert life.rule(Situation("open", (0,)), "knock") is None
    assert [rule.number for rule in life.choices(Situation("shut", (2,)))] == [2]


def test_a_figure_of_the_plan_stands_for_a_number(tmp_path: Path) -> None:
    assert door(tmp_path).rules[1].where == (Bound(0, 0, 2),)


def test_nothing_grows_beyond_its_most(tmp_path: Path) -> None:
    life = door(tmp_path)

    assert life.rule(Situation("shut", (1,)), "knock") is life.rules[0]
    assert life.rule(Situation("shut", (2,)), "knock") is None


def test_what_is_accepted_leads_on_and_adds(tmp_path: Path) -> None:
    life = door(tmp_path)

    assert life.rules[0].after(life.beginning) == Situation("shut", (1,))
    assert life.rules[2].after(Situation("shut", (2,))) == Situation("open", (2,))


@pytest.mark.parametrize(("knocks", "brink"), [(0, False), (1, True)])
def test_the_brink_is_one_short_of_the_bound(tmp_path: Path, knocks: int, brink: bool) -> None:
    assert door(tmp_path).rules[1].on_the_brink(Situation("shut", (knocks,))) is brink


def test_the_shortest_way_goes_by_acts_that_must_be_accepted(tmp_path: Path) -> None:
    life = door(tmp_path)

    def inside(here: Situation) -> bool:
        return here.stage == "open"

    way = life.way(life.beginning, inside, anything)
    assert way is not None
    assert [rule.act for rule in way] == ["knock", "knock", "enter"]
    assert life.way(life.beginning, inside, lambda rule: rule.act != "knock") is None
    assert life.way(life.beginning, lambda here: here == life.beginning, anything) == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"begins": "nowhere"}, r"door\.yaml:\d+: begins: 'nowhere' is none of the stages; name one of open, shut\."),
        ({"rules": [{"act": "sing", "in": ["shut"], "answer": "either"}]}, r"rules\.0\.act: 'sing' is none of the acts"),
        ({"rules": [{"act": "wait", "in": ["ajar"], "answer": "either"}]}, r"rules\.0\.in: 'ajar' is none of the stages"),
        (
            {"rules": [{"act": "wait", "in": ["shut"], "answer": "either", "adds": {"x": 1}}]},
            r"rules\.0\.adds: 'x' is none of the quantities",
        ),
        ({"rules": [{"act": "wait", "in": ["shut"], "answer": "refused"}]}, r"rules\.0: 'clauses' is a required property"),
        ({"rules": [{"act": "wait", "in": ["shut"], "answer": "perhaps"}]}, r"rules\.0\.answer: 'perhaps' is not one of"),
        ({"colour": "red"}, r"the file: Additional properties are not allowed"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_key(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(LifecycleError, match=said):
        door(tmp_path, changes)


def test_what_is_refused_leads_nowhere(tmp_path: Path) -> None:
    rule = {"act": "wait", "in": ["shut"], "answer": "refused", "clauses": ["D-1"], "ground": {"zh": "否", "en": "No"}, "to": "open"}
    with pytest.raises(LifecycleError, match=r"rules\.0"):
        door(tmp_path, {"rules": [rule]})


def test_a_life_that_is_not_there_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LifecycleError, match=r"There is no life at .*nothing\.yaml"):
        load_lifecycle("nothing", tmp_path, int)


def tender(plan: str = "trading-3") -> Lifecycle:
    """The life of a tender."""
    return load_lifecycle("tender", SPECS, load_plan(plan, SPECS).whole)


@pytest.mark.parametrize("plan", [plan for plan in known_plans(SPECS) if plan.startswith("trading")])
def test_a_tenders_life_takes_its_figures_from_each_plan(plan: str) -> None:
    assert tender(plan).rules


def test_every_rule_of_a_tenders_life_can_be_come_by_at_every_stage_that_it_names() -> None:
    life = tender()
    seen, waiting, met = set[Situation](), [life.beginning], set[tuple[str, int]]()
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        for rule in life.choices(here):
            met.add((here.stage, rule.number))
            if rule.expected is not Expected.REFUSED:
                waiting.append(rule.after(here))

    assert met == {(stage, rule.number) for rule in life.rules for stage in rule.stages}


def test_a_tenders_life_stands_on_clauses_that_there_are_and_that_speak_to_trading_platforms() -> None:
    known = load_clauses(SPECS)

    assert [clause for clause in tender().clauses if clause not in known or "trading" not in known[clause].applies_to] == []


def test_the_check_names_every_clause_of_the_life_and_no_other_and_acquits_of_none() -> None:
    check = {check.id: check for check in inventory.checks(content.suites_dir())}[CHECK]

    assert set(check.clauses) == set(tender().clauses)
    assert not check.acquits


def test_every_clause_of_the_life_is_decided_by_another_check() -> None:
    acquitting = {clause for check in inventory.checks(content.suites_dir()) if check.acquits for clause in check.clauses}

    assert [clause for clause in tender().clauses if clause not in acquitting] == []


def test_every_refusal_has_its_control_at_a_stage_where_the_same_act_is_lawful_or_free() -> None:
    life = tender()
    lawful = {rule.act for rule in life.rules if rule.expected is not Expected.REFUSED}
    alone = {rule.act for rule in life.rules} - lawful

    # Keys are released in "decrypt", an evaluation is begun in "evaluate"; a second in rank wins on a ground alone, as another check tries.
    assert alone == {"release_key", "begin_evaluation", "decide_for_second"}


def test_words_are_there_in_both_languages_and_end_without_a_full_stop() -> None:
    life = tender()
    titles = [*(act.title for act in life.acts.values()), *(stage.when for stage in life.stages.values())]

    assert [title for title in titles if re.search(r"[.。]$", title["zh"]) or re.search(r"\.$", title["en"])] == []
