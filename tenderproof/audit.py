"""The main job: plan and candidate in, result document out."""

import hashlib
import os
import platform
import shlex
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import tenderproof
from tenderproof import content, drivers, inventory, journal, occasion, result, run, selection, surveillance
from tenderproof.candidate import Candidate
from tenderproof.doctor import Examination
from tenderproof.dossier import examination, handed, kept, people
from tenderproof.dossier.desk import Desk
from tenderproof.dossier.examination import Taken
from tenderproof.dossier.people import Person
from tenderproof.occasion import Facts
from tenderproof.result import Kind, Result, Signatories
from tenderproof.signatories import require_lawful
from tenderproof.spec.calendar import CHINA, day_in_china, load_calendar
from tenderproof.spec.clauses import Clause
from tenderproof.spec.own import load_own
from tenderproof.spec.plan import Plan
from tenderproof.surveillance import Certified
from tenderproof.verdict import (
    Circumstances,
    ClauseVerdict,
    Conclusion,
    Outcome,
    Reason,
    Statement,
    conclude,
    judge,
)
from tenderproof.vocabulary import DeclarationTrouble, Dose, State, Verdict, WrongInput

LEVELS = (1, 2, 3)
HANDED = "private/papers.json"


class OtherOrderError(WrongInput):
    """A resumption asks for something else than what was begun; the message is a sentence for the user."""


@dataclass(frozen=True)
class Order:
    """What somebody wants audited, and how."""

    candidate: Candidate
    plan: Plan
    clauses: Mapping[str, Clause]
    folder: Path
    auditor_key: Path
    seed: str = "tenderproof"
    workers: int = 2
    areas: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    recording: bool = True
    known_signers: tuple[Person, ...] = ()
    signatories: Signatories = field(default_factory=Signatories)
    kind: Kind = "self_test"
    laboratory: str = ""
    certified: Certified | None = None
    vantages: Path | None = None
    resolvers: tuple[str, ...] = ()
    dose: Dose | None = None
    at_most: float | None = None

    @property
    def minutes(self) -> float:
        """For how many minutes checks may be begun: as ordered, else as the plan says; 0 for as long as it takes."""
        return self.at_most if self.at_most is not None else self.plan.whole("audit_max_minutes")

    @property
    def probed(self) -> Dose:
        """How hard it is to be probed: as ordered, else as the plan says."""
        return self.dose or self.plan.dose


@dataclass(frozen=True)
class Prepared:
    """An order with the checks chosen for it, ready to run or to resume."""

    order: Order
    known: tuple[inventory.Check, ...]
    selected: selection.Selection
    attempt: int
    remaining: tuple[str, ...]


def prepare(order: Order, *, resume: bool = False) -> Prepared:
    """Choose the checks; on a resumption leave out those that are done."""
    suites = content.suites_dir()
    known = inventory.checks(suites)
    ways = order.plan.ways
    chosen = selection.select(
        known,
        order.plan.clause_ids,
        ways,
        sandbox=order.candidate.sandbox.enabled,
        dose=order.probed,
        areas=order.areas,
        only=order.only,
    )
    ids = tuple(check.id for check in chosen.checks)
    events = journal.read_run(order.folder / "journal") if resume else []
    _require_as_begun(order, events)
    before = run.done(events)
    return Prepared(order, known, chosen, run.attempts(order.folder) + 1, tuple(check for check in ids if check not in before))


def _require_as_begun(order: Order, events: Iterable[journal.Event]) -> None:
    """A run that was begun as a self-test ends as one, and not as a laboratory's report."""
    for event in events:
        if isinstance(event, journal.RunStarted) and (event.plan, event.kind) != (order.plan.id, order.kind):
            raise OtherOrderError(
                f"The run in {order.folder} was begun as {event.kind} by the plan {event.plan}; go on with it as that "
                f"(--kind {event.kind} --plan {event.plan}), or begin another."
            )


def occasion_of(order: Order, examined: Examination, started: datetime) -> Facts:
    """What the journal keeps of the order, of the platform as it was examined, and of the moment."""
    told = _sample(order, examined)
    return Facts(
        started=started.isoformat(), laboratory=order.laboratory, version=told.stated_version, build=told.stated_build, driver=told.driver,
        driver_sha256=told.driver_sha256, declaration_sha256=told.declaration_sha256, workers=str(order.workers), command=_command(order),
        dose=order.probed.value,
    )  # fmt: skip


