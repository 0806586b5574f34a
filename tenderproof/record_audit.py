"""The audit of a data set: plan and files of records in, result document out.

The same suites, journal, verdicts and report as for a platform, and no platform: nobody is asked anything, and nothing is said of who
published the data but what stands in them.
"""

import hashlib
import json
import platform
import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import tenderproof
from tenderproof import audit, content, inventory, journal, occasion, result, run, selection
from tenderproof.candidate import published
from tenderproof.occasion import Facts
from tenderproof.records.row import RecordsError
from tenderproof.records.rules import FINDINGS, SUMMARY
from tenderproof.result import RecordSet, Result
from tenderproof.spec.calendar import CHINA
from tenderproof.spec.clauses import Clause
from tenderproof.spec.plan import Plan
from tenderproof.verdict import Circumstances, Outcome, conclude, judge
from tenderproof.vocabulary import Way

KIND = "records"
_SEED = "records"  # nothing is left to chance


@dataclass(frozen=True)
class Order:
    """Which files are to be judged by which plan; ``only`` and ``areas`` narrow the run."""

    files: tuple[Path, ...]
    mapping: Path | None
    plan: Plan
    clauses: Mapping[str, Clause]
    folder: Path
    areas: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    plan_given: str = ""

    @property
    def plan_name(self) -> str:
        """What the plan was asked for by: its name, or its file."""
        return self.plan_given or self.plan.id


@dataclass(frozen=True)
class Prepared:
    """An order with the checks chosen for it."""

    order: Order
    known: tuple[inventory.Check, ...]
    selected: selection.Selection


def prepare(order: Order) -> Prepared:
    """Choose the checks; RecordsError if the plan reads no records or certifies a level, or a file is not there."""
    if Way.RECORD not in order.plan.ways or order.plan.level:
        raise RecordsError(f"The plan {order.plan.id} asks for more than records; use records-cn, or another plan that certifies no level.")
    absent = next((file for file in order.files if not file.is_file()), None)
    if absent:
        raise RecordsError(f"There is no file {absent}; name a file of records after --records.")
    known = inventory.record_checks(content.suites_dir())
    chosen = selection.select(known, order.plan.clause_ids, order.plan.ways, sandbox=False, areas=order.areas, only=order.only)
    return Prepared(order, known, chosen)


def perform(prepared: Prepared, listener: run.Listener, started: datetime) -> bool:
    """Judge the data; True if it came to its end, False if somebody stopped it. RecordsError if nothing in the files could be read."""
    order = prepared.order
    job = run.Job(
        candidate=None, plan=order.plan_name, folder=order.folder, suites=content.suites_dir(), auditor_key=None, seed=_SEED, workers=1,
        checks=tuple(check.id for check in prepared.selected.checks),
        occasion=Facts(started=started.isoformat(), command=_command(order)).told(),
        records=tuple(file.resolve() for file in order.files), mapping=order.mapping.resolve() if order.mapping else None,
    )  # fmt: skip
    try:
        run.perform(job, listener)
    except run.Interrupted:
        return False
    return True


def conclude_run(prepared: Prepared, started: datetime, *, finished: bool) -> Result:
    """Read the journal and what was counted, and say what came of it."""
    order = prepared.order
    ids = [check.id for check in prepared.selected.checks]
    outcomes = run.outcomes(journal.read_run(order.folder / "journal"), ids)
    records = _records(order, outcomes) if finished else None
    clauses = {clause.id: clause for clause in order.plan.select(order.clauses.values())}
    verdicts = [judge(clause, outcomes, _circumstances(prepared)) for clause in clauses.values()]
    concluded = conclude(clauses, verdicts, ())
    return Result(
        tool=result.Tool(version=tenderproof.__version__, source_sha256=audit.source_hash(), python=platform.python_version()),
        run=_run(order, started, finished=finished),
        sample=sample(file.name for file in order.files),
        basis=audit.basis(order.plan),
        conclusion=audit.conclusion(concluded, verdicts),
        clauses=[audit.entry(clauses[verdict.clause], verdict) for verdict in verdicts],
        checks=_checks(prepared, outcomes),
        matrix=None,
        evidence=[],
        records=records,
    )


