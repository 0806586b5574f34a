"""Plans: what they select, and which figures they carry."""

import shutil
from dataclasses import dataclass, replace
from datetime import UTC
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tenderproof.spec.calendar import Counting
from tenderproof.spec.plan import Plan, PlanError, Selector, known_plans, load_plan
from tenderproof.vocabulary import Dose

SPECS = Path(__file__).parents[2] / "specs"
OF_NO_COUNTRY = "records-example"
STARS = {"trading-1": 165, "trading-2": 219, "trading-3": 273}


@dataclass(frozen=True)
class Clause:
    """A clause as a plan's rule sees it."""

    id: str
    applies_to: tuple[str, ...] = ("trading",)
    stars: int | None = None
    basis: str = "tested"
    ways: tuple[str, ...] = ("sandbox",)
    ways_needed: str = "any"


@cache
def _records() -> list[dict[str, Any]]:
    return [
        record
        for path in sorted((SPECS / "clauses").glob("*.yaml"))
        for record in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["clauses"]
    ]


def _items(letter: str) -> list[dict[str, Any]]:
    return [record for record in _records() if record["id"].startswith(f"{letter}-") and record.get("stars")]


def _clauses() -> list[Clause]:
    """Every clause of specs/clauses, as far as a plan looks at it."""
    return [
        Clause(
            id=record["id"],
            applies_to=tuple(record["applies_to"]),
            stars=record.get("stars"),
            basis=record.get("basis", "tested"),
            ways=tuple(record["ways"]),
            ways_needed=record.get("ways_needed", "any"),
        )
        for record in _records()
    ]


def _parameters_of_clauses() -> dict[str, list[str]]:
    return {record["id"]: record.get("parameters") or [] for record in _records()}


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    """A copy of the plans and schemas that a test may spoil."""
    for folder in ("plans", "schemas"):
        shutil.copytree(SPECS / folder, tmp_path / folder)
    return tmp_path


def _spoil(specs: Path, name: str, written: str, instead: str) -> None:
    path = specs / "plans" / name
    text = path.read_text(encoding="utf-8")
    assert written in text
    path.write_text(text.replace(written, instead, 1), encoding="utf-8")


@pytest.mark.parametrize(("name", "count"), STARS.items())
def test_a_star_plan_has_exactly_the_items_of_its_level(name: str, count: int) -> None:
    plan = load_plan(name, SPECS)

    assert len(plan.groups["items"]) == count
    assert f"trading-{plan.level}" == name


def test_the_certification_items_are_as_many_as_the_print_says() -> None:
    functions, rules = _items("A"), _items("B")

    assert [sum(item["stars"] == star for item in functions) for star in (1, 2, 3)] == [130, 50, 46]
    assert [sum(item["stars"] == star for item in rules) for star in (1, 2, 3)] == [35, 4, 8]
    assert sum(item["exemptible"] for item in functions) == 63
    assert sum(item["exemptible"] for item in rules) == 20


def test_with_every_marked_item_exempt_the_levels_are_as_small_as_the_print_says() -> None:
    kept = [item["stars"] for item in _items("A") + _items("B") if not item["exemptible"]]

    assert [sum(stars <= level for stars in kept) for level in (1, 2, 3)] == [133, 151, 190]


def test_twenty_one_items_need_the_public_service_platform_and_cannot_be_exempted() -> None:
    needing = [item for item in _items("A") + _items("B") if item["needs_public_service_platform"]]

    assert len(needing) == 27
    assert sum(not item["exemptible"] for item in needing) == 21


def test_the_points_of_the_testing_specification_are_shown_by_proof_or_declaration() -> None:
    points = [record for record in _records() if record["source"] == "TEST-SPEC-2015"]
    counts = {letter: sum(point["id"].startswith(f"{letter}-") for point in points) for letter in "DEFGHIJ"}

    assert counts == {"D": 10, "E": 7, "F": 28, "G": 8, "H": 7, "I": 5, "J": 4}
    assert {point["basis"] for point in points if point["id"].startswith("D-")} == {"public_service_proof"}
    assert {point["basis"] for point in points if not point["id"].startswith("D-")} == {"self_declared"}


