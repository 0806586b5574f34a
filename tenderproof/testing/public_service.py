"""The public service platform (公共服务平台) that a candidate is connected with: what came to it, and what it can tell."""
# ruff: noqa: ARG002 - what is not declared takes its arguments all the same

from collections.abc import Callable

from tenderproof.testing.contents import Content
from tenderproof.testing.records import Provided
from tenderproof.vocabulary import Blame, Missing


class PublicService:
    """Where nothing is declared there is nothing to read and nobody to tell: Missing."""

    def provided(self, kind: str, thing: str) -> tuple[Provided, ...]:
        """What has come of a thing (provided.list), oldest first: ``kind`` is notice, document, …, ``thing`` its id."""
        raise Missing("the declaration names no public service platform to read from (counterparts.public_service)", Blame.DECLARATION)

    def hold_registration(self, paper: Content, source: str) -> None:
        """Have a registration held there as another trading platform's, ``source``, so that the candidate can be told of it."""
        raise Missing("the declaration names no public service platform to hand this to (counterparts.public_service)", Blame.DECLARATION)

    def awaited(self, kind: str, thing: str, within_s: int, that: Callable[[Provided], bool]) -> tuple[Provided, ...]:
        """What fits ``that``, once something does, or once the time is over that the declaration names, ``within_s`` at most."""
        return tuple(one for one in self.provided(kind, thing) if that(one))
