"""Each trouble knows whose it is."""

import pytest

from tenderproof.vocabulary import Blame, DeclarationTrouble, Dose, Missing, NetworkTrouble, PlatformTrouble, Trouble, Undecided


@pytest.mark.parametrize(
    ("trouble", "blame"),
    [
        (Trouble, Blame.TOOL),
        (PlatformTrouble, Blame.PLATFORM),
        (NetworkTrouble, Blame.NETWORK),
        (Undecided, Blame.NETWORK),
        (DeclarationTrouble, Blame.DECLARATION),
    ],
)
def test_a_trouble_blames(trouble: type[Trouble], blame: Blame) -> None:
    assert trouble("x").blame is blame


def test_a_missing_prerequisite_is_the_declarations_unless_said_otherwise() -> None:
    assert Missing("x").blame is Blame.DECLARATION
    assert Missing("x", Blame.TOOL).blame is Blame.TOOL


def test_each_dose_includes_those_before_it() -> None:
    covered = {dose: [other for other in Dose if dose.covers(other)] for dose in Dose}

    assert covered == {
        Dose.PASSIVE: [Dose.PASSIVE],
        Dose.STANDARD: [Dose.PASSIVE, Dose.STANDARD],
        Dose.INTRUSIVE: [Dose.PASSIVE, Dose.STANDARD, Dose.INTRUSIVE],
    }
