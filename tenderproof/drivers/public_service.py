"""Reads what came to the public service platform, by its own contract (specs/openapi/public-service.yaml)."""

import time
from collections.abc import Callable
from urllib.parse import urlencode

from tenderproof.candidate import Counterpart
from tenderproof.evidence.wire import Request, Response, Wire
from tenderproof.testing.public_service import PublicService
from tenderproof.testing.records import Provided
from tenderproof.vocabulary import DeclarationTrouble, NetworkTrouble, PlatformTrouble

_EVERY_S = 0.5
_OK, _DENIED = 200, (401, 403)


class Intake(PublicService):
    """The declared public service platform, read with our token there. What it does wrong is no fault of the candidate."""

    def __init__(self, declared: Counterpart, wire: Wire) -> None:
        self._declared, self._wire = declared, wire

    def provided(self, kind: str, thing: str) -> tuple[Provided, ...]:
        """What has come of a thing; NetworkTrouble if the other end does not tell, DeclarationTrouble if our token is not taken there."""
        url = f"{self._declared.url}/api/v1/provided?{urlencode({'kind': kind, 'object': thing})}"
        response = self._wire.send(Request("GET", url, {"authorization": f"Bearer {self._declared.token.read()}"}))
        if response.status in _DENIED:
            raise DeclarationTrouble(
                f"The public service platform does not take our token ({response.status}): counterparts.public_service."
            )
        return _read(response)

    def awaited(self, kind: str, thing: str, within_s: int, that: Callable[[Provided], bool]) -> tuple[Provided, ...]:
        """Ask twice a second, as often as the time allows."""
        for _ in range(round(min(within_s, self._declared.within_s) / _EVERY_S)):
            if found := super().awaited(kind, thing, within_s, that):
                return found
            time.sleep(_EVERY_S)
        return super().awaited(kind, thing, within_s, that)


def _read(response: Response) -> tuple[Provided, ...]:
    if response.status != _OK:
        raise NetworkTrouble(f"The public service platform answered {response.status}, and not what it was given.")
    try:
        return tuple(Provided.read(item) for item in response.json()["items"])
    except (PlatformTrouble, KeyError, TypeError) as error:
        raise NetworkTrouble(f"The public service platform told what it was given in another form: {error}.") from error
