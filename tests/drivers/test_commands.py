import sys

import pytest

from tenderproof.drivers import commands
from tenderproof.vocabulary import DeclarationTrouble


def test_a_command_gets_octets_and_gives_octets() -> None:
    upper = [sys.executable, "-c", "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read().upper())"]

    assert commands.run(upper, b"abc", "test") == b"ABC"


def test_a_command_that_fails_is_the_declarations_fault_in_its_own_words() -> None:
    with pytest.raises(DeclarationTrouble, match="ended with 3: no token"):
        commands.run([sys.executable, "-c", "import sys; sys.stderr.write('no token'); sys.exit(3)"], b"", "signer")


def test_a_command_that_is_not_there_is_named() -> None:
    with pytest.raises(DeclarationTrouble, match="/nowhere/sign could not be run"):
        commands.run(["/nowhere/sign"], b"", "signer")
