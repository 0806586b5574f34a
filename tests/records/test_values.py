"""Values as they are written: what is read is certain, and what is not certain is not read."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderproof.records.values import Money, count, flag, moment, money, number, text
from tenderproof.spec.calendar import CHINA

NINE = datetime(2026, 3, 2, 9, tzinfo=CHINA)


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-02T09:00:00+08:00", "2026-03-02T01:00:00Z", "2026-03-02T01:00:00.000Z", "2026-03-02T09:00:00",
        "2026-03-02 09:00",
        "2026/3/2 9:00", "2026年3月2日 9时", "2026年03月02日09时00分", "2026年3月2日 9：00：00",
        "２０２６-03-02 09:00:00", "20260302T090000",
    ],
)  # fmt: skip
def test_a_moment_is_the_same_in_every_usual_notation(written: str) -> None:
    found = moment(written, CHINA)

    assert found is not None
    assert (found.first, found.last, found.text) == (NINE, NINE, written)


@pytest.mark.parametrize("written", ["2026-03-02", "2026/3/2", "2026年3月2日", "20260302"])
def test_a_day_alone_is_the_whole_day(written: str) -> None:
    found = moment(written, CHINA)

    assert found is not None
    assert (found.first, found.last) == (datetime(2026, 3, 2, tzinfo=CHINA), datetime(2026, 3, 2, 23, 59, 59, tzinfo=CHINA))


def test_midnight_as_twenty_four_hours_is_the_next_day() -> None:
    for written in ("2026-03-01 24:00", "2026年3月1日 24时00分"):
        found = moment(written, CHINA)
        assert found is not None
        assert found.first == found.last == datetime(2026, 3, 2, tzinfo=CHINA)


def test_a_moment_without_a_zone_is_of_the_zone_that_is_given() -> None:
    here, there = moment("2026-03-02T09:00:00", CHINA), moment("2026-03-02T09:00:00", UTC)

    assert here is not None
    assert there is not None
    assert there.first - here.first == timedelta(hours=8)


@pytest.mark.parametrize(
    "written", [None, 20260302, "", "soon", "2026-02-30", "2026-03-02 25:00", "2026-03-02 24:01", "0001-01-01", "9999-12-31", "x" * 100]
)  # fmt: skip
def test_what_is_no_moment_is_none(written: Any) -> None:
    assert moment(written, CHINA) is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (12, "12"), (Decimal("12.50"), "12.50"), ("1234567.89", "1234567.89"), ("1,234,567.89", "1234567.89"), ("￥1，234.50", "1234.50"),
        ("123万元", "1230000"), ("1.5亿元", "150000000"), ("人民币12元", "12"), ("CNY 5", "5"), ("１２３", "123"), ("-0.01", "-0.01"),
    ],
)  # fmt: skip
def test_an_amount_is_read_exactly(written: Any, read: str) -> None:
    assert number(written) == Decimal(read)


@pytest.mark.parametrize(
    "written",
    ["1.234,56", "12,34", "1e5", "", "free", None, True, 1.5, Decimal("NaN"), Decimal("Infinity"), Decimal("1e999999"), Decimal("1e-50")],
)
def test_what_is_no_certain_amount_is_none(written: Any) -> None:
    assert number(written) is None


def test_three_places_may_be_thousands_and_are_not_read() -> None:
    assert money("1.234", "EUR") is None
    assert money("1.234万元", "CNY") == Money(Decimal(12340), "CNY")
    assert money("1.234", "CNY", Decimal(10_000)) == Money(Decimal(12340), "CNY")
    assert money("1.23", "eur ") == Money(Decimal("1.23"), "EUR")
    assert money("5", None) == Money(Decimal(5), "")


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_grouping_changes_no_amount(amount: Decimal) -> None:
    assert number(f"{amount:,}") == number(str(amount)) == number(amount) == amount


def test_a_count_is_whole_and_not_less_than_nothing() -> None:
    assert (count(3), count("3"), count(Decimal("3.0")), count("３")) == (3, 3, 3, 3)
    assert {count(value) for value in (-1, "2.5", "three", None, True)} == {None}


def test_a_flag_is_said_in_either_language_and_nothing_else_is_one() -> None:
    assert [flag(value) for value in (True, "是", "yes", "Y", "true", 1)] == [True] * 6
    assert [flag(value) for value in (False, "否", "no", "0", "FALSE")] == [False] * 5
    assert [flag(value) for value in (None, "", "maybe", 2, "x")] == [None] * 5


def test_a_text_of_blanks_says_nothing() -> None:
    assert (text(" a "), text("  "), text(None), text(5)) == ("a", None, None, None)
