"""The collector of a worker looks seldom, and still looks."""

import gc
from collections.abc import Iterator

import pytest

from tenderproof import garbage


@pytest.fixture
def thresholds() -> Iterator[tuple[int, int, int]]:
    """Those of before, which hold again afterwards."""
    before = gc.get_threshold()
    yield before
    gc.set_threshold(*before)


def test_a_worker_collects_more_seldom_than_python_by_itself_and_still_collects(thresholds: tuple[int, int, int]) -> None:
    garbage.look_through_seldom()

    assert gc.get_threshold()[0] > thresholds[0]
    assert gc.isenabled()
