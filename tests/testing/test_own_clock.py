"""Our own clock: how far the platform's is off at least, and when ours convicts nobody."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tenderproof.testing.own_clock import OwnClock, Reading
from tenderproof.vocabulary import Blame, Missing

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
SECOND = timedelta(seconds=1)


class Ticking:
    """Chance whose time goes on by a second at each look, and a kernel that says what it is told to."""

    def __init__(self, state: int) -> None:
        self._looks, self._state = 0, state

    def now(self) -> datetime:
        self._looks += 1
        return NOW + self._looks * SECOND

    def made(self, kind: str, produce: Callable[[], bytes], *, secret: bool = False) -> bytes:
        assert (kind, secret) == ("clock state", False)
        assert int(produce()) in range(-1, 6)
        return str(self._state).encode()


@pytest.mark.parametrize(("said", "off"), [(-3, 3), (0, 0), (1, 0), (2, 0), (5, 3)])
def test_a_time_is_off_by_what_the_way_of_the_answer_cannot_explain(said: int, off: int) -> None:
    assert Reading(NOW, NOW + said * SECOND, NOW + 2 * SECOND).off == off * SECOND


def test_the_platform_is_asked_between_two_looks() -> None:
    chance = Ticking(0)

    assert OwnClock(chance, shared=False).around(lambda: chance.now() + 9 * SECOND) == Reading(  # type: ignore[arg-type]
        NOW + SECOND, NOW + 11 * SECOND, NOW + 3 * SECOND
    )


@pytest.mark.parametrize(
    ("state", "shared", "true"), [(0, False, True), (4, False, True), (5, False, False), (-1, False, False), (5, True, True)]
)
def test_a_clock_that_nobody_keeps_convicts_only_who_shares_it(state: int, shared: bool, true: bool) -> None:
    clock = OwnClock(Ticking(state), shared=shared)  # type: ignore[arg-type]

    if true:
        clock.require_true()
        return
    with pytest.raises(Missing, match="not known to be synchronised") as missing:
        clock.require_true()
    assert missing.value.blame is Blame.TOOL
