"""The instrument that suites hold: lives of tenders, walked on the candidate."""

from collections.abc import Sequence

from tenderproof.evidence.chance import Chance
from tenderproof.spec.lifecycle import Lifecycle
from tenderproof.testing.actors import Public
from tenderproof.testing.clock import Clock
from tenderproof.testing.lifecycle.living import LivingTender
from tenderproof.testing.lifecycle.walking import Extent, Walked, walked
from tenderproof.testing.stories import Stories

_LATECOMERS = 1  # bidders more than the model's bids, so that somebody is there to be late
_SEEDS = 2**32 - 1


class Lives:
    """Walks the lives of tenders on a platform and holds each answer against the law's model."""

    def __init__(self, model: Lifecycle, stories: Stories, clock: Clock, public: Public, chance: Chance, bids: int) -> None:
        """``bids`` is the most that come in time in one life."""
        self._model, self._stories, self._clock, self._public = model, stories, clock, public
        self._chance, self._bidders = chance, bids + _LATECOMERS

    def walked(self, extent: Extent) -> Walked:
        """Walk: legal and illegal acts in an order that chance draws. Missing without a clock that can be set.

        PlatformTrouble if a life does not go on where it must, and nothing was found that disagrees with the law.
        """
        return walked(self._model, self._begun, self._bidders, extent, self._chance.integer(0, _SEEDS), self._chance.now)

    def _begun(self, turns: Sequence[int]) -> LivingTender:
        return LivingTender(self._stories, self._clock, self._public, turns)