def test_no_two_items_share_a_remedy() -> None:
    for key in ("en", "zh"):
        remedies = [record["remedy"][key] for letter in "AB" for record in _items(letter)]
        assert len(set(remedies)) == len(remedies)


def test_a_higher_star_holds_every_item_of_the_lower() -> None:
    one, two, three = (set(load_plan(name, SPECS).clause_ids) for name in STARS)

    assert one < two < three


@pytest.mark.parametrize("name", known_plans(SPECS))
def test_the_frozen_list_is_what_the_rule_chooses(name: str) -> None:
    plan = load_plan(name, SPECS)
    chosen = plan.chosen_by_rule(_clauses())

    assert {group: sorted(ids) for group, ids in plan.groups.items()} == {group: sorted(ids) for group, ids in chosen.items()}


@pytest.mark.parametrize("name", known_plans(SPECS))
def test_each_plan_selects_only_clauses_that_the_specification_holds(name: str) -> None:
    plan = load_plan(name, SPECS)

    assert [clause.id for clause in plan.select(_clauses())] == list(plan.clause_ids)


def test_the_record_plan_never_needs_a_sandbox() -> None:
    plan = load_plan("trading-record", SPECS)

    assert plan.level is None
    assert plan.ways == {"record", "network", "document"}
    for clause in plan.select(_clauses()):
        assert plan.ways.intersection(clause.ways), clause.id
        assert clause.ways_needed == "any" or plan.ways.issuperset(clause.ways), clause.id


def test_every_parameter_that_a_clause_names_is_a_figure_of_the_plans() -> None:
    figures = {**load_plan("trading-3", SPECS).parameters, **load_plan(OF_NO_COUNTRY, SPECS).parameters}

    assert {
        clause: unknown
        for clause, names in _parameters_of_clauses().items()
        if (unknown := [name for name in names if name not in figures])
    } == {}


def test_every_figure_of_the_law_comes_from_a_clause() -> None:
    ids = {clause.id for clause in _clauses()}
    figures = load_plan("trading-3", SPECS).parameters.values()

    assert [figure.name for figure in figures if not figure.is_ours and figure.source not in ids] == []


@pytest.mark.parametrize(
    ("name", "value", "source", "counting"),
    [
        ("bid_period_days", 20, "LAW-TL-24", Counting.PERIOD),
        ("document_to_opening_days", 20, "B-004", Counting.PERIOD_SHIFTED),
        ("document_sale_days", 5, "LAW-RG-16", Counting.DURATION),
        ("amendment_before_deadline_days", 15, "LAW-TL-23", Counting.DAYS_BEFORE),
        ("prequalification_amendment_before_deadline_days", 3, "LAW-RG-21", Counting.DAYS_BEFORE),
        ("objection_to_document_before_deadline_days", 10, "LAW-RG-22", Counting.DAYS_BEFORE),
        ("objection_to_prequalification_before_deadline_days", 2, "LAW-RG-22", Counting.DAYS_BEFORE),
        ("objection_reply_days", 3, "LAW-RG-22", Counting.WITHIN),
        ("publicity_start_days", 3, "LAW-RG-54-1", Counting.WITHIN),
        ("publicity_days", 3, "LAW-RG-54-1", Counting.DURATION),
        ("bid_bond_max_percent", 2, "LAW-RG-26", None),
        ("performance_bond_max_percent", 10, "LAW-RG-58", None),
        ("bidders_min", 3, "LAW-TL-28", None),
        ("invitees_min", 3, "LAW-TL-17", None),
        ("candidates_max", 3, "LAW-RG-53", None),
        ("committee_min", 5, "LAW-TL-37-1", None),
        ("committee_min_water", 7, "B-022", None),
        ("contract_days", 30, "LAW-TL-46", Counting.WITHIN),
        ("report_to_supervision_days", 15, "LAW-TL-47", Counting.WITHIN),
        ("bond_refund_days", 5, "LAW-RG-57", Counting.WITHIN),
        ("withdrawal_refund_days", 5, "LAW-RG-35", Counting.WITHIN),
        ("procurement_reply_working_days", 7, "B-032", Counting.WITHIN_WORKING),
    ],
)
def test_the_figures_of_the_law_stand_in_every_plan_of_the_country(name: str, value: int, source: str, counting: Counting | None) -> None:
    for plan in set(known_plans(SPECS)) - {OF_NO_COUNTRY}:
        figure = load_plan(plan, SPECS).parameter(name)

        assert (figure.value, figure.source, figure.counting) == (value, source, counting)


