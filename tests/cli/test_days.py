"""A day is one that the calendar has; where none is named it is today's, in China."""

from datetime import date, datetime, timedelta, timezone

import pytest

from tenderproof.cli import days
from tenderproof.cli.ending import WrongUse


def test_a_day_is_read_as_it_is_written() -> None:
    assert days.day("2026-11-23") == date(2026, 11, 23)


def test_where_none_is_named_it_is_today_in_china() -> None:
    before, said, after = datetime.now(china := timezone(timedelta(hours=8))).date(), days.day(""), datetime.now(china).date()
    assert before <= said <= after


@pytest.mark.parametrize("said", ["23.11.2026", "2026-02-30", "today"])
def test_what_is_no_day_is_wrong_use(said: str) -> None:
    with pytest.raises(WrongUse, match="is no day; write it as"):
        days.day(said)
