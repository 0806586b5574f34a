"""The public service platform (公共服务平台) that a candidate is connected with: what came to it, read at the other end."""
# ruff: noqa: ARG002 - what is not declared takes its arguments all the same

from collections.abc import Callable

from tenderproof.testing.records import Provided
from tenderproof.vocabulary import Blame, Missing


class PublicService:
    """Where nothing is declared there is nothing to read: Missing."""

    def provided(self, kind: str, thing: str) -> tuple[Provided, ...]:
        """What has come of a thing (provided.list), oldest first: ``kind`` is notice, document, …, ``thing`` its id."""
        raise Missing("the declaration names no public service platform to read from (counterparts.public_service)", Blame.DECLARATION)

    def awaited(self, kind: str, thing: str, within_s: int, that: Callable[[Provided], bool]) -> tuple[Provided, ...]:
        """What fits ``that``, once something does, or once the time is over that the declaration names, ``within_s`` at most."""
        return tuple(one for one in self.provided(kind, thing) if that(one))
