"""The workbench of one worker: the candidate's driver with its instruments, the plan, chance, the journal and the evidence."""

import argparse
from dataclasses import dataclass
from pathlib import Path

from tenderproof import candidate, content, drivers
from tenderproof.candidate import Candidate, standin
from tenderproof.drivers import Driver
from tenderproof.evidence import auditor
from tenderproof.evidence.chance import RecordedChance
from tenderproof.evidence.observation import InputObservation, Key, sha256
from tenderproof.evidence.record import OriginalRecord, PublishedRecord, Record
from tenderproof.evidence.recorder import Recorder
from tenderproof.evidence.replayed import Following, ReplayedChance, ReplayedWire, forbid_the_outside
from tenderproof.evidence.sink import FileSink, NoSink
from tenderproof.evidence.trust import trust
from tenderproof.evidence.wire import Limits, Wire
from tenderproof.journal import Journal, Observed
from tenderproof.spec.plan import Plan, load_plan

DECLARATION = "declaration"  # the first observation of every worker


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
        wire = Wire(recorder, limits, trust(declared), declared.hosts)
        chance = RecordedChance(options.seed, recorder)
        plan = load_plan(options.plan, content.specs_dir())
        driver = drivers.load(declared, wire, chance, folder / "private")
        recorder.observe(InputObservation(DECLARATION, standin.described(declared), secret=True))
        return Bench(declared, plan, driver, wire, recorder, chance, journal, options.attempt)

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


def _auditor_key(named: str | None, folder: Path) -> auditor.AuditorKey:
    path = Path(named) if named else folder / "private" / "auditor.pem"
    return auditor.load_key(path) if path.exists() or named else auditor.make_key(path)


def _record(options: argparse.Namespace, evidence: Path) -> Record:
    if options.auditor_key:
        return OriginalRecord(evidence / f"{options.replay}.sealed", auditor.load_key(Path(options.auditor_key)))
    return PublishedRecord(evidence / f"{options.replay}.warc.gz")
