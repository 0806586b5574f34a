"""A plan under other figures is the plan but for these."""

from pathlib import Path

import pytest

from tenderproof import content
from tenderproof.prove import bodies, figures
from tenderproof.spec.plan import PlanError, load_plan

SPECS = content.specs_dir()


def test_without_figures_it_is_the_plan_itself(tmp_path: Path) -> None:
    assert figures.asking({}, tmp_path) == bodies.PLAN
    assert list(tmp_path.iterdir()) == []


def test_a_plan_under_other_figures_differs_in_these_alone(tmp_path: Path) -> None:
    asked = load_plan(figures.asking({"security_headers": ["x-content-type-options"]}, tmp_path), SPECS)
    plan = load_plan(bodies.PLAN, SPECS)

    assert asked.value("security_headers") == ["x-content-type-options"]
    assert {name for name in plan.parameters if asked.parameter(name) != plan.parameter(name)} == {"security_headers"}
    assert (asked.id, asked.clause_ids) == (plan.id, plan.clause_ids)


@pytest.mark.parametrize("wrong", [{"bid_period_days": 1}, {"no_such_figure": 1}, {"security_headers": 3}])
def test_a_figure_of_the_laws_or_none_is_refused(tmp_path: Path, wrong: dict[str, int]) -> None:
    with pytest.raises(PlanError):
        figures.asking(wrong, tmp_path)
