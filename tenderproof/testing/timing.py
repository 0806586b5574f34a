"""Whether two kinds of answers can be told apart by how long they take: a test of ranks, twice, with an effect that must be worth telling.

The timing checks of a plan share one family-wise error; each of them convicts only where both of its blocks of measurements, made at
different times, reject by themselves at its share. So an honest platform is convicted by chance far less often than the family's error
says. Where one block rejects and the other does not, nothing is said.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import ceil
from statistics import median

FAMILY_ERROR = 1e-4
"""The chance that any timing check of a plan convicts an honest platform, at most."""
CHECKS = 4
"""How many timing checks share it: room for those that are to come."""
ERROR = FAMILY_ERROR / CHECKS


class Told(StrEnum):
    """What the times tell."""

    APART = "apart"
    ALIKE = "alike"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Block:
    """Seconds of one kind of answer and of the other, measured in turns within one stretch of time."""

    one: tuple[float, ...]
    other: tuple[float, ...]

    @property
    def effect(self) -> float:
        """By how many seconds the second kind takes longer: the median of all differences (Hodges and Lehmann)."""
        return median(later - earlier for later in self.other for earlier in self.one)

    @property
    def chance(self) -> float:
        """How likely ranks so far apart are if both kinds take the same time (Mann and Whitney, both sides, exact)."""
        return of_ranks(self.one, self.other)


@dataclass(frozen=True)
class Timing:
    """Two blocks, and what they tell together; ``least_s`` is the difference that is worth telling."""

    blocks: tuple[Block, Block]
    least_s: float

    @property
    def told(self) -> Told:
        """Apart if both blocks reject, by an effect in the same direction and large enough; alike if neither does."""
        rejected = [block.chance <= ERROR and abs(block.effect) >= self.least_s for block in self.blocks]
        same_way = self.blocks[0].effect * self.blocks[1].effect > 0
        if all(rejected) and same_way:
            return Told.APART
        return Told.UNCLEAR if any(rejected) else Told.ALIKE

    def __str__(self) -> str:
        shown = "; ".join(f"{1000 * block.effect:+.1f} ms (p = {block.chance:.1e})" for block in self.blocks)
        return f"{self.told}: {shown}; at least {1000 * self.least_s:.0f} ms at p <= {ERROR:.1e} count"


def measured(one: Callable[[], float], other: Callable[[], float], turns: int, first: Callable[[], bool], least_s: float) -> Timing:
    """Measure both kinds in turns, in two blocks one after the other; ``first`` says by chance which of the two comes first in a turn."""
    return Timing((_block(one, other, turns, first), _block(one, other, turns, first)), least_s)


def _block(one: Callable[[], float], other: Callable[[], float], turns: int, first: Callable[[], bool]) -> Block:
    ones, others = [], []
    for _ in range(turns):
        if first():
            ones.append(one())
            others.append(other())
        else:
            others.append(other())
            ones.append(one())
    return Block(tuple(ones), tuple(others))


def of_ranks(one: Sequence[float], other: Sequence[float]) -> float:
    """The two-sided chance of a rank sum as far from the middle as this one; equal values count half, towards the middle."""
    pairs = len(one) * len(other)
    if not pairs:
        return 1.0
    above = sum((later > earlier) + (later == earlier) / 2 for later in other for earlier in one)
    smaller = ceil(min(above, pairs - above))
    counts = _arrangements(len(one), len(other))
    return min(1.0, 2 * sum(counts[: smaller + 1]) / sum(counts))


@cache
def _arrangements(ones: int, others: int) -> tuple[int, ...]:
    """In how many orders of so many and so many values so many pairs are the wrong way round (0, 1, 2 …)."""
    counts = [1]
    for number in range(1, ones + 1):
        counts = _divided(_multiplied(counts, others + number), number)
    return tuple(counts)


def _multiplied(counts: list[int], power: int) -> list[int]:
    """The polynomial times (1 - q^power)."""
    found = [*counts, *([0] * power)]
    for place, count in enumerate(counts):
        found[place + power] -= count
    return found


def _divided(counts: list[int], power: int) -> list[int]:
    """The polynomial divided by (1 - q^power), which goes into it."""
    found: list[int] = []
    for place, count in enumerate(counts):
        found.append(count + (found[place - power] if place >= power else 0))
    return found[: len(counts) - power]
