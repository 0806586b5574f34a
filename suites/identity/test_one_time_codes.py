"""One-time codes (动态口令): asked for where an account has them, good for their moment, and good once."""

import time
from datetime import datetime

import pytest

from tenderproof.testing import HOUR, STEP, Coded, Missing, Public, clause

_TRIES = 4


def at_the_beginning_of_a_step(public: Public) -> datetime:
    """Wait for a moment of the platform's time from which a code is good for a while; that moment."""
    length = STEP.total_seconds()
    for _ in range(2):
        now = public.time().value.now
        gone = now.timestamp() % length
        if gone < length / 2:
            return now
        time.sleep(length - gone + 1)
    raise Missing("the platform's own time does not go on; no code is ever another")


def let_in(public: Public, coded: Coded) -> str:
    """The code of a log-in that succeeded; one whose code somebody has used just before waits for the next."""
    for _ in range(_TRIES):
        code = coded.code(at_the_beginning_of_a_step(public))
        if public.log_in_with_password(coded.login, coded.password, code).accepted:
            return code
        time.sleep(STEP.total_seconds() / 2)
    raise Missing(f"the account {coded.login} is not let in with its password and the code of the moment: is its key right?")


@clause("SEC-MLPS-1", "HN-3.2-08", acquits=False)
@pytest.mark.waits
def test_a_code_is_asked_for_and_is_good_at_its_moment_and_once(public: Public, coded: Coded) -> None:
    """With password and code the account is let in; not without one, nor with that of an hour ago, nor with the one that let it in."""
    used = let_in(public, coded)
    again = public.log_in_with_password(coded.login, coded.password, used)
    without = public.log_in_with_password(coded.login, coded.password)
    late = public.log_in_with_password(coded.login, coded.password, coded.code(public.time().value.now - HOUR))
    at_last = let_in(public, coded)

    assert at_last != used
    assert without.refused, "the second factor is not asked for"
    assert late.refused, "a code of an hour ago is as good as any"
    assert again.refused, "a code is good more than once"
