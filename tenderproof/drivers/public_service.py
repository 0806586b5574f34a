"""Reads what came to the public service platform and hands it what it shall tell (specs/openapi/public-service.yaml)."""

from collections.abc import Callable

from tenderproof.drivers.counterpart import OtherEnd
from tenderproof.testing.contents import Content
from tenderproof.testing.public_service import PublicService
from tenderproof.testing.records import Provided

_EVERY_S = 0.5
_OWN = ("role", "name", "uscc", "certificate", "encryption_certificate")


class Intake(PublicService):
    """The declared public service platform. What it does wrong is no fault of the candidate."""

    def __init__(self, other_end: OtherEnd) -> None:
        self._other_end = other_end

    def provided(self, kind: str, thing: str) -> tuple[Provided, ...]:
        """What has come of a thing; NetworkTrouble if the other end does not tell, DeclarationTrouble if our token is not taken there."""
        return self._other_end.listed("/provided", Provided, {"kind": kind, "object": thing})

    def hold_registration(self, paper: Content, source: str) -> None:
        """Hand in a registration's paper (registration.hold): who it is, its certificates, and all else as facts."""
        facts = {name: value for name, value in paper.items() if name not in {*_OWN, "agreement"}}
        own = {name: paper.at(name) for name in _OWN}
        self._other_end.hand_in("/registrations", {**own, "source": source, "content": facts})

    def awaited(self, kind: str, thing: str, within_s: int, that: Callable[[Provided], bool]) -> tuple[Provided, ...]:
        """Ask twice a second, as often as the time allows."""
        for _ in range(round(min(within_s, self._other_end.declared.within_s) / _EVERY_S)):
            if found := super().awaited(kind, thing, within_s, that):
                return found
            self._other_end.wire.pause(_EVERY_S)
        return super().awaited(kind, thing, within_s, that)
