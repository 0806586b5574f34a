"""Days, working days and public holidays of the PRC, and how the law's periods (期间) are counted.

The data are pinned (``specs/calendar/``, one file a year, from the State Council's yearly notice). A day of a year
without data raises `NoCalendarData`: nothing is guessed. Days are days in China, and instants carry their zone.

Some periods can be read in more than one way. A `Counting` therefore gives two bounds: up to one an act is unlawful by
every accepted reading, from the other lawful by every accepted reading. What lies between depends on the reading, and a
verdict must not rest on it. docs/calendar.md says which convention applies to which figure, and why.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from tenderproof.vocabulary import Trouble, WrongInput

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China's only time zone. It has had no summer time since 1991, before the first year of data."""

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
LONGEST_RUN_OF_DAYS_OFF = 31
SATURDAY = 5


class NoCalendarData(Trouble):
    """The calendar has no data for a year that the question needs; what depends on it is inconclusive."""

    def __init__(self, year: int, known: range) -> None:
        """Name the missing year and the years that are known."""
        span = f"it knows {known.start} to {known.stop - 1}" if known else "it knows no year"
        super().__init__(
            f"the calendar has no public holidays for {year} ({span}): add specs/calendar/{year}.yaml from the State Council's notice"
        )
        self.year = year


class CalendarFileError(WrongInput):
    """A file of the calendar does not say what a year must say; the message names file and key."""


class Reading(StrEnum):
    """What the accepted readings of a period say of an instant."""

    LAWFUL = "lawful"
    UNLAWFUL = "unlawful"
    DEPENDS = "depends"


@dataclass(frozen=True)
class Earliest:
    """Bounds of an act that may not come too early, such as the bid deadline after the documents were first issued."""

    unlawful_before: datetime
    lawful_from: datetime

    @property
    def last_unlawful(self) -> datetime:
        """The latest whole second that is too early by every accepted reading."""
        return self.unlawful_before - SECOND

    @property
    def first_lawful(self) -> datetime:
        """The earliest whole second that is late enough by every accepted reading."""
        return self.lawful_from

    def judge(self, instant: datetime) -> Reading:
        """What the readings say of an act at ``instant``."""
        if instant < self.unlawful_before:
            return Reading.UNLAWFUL
        return Reading.LAWFUL if instant >= self.lawful_from else Reading.DEPENDS


@dataclass(frozen=True)
class Latest:
    """Bounds of an act that may not come too late, such as an answer to an objection."""

    lawful_before: datetime
    unlawful_from: datetime

    @property
    def last_lawful(self) -> datetime:
        """The latest whole second that is in time by every accepted reading."""
        return self.lawful_before - SECOND

    @property
    def first_unlawful(self) -> datetime:
        """The earliest whole second that is too late by every accepted reading."""
        return self.unlawful_from

    def judge(self, instant: datetime) -> Reading:
        """What the readings say of an act at ``instant``."""
        if instant < self.lawful_before:
            return Reading.LAWFUL
        return Reading.UNLAWFUL if instant >= self.unlawful_from else Reading.DEPENDS


class Counting(StrEnum):
    """How a figure of the law is counted; the name stands in a plan beside the figure."""

    PERIOD = "period"
    """自…之日起至…止不得少于N日: the end comes no earlier; the day of the start does not count (民法典 201)."""
    PERIOD_SHIFTED = "period_shifted"
    """The same, and an end on a statutory holiday moves to the day after the holiday (CTS-EBS01 B-004)."""
    DURATION = "duration"
    """发售期、公示期不得少于N日: something lasts N days; practice also counts the first day."""
    DURATION_WORKING = "duration_working"
    """The same in working days."""
    DAYS_BEFORE = "days_before"
    """截止时间N日前: an act comes no later than N days before a deadline."""
    WITHIN = "within"
    """自…之日起N日内: an act comes no later than N days after an event."""
    WITHIN_WORKING = "within_working"
    """The same in working days."""


@dataclass(frozen=True)
class Year:
    """One pinned year: days off (放假), the statutory festival days among them, working weekend days (调休上班)."""

    year: int
    title: str
    days_off: Mapping[date, str]
    statutory: frozenset[date]
    working_weekend_days: frozenset[date]


