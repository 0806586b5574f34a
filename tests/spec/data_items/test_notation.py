"""Notations of annex 3, held against shared vectors, the calendar of the standard library, and hand-made figures."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderproof.spec.data_items.faults import Fault
from tenderproof.spec.data_items.notation import Kind, moment, notation
from tests.data_items import VECTORS, catalogue

ALL = json.loads((VECTORS / "data-item-notations.json").read_text("utf-8"))["notations"]
TAKEN = [(one["notation"], value) for one in ALL for value in one["taken"]]
REFUSED = [(one["notation"], value, why) for one in ALL for value, why in one["refused"]]


@pytest.mark.parametrize(("written", "value"), TAKEN)
def test_what_a_notation_allows_is_taken(written: str, value: str) -> None:
    assert notation(written).fault(value) is None


@pytest.mark.parametrize(("written", "value", "why"), REFUSED)
def test_what_it_does_not_allow_is_refused_with_the_reason(written: str, value: str, why: str) -> None:
    assert notation(written).fault(value) == why


@pytest.mark.parametrize("value", [7, 1.5, True, None, [], {}])
@pytest.mark.parametrize("written", ["C1", "C..ul", "N..4", "YYYYMMDD"])
def test_a_value_is_a_text_or_refused(written: str, value: Any) -> None:
    assert notation(written).fault(value) is Fault.TYPE


@pytest.mark.parametrize("written", ["", "C", "C..", "N2", "N..", "C..x", "YYYYMMDDhhmm", "c17", "C17 ", "C١٧"])
def test_another_notation_is_told(written: str) -> None:
    with pytest.raises(ValueError, match="no notation"):
        notation(written)


@given(when=st.datetimes(min_value=datetime(1000, 1, 1), max_value=datetime(2999, 12, 31, 23, 59, 59)))  # noqa: DTZ001 - days, not instants
def test_every_second_of_the_calendar_is_a_moment(when: datetime) -> None:
    text = f"{when.year:04d}{when:%m%d%H%M%S}"

    assert notation("YYYYMMDDhhmmss").fault(text) is None
    assert notation("YYYYMMDD").fault(text[:8]) is None


@given(digits=st.from_regex(r"[12][0-9]{3}[01][0-9][0-3][0-9]", fullmatch=True))
def test_what_the_calendar_lacks_is_no_day(digits: str) -> None:
    try:
        datetime.strptime(digits, "%Y%m%d")  # noqa: DTZ007 - a day, not an instant
    except ValueError:
        assert notation("YYYYMMDD").fault(digits) is Fault.NOTATION
    else:
        assert notation("YYYYMMDD").fault(digits) is None


def test_a_moment_is_an_instant_in_china_and_24_hours_are_the_next_day() -> None:
    assert moment("20240301080000") == datetime(2024, 3, 1, 0, 0, tzinfo=UTC)
    assert moment("20240228240000") == datetime(2024, 2, 28, 16, 0, tzinfo=UTC)
    with pytest.raises(ValueError, match="no moment"):
        moment("20230229000000")


@pytest.mark.parametrize(
    ("wider", "narrower", "covered"),
    [
        ("C..18", "C9", True), ("C..ul", "C6", True), ("C..20", "C..ul", False), ("C2..50", "C..50", False),
        ("N..4", "N..2", True), ("N..4", "N..20,2", False), ("C..4", "N..4", False),
    ],
)  # fmt: skip
def test_a_wider_notation_covers_a_narrower_one(wider: str, narrower: str, covered: bool) -> None:
    assert notation(wider).covers(notation(narrower)) is covered


def test_every_notation_of_the_annex_has_its_kind() -> None:
    found = {field.notation.kind for kind in catalogue().objects.values() for field in kind.fields}

    assert found == set(Kind)
