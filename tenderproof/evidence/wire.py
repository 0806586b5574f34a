"""The HTTP instrument: one exchange at a time, bounded in time and size, never following a redirect, every exchange recorded."""

import json
import ssl
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpx2

from tenderproof.evidence import turns
from tenderproof.evidence.deadline import BoundedTransport, Deadline
from tenderproof.evidence.guise import PLAIN, Guise
from tenderproof.evidence.observation import HttpObservation
from tenderproof.evidence.premises import Inside, Premises
from tenderproof.evidence.recorder import Recorder
from tenderproof.evidence.warc import one_line
from tenderproof.vocabulary import NetworkTrouble, PlatformTrouble

_HTTP_2 = "HTTP/2"
_READING = frozenset({"GET", "HEAD"})
_CUT = (httpx2.ReadError, httpx2.WriteError, httpx2.RemoteProtocolError)
_CLOSED_BEFORE = (
    "ConnectionState.CLOSED"  # an HTTP/2 connection had ended (many a server ends one after a thousand requests): nothing was sent
)
_IDLE_S = 2.0  # an idle connection is given up before a platform closes it in the middle of our next request
_STREAMS = (
    90  # requests over one HTTP/2 connection: a server that ends one (after a hundred, a thousand) may have done what it does not answer
)
_ARRIVES_S = 0.15  # within it a platform has taken what was sent before something else happens there


@dataclass(frozen=True)
class Limits:
    """What one exchange may cost: seconds to connect, seconds in all, octets; how many silent ones in a row mean nobody is there."""

    connect_s: float = 5.0
    total_s: float = 20.0
    body_octets: int = 64 * 1024 * 1024
    silent_in_a_row: int = 4
    retry_after_s: float = 15.0


@dataclass(frozen=True)
class Request:
    """What we send."""

    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True)
