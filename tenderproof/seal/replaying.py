"""Replay: judge again from the recorded exchanges alone, and say what comes out otherwise.

Each worker's checks run again in the order in which they ran, on the driver and the suites that are installed now, against instruments
that follow that worker's record. What the record does not hold, or withholds, is *not replayable*: that is said, and nothing else.
"""

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from tenderproof import content, inventory, journal, result, review, run
from tenderproof.bench import DECLARATION
from tenderproof.candidate import published, standin
from tenderproof.evidence import auditor
from tenderproof.evidence.observation import InputObservation
from tenderproof.evidence.record import OriginalRecord
from tenderproof.evidence.recorder import BETWEEN
from tenderproof.journal import CheckFinished, RunStarted
from tenderproof.plugin import NOT_REPLAYABLE
from tenderproof.result import Result
from tenderproof.seal import verification
from tenderproof.seal.archive import Reader
from tenderproof.seal.contents import RESULT
from tenderproof.spec.clauses import Clause, load_clauses
from tenderproof.spec.plan import load_plan
from tenderproof.verdict import Circumstances, Outcome, judge
from tenderproof.vocabulary import Blame, NotReplayable, State, WrongInput

_NEEDED = ("journal/", "evidence/")


class ReplayError(WrongInput):
    """The bundle cannot be replayed at all; the message is a sentence for the user."""


class Outturn(StrEnum):
    """How a replayed check or clause compares with what the bundle says."""

    EQUAL = "equal"
    DIFFERENT = "different"
    NOT_REPLAYABLE = "not_replayable"


@dataclass(frozen=True)
class Compared:
    """A check or a clause: what the bundle says, what the replay says, or why it says nothing."""

    id: str
    outturn: Outturn
    was: str
    now: str = ""
    why: str = ""


@dataclass(frozen=True)
class Replayed:
    """What came of a replay: every check that the bundle has an outcome of, and every clause that rests on one."""

    checks: tuple[Compared, ...]
    clauses: tuple[Compared, ...]
    by_original: bool

    def of(self, outturn: Outturn) -> list[Compared]:
        """Checks and clauses that came out so."""
        return [found for found in (*self.checks, *self.clauses) if found.outturn is outturn]


def replay(bundle: Path, auditor_key: Path | None) -> Replayed:
    """Judge a bundle again; without the auditor's key from its published view. ReplayError if it does not hold, or cannot be followed."""
    if not verification.verify(bundle).holds:
        raise ReplayError(f"{bundle} does not hold, and is not judged again; `tenderproof verify {bundle}` says why.")
    if auditor_key:
        auditor.load_key(auditor_key)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        found = _unpacked(bundle, folder)
        if found.records:
            raise ReplayError(
                f"{bundle} is of a data set, which it names by its SHA-256 and does not hold; judge the files again: {found.run.command}"
            )
        if auditor_key is None:
            _require_declaration(folder)
        return _compared(found, folder, auditor_key)


def _unpacked(bundle: Path, folder: Path) -> Result:
    with bundle.open("rb") as file:
        Reader(file).unpack(folder, lambda name: name.startswith(_NEEDED) or name in (RESULT, published.FILE))
    return result.read(folder / RESULT)


def _require_declaration(folder: Path) -> None:
    if not (folder / published.FILE).is_file():
        raise ReplayError(
            "The bundle has no declaration, and without the auditor's key there is no other; name the key with --auditor-key."
        )


def _compared(found: Result, folder: Path, auditor_key: Path | None) -> Replayed:
    last = {o.check: o for o in run.outcomes(journal.read_run(folder / "journal"), [inventory.base(check.id) for check in found.checks])}
    again: dict[tuple[str, int], Outcome] = {}
    for worker in sorted(path.stem for path in (folder / "journal").glob("*.jsonl")):
        again |= {(outcome.check, outcome.attempt): outcome for outcome in _worker(worker, found, folder, auditor_key)}
    outcomes = {check: _able(outcome, again.get((check, outcome.attempt))) for check, outcome in last.items()}
    checks = [_check(was, outcomes[check]) for check, was in sorted(last.items())]
    clauses = list(_clauses(found, outcomes))
    if auditor_key is None:
        checks, clauses = [list(map(_undecided, compared)) for compared in (checks, clauses)]
    return Replayed(tuple(checks), tuple(clauses), auditor_key is not None)


def _undecided(compared: Compared) -> Compared:
    """From the published view a difference decides nothing: what is withheld may have made it."""
    if compared.outturn is not Outturn.DIFFERENT:
        return compared
    return replace(compared, outturn=Outturn.NOT_REPLAYABLE, why="It came out otherwise, and parts of what it rests on are withheld.")


