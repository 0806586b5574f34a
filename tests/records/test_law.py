"""What a rule holds a tender against: both ends of a day, every reading, exact shares."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tenderproof import content
from tenderproof.records.law import (
    KEPT,
    UNCONCERNED,
    Judgement,
    Kind,
    Law,
    at_once,
    blind,
    broken,
    held,
    not_after,
    not_before,
    undecided,
    worst,
)
from tenderproof.records.values import Moment, Money, moment
from tenderproof.spec.calendar import CHINA, NoCalendarData, PlainDays, load_calendar
from tenderproof.spec.plan import load_plan

SPECS = content.specs_dir()
LAW = Law(load_plan("records-cn", SPECS), load_calendar(Path(SPECS) / "calendar"))
ISSUED = "2026-03-02T09:00:00+08:00"


def at(text: str) -> Moment:
    found = moment(text, CHINA)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("deadline", "kind"),
    [
        ("2026-03-21T23:59:59+08:00", Kind.BROKEN),
        ("2026-03-22T00:00:00+08:00", Kind.UNDECIDED),
        ("2026-03-23T23:59:59+08:00", Kind.UNDECIDED),
        ("2026-03-24T00:00:00+08:00", Kind.KEPT),
        ("2026-03-21", Kind.BROKEN),
        ("2026-03-22", Kind.UNDECIDED),
        ("2026-03-24", Kind.KEPT),
        ("2026-03-21T15:59:59Z", Kind.BROKEN),
        ("2026-03-23T16:00:00Z", Kind.KEPT),
    ],
)
def test_twenty_days_are_judged_at_their_edges_and_not_between(deadline: str, kind: Kind) -> None:
    assert LAW.in_time("bid_period_days", at(ISSUED), at(deadline)).kind is kind


def test_what_is_broken_says_what_was_expected_and_what_was_found() -> None:
    found = LAW.in_time("bid_period_days", at(ISSUED), at("2026-03-21T23:59:59+08:00"))

    assert (found.expected, found.observed) == ("≥ 2026-03-22T00:00:00+08:00", "2026-03-21T23:59:59+08:00")


def test_a_figure_that_says_how_late_is_held_the_other_way() -> None:
    answered = [
        LAW.in_time("objection_reply_days", at("2026-03-05"), at(f"2026-03-{day}T00:00:00+08:00")).kind for day in ("07", "09", "10")
    ]

    assert answered == [Kind.KEPT, Kind.UNDECIDED, Kind.BROKEN]


def test_what_is_not_there_is_blind() -> None:
    assert LAW.in_time("bid_period_days", None, at(ISSUED)).kind is Kind.BLIND
    assert LAW.in_time("bid_period_days", at(ISSUED), None).kind is Kind.BLIND
    assert LAW.at_least("bidders_min", None).kind is Kind.BLIND
    assert LAW.share_at_most("bid_bond_max_percent", None, Money(Decimal(1), "CNY")).kind is Kind.BLIND


def test_a_day_of_a_year_without_data_is_not_guessed_the_first_time_nor_the_second() -> None:
    for _ in range(2):
        with pytest.raises(NoCalendarData, match="2031"):
            LAW.in_time("bid_period_days", at("2031-03-02"), at("2031-03-03"))


def test_counts_and_shares_are_exact() -> None:
    assert [LAW.at_least("bidders_min", n).kind for n in (2, 3)] == [Kind.BROKEN, Kind.KEPT]
    assert [LAW.at_most("candidates_max", n).kind for n in (3, 4)] == [Kind.KEPT, Kind.BROKEN]
    estimate = Money(Decimal("1000000.50"), "CNY")
    bonds = [Money(Decimal(amount), "CNY") for amount in ("20000.01", "20000.02")]
    assert [LAW.share_at_most("bid_bond_max_percent", bond, estimate).kind for bond in bonds] == [Kind.KEPT, Kind.BROKEN]


def test_amounts_of_two_currencies_or_none_are_not_compared() -> None:
    for currency in ("EUR", ""):
        found = LAW.share_at_most("bid_bond_max_percent", Money(Decimal(9), currency), Money(Decimal(1), "CNY" if currency else ""))
        assert (found.kind, found.why) == (Kind.BLIND, "currency")


@pytest.mark.parametrize(
    ("limit", "act", "before", "after", "same"),
    [
        ("2026-03-02T09:00:00Z", "2026-03-02T17:00:00+08:00", Kind.KEPT, Kind.KEPT, Kind.KEPT),
        ("2026-03-02T09:00:00Z", "2026-03-02T09:00:01Z", Kind.KEPT, Kind.BROKEN, Kind.BROKEN),
        ("2026-03-02T09:00:00Z", "2026-03-02T08:59:59Z", Kind.BROKEN, Kind.KEPT, Kind.BROKEN),
        ("2026-03-02", "2026-03-02T08:59:59+08:00", Kind.UNDECIDED, Kind.UNDECIDED, Kind.UNDECIDED),
        ("2026-03-02", "2026-03-02", Kind.UNDECIDED, Kind.UNDECIDED, Kind.UNDECIDED),
        ("2026-03-02", "2026-03-03", Kind.KEPT, Kind.BROKEN, Kind.BROKEN),
        ("2026-03-03", "2026-03-02", Kind.BROKEN, Kind.KEPT, Kind.BROKEN),
    ],
)
def test_the_order_of_two_moments_is_decided_where_it_is_certain(limit: str, act: str, before: Kind, after: Kind, same: Kind) -> None:
    assert not_before(at(limit), at(act)).kind is before
    assert not_after(at(limit), at(act)).kind is after
    assert at_once(at(limit), at(act)).kind is same


def test_without_one_of_two_moments_their_order_is_not_seen() -> None:
    assert {order(None, at("2026-03-02")).kind for order in (not_before, not_after, at_once)} == {Kind.BLIND}


def test_the_worst_part_speaks_for_the_whole_and_nothing_is_not_kept() -> None:
    parts = [KEPT, blind("x"), undecided("y"), broken(1, 2), UNCONCERNED]

    assert [worst(parts[:n]).kind for n in range(1, 6)] == [Kind.KEPT, Kind.BLIND, Kind.UNDECIDED, Kind.BROKEN, Kind.BROKEN]
    assert worst([UNCONCERNED, KEPT]).kind is Kind.KEPT
    assert worst([]) is UNCONCERNED


def test_a_condition_that_is_not_known_lifts_everything_but_what_is_kept() -> None:
    assert [one.unless(None, "x").kind for one in (KEPT, broken(1, 2), undecided("y"))] == [Kind.KEPT, Kind.BLIND, Kind.BLIND]
    assert broken(1, 2).unless("known", "x") == broken(1, 2)
    assert held(bool(""), 1, 2) == Judgement(Kind.BROKEN, "1", "2")


def test_another_place_counts_days_in_its_own_zone_without_holidays() -> None:
    law = Law(load_plan("records-example", SPECS), PlainDays(UTC))
    start = datetime(2031, 3, 2, tzinfo=UTC)
    kinds = [
        law.in_time("tender_period_days", at(start.isoformat()), at((start + timedelta(days=days, seconds=-1)).isoformat())).kind
        for days in (30, 31, 32)
    ]

    assert kinds == [Kind.BROKEN, Kind.UNDECIDED, Kind.KEPT]
