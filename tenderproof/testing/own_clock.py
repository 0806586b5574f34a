"""Our own clock: what the platform's time is held against, if anybody keeps ours right."""

import ctypes
import ctypes.util
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tenderproof.evidence.chance import Chance
from tenderproof.vocabulary import Blame, Missing

_UNSYNCHRONISED = 5  # TIME_ERROR of adjtimex(2)
_NONE = timedelta(0)


@dataclass(frozen=True)
class Reading:
    """What the platform said, between two looks at our own clock."""

    before: datetime
    said: datetime
    after: datetime

    @property
    def off(self) -> timedelta:
        """By how much it is early or late at least, whatever the way of the answer took; nothing if it lies between."""
        return max(self.before - self.said, self.said - self.after, _NONE)


class OwnClock:
    """This machine's clock. ``shared``: the platform runs on this machine, and its clock is the same one, right or wrong."""

    def __init__(self, chance: Chance, *, shared: bool) -> None:
        self._chance, self._shared = chance, shared

    def require_true(self) -> None:
        """Missing where nobody keeps this clock in step with the standard time, so that it can convict nobody else's."""
        state = self._chance.made("clock state", lambda: str(_state()).encode())
        if not self._shared and int(state) in {_UNSYNCHRONISED, -1}:
            told = "this machine's clock is not known to be synchronised (NTP), so the platform's is not held against it"
            raise Missing(told, Blame.TOOL)

    def around(self, ask: Callable[[], datetime]) -> Reading:
        """Ask for the platform's time."""
        before = self._chance.now()
        said = ask()
        return Reading(before, said, self._chance.now())


def _state() -> int:
    """What the kernel says of its clock: 0 to 4 if it is kept, 5 if not, -1 if that cannot be asked."""
    try:
        return int(ctypes.CDLL(ctypes.util.find_library("c")).adjtimex(ctypes.create_string_buffer(512)))
    except (OSError, AttributeError, TypeError):
        return -1
