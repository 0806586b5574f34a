import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from tenderproof.testing import Answer, PlatformTrouble, Public, Views
from tenderproof.testing.views import Reading

JSON = (("Content-Type", "application/json"), ("Date", "now"))


@dataclass
class World:
    """A section with what one can read of it."""

    said: dict[str, Any]
    names: dict[str, str] = field(default_factory=dict)
    page: str = "<p>招标</p>"


class Library:
    """Reads an operation and a page, and counts what it reads."""

    def __init__(self) -> None:
        self.read: list[tuple[str, Any]] = []

    def readings(self, actor: Public, world: Any, only: frozenset[str] | None = None) -> Iterable[Reading]:
        del actor
        for reading in (
            Reading("section", 200, JSON, json.dumps(world.said).encode()),
            Reading("page", 200, (("content-type", "text/html"),), world.page.encode()),
        ):
            if only is None or reading.name in only:
                self.read.append((reading.name, world.said.get("id")))
                yield reading


views = Views(Library())


def seen(world: World) -> Any:
    return views.everything(Public(), world)


def test_worlds_that_differ_in_their_names_alone_look_the_same() -> None:
    one = World({"id": "aa", "state": "bidding"}, {"aa": "[section]"})
    other = World({"id": "bb", "state": "bidding"}, {"bb": "[section]"})

    assert views.differences(seen(one), seen(other)) == []


def test_the_order_of_a_list_tells_nothing() -> None:
    one, other = World({"items": [{"n": 1}, {"n": 2}]}), World({"items": [{"n": 2}, {"n": 1}]})

    assert views.differences(seen(one), seen(other)) == []


def orders(said: dict[str, Any]) -> Any:
    return views.orders(Public(), World(said))


def test_the_order_of_what_stands_in_two_readings_of_a_list_is_told() -> None:
    one = orders({"items": [{"id": 1, "seen": 0}, {"id": 2, "tags": ["a", "b"]}]})

    assert views.reordered(one, orders({"items": [{"id": 2, "tags": ["a", "b"]}, {"id": 1, "seen": 5}]})) == {("section", "$.items")}
    assert views.reordered(one, orders({"items": [{"id": 1}, {"id": 2, "tags": ["b", "a"]}]})) == {("section", "$.items[2].tags")}


def test_what_comes_new_into_a_list_or_leaves_it_is_no_other_order() -> None:
    one = orders({"items": [{"id": 1}, {"id": 2}]})

    assert views.reordered(one, orders({"items": [{"id": 3}, {"id": 1}, {"id": 4}, {"id": 2}]})) == frozenset()
    assert views.reordered(one, orders({"items": [{"id": 2}]})) == frozenset()
    assert views.reordered(one, orders({"others": []})) == frozenset()


def test_content_count_shape_status_and_size_are_told() -> None:
    world = {"items": [{"n": 1}, {"n": 2}], "state": "bidding"}
    changes: list[dict[str, Any]] = [
        {"items": [{"n": 3}, {"n": 1}], "state": "bidding"},
        {"items": [{"n": 1}], "state": "bidding"},
        {"items": [{"n": 1}, {"n": 2}], "state": "bidding", "count": 2},
        {"items": [{"n": 1}, {"n": 2, "price": None}], "state": "bidding"},
    ]

    for change in changes:
        assert views.differences(seen(World(world)), seen(World(change))) != []


def test_a_word_on_a_page_is_told() -> None:
    found = views.differences(seen(World({}, page="<p>0 bids</p>")), seen(World({}, page="<p>3 bids</p>")))

    assert [(difference.operation, difference.one, difference.other) for difference in found] == [("page", "0", "3")]
    assert str(found[0]).startswith("page word 3: '0' / '3'")


def test_what_varies_between_two_runs_of_one_world_is_masked_and_nothing_else() -> None:
    one, again = seen(World({"token": "11", "count": 0})), seen(World({"token": "22", "count": 0}))
    other = seen(World({"token": "33", "count": 3}))
    mask = views.varying(one, again)

    assert mask == {("section", "$.token"): None}
    assert views.varying(one, one, again) == mask
    assert views.varying(one) == {}
    assert [difference.path for difference in views.differences(one, other, mask)] == ["$.count"]


