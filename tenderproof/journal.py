"""The journal: typed events, one append-only file a worker, each event chained to the one before by its hash; read merged.

Everything else only listens. An event is on disk before the run goes on, so that a killed run loses nothing that it saw.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from tenderproof.spec.calendar import CHINA
from tenderproof.vocabulary import WrongInput

_DIGITS = 64  # of a SHA-256
_FIRST = "0" * _DIGITS
_OBSERVED, _AT, _MOMENT = b'{"event": "observed", ', b'"at": "', len("2026-03-02T09:00:00.000+08:00")


@dataclass(frozen=True)
class RunStarted:
    """A run, or its resumption, begins; ``kind`` is that of the report which was ordered, ``occasion`` what else is said of it by then."""

    event: ClassVar[str] = "run_started"
    attempt: int
    candidate: str
    plan: str
    seed: str
    checks: tuple[str, ...]
    kind: str = "self_test"
    occasion: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CheckStarted:
    """A check begins."""

    event: ClassVar[str] = "check_started"
    check: str
    attempt: int


@dataclass(frozen=True)
class Observed:
    """An observation was kept: its kind, and length and hash of its record in the archive.

    The record's own random identifier is hashed with it, so that the hash tells nothing of a record that is withheld later.
    """

    event: ClassVar[str] = "observed"
    check: str
    attempt: int
    ordinal: int
    kind: str
    octets: int
    sha256: str


@dataclass(frozen=True)
class CheckFinished:
    """A check ended with an outcome. ``seconds`` of wall time; ``observations`` how many it made; ``where`` the place of the assertion.

    One that does not ``acquit`` may only convict.
    """

    event: ClassVar[str] = "check_finished"
    check: str
    attempt: int
    clauses: tuple[str, ...]
    way: str
    state: str
    blame: str
    reason: str
    detail: str
    where: str
    seconds: float
    observations: int
    acquits: bool = True


@dataclass(frozen=True)
class Located:
    """A check has judged where the servers answer; ``document`` is all of it, as JSON."""

    event: ClassVar[str] = "located"
    check: str
    attempt: int
    document: str


@dataclass(frozen=True)
class RunFinished:
    """The worker has no more to do."""

    event: ClassVar[str] = "run_finished"
    attempt: int


Event = RunStarted | CheckStarted | Observed | CheckFinished | Located | RunFinished
_KINDS: dict[str, type[Any]] = {kind.event: kind for kind in (RunStarted, CheckStarted, Observed, CheckFinished, Located, RunFinished)}


class JournalError(WrongInput):
    """A journal cannot be read; the message is a sentence for the user."""


def _now() -> datetime:
    return datetime.now(CHINA)


class Journal:
    """One worker's journal, open for appending."""

    def __init__(self, path: Path, now: Callable[[], datetime] = _now) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        self._previous, self._now = _FIRST, now

    def append(self, event: Event) -> None:
        """Write one event; it is with the operating system when this returns."""
        at = self._now().isoformat(timespec="milliseconds")
        line = json.dumps({"event": event.event, "at": at, **vars(event), "previous": self._previous}, ensure_ascii=False)
        os.write(self._file, line.encode() + b"\n")
        self._previous = hashlib.sha256(line.encode()).hexdigest()

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


def read(path: Path, *, observed: bool = True) -> Iterator[tuple[str, Event]]:
    """The events of one journal with their times; a last line that a killed run left half-written is left out.

    Without ``observed`` those are passed over, of which there are a hundred for each other, and their chain is followed all the same.
    Raises JournalError, naming file and line, where the chain of hashes is broken.
    """
    previous = _FIRST
    for number, line in enumerate(path.read_bytes().split(b"\n")[:-1], 1):
        if not observed and line.startswith(_OBSERVED):
            claimed = line[-_DIGITS - 2 : -2].decode("ascii", "replace")
            if claimed != previous:
                raise _broken(path, number)
            previous = hashlib.sha256(line).hexdigest()
            continue
        try:
            at, claimed, event = _parts(line)
        except (ValueError, KeyError, TypeError) as error:
            raise JournalError(f"{path}, line {number}: this is no event of a journal.") from error
        if claimed != previous:
            raise _broken(path, number)
        previous = hashlib.sha256(line).hexdigest()
        yield at, event


def _broken(path: Path, number: int) -> JournalError:
    return JournalError(f"{path}, line {number}: the event does not follow the one before; the journal was changed.")


def decode(line: bytes) -> Event:
    """The event in one line of a journal."""
    return _parts(line)[2]


def _parts(line: bytes) -> tuple[str, str, Event]:
    content = json.loads(line)
    kind = _KINDS[content.pop("event")]
    at, claimed = content.pop("at"), content.pop("previous")
    event: Event = kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in content.items()})
    return at, claimed, event


def read_run(folder: Path) -> list[Event]:
    """The events of all journals of a run but the observations, merged by time; within a worker the order stays."""
    found = [
        (at, path.name, number, event)
        for path in sorted(folder.glob("*.jsonl"))
        for number, (at, event) in enumerate(read(path, observed=False))
    ]
    return [event for _, _, _, event in sorted(found, key=lambda entry: entry[:3])]


def merge(folder: Path, into: Path) -> None:
    """Write all events of a run into one file, in the order of :func:`read_run`; each still says which event of its worker it follows."""
    lines = [
        (line.partition(_AT)[2][:_MOMENT], path.name, number, line)
        for path in sorted(folder.glob("*.jsonl"))
        for number, line in enumerate(path.read_bytes().split(b"\n")[:-1])
    ]
    into.write_bytes(b"".join(line + b"\n" for *_, line in sorted(lines)))
