"""Months as the civil code counts them."""

import calendar
from datetime import date

A_YEAR = 12


def add_months(day: date, count: int) -> date:
    """The day of the same number ``count`` months later, or the last of that month where it has no such day (民法典 202)."""
    whole = day.year * A_YEAR + day.month - 1 + count
    year, month = divmod(whole, A_YEAR)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