def publish(order: Order, found: Result) -> None:
    """Write what takes the declaration's place: which files were judged, by name and hash."""
    files = found.records.files if found.records else []
    told = {
        "records": [{"name": file.name, "sha256": file.sha256} for file in files],
        "mapping": order.mapping.name if order.mapping else "",
    }
    (order.folder / published.FILE).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _records(order: Order, outcomes: Sequence[Outcome]) -> RecordSet | None:
    path = order.folder / SUMMARY
    if not path.is_file():
        if outcomes:
            said = next((outcome.detail or outcome.reason for outcome in outcomes if outcome.reason), "no check began")
            raise RecordsError(said.split(": ", 1)[-1] if said.startswith("RecordsError: ") else f"The records were not judged: {said}")
        return None
    told = json.loads(path.read_bytes())
    if not told["tenders"]:
        example = told["examples"][0] if told["examples"] else None
        where = f"{example['file']}, {example['at']}: {example['why']}" if example else "the files are empty"
        raise RecordsError(f"No record could be read from {', '.join(file['name'] for file in told['files'])} ({where}).")
    mapping = hashlib.sha256(order.mapping.read_bytes()).hexdigest() if order.mapping else ""
    with (order.folder / "artefacts" / FINDINGS).open("rb") as file:
        findings = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))
    return RecordSet.model_validate({**told, "mapping_sha256": mapping, "findings": findings})


def _circumstances(prepared: Prepared) -> Circumstances:
    checks: dict[str, list[str]] = {}
    for check in prepared.known:
        for clause in check.clauses:
            checks.setdefault(clause, []).append(check.id)
    clauses = [prepared.order.clauses[clause] for clause in prepared.order.plan.clause_ids]
    return Circumstances(
        checks={clause: tuple(ids) for clause, ids in checks.items()},
        left_out=prepared.selected.left_out,
        unobservable=frozenset(clause.id for clause in clauses if clause.unobservable),
    )


def _run(order: Order, started: datetime, *, finished: bool) -> result.Run:
    seen = occasion.of(order.folder / "journal")
    name = sample(file.name for file in order.files).name
    return result.Run(
        id=occasion.identifier(name, order.plan.id, _SEED, started), started=started, finished=seen.ended if seen else datetime.now(CHINA),
        seed=_SEED, attempts=1, workers=1, interrupted=not finished, command=_command(order),
    )  # fmt: skip


def sample(files: Iterable[str]) -> result.Sample:
    """What a data set is called by the names of its files; it is no platform."""
    return result.Sample(
        name=", ".join(files), kind=KIND, base_url="", operator={}, driver="", sandbox=False, clock="none",
        declaration_sha256="", stated_version="", stated_build="",
    )  # fmt: skip


def _checks(prepared: Prepared, outcomes: Sequence[Outcome]) -> list[result.Check]:
    titles, command = {check.id: check.title for check in prepared.known}, _command(prepared.order)
    return [
        result.Check(
            id=o.check, title=titles.get(o.check, ""), clauses=list(o.clauses), way=o.way, state=o.state, blame=o.blame, reason=o.reason,
            detail=o.detail, where=o.where, seconds=o.seconds, observations=o.observations, attempt=o.attempt,
            repeat=f"{command} --only {shlex.quote(o.check)}", acquits=o.acquits,
        )
        for o in outcomes
    ]  # fmt: skip


def _command(order: Order) -> str:
    files = " ".join(f"--records {shlex.quote(file.name)}" for file in order.files)
    mapping = f" --mapping {shlex.quote(order.mapping.name)}" if order.mapping else ""
    return f"tenderproof audit {files}{mapping} --plan {shlex.quote(order.plan_name)}"
