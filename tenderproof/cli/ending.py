"""How a command ends: exit codes, and errors as sentences."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

from tenderproof.vocabulary import Decision, WrongInput


class Exit(IntEnum):
    """Exit codes, documented in the README."""

    CONFORMANT = 0
    NON_CONFORMANT = 1
    INCONCLUSIVE = 2
    WRONG_USE = 64
    BUG = 70
    INTERRUPTED = 130


BY_DECISION = {
    Decision.CONFORMANT: Exit.CONFORMANT,
    Decision.NON_CONFORMANT: Exit.NON_CONFORMANT,
    Decision.INCONCLUSIVE: Exit.INCONCLUSIVE,
}


class WrongUse(WrongInput):
    """Somebody asked for something that cannot be; the message is a sentence."""


@contextmanager
def sentences() -> Iterator[None]:
    """Errors that a user can meet end the command with one sentence and 64."""
    try:
        yield
    except WrongInput as error:
        print(f"tenderproof: {error}", file=sys.stderr)
        raise SystemExit(Exit.WRONG_USE) from None
