"""Changes how we look: the wire is dressed otherwise, and whom we make bears other names."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from random import Random
from typing import TypeVar

from tenderproof.evidence.chance import Chance
from tenderproof.evidence.guise import ELSEWHERE, MARKED, Guise
from tenderproof.evidence.wire import Wire
from tenderproof.testing.identities import Identities
from tenderproof.testing.looks import Look, Looks

T = TypeVar("T")
_AUDIT, _ANYBODY = Look("检测", 0.0), Look("", 0.7)
_OCTETS = 16


class WornLooks(Looks):
    """On any wire; the identities are those that the driver makes."""

    def __init__(self, wire: Wire, identities: Identities, chance: Chance) -> None:
        self._wire, self._identities, self._chance = wire, identities, chance

    @contextmanager
    def of_an_audit(self) -> Iterator[Look]:
        """See :meth:`Looks.of_an_audit`."""
        with self._worn(MARKED, _AUDIT) as look:
            yield look

    @contextmanager
    def of_anybody(self) -> Iterator[Look]:
        """See :meth:`Looks.of_anybody`."""
        with self._worn(ELSEWHERE, _ANYBODY) as look:
            yield look

    def tarry(self, look: Look) -> None:
        """See :meth:`Looks.tarry`."""
        if look.tarries_s:
            self._wire.pause(look.tarries_s)

    def chosen(self, items: Sequence[T], count: int) -> list[T]:
        """See :meth:`Looks.chosen`; what fell is recorded."""
        drawn = self._chance.made("hidden choice", lambda: secrets.token_bytes(_OCTETS))
        return Random(drawn).sample(list(items), count)  # noqa: S311 - the chance is in what was drawn

    @contextmanager
    def _worn(self, guise: Guise, look: Look) -> Iterator[Look]:
        before, self._identities.mark = self._identities.mark, look.mark
        try:
            with self._wire.dressed(guise):
                yield look
        finally:
            self._identities.mark = before
