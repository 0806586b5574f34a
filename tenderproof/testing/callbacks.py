"""Callbacks (回连): places of ours that nobody opens but whoever was made to by what was written into a field."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager


class Ear(ABC):
    """Listens while it is open."""

    @abstractmethod
    def address(self, of: str) -> str:
        """A URL of ours for this purpose; nobody else has it, and nobody can guess it."""

    @abstractmethod
    def heard(self) -> Sequence[str]:
        """For which purposes somebody has come by now, after giving those who are on their way a moment."""


class Callbacks(ABC):
    """Where we can be reached by the candidate."""

    @abstractmethod
    def listening(self) -> AbstractContextManager[Ear]:
        """An ear that has heard itself; Missing where the candidate cannot reach us."""
