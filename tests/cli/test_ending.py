"""Exit codes say what the decision says."""

import pytest

from tenderproof.cli.ending import BY_DECISION, Exit, WrongUse, sentences
from tenderproof.vocabulary import Decision


def test_every_decision_has_its_exit_code() -> None:
    assert {decision: BY_DECISION[decision].value for decision in Decision} == {
        Decision.CONFORMANT: 0,
        Decision.NON_CONFORMANT: 1,
        Decision.INCONCLUSIVE: 2,
    }


def test_wrong_input_ends_with_its_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended, sentences():
        raise WrongUse("This cannot be.")

    assert ended.value.code == Exit.WRONG_USE
    assert capsys.readouterr().err == "tenderproof: This cannot be.\n"


def test_a_fault_of_ours_is_not_dressed_as_wrong_input() -> None:
    with pytest.raises(ZeroDivisionError), sentences():
        raise ZeroDivisionError
