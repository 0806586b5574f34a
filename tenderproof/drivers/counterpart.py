"""The other end of what a candidate exchanges with somebody: read and fed with our token there; what it does wrong blames no candidate."""

import json
from collections.abc import Mapping
from typing import Any, TypeVar
from urllib.parse import urlencode

from tenderproof.candidate import Counterpart
from tenderproof.evidence.wire import Request, Response, Wire
from tenderproof.testing.answers import Record
from tenderproof.testing.contents import plain
from tenderproof.vocabulary import DeclarationTrouble, NetworkTrouble, PlatformTrouble

_OK, _CREATED, _DENIED = 200, 201, (401, 403)
R = TypeVar("R", bound=Record)


class OtherEnd:
    """A declared counterpart, by its name in the declaration. NetworkTrouble and DeclarationTrouble are all that it can bring."""

    def __init__(self, name: str, declared: Counterpart, wire: Wire) -> None:
        self.name, self.declared, self.wire = name, declared, wire

    def listed(self, path: str, kind: type[R], query: Mapping[str, str]) -> tuple[R, ...]:
        """Read a list: ``{"items": […]}``."""
        request = Request("GET", f"{self._url(path)}?{urlencode(query)}", self._ours())
        response = self._sent(request, _OK)
        try:
            return tuple(kind.read(item) for item in response.json()["items"])
        except (PlatformTrouble, KeyError, TypeError) as error:
            raise NetworkTrouble(f"counterparts.{self.name} told what it has in another form: {error}.") from error

    def told(self, path: str, query: Mapping[str, str]) -> Mapping[str, Any]:
        """Read one thing."""
        request = Request("GET", f"{self._url(path)}?{urlencode(query)}", self._ours())
        response = self._sent(request, _OK)
        try:
            found = response.json()
        except PlatformTrouble as error:
            raise NetworkTrouble(f"counterparts.{self.name} told what it has in another form: {error}.") from error
        if not isinstance(found, Mapping):
            raise NetworkTrouble(f"counterparts.{self.name} told what it has in another form: {str(found)[:80]}.")
        return found

    def hand_in(self, path: str, content: Mapping[str, Any]) -> None:
        """Give it something to keep."""
        self._sent(self._carrying("POST", path, content), _CREATED)

    def set(self, path: str, content: Mapping[str, Any]) -> None:
        """Have something be otherwise there."""
        self._sent(self._carrying("PUT", path, content), _OK)

    def _carrying(self, method: str, path: str, content: Mapping[str, Any]) -> Request:
        body = json.dumps(plain(content), ensure_ascii=False, separators=(",", ":")).encode()
        return Request(method, self._url(path), {"content-type": "application/json", **self._ours()}, body)

    def _sent(self, request: Request, due: int) -> Response:
        response = self.wire.send(request)
        if response.status in _DENIED:
            raise DeclarationTrouble(f"counterparts.{self.name} does not take our token ({response.status}).")
        if response.status != due:
            raise NetworkTrouble(f"counterparts.{self.name} answered {response.status} where {due} was due.")
        return response

    def _url(self, path: str) -> str:
        return f"{self.declared.url}/api/v1{path}"

    def _ours(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.declared.token.read()}"}
