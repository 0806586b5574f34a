"""Instruments that act nothing: each answer, and all that chance had a hand in, comes from the record.

They follow the record step by step. Where a check asks for something else than what was recorded, or for something that is withheld,
it is not judged again (NotReplayable): a replay never guesses.
"""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Any

from tenderproof.evidence.chance import FAILED, SESSION, RecordedChance
from tenderproof.evidence.guise import Guise
from tenderproof.evidence.observation import HttpObservation, InputObservation, Observation
from tenderproof.evidence.record import REDACTED, Record
from tenderproof.evidence.recorder import Recorder
from tenderproof.evidence.redaction import is_secret_header
from tenderproof.evidence.wire import Outcome, Request, Response, Wire, is_tried_again, no_answer
from tenderproof.sm import tool
from tenderproof.vocabulary import Blame, DeclarationTrouble, Missing, NetworkTrouble, NotReplayable, PlatformTrouble, Trouble

_OURS_TO_VARY = frozenset({"content-length", "content-encoding", "transfer-encoding"})
_OUTSIDE = frozenset({"socket.connect", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen", "os.system", "os.posix_spawn"})
_TROUBLES: dict[str, type[Trouble]] = {kind.__name__: kind for kind in (PlatformTrouble, NetworkTrouble, DeclarationTrouble)}


class Following:
    """Where a replay stands in a record. ``lost`` says why the running check cannot be judged again, "" while it can."""

    def __init__(self, record: Record, recorder: Recorder) -> None:
        self._record, self._recorder, self.lost = record, recorder, ""

    def next(self) -> Observation:
        """The observation that was recorded here; NotReplayable where there is none."""
        try:
            found = self._record.observation(self._recorder.check, self._recorder.last_ordinal + 1)
        except NotReplayable as lost:
            raise self.losing(str(lost)) from lost
        self._recorder.observe(found)
        return found

    def losing(self, why: str) -> NotReplayable:
        """What to raise; the check is lost from now on, whatever it makes of it."""
        self.lost = self.lost or why
        return NotReplayable(why)


class ReplayedWire(Wire):
    """Answers as the platform answered."""

    def __init__(self, recorder: Recorder, following: Following) -> None:
        self._recorder, self._following = recorder, following

    def alone(self, request: Request) -> Outcome:
        """As it was answered."""
        return self._outcome(self._exchange_of(request), request)

    def together(self, requests: Sequence[Request]) -> list[Outcome]:
        """As they were answered."""
        return [self._outcome(self._exchange_of(request), request) for request in requests]

    def midway(self, request: Request, meanwhile: Callable[[], None]) -> Outcome:
        """As it was answered after what happened meanwhile."""
        meanwhile()
        return self._outcome(self._exchange_of(request), request)

    def cut(self, request: Request) -> Outcome:
        """As it ended."""
        return self._outcome(self._exchange_of(request), request)

    def apart(self, name: str) -> AbstractContextManager[None]:
        """As on the live wire."""
        return self._recorder.apart(name)

    @contextmanager
    def dressed(self, guise: Guise) -> Iterator[None]:  # noqa: ARG002 - nothing is sent
        """Nobody sees how it looks."""
        yield

    def admit(self, host: str, port: int) -> None:
        """Nobody is asked."""

    def pause(self, seconds: float) -> None:
        """Nothing is waited for."""

    def close(self) -> None:
        """Nothing is open."""

    def _sent(self, request: Request) -> Response:
        """The recorded answer to this request; NotReplayable if another one was sent."""
        found = self._exchange_of(request)
        if found.status is None and is_tried_again(request, found.trouble):
            found = self._exchange_of(request)
        outcome = self._outcome(found, request)
        if isinstance(outcome, NetworkTrouble):
            raise outcome
        return outcome

    def _outcome(self, found: HttpObservation, request: Request) -> Outcome:
        if found.status is None:
            return no_answer(request, found.trouble)
        return Response(found.status, found.response_headers, found.response_body, found.elapsed, found.peer, found.protocol)

    def _exchange_of(self, request: Request) -> HttpObservation:
        found = self._following.next()
        if not isinstance(found, HttpObservation):
            raise self._following.losing(f"An exchange is asked for where the record has an input ({request.method} {request.url}).")
        sent = Request(found.method, found.url, dict(found.request_headers), found.request_body)
        if _comparable(sent) != _comparable(request):
            raise self._following.losing(_apart(sent, request))
        if REDACTED in found.response_body or any(REDACTED.decode() in value for _, value in found.response_headers):
            raise self._following.losing(f"What was answered is withheld in part ({request.method} {request.url}).")
        return found


class ReplayedChance(RecordedChance):
    """Chance as it fell."""

    def __init__(self, seed: str, recorder: Recorder, following: Following) -> None:
        super().__init__(seed, recorder)
        self._following = following

    def made(self, kind: str, produce: Callable[[], bytes], *, secret: bool = False) -> bytes:  # noqa: ARG002 - nothing is produced
        """What was made then, or the trouble that kept it from being made."""
        found = self._input(kind, f"{kind}{FAILED}")
        if found.name != kind:
            raise _trouble(json.loads(found.content))
        if REDACTED in found.content:
            if kind != SESSION:
                raise self._following.losing(f"What was made here is withheld ({kind}).")
            return b"withheld"  # no answer depends on it: it goes into a header that is not compared
        return found.content

    def now(self) -> datetime:
        """The time as it was then."""
        return datetime.fromisoformat(self._input("now").content.decode("ascii"))

    def _input(self, *names: str) -> InputObservation:
        found = self._following.next()
        if not isinstance(found, InputObservation) or found.name not in names:
            raise self._following.losing(f"Something made with chance is asked for, and the record has none here ({names[0]}).")
        return found


def forbid_the_outside(following: Following) -> None:
    """From now on this process reaches no network and starts no other process, but one that only computes; there is no way back."""

    def refuse(event: str, told: tuple[Any, ...]) -> None:
        if event in _OUTSIDE and not (event == "subprocess.Popen" and tool.only_computes(told[1])):
            raise following.losing(f"A replay reaches nothing outside itself ({event}).")

    sys.addaudithook(refuse)


def _comparable(request: Request) -> tuple[str, str, list[tuple[str, str]], bytes]:
    headers = sorted((name.lower(), value) for name, value in request.headers.items() if not _is_ours_to_vary(name))
    return request.method, request.url, headers, request.body


def _is_ours_to_vary(name: str) -> bool:
    """Whether a header may be another one in a replay: what opens doors, and how long a message is."""
    return name.lower() in _OURS_TO_VARY or is_secret_header(name)


def _apart(recorded: Request, asked: Request) -> str:
    """In what the request that is asked for is another one; what is particular stands in the brackets."""
    one, other = f"{asked.method} {asked.url}", f"{recorded.method} {recorded.url}"
    if one != other:
        return f"Here another request is asked for than was recorded ({one}; recorded: {other})."
    return f"The request that was recorded is asked for with {'another body' if asked.body != recorded.body else 'other headers'} ({one})."


def _trouble(told: dict[str, str]) -> Trouble | Missing:
    if told["kind"] == Missing.__name__:
        return Missing(told["words"], Blame(told["blame"]))
    return _TROUBLES.get(told["kind"], Trouble)(told["words"])
