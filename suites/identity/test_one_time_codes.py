"""One-time codes (动态口令): asked for where an account has them, good for their moment, and good once."""

import time
from datetime import datetime

import pytest

from tenderproof.testing import HOUR, STEP, Coded, Missing, Public, clause

_TRIES = 2


def next_step(now: datetime) -> None:
    """Wait until another code is the code of the moment."""
    length = STEP.total_seconds()
    time.sleep(length - now.timestamp() % length + 1)


def let_in(public: Public, coded: Coded, used: str = "") -> str:
    """The code of a log-in that succeeded, another one than was used; where somebody has used it just before, the next one."""
    for tries in range(_TRIES):
        now = public.time().value.now
        code = coded.code(now)
        if code != used and public.log_in_with_password(coded.login, coded.password, code).accepted:
            return code
        if tries < _TRIES - 1:
            next_step(now)
    raise Missing(f"the account {coded.login} is not let in with its password and the code of the moment: is its key right?")


@clause("SEC-MLPS-1", "HN-3.2-08", acquits=False)
@pytest.mark.waits
def test_a_code_is_asked_for_and_is_good_at_its_moment_and_once(public: Public, coded: Coded) -> None:
    """With password and code the account is let in; not without one, nor with that of an hour ago, nor with the one that let it in."""
    used = let_in(public, coded)
    again = public.log_in_with_password(coded.login, coded.password, used)
    without = public.log_in_with_password(coded.login, coded.password)
    late = public.log_in_with_password(coded.login, coded.password, coded.code(public.time().value.now - HOUR))
    at_last = let_in(public, coded, used)

    assert at_last != used
    assert without.refused, "the second factor is not asked for"
    assert late.refused, "a code of an hour ago is as good as any"
    assert again.refused, "a code is good more than once"
