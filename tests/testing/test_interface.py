"""A driver that examines no interface says so; a deviation reads as a sentence."""

import pytest

from tenderproof.testing.interface import Budget, Deviation, Interface
from tenderproof.vocabulary import Blame, Missing


def test_a_driver_without_an_interface_says_that_it_does_not_examine_one() -> None:
    with pytest.raises(Missing, match="does not examine") as missing:
        Interface().examined(Budget(1, 1, 1))
    assert missing.value.blame is Blame.TOOL


def test_a_deviation_reads_as_a_sentence_with_the_command_that_repeats_it() -> None:
    found = Deviation("GET /time", "Undocumented status code", "202 is not among 200", "curl -X GET http://127.0.0.1/time")
    assert repr(found) == "GET /time: Undocumented status code: 202 is not among 200 (curl -X GET http://127.0.0.1/time)"
