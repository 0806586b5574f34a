"""Open clauses come in the order in which a vendor should take them."""

from hypothesis import given

from tenderproof.reporting.gaps import gaps, next_level, order
from tenderproof.result import Result
from tenderproof.vocabulary import Verdict

from . import results
from .results import clause

V, U, N, S = Verdict.VIOLATED, Verdict.INCONCLUSIVE, Verdict.NOT_TESTED, Verdict.SATISFIED


def test_one_star_violated_comes_first_and_three_stars_last() -> None:
    found = gaps(
        results.result(
            [
                clause("A-5", V, stars=3), clause("A-4", V, stars=2), clause("A-3", N, stars=1), clause("EB-1", U),
                clause("A-10", V, stars=1), clause("A-2", V, stars=1), clause("EB-2", V), clause("A-1", S, stars=1),
            ]
        )
    )  # fmt: skip
    assert [(gap.priority, gap.clause.id) for gap in found] == [
        ("P0", "A-2"), ("P0", "A-10"), ("P0", "EB-2"), ("P1", "A-4"), ("P1", "EB-1"), ("P1", "A-3"), ("P2", "A-5"),
    ]  # fmt: skip


def test_a_gap_says_whether_decision_and_level_hang_on_it() -> None:
    found = {gap.clause.id: gap for gap in gaps(results.result([clause("A-1", V, stars=2), clause("A-2", N, stars=1), clause("EB-1", V)]))}
    assert [(g.blocks_decision, g.blocks_level) for g in (found["A-1"], found["A-2"], found["EB-1"])] == [
        (True, False),
        (True, True),
        (True, False),
    ]


def test_a_should_clause_stands_in_nobodys_way_unless_it_has_stars() -> None:
    found = gaps(results.result([clause("EB-1", V, keyword="should"), clause("A-1", V, keyword="should", stars=1)]))
    assert [(gap.clause.id, gap.blocks_decision, gap.blocks_level) for gap in found] == [("A-1", False, True)]


def test_the_next_level_is_the_lowest_that_is_not_reached() -> None:
    level = next_level(results.result([clause("A-1", S, stars=1), clause("A-2", V, stars=2), clause("A-3", V, stars=3)]))
    assert level is not None
    assert level.level == 2
    assert next_level(results.result([clause("A-1", S, stars=1)])) is None


@given(results.results())
def test_every_clause_that_the_decision_names_is_a_gap_once(result: Result) -> None:
    found = [gap.clause.id for gap in gaps(result)]
    assert len(found) == len(set(found))
    assert {*result.conclusion.violated, *result.conclusion.undecided} <= set(found)
    level = next_level(result)
    if level:
        assert sum(gap.blocks_level for gap in gaps(result)) == level.violated + level.to_attest + level.unknown


def test_numbers_in_ids_count_as_numbers() -> None:
    assert sorted(["A-10", "A-2", "B-001", "HN-2.1-02"], key=order) == ["A-2", "A-10", "B-001", "HN-2.1-02"]


def test_a_waived_clause_stays_in_the_list_and_blocks_its_level_but_not_the_decision() -> None:
    law, item = results.waived(results.clause(verdict=Verdict.VIOLATED)), results.waived(results.clause("A-01", Verdict.VIOLATED, stars=1))
    made = results.result([law, item])
    waived = made.conclusion.model_copy(update={"violated": [], "deviations": ["A-01", "EB-27-3"]})

    found = {gap.clause.id: (gap.blocks_decision, gap.blocks_level) for gap in gaps(made.model_copy(update={"conclusion": waived}))}

    assert found == {"EB-27-3": (False, False), "A-01": (False, True)}
