"""The calendar of the PRC and the counting of the law's periods."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderproof.spec.calendar import (
    CHINA,
    Calendar,
    CalendarFileError,
    Counting,
    Earliest,
    NoCalendarData,
    PlainDays,
    Reading,
    day_in_china,
    full_days_between,
    load_calendar,
)

SPECS = Path(__file__).parents[2] / "specs"
CALENDAR = load_calendar(SPECS / "calendar")
DAYS = json.loads((SPECS / "vectors/calendar-days.json").read_text(encoding="utf-8"))
COUNTING = json.loads((SPECS / "vectors/day-counting.json").read_text(encoding="utf-8"))
YEAR_FILE = (SPECS / "calendar/2026.yaml").read_text(encoding="utf-8")

known_days = st.dates(date(2013, 1, 1), date(2026, 10, 31))
instants = st.datetimes(datetime(2013, 3, 1), datetime(2026, 10, 1), timezones=st.just(CHINA))  # noqa: DTZ001 - hypothesis wants naive bounds
counts = st.integers(1, 30)


@pytest.mark.parametrize("vector", DAYS["days"], ids=lambda vector: vector["day"])
def test_each_day_is_what_the_notice_makes_it(vector: dict[str, Any]) -> None:
    day = date.fromisoformat(vector["day"])

    assert CALENDAR.is_working_day(day) is vector["working"]
    assert CALENDAR.is_public_holiday(day) is vector["public_holiday"]
    assert CALENDAR.is_statutory_holiday(day) is vector["statutory"]


@pytest.mark.parametrize("day", DAYS["unknown"])
def test_a_day_of_a_year_without_data_is_not_guessed(day: str) -> None:
    with pytest.raises(NoCalendarData, match=day[:4]) as refusal:
        CALENDAR.is_working_day(date.fromisoformat(day))

    assert refusal.value.year == int(day[:4])


def test_a_period_that_ends_in_a_year_without_data_is_not_guessed() -> None:
    with pytest.raises(NoCalendarData, match="2027"):
        CALENDAR.limit(Counting.PERIOD, datetime(2026, 12, 20, 9, tzinfo=CHINA), 20)
    with pytest.raises(NoCalendarData, match="2027"):
        CALENDAR.add_working_days(date(2026, 12, 31), 1)


@pytest.mark.parametrize("vector", COUNTING["earliest"], ids=lambda v: f"{v['counting']}-{v['count']}-{v['from']}")
def test_an_act_that_may_not_come_too_early_has_the_bounds_worked_out_by_hand(vector: dict[str, Any]) -> None:
    bounds = CALENDAR.earliest(vector["counting"], datetime.fromisoformat(vector["from"]), vector["count"])

    assert bounds.unlawful_before == datetime.fromisoformat(vector["unlawful_before"])
    assert bounds.lawful_from == datetime.fromisoformat(vector["lawful_from"])
    assert bounds.judge(bounds.last_unlawful) is Reading.UNLAWFUL
    assert bounds.judge(bounds.unlawful_before) is Reading.DEPENDS
    assert bounds.judge(bounds.first_lawful) is Reading.LAWFUL


@pytest.mark.parametrize("vector", COUNTING["latest"], ids=lambda v: f"{v['counting']}-{v['count']}-{v['from']}")
def test_an_act_that_may_not_come_too_late_has_the_bounds_worked_out_by_hand(vector: dict[str, Any]) -> None:
    bounds = CALENDAR.latest(vector["counting"], datetime.fromisoformat(vector["from"]), vector["count"])

    assert bounds.lawful_before == datetime.fromisoformat(vector["lawful_before"])
    assert bounds.unlawful_from == datetime.fromisoformat(vector["unlawful_from"])
    assert bounds.judge(bounds.last_lawful) is Reading.LAWFUL
    assert bounds.judge(bounds.lawful_before) is Reading.DEPENDS
    assert bounds.judge(bounds.first_unlawful) is Reading.UNLAWFUL


@given(start=instants, count=counts)
def test_full_days_on_the_clock_are_never_called_unlawful(start: datetime, count: int) -> None:
    for counting in (Counting.PERIOD, Counting.DURATION):
        assert CALENDAR.earliest(counting, start, count).judge(start + timedelta(days=count)) is not Reading.UNLAWFUL
    assert CALENDAR.latest(Counting.WITHIN, start, count).judge(start + timedelta(days=count)) is not Reading.UNLAWFUL
    assert CALENDAR.latest(Counting.DAYS_BEFORE, start, count).judge(start - timedelta(days=count)) is not Reading.UNLAWFUL


@given(start=instants, count=counts)
def test_what_is_called_lawful_has_its_full_days_on_the_clock(start: datetime, count: int) -> None:
    whole = timedelta(days=count)
    for counting in (Counting.PERIOD, Counting.PERIOD_SHIFTED, Counting.DURATION, Counting.DURATION_WORKING):
        assert CALENDAR.earliest(counting, start, count).lawful_from >= start + whole
    assert CALENDAR.latest(Counting.DAYS_BEFORE, start, count).last_lawful <= start - whole
    assert CALENDAR.latest(Counting.WITHIN, start, count).last_lawful <= start + whole


@given(start=instants, count=counts)
def test_one_calendar_day_short_of_a_period_is_always_unlawful(start: datetime, count: int) -> None:
    short = start + timedelta(days=count - 1)

    assert CALENDAR.earliest(Counting.PERIOD, start, count).judge(short) is Reading.UNLAWFUL
    assert CALENDAR.earliest(Counting.PERIOD_SHIFTED, start, count).judge(short) is Reading.UNLAWFUL


@given(start=instants, count=counts, counting=st.sampled_from(list(Counting)))
def test_no_instant_is_both_lawful_and_unlawful(start: datetime, count: int, counting: Counting) -> None:
    bounds = CALENDAR.limit(counting, start, count)

    if isinstance(bounds, Earliest):
        assert bounds.unlawful_before < bounds.lawful_from
    else:
        assert bounds.lawful_before <= bounds.unlawful_from


@given(start=instants, count=counts)
def test_a_lawful_deadline_falls_on_a_working_day(start: datetime, count: int) -> None:
    assert CALENDAR.is_working_day(CALENDAR.earliest(Counting.PERIOD, start, count).first_lawful.date())


@given(day=known_days, count=st.integers(1, 20))
def test_working_days_added_are_working_days_counted(day: date, count: int) -> None:
    reached = CALENDAR.add_working_days(day, count)

    assert CALENDAR.is_working_day(reached)
    assert CALENDAR.working_days_between(day, reached) == count


@given(day=known_days)
def test_a_statutory_festival_day_is_a_public_holiday_and_no_working_day(day: date) -> None:
    if CALENDAR.is_statutory_holiday(day):
        assert CALENDAR.is_public_holiday(day)
    assert not (CALENDAR.is_public_holiday(day) and CALENDAR.is_working_day(day))


@pytest.mark.parametrize("year", CALENDAR.years)
def test_a_third_voice_knows_the_same_working_days(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=ahead) for ahead in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]

    assert [day for day in days if CALENDAR.is_working_day(day) != chinese_calendar.is_workday(day)] == []


def test_each_year_has_its_statutory_days() -> None:
    per_year = {
        year: sum(CALENDAR.is_statutory_holiday(date(year, 1, 1) + timedelta(days=n)) for n in range(365)) for year in CALENDAR.years
    }

    # Eleven days, thirteen since 2025; in 2020 Mid-Autumn fell on National Day.
    assert per_year == {year: 10 if year == 2020 else 13 if year >= 2025 else 11 for year in range(2013, 2027)}


def test_an_hour_before_midnight_in_utc_is_the_next_day_in_china() -> None:
    assert day_in_china(datetime(2026, 3, 3, 16, 0, tzinfo=UTC)) == date(2026, 3, 4)
    assert day_in_china(datetime(2026, 3, 3, 15, 59, 59, tzinfo=UTC)) == date(2026, 3, 3)


def test_an_instant_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 3, 3, 9)  # noqa: DTZ001 - the subject of the test

    with pytest.raises(ValueError, match="names no time zone"):
        CALENDAR.limit(Counting.PERIOD, naive, 20)
    with pytest.raises(ValueError, match="names no time zone"):
        full_days_between(naive, naive)


def test_full_days_are_whole_spans_of_24_hours() -> None:
    start = datetime(2026, 3, 3, 9, tzinfo=CHINA)

    assert full_days_between(start, start + timedelta(days=20)) == 20
    assert full_days_between(start, start + timedelta(days=20) - timedelta(seconds=1)) == 19


def test_a_period_of_no_days_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        CALENDAR.limit(Counting.WITHIN, datetime(2026, 3, 3, tzinfo=CHINA), 0)


def test_a_counting_of_the_other_direction_is_refused() -> None:
    start = datetime(2026, 3, 3, tzinfo=CHINA)

    with pytest.raises(TypeError, match="how late"):
        CALENDAR.earliest(Counting.WITHIN, start, 3)
    with pytest.raises(TypeError, match="how early"):
        CALENDAR.latest(Counting.PERIOD, start, 3)


@pytest.mark.parametrize(
    ("written", "instead", "named"),
    [
        ("year: 2026", "year: 2025", "year"),
        ("statutory: [2026-01-01", "statutory: [2026-03-03", "statutory"),
        ("working_weekend_days: [2026-01-04", "working_weekend_days: [2026-01-05", "working_weekend_days"),
        ("statutory:", "festival:", "statutory"),
        ("days_off:", "days_off: nonsense\nrest:", "2026.yaml"),
    ],
)
def test_a_year_that_contradicts_itself_is_refused(tmp_path: Path, written: str, instead: str, named: str) -> None:
    (tmp_path / "2026.yaml").write_text(YEAR_FILE.replace(written, instead), encoding="utf-8")

    with pytest.raises(CalendarFileError, match=named):
        load_calendar(tmp_path)


def test_a_folder_without_years_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CalendarFileError, match="holds no year"):
        load_calendar(tmp_path)


def test_a_calendar_without_years_says_that_it_knows_none() -> None:
    with pytest.raises(NoCalendarData, match="knows no year"):
        Calendar({}).is_working_day(date(2026, 1, 1))


def test_another_place_counts_every_day_in_its_own_zone() -> None:
    plain = PlainDays(timezone(timedelta(hours=-3)))
    bounds = plain.earliest("period", datetime(2031, 12, 31, 2, 59, tzinfo=UTC), 20)

    assert bounds.unlawful_before == datetime(2032, 1, 19, 3, tzinfo=UTC)
    assert bounds.lawful_from == datetime(2032, 1, 20, 3, tzinfo=UTC)
    assert plain.day(datetime(2031, 12, 31, 2, 59, tzinfo=UTC)) == date(2031, 12, 30)


def test_where_no_holidays_are_known_nothing_is_counted_in_working_days() -> None:
    for counting in ("duration_working", "within_working"):
        with pytest.raises(NoCalendarData):
            PlainDays(UTC).limit(counting, datetime(2026, 3, 2, tzinfo=UTC), 5)
