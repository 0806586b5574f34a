"""A crowd (并发连接): more connections at once than a platform says it holds, or some that are slow, while others want to be served."""

from abc import ABC, abstractmethod

from tenderproof.transport.crowding import Filled, Slowed


class Crowd(ABC):
    """Wears out how many connections the entrance holds; only in an intrusive run, and only if the declaration names ``connections``."""

    @property
    @abstractmethod
    def most(self) -> int:
        """How many the candidate holds at once, by its own word (limits.connections); Missing where it says nothing."""

    @abstractmethod
    def fill(self, more: int) -> Filled:
        """Hold as many as it says that it holds, and so many more."""

    @abstractmethod
    def dawdle(self, count: int) -> Slowed:
        """Let so many speak slowly, and ask ordinarily meanwhile."""
