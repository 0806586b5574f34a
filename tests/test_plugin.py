"""What an exception in a check means: only the suite's own assertion in the check itself is *failed*."""

from pathlib import Path

import pytest

from tenderproof.plugin import Seen, classify
from tenderproof.vocabulary import Blame, DeclarationTrouble, Missing, NetworkTrouble, PlatformTrouble, State

SUITES = Path(__file__).parent


def seen(error: BaseException, *, phase: str = "call", suites: Path = SUITES) -> Seen:
    """What the plugin makes of an error raised here."""
    with pytest.raises(type(error)) as raised:
        raise error
    return classify(raised, phase, suites)


def test_the_suites_own_assertion_in_the_check_is_failed() -> None:
    found = seen(AssertionError("a late bid was taken\nassert 1 == 2"))

    assert (found.state, found.blame, found.reason) == (State.FAILED, Blame.PLATFORM, "a late bid was taken")
    assert "assert 1 == 2" in found.detail
    assert found.where.startswith("test_plugin.py:")


def test_an_assertion_elsewhere_is_ours() -> None:
    found = seen(AssertionError("in a library"), suites=Path("/nowhere"))

    assert (found.state, found.blame) == (State.ERRORED, Blame.TOOL)


@pytest.mark.parametrize("phase", ["setup", "teardown"])
def test_an_assertion_outside_the_check_itself_is_ours(phase: str) -> None:
    assert seen(AssertionError("x"), phase=phase).state is State.ERRORED


@pytest.mark.parametrize(
    ("error", "blame"),
    [
        (PlatformTrouble("500"), Blame.PLATFORM),
        (NetworkTrouble("reset"), Blame.NETWORK),
        (DeclarationTrouble("key"), Blame.DECLARATION),
        (KeyError("x"), Blame.TOOL),
        (TimeoutError("x"), Blame.TOOL),
    ],
    ids=str,
)
def test_any_other_exception_is_errored_with_its_blame(error: Exception, blame: Blame) -> None:
    found = seen(error)

    assert (found.state, found.blame) == (State.ERRORED, blame)


def test_a_missing_prerequisite_is_skipped_with_its_reason() -> None:
    found = seen(Missing("no clock"), phase="setup")

    assert (found.state, found.blame, found.reason) == (State.SKIPPED, Blame.DECLARATION, "no clock")


def test_our_own_time_out_is_errored() -> None:
    assert seen(pytest.fail.Exception("Timeout >150.0s")).state is State.ERRORED
