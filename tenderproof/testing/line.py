"""The line between people and the platform (传输线路), on which things go wrong: at once, slowly, or not to the end."""
# ruff: noqa: ARG002 - what a driver does not offer takes its arguments all the same

from collections.abc import Callable, Sequence
from typing import TypeVar

from tenderproof.vocabulary import Blame, Missing

T = TypeVar("T")


class Line:
    """This one, of a driver whose line cannot be disturbed, offers nothing."""

    def at_once(self, *acts: Callable[[], T]) -> Sequence[T | None]:
        """Let acts reach the platform at the same moment; what came of each, in their order, None for one that got no answer."""
        raise Missing("this driver cannot let several people act at once", Blame.TOOL)

    def midway(self, act: Callable[[], T], meanwhile: Callable[[], None]) -> T | None:
        """Let something happen when half of an act's content is under way, then send the rest; None if there was no answer."""
        raise Missing("this driver cannot send slowly", Blame.TOOL)

    def cut(self, act: Callable[[], T]) -> T | None:
        """Break off in the middle of an act's content; None, as the rest, unless the platform answered before it had all of it."""
        raise Missing("this driver cannot break off what it sends", Blame.TOOL)
