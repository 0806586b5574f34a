"""Rows put in order on disk."""

import tracemalloc
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tenderproof.records.row import Place
from tenderproof.records.spill import Spill


def test_the_rows_of_a_tender_come_out_together_in_their_order(tmp_path: Path) -> None:
    rows = [(key, moment) for moment in "312" for key in "bca"]
    spill = Spill(tmp_path / "rows")
    for key, moment in rows:
        spill.add(key, moment, "", Place("f", moment), {"amount": Decimal("0.10"), "key": key})
    found = [(key, [held.order for held in group], group[0].value) for key, group in spill.groups()]
    spill.close()

    assert found == [(key, ["1", "2", "3"], {"amount": Decimal("0.10"), "key": key}) for key in "abc"]


def test_rows_of_one_moment_come_in_an_order_that_the_file_does_not_make(tmp_path: Path) -> None:
    def order(ties: str) -> list[str]:
        spill = Spill(tmp_path / ties)
        for tie in ties:
            spill.add("a", "1", tie, Place("f", "line 1"), tie)
        found = [held.value for _, group in spill.groups() for held in group]
        spill.close()
        return found

    assert order("xyz") == order("zxy") == ["x", "y", "z"]


def test_half_characters_in_names_do_no_harm(tmp_path: Path) -> None:
    spill = Spill(tmp_path / "rows")
    spill.add("\ud800", "", "\udfff", Place("\ud800", "\x00"), {"a": "\ud800"})
    ((_, (held,)),) = spill.groups()
    spill.close()

    assert held.value == {"a": "\ud800"}


def test_what_is_nested_too_deep_is_refused_when_it_is_held(tmp_path: Path) -> None:
    deep: Any = 1
    for _ in range(100_000):
        deep = [deep]
    spill = Spill(tmp_path / "rows")
    with pytest.raises(RecursionError):
        spill.add("a", "", "", Place("f", "line 1"), deep)
    assert list(spill.groups()) == []
    spill.close()
    while isinstance(deep, list):  # else its end is as deep as it was
        deep = deep.pop()


def test_memory_does_not_grow_with_the_number_of_rows(tmp_path: Path) -> None:
    spill = Spill(tmp_path / "rows")
    tracemalloc.start()
    for number in range(20_000):
        spill.add(str(number % 10_000), str(number), "", Place("f", "line"), "x" * 1000)
    count = sum(len(group) for _, group in spill.groups())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    spill.close()

    assert count == 20_000
    assert peak < 4 << 20
