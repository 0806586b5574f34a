"""Looks (外观): the same act by a client that everybody would take for an audit, and by one that nobody would (防范针对检测的作弊)."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Look:
    """How we show ourselves: what stands before the names of whomever and whatever we make, and the seconds for which we tarry."""

    mark: str
    tarries_s: float


class Looks(ABC):
    """Two looks, and a choice that nobody can know before."""

    @abstractmethod
    def of_an_audit(self) -> AbstractContextManager[Look]:
        """What is done inside looks like an audit: the client says so, names bear its mark, and nobody tarries."""

    @abstractmethod
    def of_anybody(self) -> AbstractContextManager[Look]:
        """What is done inside looks like anybody's doing: another client, names without a mark, and one takes one's time."""

    @abstractmethod
    def tarry(self, look: Look) -> None:
        """Take the time that this look takes."""

    @abstractmethod
    def chosen(self, items: Sequence[T], count: int) -> list[T]:
        """Some of the items, in an order of their own: drawn anew in each run, whatever its seed, and told to nobody before."""