class Calendar:
    """The days of the years that are pinned."""

    def __init__(self, years: Mapping[int, Year], zone: tzinfo = CHINA) -> None:
        """Take the years, keyed by number, and the zone in which days begin."""
        self._years, self.zone = dict(years), zone

    @property
    def years(self) -> range:
        """The years that are known, as a range; empty without data."""
        return range(min(self._years), max(self._years) + 1) if self._years else range(0)

    def _year_of(self, day: date) -> Year:
        year = self._years.get(day.year)
        if year is None:
            raise NoCalendarData(day.year, self.years)
        return year

    def day(self, instant: datetime) -> date:
        """The calendar day on which ``instant`` falls in the calendar's zone; ``ValueError`` if it names no zone."""
        return _require_zone(instant).astimezone(self.zone).date()

    def is_public_holiday(self, day: date) -> bool:
        """Whether the notice gives the day off; moved rest days and weekends within the span count too."""
        return day in self._year_of(day).days_off

    def is_statutory_holiday(self, day: date) -> bool:
        """Whether the day is a festival day proper (法定节假日 in the narrow sense)."""
        return day in self._year_of(day).statutory

    def is_working_day(self, day: date) -> bool:
        """Whether people work: a weekday that is not off, or a weekend day that makes up for one."""
        year = self._year_of(day)
        if day in year.working_weekend_days:
            return True
        return day.weekday() < SATURDAY and day not in year.days_off

    def next_working_day(self, day: date) -> date:
        """``day`` itself if people work on it, else the first day after it on which they do."""
        return self._first(day, self.is_working_day)

    def after_statutory_holiday(self, day: date) -> date:
        """``day`` itself if it is no statutory festival day, else the first day after the festival days."""
        return self._first(day, lambda candidate: not self.is_statutory_holiday(candidate))

    def _first(self, day: date, holds: Callable[[date], bool]) -> date:
        for ahead in range(LONGEST_RUN_OF_DAYS_OFF):
            candidate = day + ahead * DAY
            if holds(candidate):
                return candidate
        raise CalendarFileError(
            f"the calendar has no such day within {LONGEST_RUN_OF_DAYS_OFF} days of {day}: look at specs/calendar/{day.year}.yaml"
        )

    def add_working_days(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day`` (which does not count itself); ``count`` is at least 1."""
        _must_be_positive(count)
        for _ in range(count):
            day = self.next_working_day(day + DAY)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after ``start``, up to and including ``end``; 0 if ``end`` is no later."""
        return sum(self.is_working_day(start + ahead * DAY) for ahead in range(1, (end - start).days + 1))

    def limit(self, counting: Counting | str, instant: datetime, count: int) -> Earliest | Latest:
        """The bounds that ``count`` days set, counted from ``instant`` (back from it for `Counting.DAYS_BEFORE`).

        Raises ``ValueError`` for an instant without a zone or a count below 1, and `NoCalendarData`.
        """
        _must_be_positive(count)
        bounds: dict[Counting, Callable[[date, int], Earliest | Latest]] = {
            Counting.PERIOD: self._period,
            Counting.PERIOD_SHIFTED: self._period_shifted,
            Counting.DURATION: self._duration,
            Counting.DURATION_WORKING: self._duration_working,
            Counting.DAYS_BEFORE: self._days_before,
            Counting.WITHIN: self._within,
            Counting.WITHIN_WORKING: self._within_working,
        }
        return bounds[Counting(counting)](self.day(instant), count)

    def earliest(self, counting: Counting | str, instant: datetime, count: int) -> Earliest:
        """`limit` for a counting that says how early an act may come."""
        bounds = self.limit(counting, instant, count)
        if not isinstance(bounds, Earliest):
            raise TypeError(f"counting {counting!s} says how late an act may come, not how early")
        return bounds

    def latest(self, counting: Counting | str, instant: datetime, count: int) -> Latest:
        """`limit` for a counting that says how late an act may come."""
        bounds = self.limit(counting, instant, count)
        if not isinstance(bounds, Latest):
            raise TypeError(f"counting {counting!s} says how early an act may come, not how late")
        return bounds

    def _lawful_after(self, last_day: date) -> datetime:
        # Strictest reading: the last day is a working day and over (民法典 203), and the act is on a working day.
        return self._midnight(self.next_working_day(self.next_working_day(last_day) + DAY))

    def _period(self, start: date, count: int) -> Earliest:
        last_day = start + count * DAY
        return Earliest(unlawful_before=self._midnight(last_day), lawful_from=self._lawful_after(last_day))

    def _period_shifted(self, start: date, count: int) -> Earliest:
        last_day = start + count * DAY
        return Earliest(unlawful_before=self._midnight(self.after_statutory_holiday(last_day)), lawful_from=self._lawful_after(last_day))

    def _duration(self, start: date, count: int) -> Earliest:
        return Earliest(unlawful_before=self._midnight(start + (count - 1) * DAY), lawful_from=self._lawful_after(start + count * DAY))

    def _duration_working(self, start: date, count: int) -> Earliest:
        return Earliest(
            unlawful_before=self._midnight(self.add_working_days(start - DAY, count)),
            lawful_from=self._lawful_after(self.add_working_days(start, count)),
        )

    def _days_before(self, deadline: date, count: int) -> Latest:
        last_day = deadline - count * DAY
        return Latest(lawful_before=self._midnight(last_day), unlawful_from=self._midnight(self.next_working_day(last_day) + DAY))

    def _within(self, event: date, count: int) -> Latest:
        last_day = event + count * DAY
        return Latest(lawful_before=self._midnight(last_day), unlawful_from=self._midnight(self.next_working_day(last_day) + DAY))

    def _within_working(self, event: date, count: int) -> Latest:
        return Latest(
            lawful_before=self._midnight(self.add_working_days(event - DAY, count) + DAY),
            unlawful_from=self._midnight(self.add_working_days(event, count) + DAY),
        )

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone)


