"""The test of times, on made-up times of both sides: what is alike is not convicted, what is apart is found, by an exact count."""

# ruff: noqa: S311 - chance that can be repeated
import random
from itertools import combinations
from math import comb

import pytest

from tenderproof.testing.timing import CHECKS, ERROR, FAMILY_ERROR, Block, Timing, Told, measured, of_ranks

LEAST = 0.005


def times(source: random.Random, number: int, centre: float) -> tuple[float, ...]:
    """Times as they are on a busy line: mostly near the centre, now and then far above it."""
    return tuple(centre + abs(source.gauss(0, 0.002)) + (0.2 if source.random() < 0.05 else 0.0) for _ in range(number))


def timing(source: random.Random, shift: float, again: float | None = None) -> Timing:
    blocks = [Block(times(source, 24, 0.02), times(source, 24, 0.02 + by)) for by in (shift, shift if again is None else again)]
    return Timing((blocks[0], blocks[1]), LEAST)


def test_the_share_of_one_check_is_a_part_of_the_familys() -> None:
    assert pytest.approx(FAMILY_ERROR) == ERROR * CHECKS


@pytest.mark.parametrize("sizes", [(1, 1), (2, 3), (3, 3), (4, 5)])
def test_the_chance_of_ranks_is_that_of_counting_all_orders(sizes: tuple[int, int]) -> None:
    ones, others = sizes
    places = range(ones + others)
    chosen = list(combinations(places, ones))
    for one in chosen:
        other = [place for place in places if place not in one]
        mine = min(wrong(one, other), ones * others - wrong(one, other))
        as_far = sum(wrong(order, [place for place in places if place not in order]) <= mine for order in chosen)
        assert of_ranks([float(place) for place in one], [float(place) for place in other]) == pytest.approx(
            min(1.0, 2 * as_far / comb(ones + others, ones))
        )


def wrong(one: tuple[int, ...], other: list[int]) -> int:
    return sum(later > earlier for later in other for earlier in one)


def test_nothing_measured_and_nothing_different_tell_nothing() -> None:
    assert of_ranks([], [1.0]) == 1.0
    assert of_ranks([1.0, 1.0], [1.0, 1.0]) == 1.0


def test_equal_times_count_towards_the_middle() -> None:
    apart, touching = of_ranks([1.0, 2.0, 3.0], [4.0, 5.0, 6.0]), of_ranks([1.0, 2.0, 4.0], [4.0, 5.0, 6.0])
    assert apart < touching


def test_what_takes_the_same_time_is_never_convicted_in_a_thousand_runs() -> None:
    source = random.Random(1)
    told = [timing(source, 0.0).told for _ in range(1000)]

    assert told.count(Told.APART) == 0
    assert told.count(Told.ALIKE) > 990


@pytest.mark.parametrize("shift", [0.008, 0.012, -0.012])
def test_what_takes_longer_is_found(shift: float) -> None:
    source = random.Random(2)

    assert [timing(source, shift).told for _ in range(50)].count(Told.APART) >= 49


def test_a_difference_that_is_sure_and_too_small_to_matter_is_alike() -> None:
    small = Block(tuple(0.02 + number / 1e6 for number in range(24)), tuple(0.021 + number / 1e6 for number in range(24)))

    assert small.chance < ERROR
    assert Timing((small, small), LEAST).told is Told.ALIKE


@pytest.mark.parametrize(("shift", "again"), [(0.012, 0.0), (0.0, 0.012), (0.012, -0.012)])
def test_one_block_alone_or_two_that_disagree_are_unclear(shift: float, again: float) -> None:
    found = timing(random.Random(3), shift, again)

    assert found.told is Told.UNCLEAR
    assert str(found).startswith("unclear: ")


def test_both_kinds_are_measured_in_turns_in_an_order_that_chance_gives() -> None:
    order: list[str] = []
    heads = iter([True, False, True, False])

    def kind(name: str, seconds: float) -> float:
        order.append(name)
        return seconds

    found = measured(lambda: kind("a", 1.0), lambda: kind("b", 2.0), 2, lambda: next(heads), LEAST)

    assert order == ["a", "b", "b", "a", "a", "b", "b", "a"]
    assert found.blocks == (Block((1.0, 1.0), (2.0, 2.0)), Block((1.0, 1.0), (2.0, 2.0)))
    assert found.blocks[0].effect == 1.0
