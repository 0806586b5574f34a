"""Expert bases (依法建立的评标专家库) that a candidate draws from: directly, or through the public service platform."""
# ruff: noqa: ARG002 - what is not declared takes its arguments all the same

from tenderproof.testing.identities import Identity
from tenderproof.testing.records import BaseDraw, Section
from tenderproof.vocabulary import Blame, Missing


class ExpertBase:
    """Where none is declared nobody is held and nothing is drawn: Missing. ``counterpart`` is its name in the declaration."""

    def __init__(self, counterpart: str) -> None:
        self.counterpart = counterpart

    def hold(self, expert: Identity, specialty: str, region_code: str) -> None:
        """Have an expert in the base (expert.hold)."""
        raise self._missing()

    def draws(self, section: Section) -> tuple[BaseDraw, ...]:
        """What the base drew for a section, oldest first (expert.draws)."""
        raise self._missing()

    def _missing(self) -> Missing:
        return Missing(f"the declaration names no expert base to play (counterparts.{self.counterpart})", Blame.DECLARATION)
