"""One call of the contract: sent with the actor's session, signed where the act has legal effect, its answer read."""

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self, TypeVar
from urllib.parse import quote, urlencode

from tenderproof.drivers import signing
from tenderproof.drivers.conventions import refused_in_body, refused_instead
from tenderproof.evidence.wire import Request, Response
from tenderproof.testing.answers import Answer, FieldError, Record, UnknownRefusal
from tenderproof.testing.contents import plain
from tenderproof.testing.identities import Identity
from tenderproof.testing.records import File
from tenderproof.vocabulary import PlatformTrouble

if TYPE_CHECKING:
    from tenderproof.drivers.contract import ContractDriver

BASE = "/api/v1"
_PAGES = 50  # a list that is longer than this is none that a check should read
_REFUSALS = range(400, 500)
_SUCCESS = range(200, 300)
_UNAUTHENTICATED = 401
_NO_MORE: Mapping[str, str] = {}
T = TypeVar("T")
R = TypeVar("R", bound=Record)
Read = Callable[[Any], T]


def nothing(_: Any) -> None:
    """An answer whose content does not matter."""


@dataclass(frozen=True, repr=False)
class Sent:
    """What somebody sends: a method, a path under the contract's base or a whole address, a content, and headers beside the usual ones."""

    method: str
    path: str
    content: Mapping[str, Any] | None
    headers: Mapping[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return " ".join([self.method, self.path, *(f"{name}: {value}" for name, value in self.headers.items())])


class Bystander(ABC):
    """Somebody who stands beside the acts of a driver's people while it watches, and may act itself before each."""

    @abstractmethod
    def before(self, actor: "Caller", sent: Sent) -> None:
        """Somebody is about to send this."""

    @abstractmethod
    def after(self, sent: Sent, response: Response) -> None:
        """It has been answered."""


class Caller:
    """Somebody on the platform. ``identity`` is None for nobody in particular; ``token`` is a session shown as it is, never renewed."""

    identity: Identity
    token: str = ""
    _signing: Identity | None
    _altered = False
    _claimed = ""
    _key = ""
    _headers: Mapping[str, str] = MappingProxyType({})
    _query: Mapping[str, str] = MappingProxyType({})

    def __init__(self, driver: "ContractDriver", identity: Identity | None = None) -> None:
        self._driver, self._known = driver, identity is not None
        if identity is not None:
            self.identity, self._signing = identity, identity

    def bearing(self, token: str) -> Self:
        """Somebody who shows this token, whatever it is worth."""
        other = copy(self)
        other.token = token
        return other

    def signing_as(self, identity: Identity | None) -> Self:
        """The same person, whose acts are signed with another's key, or not at all (None)."""
        other = copy(self)
        other._signing = identity  # noqa: SLF001 - its own kind
        return other

    def signing_wrongly(self) -> Self:
        """The same person, whose signatures are over another content than the one that is sent."""
        other = copy(self)
        other._altered = True  # noqa: SLF001 - its own kind
        return other

    def claiming(self, moment: datetime) -> Self:
        """The same person, whose requests state this moment as the sender's own time (HTTP ``Date``)."""
        other = copy(self)
        other._claimed = format_datetime(moment.astimezone(UTC), usegmt=True)  # noqa: SLF001 - its own kind
        return other

    def adding(self, headers: Mapping[str, str] | None = None, query: Mapping[str, str] | None = None) -> Self:
        """The same person, whose requests carry these headers and parameters too."""
        other = copy(self)
        other._headers, other._query = dict(headers or {}), dict(query or {})  # noqa: SLF001 - its own kind
        return other

    def under_key(self, key: str) -> Self:
        """The same person, who sends this key with what is delivered (``Idempotency-Key``)."""
        other = copy(self)
        other._key = key  # noqa: SLF001 - its own kind
        return other

    def unknown(self) -> Self:
        """The same person, who shows no session; whose acts are signed as ever."""
        other = copy(self)
        other._known, other.token = False, ""  # noqa: SLF001 - its own kind
        return other

    @property
    def is_known(self) -> bool:
        """Whether it is somebody in particular."""
        return self._known

    # -- calls -------------------------------------------------------------------------------------------------------

    def get(self, path: str, read: Read[T], query: Mapping[str, Any] | None = None) -> Answer[T]:
        """Read something."""
        return self._answer("GET", path, read, None, query)

    def listed(self, path: str, kind: type[R], query: Mapping[str, Any] | None = None, at_most: int | None = None) -> Answer[tuple[R, ...]]:
        """Read a list, all its pages, or those with its first ``at_most`` items, however long it is."""
        items: list[R] = []
        asked, seconds = dict(query or {}), 0.0
        for _ in range(_PAGES):
            page = self._answer("GET", path, _page, None, asked)
            seconds += page.seconds
            if page.refused:
                return Answer(page.act, None, page.refused_because, page.errors, page.words, page.status, page.raw, seconds=seconds)
            found, following = page.value
            items += [kind.read(item) for item in found]
            if following is None or (at_most is not None and len(items) >= at_most):
                return Answer(page.act, tuple(items[:at_most]), status=page.status, raw=page.raw, seconds=seconds)
            asked["cursor"] = following
        raise PlatformTrouble(f"The list {path} does not end: {_PAGES} pages were read, and there are more.")

    def send(self, method: str, path: str, read: Read[T], body: Mapping[str, Any] | None = None) -> Answer[T]:
        """Do something that needs no signature."""
        return self._answer(method, path, read, plain(body) if body is not None else None)

    def act(
        self, operation: str, target: str, path: str, read: Read[T], body: Mapping[str, Any] | None = None, method: str = "POST"
    ) -> Answer[T]:
        """Do something with legal effect (§): signed over the whole body, which names the act and its object."""
        content = {**plain(body or {}), "act": operation, "object": target}
        return self._answer(method, path, read, self._signed(content))

    def octets(self, path: str, query: Mapping[str, Any] | None = None, *, of_page: bool = False) -> Answer[File]:
        """Read a file; ``of_page``: what people see where there is none (HTML) is a refusal, too, of which nobody says the code."""
        act, response = self._exchange("GET", path, None, query)
        refused = refused_instead(response, self._driver.candidate.refusal_in_200) if response.status in _SUCCESS else None
        if refused is not None:
            content = response.json()
            return Answer(act, None, refused, _errors(content), _words(content), response.status, content)
        if response.status in _SUCCESS:
            media_type = response.header("content-type") or ""
            raw = {"octets": response.body, "media_type": media_type, "headers": {name.lower(): value for name, value in response.headers}}
            return Answer(act, File(raw), status=response.status)
        if of_page and response.status in _REFUSALS and "json" not in (response.header("content-type") or ""):
            return Answer(act, None, UnknownRefusal(response.status), status=response.status)
        return self._refusal(act, response)

    def raw(self, path: str) -> Response:
        """One answer as it came, refusals too."""
        return self._exchange("GET", path, None, None)[1]

    def sends(self, sent: Sent) -> Response:
        """Send this as it is, whatever it is; only a signature in it is made anew. The answer as it came, refusals too."""
        content = sent.content
        if content is not None and "signature" in content:
            content = self._signed({name: value for name, value in content.items() if name != "signature"})
        return self._answered(sent.method, sent.path, content, None, sent.headers)

    def as_octets(self, path: str, media_type: str, octets: bytes) -> Answer[Record]:
        """Hand in a body as it stands, as this media type."""
        headers = {"content-type": media_type, **self._stated(), **self._session()}
        response = self._driver.wire.send(Request("POST", self._url(path, None), headers, octets))
        return self._judged(f"{self._who()} POST {path}", response, Record.read)

    def upload(self, path: str, octets: bytes) -> Answer[Record]:
        """Send octets."""
        headers = {"content-type": "application/octet-stream", **self._stated(), **self._session()}
        response = self._driver.wire.send(Request("PUT", self._url(path, None), headers, octets))
        act = f"{self._who()} PUT {path}"
        return self._judged(act, response, Record.read)

    # -- how ---------------------------------------------------------------------------------------------------------

    def _signed(self, content: dict[str, Any]) -> dict[str, Any]:
        if self._signing is None:
            return content
        signer = self._signing
        covered = {**content, "object": f"{content['object']}0"} if self._altered else content
        made = self._driver.chance.made("signature", lambda: signing.detached(signer, covered).encode("ascii"))
        return {**content, "signature": made.decode("ascii")}

    def _answer(
        self, method: str, path: str, read: Read[T], body: Mapping[str, Any] | None, query: Mapping[str, Any] | None = None
    ) -> Answer[T]:
        act, response = self._exchange(method, path, body, query)
        return replace(self._judged(act, response, read), sent=_octets(body), seconds=response.elapsed)

    def _judged(self, act: str, response: Response, read: Read[T]) -> Answer[T]:
        if response.status not in _SUCCESS:
            return self._refusal(act, response)
        content = response.json() if response.body else {}
        refused = refused_in_body(content, self._driver.candidate.refusal_in_200)
        if refused is not None:
            return Answer(act, None, refused, _errors(content), _words(content), response.status, content)
        return Answer(act, read(content), status=response.status, raw=content)

    def _exchange(self, method: str, path: str, body: Mapping[str, Any] | None, query: Mapping[str, Any] | None) -> tuple[str, Response]:
        bystander, sent = self._driver.bystander, Sent(method, path, body)
        if bystander is not None:
            bystander.before(self, sent)
        response = self._answered(method, path, body, query)
        if bystander is not None:
            bystander.after(sent, response)
        return f"{self._who()} {method} {path}", response

    def _answered(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None,
        query: Mapping[str, Any] | None,
        more: Mapping[str, str] = _NO_MORE,
    ) -> Response:
        octets = _octets(body)
        headers = {**({"content-type": "application/json"} if octets else {}), **self._stated(), **more}
        url = self._url(path, query)
        session = self._session() if url.startswith(f"{self._driver.candidate.base_url}/") else {}
        response = self._driver.wire.send(Request(method, url, {**headers, **session}, octets))
        if response.status == _UNAUTHENTICATED and session and not self.token:
            session = _bearer(self._driver.sessions.renewed(self.identity, session["authorization"].partition(" ")[2]))
            response = self._driver.wire.send(Request(method, url, {**headers, **session}, octets))
        return response

    def _stated(self) -> dict[str, str]:
        stated = {"date": self._claimed, "idempotency-key": self._key}
        return {**self._headers, **{name: value for name, value in stated.items() if value}}

    def _session(self) -> dict[str, str]:
        if self.token:
            return _bearer(self.token)
        return _bearer(self._driver.sessions.of(self.identity)) if self._known else {}

    def _who(self) -> str:
        return f"{self.identity.role} {self.identity.name}" if self._known else "the public"

    def _url(self, path: str, query: Mapping[str, Any] | None) -> str:
        asked = {name: plain(value) for name, value in {**(query or {}), **self._query}.items() if value is not None}
        tail = f"?{urlencode(asked)}" if asked else ""
        if path.startswith(("http://", "https://")):
            return path
        root = "" if path.startswith("//") else BASE
        return f"{self._driver.candidate.base_url}{root}{path.removeprefix('/') if not root else path}{tail}"

    def _refusal(self, act: str, response: Response) -> Answer[Any]:
        if response.status not in _REFUSALS:
            raise PlatformTrouble(f"{act}: the platform answered {response.status}: {_start(response)}")
        content = response.json()
        code = content.get("code") if isinstance(content, Mapping) else None
        if not isinstance(code, str) or not code:
            if response.status != _UNAUTHENTICATED:
                raise PlatformTrouble(f"{act}: the platform answered {response.status} without a refusal's code: {_start(response)}")
            code = "not_authenticated"
        return Answer(act, None, code, _errors(content), _words(content), response.status, content)


def segment(identifier: str) -> str:
    """An identifier as a part of a path."""
    return quote(str(identifier), safe="")


def _octets(body: Mapping[str, Any] | None) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode() if body is not None else b""


def _bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def _page(content: Any) -> tuple[Sequence[Any], str | None]:
    if not isinstance(content, Mapping) or not isinstance(content.get("items"), list):
        raise PlatformTrouble(f"The platform answered without items where a list was due: {str(content)[:200]}")
    following = content.get("next")
    return content["items"], str(following) if following is not None else None


def items_of(kind: type[R]) -> Read[tuple[R, ...]]:
    """Reads a list that comes as the answer to an act."""
    return lambda content: tuple(kind.read(item) for item in _page(content)[0])


def _errors(content: Any) -> tuple[FieldError, ...]:
    found = content.get("errors") if isinstance(content, Mapping) else None
    if not isinstance(found, list):
        return ()
    return tuple(FieldError(str(error.get("field", "")), str(error.get("reason", ""))) for error in found if isinstance(error, Mapping))


def _words(content: Any) -> str:
    if not isinstance(content, Mapping):
        return ""
    return str(content.get("detail") or content.get("title") or "")


def _start(response: Response) -> str:
    return repr(response.body[:200].decode("utf-8", "replace"))