def perform(prepared: Prepared, listener: run.Listener, on: Facts | None = None) -> bool:
    """Run the checks that remain; True if the run came to its end, False if somebody stopped it. ``on`` is the occasion, to be kept."""
    order = prepared.order
    if not prepared.remaining:
        return True
    job = run.Job(
        candidate=order.candidate.file,
        plan=order.plan.called or order.plan.id,
        folder=order.folder,
        suites=content.suites_dir(),
        checks=prepared.remaining,
        seed=order.seed,
        auditor_key=order.auditor_key,
        workers=1 if order.candidate.sandbox.clock == "platform" else min(order.workers, order.candidate.limits.parallel),
        attempt=prepared.attempt,
        recording=order.recording,
        kind=order.kind,
        vantages=order.vantages,
        resolvers=order.resolvers,
        until=time.monotonic() + order.minutes * 60 if order.minutes else None,
        papers=handed.write(
            desk(order.candidate, order.plan, order.clauses, order.known_signers, "", datetime.now(CHINA)), order.folder / HANDED
        ),
        occasion=on.told() if on else {},
    )
    try:
        run.perform(job, listener)
    except run.Interrupted:
        return False
    return True


def conclude_run(prepared: Prepared, examined: Examination, started: datetime, *, finished: bool) -> Result:
    """Read the journals and say what came of it; ``started`` counts where the journals do not say when it was."""
    ids = [check.id for check in prepared.selected.checks]
    events = journal.read_run(prepared.order.folder / "journal")
    outcomes = _with_clauses(run.outcomes(events, ids), prepared.known)
    found = _judged(prepared, examined, outcomes, started, finished=finished)
    return found.model_copy(update={"whereabouts": whereabouts(events)})


def whereabouts(events: Iterable[journal.Event]) -> result.Whereabouts | None:
    """Where the servers answer, as the last check that judged it told; ValueError if what a journal tells is none."""
    told = [event.document for event in events if isinstance(event, journal.Located)]
    return result.Whereabouts.model_validate_json(told[-1]) if told else None


def not_probed(prepared: Prepared, examined: Examination, started: datetime) -> Result:
    """What is said when a fatal finding forbade any probe: every check is *errored*, for that reason and with its blame."""
    fatal = examined.fatal
    assert fatal is not None  # noqa: S101 - the caller has asked
    outcomes = [
        Outcome(
            check.id, check.clauses, check.way, State.ERRORED, fatal.blame, fatal.code, fatal.values.get("what", ""), acquits=check.acquits
        )
        for check in prepared.selected.checks
    ]
    return _judged(prepared, examined, outcomes, started, finished=True)


def _judged(prepared: Prepared, examined: Examination, outcomes: Sequence[Outcome], started: datetime, *, finished: bool) -> Result:
    order = prepared.order
    timed = _run(order, started, finished=finished)
    looked_at_on = desk(order.candidate, order.plan, order.clauses, order.known_signers, examined.version, timed.started)
    taken = examination.examine(looked_at_on)
    kept.keep(looked_at_on, taken, order.folder)
    circumstances = _circumstances(prepared, taken)
    clauses = {clause.id: clause for clause in order.plan.select(order.clauses.values())}
    verdicts = [judge(clause, outcomes, circumstances) for clause in clauses.values()]
    levels = [level for level in LEVELS if order.plan.level and level <= order.plan.level]
    concluded = conclude(clauses, verdicts, levels)
    found = Result(
        tool=result.Tool(version=tenderproof.__version__, source_sha256=source_hash(), python=platform.python_version()),
        run=timed,
        sample=_sample(order, examined),
        basis=basis(order.plan),
        conclusion=conclusion(concluded, verdicts),
        clauses=[entry(clauses[v.clause], v) for v in verdicts],
        checks=_checks(prepared, outcomes),
        matrix=matrix(),
        evidence=_evidence(order.folder / "evidence"),
        papers=list(taken.papers),
        signatories=order.signatories,
        own_clauses=own_clauses(order.clauses),
    )
    return _of_kind(found, order)


def _of_kind(found: Result, order: Order) -> Result:
    """The result as the kind of report that was ordered; SignatoryError if the persons may not sign that kind."""
    require_lawful(order.kind, order.signatories)
    baseline = surveillance.against(order.certified, found) if order.certified else None
    return Result.model_validate({**dict(found), "kind": order.kind, "laboratory": order.laboratory, "baseline": baseline})


def _with_clauses(outcomes: Iterable[Outcome], known: Iterable[inventory.Check]) -> list[Outcome]:
    """A check that a dead worker lost has no marker in the journal; what it would have decided stands in its source."""
    by_id = {check.id: check for check in known}
    return [
        replace(o, clauses=check.clauses, way=check.way, acquits=check.acquits)
        if not o.clauses and (check := by_id.get(inventory.base(o.check)))
        else o
        for o in outcomes
    ]


