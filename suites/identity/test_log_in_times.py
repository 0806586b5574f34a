"""How long a log-in takes that fails: it tells nobody whether there is such a name (用户名枚举)."""

from collections.abc import Iterator
from itertools import cycle

import pytest

from tenderproof.testing import Chance, Identities, Missing, Plan, Public, Stories, Told, clause, measured

_NAMES, _TRIES = 12, 2  # so many names, each tried so often between two log-ins that succeed: fewer than any lock waits for


def users(stories: Stories, identities: Identities) -> dict[str, str]:
    """Login names that there are, each with its password."""
    chosen = {identities.login_name(): identities.password() for _ in range(_NAMES)}
    for name, password in chosen.items():
        stories.applicant(identities.fresh("bidder")).set_password(name, password).require()
    return chosen


def in_turn(public: Public, chosen: dict[str, str]) -> Iterator[str]:
    """Each of the names, so often as no lock minds; then whoever has it logs in, and so on."""
    for name, password in cycle(chosen.items()):
        yield from [name] * _TRIES
        public.log_in_with_password(name, password).require()


def nobodys(identities: Identities) -> Iterator[str]:
    """Names that nobody has, each as often as the others."""
    while True:
        yield from [identities.login_name()] * _TRIES


@clause("HN-3.2-08", acquits=False)
@pytest.mark.waits
def test_how_long_a_failed_log_in_takes_does_not_tell_whether_there_is_such_a_name(
    stories: Stories, identities: Identities, public: Public, chance: Chance, plan: Plan
) -> None:
    """Names that there are and names that there are not, tried in turns with a wrong password, take equally long in two blocks."""
    known, unknown, wrong = in_turn(public, users(stories, identities)), nobodys(identities), identities.password()
    least = plan.whole("timing_least_difference_ms") / 1000

    def tried(names: Iterator[str]) -> float:
        seconds = public.log_in_with_password(next(names), wrong).seconds
        if not seconds:
            raise Missing("the driver does not tell how long an answer takes")
        return seconds

    times = measured(lambda: tried(known), lambda: tried(unknown), _NAMES * _TRIES, lambda: chance.choice([True, False]), least)

    assert times.told is not Told.APART, times
    if times.told is Told.UNCLEAR:
        raise Missing(f"one block of times tells the two apart and the other does not: {times}")