def test_what_is_said_beside_a_token_in_one_text_is_not_masked() -> None:
    def said(count: int, ticket: str = "") -> Any:
        return seen(World({"words": f"受理编号 {ticket or uuid4().hex}：已收到{count}份"}))

    one, again, third = said(2), said(2), said(2)

    for mask in (views.varying(one, again), views.varying(one, again, third)):
        assert views.differences(one, said(2), mask) == []
        assert [found.path for found in views.differences(one, said(5), mask)] == ["$.words"]
        assert [found.path for found in views.differences(one, seen(World({})), mask)] == ["$ keys", "$.words"]
    varied = views.varying(one, again, said(5))
    assert views.differences(one, said(9), varied) == []


def test_another_run_of_a_world_is_read_where_the_worlds_differ_and_only_there() -> None:
    library, names = Library(), {"aa": "[id]", "bb": "[id]", "cc": "[id]"}
    one, other, again = ((Public(), World({"id": n, "token": hash(n), "count": n == "bb"}, names)) for n in names)
    told = Views(library).told_apart(one, other, again)

    assert [difference.path for difference in told] == ["$.count"]
    assert [name for name, world in library.read if world == "cc"] == ["section"]


def test_worlds_that_differ_in_nothing_need_no_other_run() -> None:
    library = Library()
    one, other, again = ((Public(), World({"id": n}, {n: "[id]"})) for n in ("aa", "bb", "cc"))

    assert Views(library).told_apart(one, other, again) == []
    assert {world for _, world in library.read} == {"aa", "bb"}


def test_a_change_is_told_and_what_varies_with_each_reading_is_not() -> None:
    class Counting(Library):
        def readings(self, actor: Public, world: Any, only: frozenset[str] | None = None) -> Iterable[Reading]:
            world.said["token"] += 1
            return super().readings(actor, world, only)

    library, world = Counting(), World({"token": 1, "count": 0})
    views = Views(library)
    before = views.everything(Public(), world)
    same = views.everything(Public(), world)
    world.said["count"] = 1
    after = views.everything(Public(), world)

    assert views.changes(before, same, Public(), world) == []
    assert [difference.path for difference in views.changes(before, after, Public(), world)] == ["$.count"]


def test_the_date_of_an_answer_tells_nothing() -> None:
    class Later(Library):
        def readings(self, actor: Public, world: Any, only: frozenset[str] | None = None) -> Iterable[Reading]:
            for reading in super().readings(actor, world, only):
                yield Reading(reading.name, reading.status, (*reading.headers, ("date", "later")), reading.body)

    assert views.differences(seen(World({})), Views(Later()).everything(Public(), World({}))) == []


def test_an_operation_that_only_one_world_has_is_told() -> None:
    both = seen(World({}))
    assert views.differences(both, {"section": both["section"]}) != []
    assert both["section"]["status"] == "200"


def test_what_is_broken_in_both_worlds_is_no_likeness() -> None:
    class Broken(Library):
        def readings(self, actor: Public, world: Any, only: frozenset[str] | None = None) -> Iterable[Reading]:
            del actor, world, only
            yield Reading("page", 500, (("content-type", "text/html"),), b"Internal Server Error")

    with pytest.raises(PlatformTrouble, match="500 to page"):
        Views(Broken()).everything(Public(), World({}))


def test_answers_to_acts_are_compared_in_the_words_of_no_world_and_of_no_moment() -> None:
    def answered(name: str, words: str) -> Any:
        answer: Answer[None] = Answer("x", None, "too_early", words=words, status=409, raw={"section": name, "detail": words})
        return views.answered({"open": answer}, World({}, {name: "[section]"}), datetime(2026, 3, 2, 9, 0, 5, tzinfo=UTC))

    one = answered("aa", "2026-03-02 17:00:04")

    assert views.differences(one, answered("bb", "2026-03-02 17:00:05")) == []
    assert [found.path for found in views.differences(answered("aa", "5 bids"), answered("bb", "6 bids"))] == ["$.detail"]
