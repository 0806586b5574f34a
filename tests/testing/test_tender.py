from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tenderproof.testing import Content, Facts, Project, Section, Tender, Tenderee, TenderProject, Times, Verifier
from tenderproof.testing.tender import overridden

NOW = datetime(2026, 11, 23, 8, 0, 0, 5, tzinfo=UTC)
DAY = timedelta(days=1)


def tender(**facts: Any) -> Tender:
    chosen = Facts.of(facts)
    return Tender(chosen, Times.of(chosen, NOW), Tenderee(), Tenderee(), Verifier(), NOW)


def test_the_default_times_are_lawful_and_whole_seconds() -> None:
    times = tender().times

    assert times.start > NOW
    assert times.start.microsecond == 0
    assert times.document_until - times.document_from >= 5 * DAY
    assert times.bid_deadline - times.document_from >= 20 * DAY
    assert times.opening_at == times.bid_deadline


def test_chosen_times_hold_and_the_others_follow() -> None:
    deadline = NOW + 22 * DAY
    times = tender(bid_deadline=deadline, start=NOW).times

    assert (times.start, times.bid_deadline, times.opening_at) == (NOW, deadline, deadline)
    assert times.document_until <= deadline


def test_a_fact_that_a_tender_does_not_have_is_named() -> None:
    with pytest.raises(TypeError, match="no fact deadline"):
        Facts.of({"deadline": NOW})


def test_prices_rise_with_the_number_unless_they_are_chosen() -> None:
    told = tender(estimate=Decimal("100.00"), prices=(Decimal("7.77"),))

    assert [told.price_of(number) for number in range(3)] == [Decimal("7.77"), Decimal("83.00"), Decimal("86.00")]


def test_asking_for_what_has_not_come_about_says_where_the_story_is() -> None:
    told = tender()
    told.stage = "created"

    with pytest.raises(LookupError, match=r"not come to a Contract yet; it is at the stage 'created'"):
        told.contract  # noqa: B018 - asking is the point


def test_the_names_of_a_world_are_its_identifiers_and_codes() -> None:
    told = tender()
    told.made = {Section: Section({"id": "s1", "code": "S"}), TenderProject: TenderProject({"id": "t1"}), Project: Project({"id": "p1"})}

    assert told.names == {"s1": "[section]", "S": "[section code]", "t1": "[tender_project]", "p1": "[project]"}
    assert told.tender_project_id == "t1"


def test_overrides_are_put_at_dotted_paths() -> None:
    assert overridden(Content(a={"b": 1}), {"a.b": 2, "c": 3}).at("a.b") == 2
