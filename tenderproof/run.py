"""A run: pytest started by the engine with plugin autoload off, its journals listened to, its outcomes read back."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tenderproof import child, discretion, inventory, journal
from tenderproof.journal import CheckFinished, CheckStarted, Event, RunStarted
from tenderproof.verdict import Outcome
from tenderproof.vocabulary import OUT_OF_TIME, Blame, State

_POLL_S = 0.1
_NO_MORE_THAN_S = 150  # one check's whole time; beyond it the tool gives up on the check, and says so
_BEHIND_THE_CANDIDATE = 5  # of niceness
_NORMAL_ENDS = (0, 1)  # pytest: all passed, some failed
_MAY_BE_THE_KILLING = (Blame.NETWORK, Blame.TOOL)

Listener = Callable[[Event], None]


class RunError(Exception):
    """The run could not be performed, by a fault of ours; the message carries what pytest said."""


class Interrupted(Exception):  # noqa: N818 - the user's wish, not an error
    """Somebody stopped the run; what was seen is on disk."""


@dataclass(frozen=True)
class Job:
    """What to run on whom. ``folder`` is the run's own; ``checks`` are ids; ``attempt`` counts resumptions from 1.

    ``replayed`` is the worker whose record (in ``folder/evidence``) is followed instead of asking the candidate. ``records`` are files
    that are judged instead of a candidate, with the ``mapping`` that describes them. ``papers`` is what came of the signed papers,
    ``vantages`` the auditor's list of vantage points, ``resolvers`` the auditor's own. After ``until`` (seconds of the machine's monotonic
    clock) no check begins.
    """

    candidate: Path | None
    plan: str
    folder: Path
    suites: Path
    checks: tuple[str, ...]
    seed: str
    auditor_key: Path | None
    workers: int = 2
    attempt: int = 1
    recording: bool = True
    replayed: str = ""
    kind: str = "self_test"
    occasion: Mapping[str, str] = field(default_factory=dict)
    records: tuple[Path, ...] = ()
    mapping: Path | None = None
    papers: Path | None = None
    vantages: Path | None = None
    resolvers: tuple[str, ...] = ()
    until: float | None = None

    @property
    def journals(self) -> Path:
        """Where the workers' journals lie."""
        return self.folder / "journal"


def perform(job: Job, listener: Listener) -> None:
    """Run the job's checks to their end; every event reaches the listener. Interrupted, if the user stopped it."""
    command = [sys.executable, "-m", "pytest", *arguments(job)]
    output = job.folder / "private" / f"pytest-{job.attempt}.log"  # raw: whatever a candidate said may stand in it
    output.parent.mkdir(mode=0o700, exist_ok=True)
    with output.open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=environment(job.folder), preexec_fn=_begin_as_child)  # noqa: PLW1509 - our own command; no threads yet
        try:
            _listen(job, process, listener)
        except KeyboardInterrupt:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)
            raise Interrupted from None
    if process.returncode not in _NORMAL_ENDS:
        said = discretion.told(output.read_text("utf-8", "replace")[-4000:])
        raise RunError(f"pytest ended with {process.returncode}:\n{said}")


def outcomes(events: Iterable[Event], chosen: Sequence[str]) -> list[Outcome]:
    """The outcome of every chosen check, in the order of ids; a parametrized check yields one a case.

    The last attempt counts. A check that began and never ended, or never began, is *errored*: a worker of ours died, or the run was cut.
    """
    seen = _Seen.of(events)
    bases = {inventory.base(check) for check in seen.collected}
    found = [_outcome(event) for event in seen.finished.values()]
    found += [_lost(check, "worker_died") for check in seen.begun - seen.finished.keys()]
    found += [_lost(check, "never_begun") for check in seen.collected - seen.begun]
    found += [_lost(check, "never_begun") for check in chosen if check not in bases]
    return sorted(found, key=lambda outcome: outcome.check)


def done(events: Iterable[Event]) -> set[str]:
    """The checks that a killed run had finished with all their cases; the rest is begun anew.

    So is what ended for want of an answer, or by a fault of ours: what kills a run may end the line to the candidate a moment sooner.
    So is what the time of the audit did not suffice for.
    """
    seen = _Seen.of(events)
    errored = {check: event for check, event in seen.finished.items() if event.state == State.ERRORED}
    broken_off = {check for check, event in errored.items() if event.blame in _MAY_BE_THE_KILLING or event.reason == OUT_OF_TIME}
    unfinished = {inventory.base(check) for check in (seen.collected - seen.finished.keys()) | broken_off}
    return {inventory.base(check) for check in seen.finished} - unfinished


