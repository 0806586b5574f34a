"""What becomes testable follows from what is offered and what is needed, and from nothing else."""

from typing import Any, cast

from tenderproof.coverage import reach
from tenderproof.coverage.needs import Needs
from tenderproof.coverage.operations import Offer, Operation
from tenderproof.coverage.reach import Reached, Step, Testable
from tenderproof.inventory import Check
from tenderproof.vocabulary import Way


def check(name: str, *clauses: str) -> Check:
    return Check(f"security/x::{name}", clauses, Way.SANDBOX, "", "security/test_x.py", 1)


ONE, OTHER, THIRD = check("one", "A", "B"), check("other", "B"), check("third", "C")
NEEDED = {ONE.id: Needs({"deliver"}, {"clock"}), OTHER.id: Needs({"deliver", "withdraw"}), THIRD.id: Needs({"ask"}, {"views"})}
OFFERED = (
    Operation("Bidder", "deliver", Offer.PARTLY),
    Operation("Bidder", "withdraw", Offer.WRONG),
    Operation("Owner", "ask", Offer.MISSING),
)


def reached() -> tuple[Reached, ...]:
    return reach.reached((ONE, OTHER, THIRD), NEEDED, OFFERED, frozenset({"clock"}))


def test_a_check_lacks_what_is_missing_or_wrong_and_what_the_declaration_does_not_have() -> None:
    assert [one.lacking for one in reached()] == [(), ("withdraw",), ("ask", "views")]


def test_what_one_kind_of_people_has_is_there() -> None:
    there = (*OFFERED, Operation("Bidder", "ask", Offer.OFFERED))

    assert reach.reached((THIRD,), NEEDED, there, frozenset({"views"}))[0].lacking == ()


def clause(name: str, area: str = "security") -> Any:
    return type("Clause", (), {"id": name, "area": area})()


def test_a_clause_is_testable_wholly_in_part_or_not_and_left_out_where_no_check_decides_it() -> None:
    of = [clause(name) for name in "ABCD"]

    assert reach.clauses(of, reached()) == {"A": Testable.WHOLLY, "B": Testable.PARTLY, "C": Testable.NOT}


def test_each_area_counts_its_own_checks_and_clauses() -> None:
    of = [clause("A"), clause("B", "identity"), clause("C")]
    found = {area.name: (area.checks, area.runnable, dict(area.clauses)) for area in reach.areas(of, reached())}

    assert found == {
        "identity": (0, 0, {Testable.WHOLLY: 0, Testable.PARTLY: 1, Testable.NOT: 0}),
        "security": (3, 1, {Testable.WHOLLY: 1, Testable.PARTLY: 0, Testable.NOT: 1}),
    }


def test_what_would_let_most_run_comes_first() -> None:
    assert reach.steps(reached()) == (Step("withdraw", 1, 1), Step("ask", 1, 0), Step("views", 1, 0))


def test_instruments_are_there_where_driver_and_declaration_have_them(declare: Any, tmp_path: Any) -> None:
    from tenderproof.drivers import ContractDriver  # noqa: PLC0415 - slow to import

    wire, chance = cast("Any", type("Wire", (), {"apart": None})()), cast("Any", None)
    with_clock, without = (ContractDriver(declare(clock=clock), wire, chance, tmp_path) for clock in ("project", "none"))

    assert reach.instruments(with_clock) == {
        "clock", "views", "browser", "interface", "identities", "line", "visits", "looks", "callbacks", "channel", "hosts", "access",
            "site",
    }  # fmt: skip
    assert reach.instruments(with_clock) - reach.instruments(without) == {"clock"}