class Response:
    """What came back; ``elapsed`` in seconds, ``peer`` the address that answered, ``protocol`` as it was agreed (``HTTP/2``)."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    elapsed: float
    peer: str
    protocol: str = ""

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def json(self) -> Any:
        """The body as JSON; PlatformTrouble if it is none, or holds half a surrogate pair, which is no text."""
        try:
            content = json.loads(self.body)
            if b"\\ud" in self.body.lower():
                json.dumps(content, ensure_ascii=False).encode()
        except (ValueError, RecursionError) as error:
            shown = self.body[:80].decode("utf-8", "replace")
            raise PlatformTrouble(f"The platform answered {self.status} with a body that is no JSON: {shown!r}") from error
        return content


class Wire:
    """Sends requests and records them.

    ``verify`` is the TLS context that decides whom we believe; ``declared`` are the hosts and places that may be asked wherever they are
    (None: all).
    ``guise`` is how the client shows itself.
    """

    waited_s = 0.0
    """Seconds that answers were waited for, so far."""

    def __init__(
        self,
        recorder: Recorder,
        limits: Limits,
        verify: ssl.SSLContext | None = None,
        declared: Collection[str] | None = None,
        guise: Guise = PLAIN,
    ) -> None:
        self._recorder, self._limits, self._believed = recorder, limits, verify or ssl.create_default_context()
        self._premises, self._guise = Premises(declared), guise
        self._connections = self._connected()
        self._silent, self._silent_since = 0, 0.0

    def send(self, request: Request) -> Response:
        """Send one request; NetworkTrouble if no whole answer comes within the limits. In a :class:`Turn` it may wait to be sent."""
        turn = turns.here()
        if turn is not None and not self._recorder.is_apart and turn.awaits(request):
            return turn.wait(request)
        return self._sent(request)

    def alone(self, request: Request) -> "Outcome":
        """Send one request over a connection of its own. That nobody answers there is an answer too, and is counted against nobody."""
        return self._kept(request, self._tried(request, iter([request.body])))

    def together(self, requests: Sequence[Request]) -> list["Outcome"]:
        """Send requests at once, each over a connection of its own: all is sent but the last octet of each body, and then these."""
        ready = threading.Barrier(len(requests), lambda: time.sleep(_ARRIVES_S))

        def begun() -> None:
            try:
                ready.wait(self._limits.total_s)
            except threading.BrokenBarrierError:
                return  # somebody's connection failed: the others go on

        def sent(request: Request) -> "_Tried":
            tried = self._tried(request, _parted(request.body, len(request.body) - 1, begun))
            if tried.response is None:
                ready.abort()
            return tried

        with ThreadPoolExecutor(len(requests)) as pool:
            return [self._kept(request, tried) for request, tried in zip(requests, list(pool.map(sent, requests)), strict=True)]

    def midway(self, request: Request, meanwhile: Callable[[], None]) -> "Outcome":
        """Send half of a request, let something else happen, then send the rest."""
        halfway, go_on = threading.Event(), threading.Event()

        def between() -> None:
            halfway.set()
            go_on.wait(self._limits.total_s)

        with ThreadPoolExecutor(1) as pool:
            trying: Future[_Tried] = pool.submit(self._tried, request, _parted(request.body, len(request.body) // 2, between))
            trying.add_done_callback(lambda _: halfway.set())
            try:
                halfway.wait(self._limits.total_s)
                time.sleep(_ARRIVES_S)
                meanwhile()
            finally:
                go_on.set()
            return self._kept(request, trying.result())

    def cut(self, request: Request) -> "Outcome":
        """Send half of a request and end the connection; there is an answer only if it came before."""
        half = len(request.body) // 2

        def break_off() -> None:
            time.sleep(_ARRIVES_S)
            raise _BrokenOff(f"we ended the connection after {half} of {len(request.body)} octets")

        return self._kept(request, self._tried(request, _parted(request.body, half, break_off)))

    def apart(self, name: str) -> AbstractContextManager[None]:
        """What is sent inside is shared by checks and belongs to none; see :meth:`Recorder.apart`."""
        return self._recorder.apart(name)

    @contextmanager
    def dressed(self, guise: Guise) -> Iterator[None]:
        """What is sent inside is sent over connections of its own by a client that shows itself otherwise."""
        before, self._guise = self._guise, guise
        self._reconnect()
        try:
            yield
        finally:
            self._guise = before
            self._reconnect()

    def _reconnect(self) -> None:
        self._connections.client.close()
        self._connections = self._connected()

    def admit(self, host: str, port: int) -> None:
        """A place of our own may be asked, too."""
        self._premises.admit(host, port)

    def pause(self, seconds: float) -> None:
        """Wait before asking again."""
        time.sleep(seconds)

    def close(self) -> None:
        """Close the connections."""
        self._connections.client.close()

    def _connected(self) -> "_Connections":
        deadline = Deadline()
        client = httpx2.Client(
            timeout=httpx2.Timeout(self._limits.total_s, connect=self._limits.connect_s),
            transport=BoundedTransport(self._guise.greeting(self._believed), _IDLE_S, deadline, self._premises),
            follow_redirects=False,
            trust_env=False,
            headers=dict(self._guise.headers),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),  # many people share this client: each shows its own session itself
        )
        return _Connections(client, deadline)

    def _sent(self, request: Request) -> Response:
        began = time.perf_counter()
        try:
            self._require_somebody_there()
            response = self._exchange_once_more(request, began)
        except (_HeldBack, Inside) as held:
            self._record(request, None, 0.0, _described(held))
            raise no_answer(request, _described(held)) from held
        except _NO_ANSWER as error:
            self._silent, self._silent_since = self._silent + 1, time.monotonic()
            self._record(request, None, time.perf_counter() - began, _described(error))
            raise no_answer(request, _described(error)) from error
        self._silent = 0
        self._record(request, response, response.elapsed, "")
        return response

    def _tried(self, request: Request, parts: Iterator[bytes]) -> "_Tried":
        """One exchange over a connection of its own, its body in these parts; it may run in any thread, and records nothing."""
        began = time.perf_counter()
        try:
            own = self._connected()
            with own.client:
                response = self._exchange(own, request, began, parts)
        except (*_NO_ANSWER, _BrokenOff, Inside) as error:
            return _Tried(None, _described(error), time.perf_counter() - began)
        return _Tried(response, "", response.elapsed)

    def _kept(self, request: Request, tried: "_Tried") -> "Outcome":
        self._record(request, tried.response, tried.elapsed, tried.trouble)
        return tried.response or no_answer(request, tried.trouble)

    def _require_somebody_there(self) -> None:
        waited = time.monotonic() - self._silent_since
        if self._silent >= self._limits.silent_in_a_row and waited < self._limits.retry_after_s:
            raise _HeldBack(
                f"not sent, since the platform has not answered the last {self._silent} requests; "
                f"the next try is after {self._limits.retry_after_s:.0f} s."
            )

    def _connections_for_one_more(self) -> "_Connections":
        """Our connections; over HTTP/2 other ones before the platform ends these in the middle of a request."""
        if self._connections.streams >= _STREAMS:
            self._reconnect()
        return self._connections

    def _exchange_once_more(self, request: Request, began: float) -> Response:
        """The exchange; a reading that met a connection just closed is tried once more, which changes nothing there."""
        try:
            return self._exchange(self._connections_for_one_more(), request, began)
        except (*_CUT, httpx2.LocalProtocolError) as error:
            if not is_tried_again(request, _described(error)):
                raise
            self._record(request, None, time.perf_counter() - began, _described(error))
            return self._exchange(self._connections_for_one_more(), request, began)

    def _exchange(self, over: "_Connections", request: Request, began: float, parts: Iterator[bytes] | None = None) -> Response:
        over.deadline.at = began + self._limits.total_s
        headers = request.headers if parts is None else {**request.headers, "content-length": str(len(request.body))}
        content = parts if parts is not None else request.body or None
        with over.client.stream(request.method, request.url, headers=headers, content=content) as answer:
            peer = _peer(answer)
            over.streams += answer.http_version == _HTTP_2
            body = self._whole_body(answer, began)
            elapsed = time.perf_counter() - began
            return Response(answer.status_code, tuple(answer.headers.multi_items()), body, elapsed, peer, answer.http_version)

    def _whole_body(self, answer: httpx2.Response, began: float) -> bytes:
        parts, size = [], 0
        for part in answer.iter_bytes():
            size += len(part)
            parts.append(part)
            if size > self._limits.body_octets:
                raise _LimitReached(f"the body is larger than {self._limits.body_octets} octets")
            if time.perf_counter() - began > self._limits.total_s:
                raise _LimitReached(f"the answer was not complete after {self._limits.total_s:.0f} s")
        return b"".join(parts)

    def _record(self, request: Request, response: Response | None, elapsed: float, trouble: str) -> None:
        self.waited_s += elapsed
        self._recorder.observe(
            HttpObservation(
                request.method, request.url, tuple(request.headers.items()), request.body,
                response.status if response else None, response.headers if response else (), response.body if response else b"",
                elapsed, response.peer if response else "", trouble, response.protocol if response else "",
            )
        )  # fmt: skip


def no_answer(request: Request, trouble: str) -> NetworkTrouble:
    """What is said when no whole answer came; ``trouble`` as the record has it (``Kind: words``)."""
    kind, _, words = trouble.partition(": ")
    return NetworkTrouble(f"No whole answer to {request.method} {request.url}: {words or kind}")


def is_tried_again(request: Request, trouble: str) -> bool:
    """Whether an exchange that ended so is tried once more: a reading on a connection that was cut, or what was never sent at all."""
    kind, _, words = trouble.partition(": ")
    if kind == httpx2.LocalProtocolError.__name__:
        return _CLOSED_BEFORE in words
    return request.method in _READING and kind in {cut.__name__ for cut in _CUT}


def _described(error: Exception) -> str:
    return one_line(f"{type(error).__name__.removeprefix('_')}: {error}")


def _parted(body: bytes, at: int, between: Callable[[], None]) -> Iterator[bytes]:
    """A body in two parts, and what happens between them."""
    yield body[:at]
    between()
    yield body[at:]


@dataclass
class _Connections:
    """Connections, held open for the next request; until when they may read and write; how many requests there were over HTTP/2."""

    client: httpx2.Client
    deadline: Deadline
    streams: int = 0


@dataclass(frozen=True)
class _Tried:
    """What came of one exchange: a response, or why there is none."""

    response: Response | None
    trouble: str
    elapsed: float


Outcome = Response | NetworkTrouble


class _BrokenOff(Exception):  # noqa: N818 - as _LimitReached
    """We ended the connection ourselves."""


class _HeldBack(Exception):  # noqa: N818 - as _LimitReached
    """The request was not sent: nobody is there."""


class _LimitReached(Exception):  # noqa: N818 - not an error of ours: the platform went beyond a bound
    """The answer is larger or slower than the limits allow."""


_NO_ANSWER = (httpx2.HTTPError, httpx2.InvalidURL, _LimitReached)


def _peer(answer: httpx2.Response) -> str:
    """The address that answers, "" if the connection is closed already (a short answer may come with its end)."""
    stream = answer.extensions.get("network_stream")
    try:
        peer = stream.get_extra_info("server_addr") if stream else None
    except OSError:
        return ""
    return f"{peer[0]}:{peer[1]}" if isinstance(peer, tuple) and len(peer) > 1 else ""