def _worker(worker: str, found: Result, folder: Path, auditor_key: Path | None) -> list[Outcome]:
    """The outcomes of one worker's finished checks, judged again in their order."""
    events = [event for _, event in journal.read(folder / "journal" / f"{worker}.jsonl")]
    finished = [event for event in events if isinstance(event, CheckFinished)]
    known = {check.id for check in inventory.checks(content.suites_dir())}
    checks = tuple(event.check for event in finished if inventory.base(event.check) in known)
    started = next((event for event in events if isinstance(event, RunStarted)), None)
    if not checks or started is None:
        return []
    place = folder / "replay" / worker
    place.mkdir(parents=True)
    (place / "evidence").symlink_to(folder / "evidence")
    declared = _declaration(worker, folder, place / "declaration", auditor_key)
    job = run.Job(
        declared, found.basis.plan, place, content.suites_dir(), checks, started.seed, auditor_key, workers=1, replayed=worker
    )  # fmt: skip
    run.perform(job, lambda _: None)
    judged = run.outcomes(journal.read_run(job.journals), list(map(inventory.base, checks)))
    return [replace(outcome, attempt=started.attempt) for outcome in judged]


def _declaration(worker: str, folder: Path, place: Path, auditor_key: Path | None) -> Path:
    if auditor_key is None:
        return standin.write(json.loads((folder / published.FILE).read_text("utf-8")), {}, place)
    record = OriginalRecord(folder / "evidence" / f"{worker}.sealed", auditor.load_key(auditor_key))
    try:
        recorded = record.observation(BETWEEN, 1)
    except NotReplayable as error:
        raise ReplayError(
            f"The record of the worker {worker} does not begin with a declaration; it was not made by this version."
        ) from error
    if not isinstance(recorded, InputObservation) or recorded.name != DECLARATION:
        raise ReplayError(f"The record of the worker {worker} does not begin with a declaration; it was not made by this version.")
    told = json.loads(recorded.content)
    return standin.write(told["declaration"], told["certificates"], place)


def _able(was: Outcome, now: Outcome | None) -> Outcome | None:
    """The outcome of a replay; where a tool of the audit is lacking here, it is none."""
    lacking = now is not None and was.state is not State.SKIPPED and (now.state, now.blame) == (State.SKIPPED, Blame.TOOL)
    return replace(now, reason=NOT_REPLAYABLE, detail=now.reason) if now and lacking and now.reason != NOT_REPLAYABLE else now


def _check(was: Outcome, now: Outcome | None) -> Compared:
    if now is None or now.reason == NOT_REPLAYABLE:
        why = now.detail if now else "Its outcome rests on no record, or there is no such check any more."
        return Compared(was.check, Outturn.NOT_REPLAYABLE, _said(was), why=why)
    same = _judgement(was) == _judgement(now)
    return Compared(was.check, Outturn.EQUAL if same else Outturn.DIFFERENT, _said(was), _said(now))


def _judgement(outcome: Outcome) -> tuple[frozenset[str], str, State, Blame | None, str]:
    return frozenset(outcome.clauses), outcome.way, outcome.state, outcome.blame, outcome.reason


def _said(outcome: Outcome) -> str:
    return ": ".join(part for part in (outcome.state.value, outcome.reason) if part)


def _clauses(found: Result, outcomes: Mapping[str, Outcome | None]) -> Iterator[Compared]:
    """The verdicts that rest on checks, made anew from the replayed outcomes; those that rest on none are not the record's matter."""
    specification, plan = load_clauses(content.specs_dir()), load_plan(found.basis.plan, content.specs_dir())
    for told in found.clauses:
        if not told.checks:
            continue
        was = f"{told.verdict.value}: {told.reason.code}"
        mine = [outcomes.get(check) for check in told.checks]
        clause = specification.get(told.id)
        if clause is None or any(outcome is None or outcome.reason == NOT_REPLAYABLE for outcome in mine):
            yield Compared(told.id, Outturn.NOT_REPLAYABLE, was, why=", ".join(told.checks))
            continue
        now = _verdict(clause, [outcome for outcome in mine if outcome], review.circumstances(told, plan, clause))
        yield Compared(told.id, Outturn.EQUAL if now == was else Outturn.DIFFERENT, was, now)


def _verdict(clause: Clause, outcomes: Sequence[Outcome], circumstances: Circumstances) -> str:
    verdict = judge(clause, outcomes, circumstances)
    return f"{verdict.verdict.value}: {verdict.reason.code}"
