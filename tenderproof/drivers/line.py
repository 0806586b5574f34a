"""Disturbs the line: the requests of acts leave together, in two halves, or not to the end. Each is recorded like any other."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from tenderproof.evidence.turns import Turn
from tenderproof.evidence.wire import Outcome, Request, Wire
from tenderproof.testing.line import Line
from tenderproof.vocabulary import Blame, Missing

T = TypeVar("T")
_CONTENT = 512  # octets: less is no content that could be cut in the middle, but a question before it


class WireLine(Line):
    """On any wire, whatever the driver sends over it."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def at_once(self, *acts: Callable[[], T]) -> Sequence[T | None]:
        """See :meth:`Line.at_once`. An act is its first request with a body; what it sends after that, it sends in its turn."""
        turns = [Turn(act, 1) for act in acts]
        for turn in turns:
            turn.begin()
        waiting = [turn.request for turn in turns if turn.request is not None]
        outcomes = iter(self._wire.together(waiting) if waiting else ())
        for turn in turns:
            turn.end(next(outcomes) if turn.request is not None else None)
        return [turn.given() for turn in turns]

    def midway(self, act: Callable[[], T], meanwhile: Callable[[], None]) -> T | None:
        """See :meth:`Line.midway`."""
        return _disturbed(act, lambda request: self._wire.midway(request, meanwhile))

    def cut(self, act: Callable[[], T]) -> T | None:
        """See :meth:`Line.cut`."""
        return _disturbed(act, self._wire.cut)


def _disturbed(act: Callable[[], T], send: Callable[[Request], Outcome]) -> T | None:
    """An act whose content is sent otherwise; Missing if it sends none."""
    turn = Turn(act, _CONTENT)
    turn.begin()
    if turn.request is None:
        turn.given()
        raise Missing("the act sent no content whose transmission could be disturbed", Blame.TOOL)
    turn.end(send(turn.request))
    return turn.given()
