"""A crowd (并发连接、非法访问): more connections than a platform says it holds, slow ones, or guesses, while others want to be served."""

from abc import ABC, abstractmethod

from tenderproof.transport.crowding import Filled, Slowed
from tenderproof.transport.guessing import Guessed


class Crowd(ABC):
    """Wears out what the entrance bears; only in an intrusive run, and only what the declaration names (``connections``, ``log_in``)."""

    @property
    @abstractmethod
    def most(self) -> int:
        """How many the candidate holds at once, by its own word (limits.connections); Missing where it says nothing."""

    @abstractmethod
    def fill(self, more: int) -> Filled:
        """Hold as many as it says that it holds, and so many more."""

    @property
    @abstractmethod
    def guesses(self) -> int:
        """After how many failed log-ins it stops a source, by its own word (limits.failed_log_ins); Missing where it says nothing."""

    @abstractmethod
    def guess(self, more: int) -> Guessed:
        """Fail to log in so often, and so many times more, each time under another name, from one address."""

    @abstractmethod
    def dawdle(self, count: int) -> Slowed:
        """Let so many speak slowly, and ask ordinarily meanwhile."""
