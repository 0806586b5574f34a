"""What was skipped on the reference each time is named, and known or not."""

from dataclasses import replace

from tenderproof import content, inventory
from tenderproof.prove.never_ran import NeverRan, declared, never_ran
from tenderproof.verdict import Outcome
from tenderproof.vocabulary import State

SKIPPED = Outcome("function/x::test_y[a]", (), "sandbox", State.SKIPPED, None, "nothing to see")


def test_a_case_that_was_skipped_each_time_never_ran() -> None:
    ran = replace(SKIPPED, check="function/x::test_y[b]", state=State.PASSED)

    assert never_ran([SKIPPED, ran, SKIPPED]) == (NeverRan("function/x::test_y[a]", "nothing to see"),)


def test_what_ran_once_under_whatever_figures_has_run() -> None:
    assert never_ran([SKIPPED, replace(SKIPPED, state=State.PASSED)]) == ()
    assert never_ran([replace(SKIPPED, state=State.FAILED), SKIPPED]) == ()


def test_a_check_that_is_listed_is_known_with_the_reason() -> None:
    check, why = next(iter(declared().items()))
    (found,) = never_ran([replace(SKIPPED, check=f"{check}[case]")])

    assert found.known == why


def test_what_is_listed_is_a_check_and_has_a_reason() -> None:
    known = {check.id for check in inventory.checks(content.suites_dir())}

    assert declared().keys() <= known
    assert all(declared().values())
