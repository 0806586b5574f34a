from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from tenderproof.testing import Answer, FieldError, Missing, PlatformTrouble, Record, moment
from tenderproof.testing.answers import Amount, Flag, Items, Many, Moment, Number, One, Text, UnknownRefusal


class Party(Record):
    needed = ("name",)
    name = Text()


class Thing(Record):
    needed = ("id",)
    id = Text()
    at = Moment()
    price = Amount()
    open = Flag()
    count = Number()
    parts = Items()
    owner = One(Party)
    parties = Many(Party)


WHOLE = {
    "id": "x", "at": "2026-01-02T03:04:05+08:00", "price": "12.30", "open": True, "count": 3, "parts": [1], "owner": {"name": "甲"},
    "parties": [{"name": "乙"}],
}  # fmt: skip


def test_the_value_of_an_accepted_act_is_what_came_back() -> None:
    answer = Answer("a bidder delivers", "receipt", status=201)

    assert (answer.accepted, answer.refused, answer.value) == (True, False, "receipt")


def test_a_set_up_step_that_is_refused_is_the_platforms_trouble() -> None:
    answer: Answer[str] = Answer("a bidder delivers", None, "deadline_passed", (FieldError("at", "late"),), "已截止", 409)

    for ask in (lambda: answer.value, answer.require):
        with pytest.raises(PlatformTrouble, match="deadline_passed"):
            ask()
    assert (answer.accepted, answer.refused, set(answer.faulty_fields)) == (False, True, {"at"})


def test_what_is_shown_in_a_failure_says_who_wanted_what_and_why_not() -> None:
    refused: Answer[str] = Answer("bidder 甲 POST /bids", None, "deadline_passed", (FieldError("at", "late"),), "已截止", 409)

    assert repr(refused) == "<bidder 甲 POST /bids: refused (409) because deadline_passed; at: late '已截止'>"
    assert "accepted (201) 'r'" in repr(Answer("x", "r", status=201))


def test_an_answer_is_neither_true_nor_false() -> None:
    with pytest.raises(TypeError, match="accepted"):
        assert Answer("x", 1)


def test_fields_are_read_in_their_types() -> None:
    thing = Thing.read(WHOLE)

    assert thing.at.utcoffset() == timedelta(hours=8)
    assert thing.price == Decimal("12.30")
    assert (thing.open, thing.count, thing.parts) == (True, 3, (1,))
    assert (thing.owner.name, thing.parties[0].name) == ("甲", "乙")


@pytest.mark.parametrize(
    ("field", "value", "ask"),
    [
        ("at", "2026-01-02T03:04:05", lambda t: t.at),
        ("at", "soon", lambda t: t.at),
        ("price", 12.3, lambda t: t.price),
        ("price", "twelve", lambda t: t.price),
        ("open", "yes", lambda t: t.open),
        ("count", True, lambda t: t.count),
        ("count", "3", lambda t: t.count),
        ("parts", {}, lambda t: t.parts),
        ("owner", {}, lambda t: t.owner),
        ("parties", "乙", lambda t: t.parties),
    ],
)
def test_a_malformed_field_is_the_platforms_trouble_when_it_is_asked_for(field: str, value: Any, ask: Callable[[Thing], Any]) -> None:
    thing = Thing.read({**WHOLE, field: value})

    with pytest.raises(PlatformTrouble, match=rf"{field} is malformed|lacks name"):
        ask(thing)


def test_whether_a_field_came_can_be_asserted() -> None:
    thing = Thing.read({"id": "x", "price": "", "owner": {"name": "甲"}})

    assert thing.says("id", "owner.name")
    assert not thing.says("price")
    assert not thing.says("owner.code")
    assert thing.get("owner.name") == "甲"
    with pytest.raises(PlatformTrouble, match="lacks at"):
        thing.at  # noqa: B018 - asking is the point


@pytest.mark.parametrize("raw", [None, [], "x", {}, {"id": ""}, {"id": None}])
def test_what_lacks_its_identifier_is_no_answer(raw: Any) -> None:
    with pytest.raises(PlatformTrouble, match=r"Thing|lacks id"):
        Thing.read(raw)


def test_records_are_equal_when_all_that_came_is_equal() -> None:
    assert Thing(WHOLE) == Thing(dict(WHOLE))
    assert Thing(WHOLE) != Thing({**WHOLE, "count": 4})
    assert len({Thing(WHOLE), Thing(dict(WHOLE))}) == 1


ASKED: dict[str, Callable[[Any], Any]] = {
    "equal": lambda reason: reason == "deadline_passed", "unequal": lambda reason: reason != "deadline_passed",
    "in a set": lambda reason: reason in {"deadline_passed", "other"}, "in a tuple": lambda reason: reason in ("deadline_passed", "other"),
    "a key": lambda reason: {reason: 1},
}  # fmt: skip


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_on_a_refusal_whose_reason_a_driver_does_not_know_nothing_is_decided_but_that_it_is_one(ask: Callable[[Any], Any]) -> None:
    answer = Answer[None]("the act", None, UnknownRefusal("4711 系统繁忙"))

    assert answer.refused
    assert "4711 系统繁忙" in repr(answer)
    with pytest.raises(Missing, match="no word for the platform's refusal 4711"):
        ask(answer.refused_because)


def test_a_moment_is_read_as_it_came_and_none_where_none_did() -> None:
    assert moment("2026-03-02T09:00:00+08:00") == datetime(2026, 3, 2, 9, tzinfo=timezone(timedelta(hours=8)))
    assert (moment(None), moment("")) == (None, None)