def desk(
    candidate: Candidate, plan: Plan, clauses: Mapping[str, Clause], known_signers: Sequence[Person], version: str, at: datetime
) -> Desk:
    """What the candidate's papers are held against at a moment; ``version`` is what the platform says, else the declaration's counts."""
    return Desk(
        candidate, plan, clauses, load_calendar(content.specs_dir() / "calendar"),
        people.together(people.own(candidate.paper_signers, candidate.file, candidate.operator["uscc"]), known_signers),
        version or str(candidate.raw["candidate"].get("version", "")), day_in_china(at),
    )  # fmt: skip


def _circumstances(prepared: Prepared, taken: Taken) -> Circumstances:
    order = prepared.order
    checks: dict[str, list[str]] = {}
    for check in prepared.known:
        for clause in check.clauses:
            checks.setdefault(clause, []).append(check.id)
    clauses = [order.clauses[clause] for clause in order.plan.clause_ids]
    return Circumstances(
        statements=taken.statements,
        exemptions=taken.exemptions,
        waivers=taken.waivers,
        attestable=frozenset(clause.id for clause in clauses if order.plan.may_be_attested(clause)),
        checks={clause: tuple(ids) for clause, ids in checks.items()},
        left_out=_left_out(prepared),
        unobservable=frozenset(clause.id for clause in clauses if clause.unobservable),
    )


def _left_out(prepared: Prepared) -> dict[str, str]:
    """Why which check was not performed. One of a higher dose that never acquits goes beyond what the clause needs: it is not missed."""
    beyond = {check.id for check in prepared.known if not check.acquits}
    return {check: why for check, why in prepared.selected.left_out.items() if why != selection.DOSE_TOO_LOW or check not in beyond}


def _run(order: Order, started: datetime, *, finished: bool) -> result.Run:
    seen = occasion.of(order.folder / "journal")
    kept = seen if seen and seen.last.occasion else None
    first, workers = (kept.started, int(kept.last.occasion["workers"])) if kept else (started, order.workers)
    return result.Run(
        id=occasion.identifier(order.candidate.name, order.plan.id, order.seed, first), started=first,
        resumed=list(kept.resumed) if kept else [], finished=kept.ended if kept else datetime.now(CHINA),
        seed=order.seed, attempts=run.attempts(order.folder), workers=workers, interrupted=not finished, command=_command(order),
        dose=order.probed, at_most_minutes=order.minutes,
    )  # fmt: skip


def _sample(order: Order, examined: Examination) -> result.Sample:
    candidate = order.candidate
    return result.Sample(
        name=candidate.name, kind=candidate.kind, base_url=candidate.base_url, operator=dict(candidate.operator),
        driver=str(candidate.driver["name"]), driver_sha256=driver_hash(candidate),
        sandbox=candidate.sandbox.enabled, clock=candidate.sandbox.clock, authorisation=candidate.sandbox.authorisation,
        declaration_sha256=hashlib.sha256(candidate.file.read_bytes()).hexdigest(),
        stated_version=examined.version, stated_build=examined.build, left_out=list(candidate.interface.leave_out),
    )  # fmt: skip


def basis(plan: Plan) -> result.Basis:
    """The plan and its figures, with the hash of the specification that is installed, as the result document tells them."""
    figures = [
        result.Figure(name=p.name, value=p.value, unit=p.unit, source=p.source, title=result.Bilingual(**p.title))
        for p in plan.parameters.values()
    ]
    return result.Basis(
        plan=plan.id, title=result.Bilingual(**plan.title), edition=plan.edition, specification_sha256=specification_hash(),
        kind=plan.kind, level=plan.level,
        ways=sorted(plan.ways), figures=figures,
    )  # fmt: skip


def conclusion(concluded: Conclusion, verdicts: Sequence[ClauseVerdict]) -> result.Conclusion:
    """The conclusion as the result document tells it."""
    return result.Conclusion(
        decision=concluded.decision,
        level=concluded.level,
        readiness=[result.Level(**vars(level), reached=level.reached) for level in concluded.readiness],
        violated=list(concluded.violated),
        deviations=list(concluded.deviations),
        undecided=list(concluded.undecided),
        counts={verdict: sum(v.verdict is verdict for v in verdicts) for verdict in Verdict},
    )


