"""The occasion of a run (检测时限与委托): when it was begun, gone on with and ended, for whom, of what and by which command.

The journal keeps it, so that a result cannot tell another occasion than the one on which its checks were made.
"""

import json
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from tenderproof import journal
from tenderproof.journal import JournalError, RunStarted
from tenderproof.result import Result
from tenderproof.vocabulary import Dose


@dataclass(frozen=True)
class Facts:
    """What is said once a run begins, by the name of each fact in the journal."""

    started: str
    laboratory: str = ""
    version: str = ""
    build: str = ""
    driver: str = ""
    driver_sha256: str = ""
    declaration_sha256: str = ""
    workers: str = "1"
    dose: str = Dose.STANDARD.value
    command: str = ""

    def told(self) -> dict[str, str]:
        """For the journal."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True)
class Occasion:
    """What the journal keeps: the first beginning, each time that the run was gone on with, and its last event."""

    begun: tuple[RunStarted, ...]
    started: datetime
    resumed: tuple[datetime, ...]
    ended: datetime

    @property
    def last(self) -> RunStarted:
        """How it was begun at last."""
        return self.begun[-1]


def of(journals: Path) -> Occasion | None:
    """The occasion in the journals of a run; None if none of them has begun."""
    first: dict[int, tuple[str, RunStarted]] = {}
    last = ""
    for path in sorted(journals.glob("*.jsonl")):
        whole = path.read_bytes().rpartition(b"\n")[0]
        if whole:
            at, event = _event(whole.partition(b"\n")[0], path)
            last = max(last, _event(whole.rpartition(b"\n")[2], path)[0])
            if isinstance(event, RunStarted):
                moment = event.occasion.get("started", at)
                if event.attempt not in first or moment < first[event.attempt][0]:
                    first[event.attempt] = (moment, event)
    if not first:
        return None
    moments = [datetime.fromisoformat(first[attempt][0]) for attempt in sorted(first)]
    return Occasion(tuple(first[attempt][1] for attempt in sorted(first)), moments[0], tuple(moments[1:]), datetime.fromisoformat(last))


def identifier(name: str, plan: str, seed: str, started: datetime) -> str:
    """The run's number: the same for the same sample, plan, seed and beginning."""
    return str(uuid5(NAMESPACE_URL, f"{name}|{plan}|{seed}|{started.isoformat()}"))


def apart(found: Result, seen: Occasion, attempts: int) -> tuple[str, str, str] | None:
    """The first thing that a result says otherwise than the journal: its name, what the journal says, what the result says."""
    kept, sample, run = seen.last.occasion, found.sample, found.run
    if not kept:
        return "occasion", "", ""
    pairs: dict[str, tuple[object, object]] = {
        "started": (seen.started, run.started),
        "resumed": (list(seen.resumed), run.resumed),
        "finished": (seen.ended, run.finished),
        "attempts": (attempts, run.attempts),
        "seed": (seen.last.seed, run.seed),
        "id": (identifier(sample.name, found.basis.plan, run.seed, run.started), run.id),
        "command": (kept.get("command"), run.command),
        "dose": (kept.get("dose"), run.dose.value),
        "workers": (kept.get("workers"), str(run.workers)),
        "laboratory": (kept.get("laboratory"), found.laboratory),
        "stated_version": (_alike(seen, "version"), sample.stated_version),
        "stated_build": (_alike(seen, "build"), sample.stated_build),
        "driver": (kept.get("driver"), sample.driver),
        "driver_sha256": (kept.get("driver_sha256"), sample.driver_sha256),
        "declaration_sha256": (kept.get("declaration_sha256"), sample.declaration_sha256),
    }
    other = next((name for name, (journaled, told) in pairs.items() if journaled != told), None)
    return (other, str(pairs[other][0]), str(pairs[other][1])) if other else None


def _alike(seen: Occasion, name: str) -> str:
    """What was said each time that the run was begun or gone on with; several values are no answer."""
    return " / ".join(sorted({begun.occasion.get(name, "") for begun in seen.begun}))


def _event(line: bytes, path: Path) -> tuple[str, journal.Event]:
    try:
        return str(json.loads(line)["at"]), journal.decode(line)
    except (ValueError, KeyError, TypeError) as error:
        raise JournalError(f"{path}: its first or last line is no event of a journal.") from error