class PlainDays(Calendar):
    """A calendar of which no holidays are known, for a place where the law's periods are counted in days alone.

    Every day is like every other; what is counted in working days raises `NoCalendarData`, for none are known.
    """

    def __init__(self, zone: tzinfo) -> None:
        """Take the zone in which days begin."""
        super().__init__({}, zone)

    def is_working_day(self, day: date) -> bool:  # noqa: ARG002 - every day is like every other
        """Always, for no day is known to be off."""
        return True

    def is_statutory_holiday(self, day: date) -> bool:  # noqa: ARG002 - as above
        """Never, for none is known."""
        return False

    def limit(self, counting: Counting | str, instant: datetime, count: int) -> Earliest | Latest:
        """As in `Calendar.limit`, and not in working days."""
        if Counting(counting) in (Counting.DURATION_WORKING, Counting.WITHIN_WORKING):
            raise NoCalendarData(self.day(instant).year, self.years)
        return super().limit(counting, instant, count)


def day_in_china(instant: datetime) -> date:
    """The calendar day on which ``instant`` falls in China; ``ValueError`` if it names no zone."""
    return _require_zone(instant).astimezone(CHINA).date()


def _require_zone(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"the instant {instant.isoformat()} names no time zone, so it falls on no certain day: add +08:00")
    return instant


def full_days_between(start: datetime, end: datetime) -> int:
    """How many whole spans of 24 hours lie from ``start`` to ``end``, rounded down; both name their zone."""
    day_in_china(start)
    day_in_china(end)
    return (end - start) // DAY


def load_calendar(directory: Path) -> Calendar:
    """Read the years of ``specs/calendar``; `CalendarFileError` names the file and key that cannot be used."""
    years = [_read_year(path) for path in sorted(directory.glob("[0-9][0-9][0-9][0-9].yaml"))]
    if not years:
        raise CalendarFileError(f"{directory} holds no year of the calendar (such as 2026.yaml): check --specs")
    return Calendar({year.year: year for year in years})


def _read_year(path: Path) -> Year:
    try:
        raw: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        year = Year(
            year=raw["year"],
            title=raw["notice"]["title"],
            days_off={day: span["zh"] for span in raw["days_off"] for day in _span(span["first"], span["last"])},
            statutory=frozenset(raw["statutory"]),
            working_weekend_days=frozenset(raw["working_weekend_days"]),
        )
    except KeyError as missing:
        raise CalendarFileError(f"{path.name}: key {missing} is missing") from missing
    except (TypeError, AttributeError, yaml.YAMLError) as broken:
        raise CalendarFileError(f"{path.name}: it is not a year of the calendar ({broken})") from broken
    _check_year(path, year)
    return year


def _check_year(path: Path, year: Year) -> None:
    complaints = {
        "year": str(year.year) != path.stem,
        "days_off": any(day.year != year.year for day in year.days_off),
        "statutory": not year.statutory <= set(year.days_off),
        "working_weekend_days": any(
            day.year != year.year or day.weekday() < SATURDAY or day in year.days_off for day in year.working_weekend_days
        ),
    }
    wrong = [key for key, is_wrong in complaints.items() if is_wrong]
    if wrong:
        raise CalendarFileError(
            f"{path.name}: the days under {', '.join(wrong)} contradict the year or the other keys; compare with the notice"
        )


def _span(first: date, last: date) -> list[date]:
    return [first + ahead * DAY for ahead in range((last - first).days + 1)]


def _must_be_positive(count: int) -> None:
    if count < 1:
        raise ValueError(f"a period of {count} days cannot be counted: it takes at least one")
