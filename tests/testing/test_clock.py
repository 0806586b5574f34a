from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from tenderproof.testing import Answer, Clock, Missing, PlatformTime, PlatformTrouble
from tenderproof.testing.clock import Timed

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


@dataclass
class Project:
    tender_project_id: str = "p"


class Stopped(Clock):
    """A clock that goes forward only."""

    def __init__(self) -> None:
        self.at = NOON

    def read(self, tender: Timed) -> Answer[PlatformTime]:
        return Answer(tender.tender_project_id, PlatformTime({"now": self.at.isoformat()}))

    def set(self, tender: Timed, instant: datetime) -> Answer[PlatformTime]:
        if instant < self.at:
            return Answer("set", None, "clock_backward")
        self.at = instant
        return self.read(tender)


def test_the_clock_moves_to_just_before_and_just_past_an_instant() -> None:
    clock, deadline = Stopped(), NOON + timedelta(hours=1)
    clock.move_before(Project(), deadline)
    assert clock.now(Project()) == deadline - timedelta(seconds=1)
    clock.move_to(Project(), deadline)
    assert clock.now(Project()) == deadline
    clock.move_past(Project(), deadline, by=timedelta(days=1))
    assert clock.now(Project()) == deadline + timedelta(days=1)


def test_a_clock_that_does_not_move_is_the_platforms_trouble() -> None:
    with pytest.raises(PlatformTrouble, match="clock_backward"):
        Stopped().move_before(Project(), NOON)


def test_without_a_clock_the_check_is_skipped() -> None:
    for ask in (lambda: Clock().now(Project()), lambda: Clock().move_to(Project(), NOON)):
        with pytest.raises(Missing, match="no clock"):
            ask()