@dataclass
class _Seen:
    """What the journals tell: the checks (with their cases) that there were to run, that began, that ended."""

    collected: set[str]
    begun: set[str]
    finished: dict[str, CheckFinished]

    @staticmethod
    def of(events: Iterable[Event]) -> "_Seen":
        seen = _Seen(set(), set(), {})
        for event in events:
            match event:
                case RunStarted():
                    seen.collected.update(event.checks)
                case CheckStarted():
                    seen.begun.add(event.check)
                    seen.finished.pop(event.check, None)
                case CheckFinished():
                    seen.finished[event.check] = event
        return seen


def _outcome(event: CheckFinished) -> Outcome:
    return Outcome(
        event.check, event.clauses, event.way, State(event.state), Blame(event.blame) if event.blame else None,
        event.reason, event.detail, event.where, event.seconds, event.observations, event.attempt, event.acquits,
    )  # fmt: skip


def _lost(check: str, reason: str) -> Outcome:
    return Outcome(check, (), "", State.ERRORED, Blame.TOOL, reason)


def arguments(job: Job) -> list[str]:
    """Pytest's arguments for a job, whoever calls it; writes the list of chosen checks."""
    job.folder.mkdir(parents=True, exist_ok=True)
    chosen = job.folder / f"checks-{job.attempt}.txt"
    chosen.write_text("\n".join(job.checks), "utf-8")
    files = sorted({str(job.suites / inventory.file_of(check)) for check in job.checks})
    plugins = ["tenderproof.plugin", "pytest_timeout"]
    parallel: list[str] = []
    if job.workers > 1:
        plugins.append("xdist.plugin")
        parallel = [
            "-n",
            str(job.workers),
            "--dist",
            "load",
            "--maxschedchunk",
            "1",
            "--max-worker-restart",
            "20",
        ]  # who is free takes the next
    return [
        *files, "-q", "-rN", "--no-header", "--tb=no", "-p", "no:cacheprovider",
        "-c", str(job.suites / "run.ini"), "--rootdir", str(job.suites), "--import-mode=importlib",
        *(option for plugin in plugins for option in ("-p", plugin)), *parallel, *_subject(job), "--plan", job.plan,
        "--report-kind", job.kind, "--occasion", json.dumps(dict(job.occasion)),
        "--run-dir", str(job.folder), "--seed", job.seed, "--attempt", str(job.attempt), "--checks", str(chosen),
        *(["--auditor-key", str(job.auditor_key)] if job.auditor_key else []),
        *([] if job.recording else ["--no-recording"]), *(["--replay", job.replayed] if job.replayed else []),
        *(["--papers", str(job.papers)] if job.papers else []), *(["--vantages", str(job.vantages)] if job.vantages else []),
        *(option for resolver in job.resolvers for option in ("--resolver", resolver)),
        *(["--until", str(job.until)] if job.until is not None else []),
    ]  # fmt: skip


def _subject(job: Job) -> list[str]:
    """Whom or what to judge; reading a data set takes as long as the data are large."""
    if job.candidate:
        return [f"--timeout={_NO_MORE_THAN_S}", "--candidate", str(job.candidate)]
    mapping = ["--mapping", str(job.mapping)] if job.mapping else []
    return [*(option for file in job.records for option in ("--records", str(file))), *mapping]


def environment(folder: Path) -> dict[str, str]:
    """The environment of a pytest that loads our plugins and no others; what it compiles it keeps, for every worker compiles the suites.

    What Hypothesis keeps lies in the folder, and not where the user stands.
    """
    ours = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "", "PYTHONDONTWRITEBYTECODE": ""}
    return {**os.environ, **ours, "HYPOTHESIS_STORAGE_DIRECTORY": str(folder / "private" / "hypothesis")}


def _begin_as_child() -> None:
    """A killed engine leaves no workers behind; a candidate on the same machine goes first, since every worker waits for it."""
    child.end_with_parent()
    os.nice(_BEHIND_THE_CANDIDATE)


def _listen(job: Job, process: subprocess.Popen[bytes], listener: Listener) -> None:
    tails: dict[Path, int] = {}
    while True:
        ended = process.poll() is not None
        for event in new_events(job, tails):
            listener(event)
        if ended:
            return
        time.sleep(_POLL_S)


def new_events(job: Job, tails: dict[Path, int]) -> Iterator[Event]:
    """The events written since the last call; ``tails`` remembers how far each worker's journal was read."""
    for path in sorted(job.journals.glob(f"*-{job.attempt}.jsonl")):
        with path.open("rb") as file:
            file.seek(tails.get(path, 0))
            whole, _, _ = file.read().rpartition(b"\n")
        if whole:
            tails[path] = tails.get(path, 0) + len(whole) + 1
            yield from (journal.decode(line) for line in whole.split(b"\n"))


def attempts(folder: Path) -> int:
    """How often the run in this folder has been begun."""
    return len(list(folder.glob("checks-*.txt")))
