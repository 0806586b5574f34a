"""The workbench of one worker: the candidate's driver with its instruments, the plan, chance, the journal and the evidence."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from tenderproof import candidate, content, drivers
from tenderproof.candidate import Candidate, standin
from tenderproof.drivers import Driver
from tenderproof.evidence import auditor
from tenderproof.evidence.chance import RecordedChance
from tenderproof.evidence.guise import named
from tenderproof.evidence.observation import InputObservation, Key, sha256
from tenderproof.evidence.record import OriginalRecord, PublishedRecord, Record
from tenderproof.evidence.recorder import Recorder
from tenderproof.evidence.replayed import Following, ReplayedChance, ReplayedWire, forbid_the_outside
from tenderproof.evidence.sink import FileSink, NoSink
from tenderproof.evidence.trust import trust
from tenderproof.evidence.wire import Limits, Wire
from tenderproof.journal import Journal, Observed
from tenderproof.records import mapping
from tenderproof.records.data_set import DataSet, How
from tenderproof.records.law import Law
from tenderproof.records.rules import Records
from tenderproof.spec.calendar import CHINA, Calendar, PlainDays, load_calendar
from tenderproof.spec.plan import Plan, load_plan
from tenderproof.vocabulary import Blame, OutOfTime

DECLARATION = "declaration"  # the first observation of every worker
_CREDIT_CODE_SCHEMES = "credit_code_schemes"


@dataclass(frozen=True)
class Time:
    """Until when checks may begin (seconds of the machine's monotonic clock, None: always), and since when this worker is at work.

    If it did not suffice that is the platform's where a quarter of it went by waiting for answers, and else ours.
    """

    until: float | None = None
    since: float = field(default_factory=monotonic)

    def require(self, waited_s: float) -> None:
        """OutOfTime if it is over; ``waited_s`` is for how many seconds this worker waited for answers."""
        now = monotonic()
        if self.until is not None and now >= self.until:
            raise OutOfTime(Blame.PLATFORM if waited_s >= (now - self.since) / 4 else Blame.TOOL)


@dataclass(frozen=True)
class Bench:
    """Everything that the checks of one worker share."""

    candidate: Candidate
    plan: Plan
    driver: Driver
    wire: Wire
    recorder: Recorder
    chance: RecordedChance
    journal: Journal
    attempt: int
    following: Following | None = None
    time: Time = field(default_factory=Time)

    def require_time(self) -> None:
        """OutOfTime if the time that was set for the whole audit is spent."""
        self.time.require(self.wire.waited_s)

    @staticmethod
    def open(options: argparse.Namespace, worker: str) -> "Bench":
        """Lay out the bench for a worker, from the plugin's options."""
        folder = Path(options.run_dir or "reports/out/pytest")
        name = f"{worker}-{options.attempt}"
        declared = candidate.load(Path(options.candidate))
        journal = Journal(folder / "journal" / f"{name}.jsonl")

        def observed(key: Key, kind: str, record: bytes) -> None:
            journal.append(Observed(key.check, key.attempt, key.ordinal, kind, len(record), sha256(record)))

        key = None if options.no_recording else _auditor_key(options.auditor_key, folder)
        sink = FileSink(folder / "evidence", name, key, observed) if key else NoSink()
        recorder = Recorder(sink)
        limits = Limits(connect_s=declared.limits.connect_s, total_s=declared.limits.total_s)
        wire = Wire(recorder, limits, trust(declared), declared.places, named(declared.marks.user_agent))
        chance = RecordedChance(options.seed, recorder)
        plan = load_plan(options.plan, content.specs_dir())
        driver = drivers.load(declared.asking(options.resolver or ()), wire, chance, folder / "private")
        recorder.observe(InputObservation(DECLARATION, standin.described(declared), secret=True))
        return Bench(declared, plan, driver, wire, recorder, chance, journal, options.attempt, time=Time(getattr(options, "until", None)))

    @staticmethod
    def replaying(options: argparse.Namespace) -> "Bench":
        """Lay out a bench on which a worker's record is followed: the same driver, and instruments that act nothing."""
        folder = Path(options.run_dir)
        journal, recorder = Journal(folder / "journal" / f"main-{options.attempt}.jsonl"), Recorder(NoSink())
        following = Following(_record(options, folder / "evidence"), recorder)
        following.next()
        declared = candidate.load(Path(options.candidate))
        wire, chance = ReplayedWire(recorder, following), ReplayedChance(options.seed, recorder, following)
        plan = load_plan(options.plan, content.specs_dir())
        driver = drivers.load(declared, wire, chance, folder / "private")
        forbid_the_outside(following)
        return Bench(declared, plan, driver, wire, recorder, chance, journal, options.attempt, following)

    def close(self) -> None:
        """Close the instruments and the files."""
        self.wire.close()
        self.recorder.close()
        self.journal.close()


@dataclass(frozen=True)
class RecordBench:
    """What the checks of a data set share: there is nobody to act and nothing to record; the data are the evidence."""

    plan: Plan
    records: Records
    recorder: Recorder
    journal: Journal
    attempt: int
    following: None = None

    @staticmethod
    def open(options: argparse.Namespace) -> "RecordBench":
        """Lay out the bench, from the plugin's options; RecordsError if a file or the mapping cannot be used."""
        folder, plan = Path(options.run_dir or "reports/out/pytest"), load_plan(options.plan, content.specs_dir())
        files = [Path(file) for file in options.records]
        records = data_set(files, Path(options.mapping) if options.mapping else None, plan, folder)
        journal = Journal(folder / "journal" / f"main-{options.attempt}.jsonl")
        return RecordBench(plan, records, Recorder(NoSink()), journal, options.attempt)

    def close(self) -> None:
        """Close the files."""
        self.recorder.close()
        self.journal.close()


def data_set(files: Sequence[Path], described: Path | None, plan: Plan, folder: Path) -> Records:
    """The files of a data set, as the checks of a plan hold them; RecordsError if they or the mapping cannot be used."""
    schemes = plan.value(_CREDIT_CODE_SCHEMES)
    table = mapping.load(described) if described else None
    how = How(plan.zone or CHINA, table, frozenset(schemes if isinstance(schemes, list) else ()))
    return Records(DataSet(files, how), Law(plan, _calendar(plan)), folder)


def _calendar(plan: Plan) -> Calendar:
    """The days that a plan counts in: those of the PRC, or those of a place of which no holidays are known."""
    return PlainDays(plan.zone) if plan.zone else load_calendar(content.specs_dir() / "calendar")


def _auditor_key(named: str | None, folder: Path) -> auditor.AuditorKey:
    path = Path(named) if named else folder / "private" / "auditor.pem"
    return auditor.load_key(path) if path.exists() or named else auditor.make_key(path)


def _record(options: argparse.Namespace, evidence: Path) -> Record:
    if options.auditor_key:
        return OriginalRecord(evidence / f"{options.replay}.sealed", auditor.load_key(Path(options.auditor_key)))
    return PublishedRecord(evidence / f"{options.replay}.warc.gz")
