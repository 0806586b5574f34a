"""The workbench of one worker: the candidate's driver with its instruments, the plan, chance, the journal and the evidence."""

import argparse
from dataclasses import dataclass
from pathlib import Path

from tenderproof import candidate, content, drivers
from tenderproof.candidate import Candidate
from tenderproof.drivers import Driver
from tenderproof.evidence import auditor
from tenderproof.evidence.chance import RecordedChance
from tenderproof.evidence.observation import Key, sha256
from tenderproof.evidence.recorder import Recorder
from tenderproof.evidence.sink import FileSink, NoSink
from tenderproof.evidence.trust import trust
from tenderproof.evidence.wire import Limits, Wire
from tenderproof.journal import Journal, Observed
from tenderproof.spec.plan import Plan, load_plan


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
        wire = Wire(recorder, limits, trust(declared))
        chance = RecordedChance(options.seed, recorder)
        plan = load_plan(options.plan, content.specs_dir())
        driver = drivers.load(declared, wire, chance, folder / "private")
        return Bench(declared, plan, driver, wire, recorder, chance, journal, options.attempt)

    def close(self) -> None:
        """Close the instruments and the files."""
        self.wire.close()
        self.recorder.close()
        self.journal.close()


def _auditor_key(named: str | None, folder: Path) -> auditor.AuditorKey:
    path = Path(named) if named else folder / "private" / "auditor.pem"
    return auditor.load_key(path) if path.exists() or named else auditor.make_key(path)
