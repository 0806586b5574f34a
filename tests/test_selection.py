"""Which checks a run performs, and what it says of the others."""

from tenderproof.inventory import Check
from tenderproof.selection import select
from tenderproof.vocabulary import Way


def check(name: str, *clauses: str, way: Way = Way.SANDBOX) -> Check:
    """A check of the area ``function``."""
    return Check(f"function/m::test_{name}", clauses, way, "", "function/test_m.py", 1)


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
