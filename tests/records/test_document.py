"""JSON documents of any size: rows come out one by one, and one that is refused does not take the others with it."""

import io
import json
import tracemalloc
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderproof.records.document import Document, decode
from tenderproof.records.row import NotRead, Row, Unreadable

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


def rows(text: str, member: str = "") -> list[Any]:
    return [row.value if isinstance(row, Row) else row.why for row in Document("f", io.StringIO(text), member).rows()]


def places(text: str) -> list[str]:
    return [row.place.at for row in Document("f", io.StringIO(text), "").rows()]


@given(st.lists(VALUES, max_size=6), st.sampled_from([None, 1]), st.sampled_from(["releases", "records", "items"]))
def test_a_package_yields_its_elements_however_it_is_laid_out(listed: list[Any], indent: int | None, name: str) -> None:
    package = json.dumps({"uri": "x", "tags": [1], name: listed, "after": {"a": []}}, indent=indent)

    assert rows(package) == listed
    assert rows(json.dumps(listed, indent=indent)) == listed


def test_each_row_knows_its_place() -> None:
    assert places('{"version": "1.1", "releases": [{}, {}]}') == ["releases[0]", "releases[1]"]
    assert places("[1, 2]") == ["[0]", "[1]"]
    assert places('{"ocid": "x"}') == ["the document"]


def test_rows_inside_are_found_by_their_path() -> None:
    text = '{"code": 0, "result": {"total": 2, "list": [{"a": 1}, {"a": 2}]}, "x": 1}'

    assert rows(text, "result.list") == [{"a": 1}, {"a": 2}]
    assert rows(text, "result.none") == []


def test_a_value_that_is_refused_does_not_take_the_next_with_it() -> None:
    found = list(Document("f", io.StringIO('[{"a": 1}, {"a": NaN}, {"a": 1, "a": 2}, {"a": 4}]'), "").rows())

    assert [isinstance(row, Row) for row in found] == [True, False, False, True]
    assert [row.why for row in found if isinstance(row, Unreadable)] == [
        "NaN is no number of JSON",
        "the name 'a' stands twice in one object",
    ]


@pytest.mark.parametrize(
    "text", ["[", '[{"a": 1}', '[{"a": 1},]', '[{"a": 1} {"a": 2}]', '{"releases": [1,', '{"releases" [1]}', "[" * 100_000]
)  # fmt: skip
def test_what_is_cut_off_or_no_json_ends_with_a_reason(text: str) -> None:
    with pytest.raises(NotRead):
        rows(text)


def test_numbers_keep_every_digit() -> None:
    assert decode('{"amount": 99999.990}') == {"amount": Decimal("99999.990")}
    assert decode(b"[0.1, 5]") == [Decimal("0.1"), 5]
    with pytest.raises(ValueError, match="no number"):
        decode("Infinity")


def test_memory_does_not_grow_with_the_number_of_rows() -> None:
    """A document of some 20 MiB in a window of less than one."""

    class Endless(io.RawIOBase):
        def __init__(self) -> None:
            self.left = 20_000

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            if self.left < 0:
                return 0
            piece = b'{"releases": [' if self.left == 20_000 else b'{"a": "' + b"x" * 1000 + b'"},' if self.left else b"{}]}"
            self.left -= 1
            buffer[: len(piece)] = piece
            return len(piece)

    text = io.TextIOWrapper(io.BufferedReader(Endless(), 1 << 16), "utf-8")
    tracemalloc.start()
    count = sum(1 for _ in Document("f", text, "").rows())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 20_000
    assert peak < 1 << 20
