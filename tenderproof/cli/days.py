"""A day that a user names."""

from datetime import UTC, date, datetime

from tenderproof.cli.ending import WrongUse
from tenderproof.spec.calendar import day_in_china


def day(said: str) -> date:
    """The day (YYYY-MM-DD), or today in China where none is named."""
    if not said:
        return day_in_china(datetime.now(UTC))
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise WrongUse(f"{said!r} is no day; write it as 2026-11-23.") from None
