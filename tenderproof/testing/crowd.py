"""A crowd (并发连接、非法访问): more connections than a platform says it holds, slow ones, or guesses, while others want to be served."""

from typing import NoReturn

from tenderproof.transport.crowding import Filled, Slowed
from tenderproof.transport.guessing import Guessed
from tenderproof.vocabulary import Blame, Missing


class Crowd:
    """Wears out what the entrance bears; only in an intrusive run, and only what the declaration names (``connections``, ``log_in``).

    Where nobody can bring a crowd, Missing says so.
    """

    @property
    def most(self) -> int:
        """How many connections the candidate holds at once, by its own word (limits.connections); Missing where it says nothing."""
        _nobody()

    @property
    def guesses(self) -> int:
        """After how many failed log-ins it stops a source, by its own word (limits.failed_log_ins); Missing where it says nothing."""
        _nobody()

    def fill(self, more: int) -> Filled:  # noqa: ARG002 - whoever brings a crowd asks how many
        """Hold as many connections as it says that it holds, and so many more."""
        _nobody()

    def guess(self, more: int) -> Guessed:  # noqa: ARG002 - as fill
        """Fail to log in so often, and so many times more, each time under another name, from one address."""
        _nobody()

    def dawdle(self, count: int) -> Slowed:  # noqa: ARG002 - as fill
        """Let so many speak slowly, and ask ordinarily meanwhile."""
        _nobody()


def _nobody() -> NoReturn:
    raise Missing("this driver brings no crowd", Blame.TOOL)
