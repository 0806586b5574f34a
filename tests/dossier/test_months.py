"""Months end on the day of the same number, or on the last of a shorter month."""

from datetime import date

import pytest

from tenderproof.dossier.months import add_months


@pytest.mark.parametrize(
    ("day", "count", "end"),
    [
        (date(2026, 4, 27), 2, date(2026, 6, 27)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2024, 2, 29), 60, date(2029, 2, 28)),
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_one(day: date, count: int, end: date) -> None:
    assert add_months(day, count) == end