def test_the_figures_of_the_example_are_all_ours_and_say_so() -> None:
    plan = load_plan(OF_NO_COUNTRY, SPECS)

    assert all(figure.is_ours and figure.reason for figure in plan.parameters.values())
    assert {clause.applies_to for clause in plan.select(_clauses())} == {("records",)}
    assert plan.zone == UTC
    assert load_plan("records-cn", SPECS).zone is None


def test_shares_are_exact() -> None:
    plan = load_plan("trading-1", SPECS)

    assert plan.fraction("bid_bond_max_percent") == Fraction(1, 50)
    assert plan.fraction("committee_experts_min_share") == Fraction(2, 3)
    assert plan.fraction("error_rate") == Fraction(1, 1000)


def test_a_share_is_not_taken_for_a_whole_number_nor_a_list_for_a_share() -> None:
    plan = load_plan("trading-1", SPECS)

    with pytest.raises(PlanError, match="no whole number"):
        plan.whole("committee_experts_min_share")
    with pytest.raises(PlanError, match="a list"):
        plan.fraction("trial_months")


def test_a_figure_of_ours_may_be_changed() -> None:
    plan = load_plan("trading-1", SPECS)
    changed = plan.with_parameters({"receipt_delay_s": 2.5})

    assert changed.value("receipt_delay_s") == 2.5
    assert plan.value("receipt_delay_s") == 10
    assert changed.clause_ids == plan.clause_ids


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"bid_period_days": 10}, "is the law's .LAW-TL-24: 20 day. and cannot be changed"),
        ({"patience_s": 10}, "has no parameter 'patience_s': use one of .*receipt_delay_s"),
        ({"receipt_delay_s": "soon"}, "takes a value like 10 .second., not 'soon'"),
        ({"receipt_delay_s": True}, "takes a value like 10"),
        ({"receipt_delay_s": -1}, "cannot be -1"),
        ({"receipt_delay_s": float("nan")}, "cannot be nan"),
        ({"supported_environments": "chromium"}, "takes a value like"),
    ],
)
def test_a_change_that_is_not_allowed_is_refused_with_a_sentence(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(PlanError, match=said):
        load_plan("trading-1", SPECS).with_parameters(changes)


def test_an_unknown_plan_is_answered_with_the_known_ones() -> None:
    with pytest.raises(
        PlanError, match=r"no plan 'trading-9': use one of records-cn, records-example, trading-1, trading-2, trading-3, trading-record"
    ):
        load_plan("trading-9", SPECS)


def test_a_folder_without_plans_is_answered_so(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="there are none"):
        load_plan("trading-1", tmp_path)


@pytest.mark.parametrize(
    ("name", "written", "instead", "said"),
    [
        ("trading-1.yaml", "kind: trading", "kind: shop", r"trading-1\.yaml:8: kind: 'shop' is not one of"),
        ("trading-1.yaml", "level: 1", "stars: 1", r"trading-1\.yaml:\d+: .*(level|stars)"),
        (
            "trading-1.yaml",
            "figures: figures",
            "figures: numbers",
            r"trading-1\.yaml:11: there are no figures 'numbers'",
        ),
        ("trading-1.yaml", "id: trading-1", "id: trading-7", r"trading-1\.yaml:2: id is 'trading-7'"),
        ("trading-1.yaml", "rule:", "rule: [", r"trading-1\.yaml: it is not YAML"),
        ("trading-1.yaml", "items: [", "items: [A-01, ", r"trading-1\.yaml:\d+: clauses\.items: .*non-unique"),
        (
            "parameters/figures.yaml",
            "counting: period\n",
            "counting: guess\n",
            r"figures\.yaml:\d+: .*counting: 'guess'",
        ),
        ("parameters/figures.yaml", "    source: LAW-TL-24\n", "", r"figures\.yaml:\d+: .*'source' is a required"),
    ],
)
def test_a_plan_that_cannot_be_used_is_refused_with_file_line_and_key(
    specs: Path, name: str, written: str, instead: str, said: str
) -> None:
    _spoil(specs, name, written, instead)

    with pytest.raises(PlanError, match=said):
        load_plan("trading-1", specs)


def test_a_clause_that_the_specification_does_not_hold_is_named() -> None:
    plan = load_plan("trading-1", SPECS)
    odd = replace(plan, groups={"items": ("A-01", "A-999")})

    with pytest.raises(PlanError, match="A-999"):
        odd.select([Clause("A-01")])


def test_a_statement_counts_only_where_the_plan_says_so() -> None:
    plan = load_plan("trading-1", SPECS)

    assert plan.may_be_attested(Clause("F-01", basis="self_declared"))
    assert plan.may_be_attested(Clause("D-01", basis="public_service_proof"))
    assert not plan.may_be_attested(Clause("A-01"))


def test_a_plan_knows_its_clauses() -> None:
    plan: Plan = load_plan("trading-1", SPECS)

    assert "A-02" in plan
    assert "A-226" not in plan


@pytest.mark.parametrize(
    ("selector", "fits"),
    [
        (Selector("law"), True),
        (Selector("law", applies_to="trading"), True),
        (Selector("law", applies_to="credit"), False),
        (Selector("law", stars=frozenset({None})), False),
        (Selector("law", stars=frozenset({1, 2})), True),
        (Selector("law", basis=frozenset({"self_declared"})), False),
        (Selector("law", ways_any=frozenset({"record"})), True),
        (Selector("law", ways_any=frozenset({"network"})), False),
        (Selector("law", named=frozenset({"A-36"})), True),
        (Selector("law", named=frozenset({"A-37"})), False),
    ],
)
def test_a_selector_fits_if_each_condition_holds(selector: Selector, fits: bool) -> None:
    assert selector.fits(Clause("A-36", stars=2, ways=("sandbox", "record"))) is fits


def test_a_clause_that_needs_all_its_ways_is_not_chosen_by_one() -> None:
    both = Clause("A-36", ways=("sandbox", "record"), ways_needed="all")

    assert not Selector("law", ways_any=frozenset({"record"})).fits(both)
    assert Selector("law", ways_any=frozenset({"record", "sandbox"})).fits(both)


def test_a_plan_may_be_a_file_with_its_figures_beside_it(tmp_path: Path) -> None:
    (tmp_path / "parameters").mkdir()
    figures = (SPECS / "plans/parameters/example.yaml").read_text("utf-8")
    (tmp_path / "parameters" / "own.yaml").write_text(figures.replace("value: 30", "value: 12"), "utf-8")
    text = (SPECS / "plans/records-example.yaml").read_text("utf-8").replace("id: records-example", "id: own")
    (tmp_path / "own.yaml").write_text(
        text.replace("figures: example", "figures: own").replace('zone: "+00:00"', 'zone: "-03:30"'), "utf-8"
    )
    plan = load_plan(str(tmp_path / "own.yaml"), SPECS)

    assert (plan.id, plan.whole("tender_period_days")) == ("own", 12)
    assert str(plan.zone) == "UTC-03:30"
    with pytest.raises(PlanError, match="there is no plan"):
        load_plan(str(tmp_path / "none.yaml"), SPECS)


def test_the_record_plan_is_passive_and_the_others_say_nothing_of_their_dose() -> None:
    doses = {name: load_plan(name, SPECS).dose for name in ("trading-1", "trading-2", "trading-3", "trading-record")}

    assert doses == {
        "trading-1": Dose.STANDARD, "trading-2": Dose.STANDARD, "trading-3": Dose.STANDARD, "trading-record": Dose.PASSIVE,
    }  # fmt: skip
