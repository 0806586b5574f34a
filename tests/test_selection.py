"""Which checks a run performs, and what it says of the others."""

import pytest

from tenderproof.inventory import Check
from tenderproof.selection import select
from tenderproof.vocabulary import Dose, Way


def check(name: str, *clauses: str, way: Way = Way.SANDBOX, intrusive: bool = False) -> Check:
    """A check of the area ``function``."""
    return Check(f"function/m::test_{name}", clauses, way, "", "function/test_m.py", 1, intrusive=intrusive)


ALL = ("sandbox", "record")


def test_a_check_runs_if_it_decides_a_clause_of_the_plan() -> None:
    chosen = select([check("a", "X"), check("b", "Y")], {"X"}, ALL, sandbox=True)

    assert [c.id for c in chosen.checks] == ["function/m::test_a"]
    assert chosen.left_out == {}


def test_a_sandbox_probe_never_runs_against_a_candidate_that_is_no_sandbox() -> None:
    chosen = select([check("a", "X"), check("b", "X", way=Way.RECORD)], {"X"}, ALL, sandbox=False)

    assert [c.id for c in chosen.checks] == ["function/m::test_b"]
    assert chosen.left_out == {"function/m::test_a": "not_a_sandbox"}


def test_a_way_that_the_plan_does_not_go_is_left_out() -> None:
    chosen = select([check("a", "X")], {"X"}, ("record",), sandbox=True)

    assert chosen.left_out == {"function/m::test_a": "way_not_in_plan"}


def test_a_run_can_be_narrowed_to_areas_checks_or_clauses() -> None:
    known = [check("a", "X"), check("b", "Y")]

    assert len(select(known, {"X", "Y"}, ALL, sandbox=True, areas=["security"]).checks) == 0
    assert [c.id for c in select(known, {"X", "Y"}, ALL, sandbox=True, only=["Y"]).checks] == ["function/m::test_b"]
    narrowed = select(known, {"X", "Y"}, ALL, sandbox=True, only=["function/m::test_a"])
    assert narrowed.left_out == {"function/m::test_b": "not_chosen"}


@pytest.mark.parametrize(
    ("dose", "performed", "left_out"),
    [
        (Dose.PASSIVE, "r", {"function/m::test_s": "only_reading", "function/m::test_i": "dose_too_low"}),
        (Dose.STANDARD, "rs", {"function/m::test_i": "dose_too_low"}),
        (Dose.INTRUSIVE, "rsi", {}),
    ],
)
def test_a_run_probes_no_harder_than_its_dose(dose: Dose, performed: str, left_out: dict[str, str]) -> None:
    known = [check("r", "X", way=Way.RECORD), check("s", "X"), check("i", "X", intrusive=True)]
    chosen = select(known, {"X"}, ALL, sandbox=True, dose=dose)

    assert "".join(one.id[-1] for one in chosen.checks) == performed
    assert chosen.left_out == left_out


def test_no_dose_makes_a_sandbox_of_a_candidate_that_is_none() -> None:
    chosen = select([check("i", "X", intrusive=True)], {"X"}, ALL, sandbox=False, dose=Dose.INTRUSIVE)

    assert chosen.left_out == {"function/m::test_i": "not_a_sandbox"}


def test_without_a_word_a_run_is_of_the_standard_dose() -> None:
    assert select([check("i", "X", intrusive=True)], {"X"}, ALL, sandbox=True).checks == ()
