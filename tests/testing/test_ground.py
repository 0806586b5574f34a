"""A check says on which of its clauses it convicts, and only one that never acquits may."""

import pytest

from tenderproof.testing import Ground


def test_the_ground_is_what_was_seen_broken_each_clause_once() -> None:
    ground = Ground(("EB-27-3", "EB-29-1"), acquits=False)
    ground.narrow(["EB-29-1", "EB-29-1"])

    assert ground.broken == ("EB-29-1",)


def test_nothing_seen_broken_narrows_nothing() -> None:
    ground = Ground(("EB-27-3",), acquits=False)
    ground.narrow([])

    assert ground.broken == ()


def test_a_clause_that_the_check_does_not_name_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="does not stand on A-1"):
        Ground(("EB-27-3",), acquits=False).narrow(["EB-27-3", "A-1"])


def test_a_check_that_acquits_stands_on_all_its_clauses() -> None:
    with pytest.raises(ValueError, match="acquits=False"):
        Ground(("EB-27-3",), acquits=True).narrow(["EB-27-3"])