def entry(clause: Clause, verdict: ClauseVerdict) -> result.Clause:
    """A clause with its verdict as the result document tells it."""
    statement, waiver = verdict.statement, verdict.waiver
    return result.Clause(
        id=clause.id, source=clause.source, locator=clause.locator, words=result.Bilingual(**clause.words),
        words_sha256=clause.words_sha256,
        area=clause.area, keyword=clause.keyword, provenance=clause.provenance, stars=clause.stars, exemptible=clause.exemptible,
        basis=clause.basis, remedy=result.Bilingual(**clause.remedy), says_the_same=[*clause.items, *clause.law],
        verdict=verdict.verdict, reason=_because(verdict.reason), blame=verdict.blame,
        disposition="waived" if waiver else "exempted" if verdict.reason.code == "exempted" else None,
        statement=_declared(statement, contradicted=verdict.contradicted) if statement else None,
        waiver=result.Waived(**vars(waiver)) if waiver else None, checks=[o.check for o in verdict.outcomes],
    )  # fmt: skip


def _declared(statement: Statement, *, contradicted: bool) -> result.Declared:
    return result.Declared(**{**vars(statement), "documents": dict(statement.documents)}, contradicted=contradicted)


def own_clauses(clauses: Mapping[str, Clause]) -> list[result.OwnClause]:
    """The clauses on the harness itself, as the result document tells them."""
    return [
        result.OwnClause(
            id=own.clause.id, source=own.clause.source, locator=own.clause.locator, words=result.Bilingual(**own.clause.words),
            tests=list(own.tests), waits=result.Bilingual(**own.waits) if own.waits else None,
        )
        for own in load_own(content.specs_dir(), clauses)
    ]  # fmt: skip


def _because(reason: Reason) -> result.Because:
    return result.Because(code=reason.code, values=dict(reason.values))


def _checks(prepared: Prepared, outcomes: Iterable[Outcome]) -> list[result.Check]:
    titles = {check.id: check.title for check in prepared.known}
    command = _command(prepared.order)
    return [
        result.Check(
            id=o.check, title=titles.get(inventory.base(o.check), ""), clauses=list(o.clauses), way=o.way, state=o.state, blame=o.blame,
            reason=o.reason, detail=o.detail, where=o.where, seconds=o.seconds, observations=o.observations, attempt=o.attempt,
            acquits=o.acquits, repeat=f"{command} --only {shlex.quote(inventory.base(o.check))}",
        )
        for o in outcomes
    ]  # fmt: skip


def _command(order: Order) -> str:
    dose = f" --dose {order.dose.value}" if order.dose and order.dose is not order.plan.dose else ""
    named = order.vantages is not None and not order.vantages.is_relative_to(order.folder)  # a laboratory's list lies with the run
    vantages = f" --vantages {shlex.quote(order.vantages.name)}" if order.vantages and named else ""
    whom = f"{shlex.quote(order.candidate.file.name)} --plan {order.plan.id} --seed {shlex.quote(order.seed)}"
    resolvers = "".join(f" --resolver {shlex.quote(one)}" for one in order.resolvers)
    at_most = f" --at-most {order.at_most:g}" if order.at_most is not None else ""
    return f"tenderproof audit {whom}{dose}{vantages}{resolvers}{at_most}"


def _evidence(folder: Path) -> list[result.EvidenceFile]:
    return [
        result.EvidenceFile(name=path.name, sha256=_hash(path), octets=path.stat().st_size)
        for path in sorted(folder.glob("*"))
        if path.is_file()
    ]


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def source_hash() -> str:
    """SHA-256 over the engine and the suites: name and content of every Python file, in order."""
    total = hashlib.sha256()
    for root in (Path(tenderproof.__file__).parent, content.suites_dir()):
        _add(total, root, (path for path in root.rglob("*.py") if "content" not in path.relative_to(root).parts[:1]))
    return total.hexdigest()


def driver_hash(candidate: Candidate) -> str:
    """SHA-256 over the sources of a driver that the declaration brings along; "" for ours, which the engine's cover, and for none."""
    try:
        root, files = drivers.sources(candidate)
    except DeclarationTrouble:  # then nothing is probed, and the doctor says why
        return ""
    if not files:
        return ""
    total = hashlib.sha256()
    _add(total, root, files)
    return total.hexdigest()


def specification_hash() -> str:
    """SHA-256 over clauses, plans, figures, contracts, calendar and document kinds: name and content of every file, in order."""
    total, root = hashlib.sha256(), content.specs_dir()
    _add(total, root, (path for path in root.rglob("*") if path.is_file()))
    return total.hexdigest()


def _add(total: "hashlib._Hash", root: Path, files: Iterable[Path]) -> None:
    for path in sorted(files):
        total.update(f"{path.relative_to(root).as_posix()}\0{_hash(path)}\n".encode())


def matrix() -> result.Matrix | None:
    """The last score of the matrix of mutants, as ``tenderproof prove`` left it; none if it has not been run here."""
    path = Path(os.environ.get("TENDERPROOF_MATRIX", content.reports_dir() / "out" / "matrix.json"))
    try:
        return result.Matrix.model_validate_json(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
