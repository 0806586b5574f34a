"""The matrix on a small part of itself: the honest pass, a mutant is killed, an impostor survives and is named."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tenderproof import content, inventory
from tenderproof.prove import catalogue, matrix
from tenderproof.prove.catalogue import Mutant
from tenderproof.prove.never_ran import NeverRan
from tenderproof.prove.score import Fate
from tenderproof.verdict import Outcome
from tenderproof.vocabulary import Blame, State

ALL = inventory.checks(content.suites_dir())
CHECKS = [check for check in ALL if check.id.startswith("function/bidding::")]
GRACE = next(mutant for mutant in catalogue.mutants() if mutant.name == "bidding.a_minute_of_grace")
MISPLACED = Mutant("bonds.interest_is_optional", ("EB-27-4",), "hidden", "", ())


def test_a_mutant_is_killed_and_one_under_a_foreign_clause_survives(tmp_path: Path) -> None:
    heard: list[str] = []
    done = matrix.perform(
        [GRACE, MISPLACED], CHECKS, [CHECKS[0].id], tmp_path, workers=2, full=False, listener=lambda score: heard.append(score.mutant.name)
    )

    assert done.on_reference == ()
    assert {score.mutant.name: score.fate for score in done.scores} == {GRACE.name: Fate.KILLED, MISPLACED.name: Fate.SURVIVED}
    assert sorted(heard) == sorted([GRACE.name, MISPLACED.name])
    assert not done.fine


def test_what_takes_long_has_its_turn_later_but_on_mutants_of_its_own_subject() -> None:
    walk = next(check for check in ALL if check.id.startswith("function/lifecycle::"))
    own = replace(GRACE, name="lifecycle.a_minute_of_grace")

    assert walk.waits
    assert matrix.in_turns(GRACE, [walk, CHECKS[0]]) == [[CHECKS[0]], [walk]]
    assert matrix.in_turns(own, [walk, CHECKS[0]]) == [[walk, CHECKS[0]]]
    assert matrix.in_turns(GRACE, [walk]) == [[walk]]
    assert matrix.in_turns(GRACE, []) == [[]]


class Told(matrix.Workshop):
    """A workshop in which these checks fall on whatever is tried; it keeps which were performed, turn by turn."""

    def __init__(self, *fall: str) -> None:
        self.fall, self.performed = fall, list[tuple[str, list[str]]]()

    def tried(self, name: str, mutant: str | None, chosen: Sequence[inventory.Check], figures: object = None) -> list[Outcome]:
        """The outcomes of one turn."""
        assert (mutant, figures) == (GRACE.name, {})
        self.performed.append((name, [check.id for check in chosen]))
        return [Outcome(c.id, GRACE.clauses, c.way, State.FAILED if c.id in self.fall else State.PASSED) for c in chosen]


def test_what_takes_long_is_left_out_once_a_mutant_is_killed_and_kills_where_nothing_else_does() -> None:
    quick, long = (check.id for check in CHECKS[:2])
    turns = [[CHECKS[0]], [CHECKS[1]]]
    own = [replace(check, clauses=GRACE.clauses) for check in CHECKS[:2]]

    early = Told(quick, long)
    assert early.scored(GRACE, turns, own).fell == (quick,)
    assert early.performed == [(GRACE.name, [quick])]
    late = Told(long)
    assert late.scored(GRACE, turns, own).fell == (long,)
    assert late.performed == [(GRACE.name, [quick]), (f"{GRACE.name}-1", [long])]
    assert Told().scored(GRACE, turns, own).fate is Fate.SURVIVED


def test_a_sentinel_that_is_no_check_is_named(tmp_path: Path) -> None:
    with pytest.raises(matrix.MatrixError, match="no/check::test_x"):
        matrix.perform([], CHECKS, ["no/check::test_x"], tmp_path, workers=1, full=False, listener=lambda _: None)


def test_the_sentinels_are_checks() -> None:
    known = {check.id for check in inventory.checks(content.suites_dir())}

    assert set((content.suites_dir() / "sentinels.txt").read_text("utf-8").split()) <= known


def test_what_nothing_here_can_satisfy_is_a_check_and_is_left_out_only_where_it_is_undecided() -> None:
    known = {check.id for check in inventory.checks(content.suites_dir())}
    (check,) = sorted(matrix.undecidable())[:1]
    undecided = Outcome(check, (), "network", State.ERRORED, Blame.NETWORK, "private_address")
    others = [
        replace(undecided, state=State.FAILED), replace(undecided, blame=Blame.PLATFORM), replace(undecided, check="function/x::test_y"),
        replace(undecided, state=State.PASSED, blame=None),
    ]  # fmt: skip

    assert matrix.undecidable() <= known
    assert matrix.decided([undecided, *others]) == others


def test_on_the_reference_a_check_that_falls_or_errs_is_held_against_it_and_one_that_is_skipped_is_not() -> None:
    (blind,) = sorted(matrix.undecidable())[:1]
    passed = Outcome("function/x::test_y", (), "sandbox", State.PASSED)
    told = [passed, replace(passed, state=State.SKIPPED), replace(passed, state=State.FAILED), replace(passed, state=State.ERRORED)]

    assert [one.partition(": ")[2] for one in matrix.fallen([*told, replace(passed, check=blind)])] == [
        "failed: ", "errored: ", "passed, where nothing can be told",
    ]  # fmt: skip


def test_record_checks_share_a_federation_with_those_that_publish_what_they_read() -> None:
    checks = inventory.checks(content.suites_dir())
    shares = matrix.shares(checks, 2)

    assert sorted(check.id for share in shares for check in share) == sorted(check.id for check in checks)
    assert all(check.way != "record" for check in shares[1])
    read = {clause for check in checks if check.way == "record" for clause in check.clauses}
    assert not [check.id for check in shares[1] if read.intersection(check.clauses)]
    assert min(map(len, shares)) > 0


def test_a_matrix_with_a_check_that_never_ran_is_fine_only_if_that_is_known() -> None:
    known = NeverRan("function/x::test_y", "nothing to see", "needs a tool")

    assert matrix.Matrix((), (), (known,)).fine
    assert not matrix.Matrix((), (), (known, replace(known, known=""))).fine


def test_a_check_that_runs_under_the_figures_of_mutants_that_are_left_out_is_no_check_that_never_ran() -> None:
    headers = next(check for check in ALL if check.id.endswith("::test_pages_bear_the_headers_that_the_plan_asks_for"))
    asking = [mutant for mutant in catalogue.mutants() if mutant.figures and set(mutant.clauses) & set(headers.clauses)]
    found = (NeverRan(headers.id, "no header is asked for"), NeverRan(CHECKS[0].id, "nobody knows"))

    assert asking
    assert matrix.not_asked_for_by(asking, found, ALL) == found[1:]
    assert matrix.not_asked_for_by([replace(one, figures={}) for one in asking], found, ALL) == found


def test_a_mutant_is_tried_under_its_figures_and_the_reference_too(tmp_path: Path) -> None:
    checks = [check for check in ALL if check.id.endswith("::test_pages_bear_the_headers_that_the_plan_asks_for")]
    (mutant,) = [one for one in catalogue.mutants() if one.name == "site.no_page_says_what_it_may_load"]
    done = matrix.perform([mutant], checks, [], tmp_path, workers=1, full=False, listener=lambda _: None)
    bare = matrix.perform([replace(mutant, figures={})], checks, [], tmp_path / "bare", workers=1, full=False, listener=lambda _: None)

    assert (done.fine, done.never_ran) == (True, ())
    assert [one.fate for one in bare.scores] == [Fate.SURVIVED]
    assert [(one.check, one.known) for one in bare.never_ran] == [(checks[0].id, "")]
