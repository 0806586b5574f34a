"""Plays an expert base by its own contract (specs/openapi/public-service.yaml): who is in it, and what it has drawn."""

from tenderproof.drivers.counterpart import OtherEnd
from tenderproof.testing.expert_base import ExpertBase
from tenderproof.testing.identities import Identity
from tenderproof.testing.records import BaseDraw, Section


class DeclaredBase(ExpertBase):
    """An expert base that the declaration names, or the one behind the public service platform. What it does wrong blames no candidate."""

    def __init__(self, other_end: OtherEnd) -> None:
        super().__init__(other_end.name)
        self._other_end = other_end

    def hold(self, expert: Identity, specialty: str, region_code: str) -> None:
        """Hand an expert in, under the number that the candidate knows it by."""
        content = {"number": expert.uscc, "name": expert.name, "specialty": specialty, "region_code": region_code}
        self._other_end.hand_in("/experts", content)

    def draws(self, section: Section) -> tuple[BaseDraw, ...]:
        """What was drawn for a section."""
        return self._other_end.listed("/expert-draws", BaseDraw, {"object": section.id})
