"""The clock of a tender: in a sandbox it can be set, and it only goes forward."""
# ruff: noqa: ARG002 - what a driver does not offer takes its arguments all the same

from datetime import datetime, timedelta
from typing import Protocol

from tenderproof.testing.answers import Answer
from tenderproof.testing.records import PlatformTime
from tenderproof.vocabulary import Blame, Missing

SECOND = timedelta(seconds=1)


class Timed(Protocol):
    """Anything that lives by a tender project's time: a section, a tender."""

    @property
    def tender_project_id(self) -> str:
        """Whose time counts."""


class Clock:
    """The time that counts for a tender project; instants are aware. Missing where the candidate offers no such clock.

    ``earliest`` is the moment from which a fresh tender project's clock can begin, None for now.
    """

    earliest: datetime | None = None

    def read(self, tender: Timed) -> Answer[PlatformTime]:
        """What the clock says, as the platform answers."""
        raise _no_clock()

    def set(self, tender: Timed, instant: datetime) -> Answer[PlatformTime]:
        """Ask for an instant, as it stands; a platform refuses to go back (clock.move)."""
        raise _no_clock()

    def now(self, tender: Timed) -> datetime:
        """The time that counts for the tender."""
        return self.read(tender).value.now

    def move_to(self, tender: Timed, instant: datetime) -> None:
        """Let it be ``instant``; PlatformTrouble if the platform does not let it."""
        self.set(tender, instant).require()

    def move_past(self, tender: Timed, instant: datetime, by: timedelta = SECOND) -> None:
        """Let it be just after ``instant``."""
        self.move_to(tender, instant + by)

    def move_before(self, tender: Timed, instant: datetime, by: timedelta = SECOND) -> None:
        """Let it be just before ``instant``."""
        self.move_to(tender, instant - by)


def _no_clock() -> Missing:
    return Missing("the candidate offers no clock of a tender that can be set (sandbox.clock)", Blame.DECLARATION)
