"""``tenderproof audit``: from the order to the written results."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import get_args

from tenderproof import (
    audit,
    candidate,
    content,
    doctor,
    earlier,
    environment,
    expected,
    inventory,
    journal,
    reference,
    result,
    resumption,
    selection,
    signatories,
    surveillance,
    wording,
)
from tenderproof.candidate import Candidate, published
from tenderproof.certification import credential
from tenderproof.certification.jose import TokenTrouble
from tenderproof.cli import progress
from tenderproof.cli.ending import BY_DECISION, Exit, WrongUse
from tenderproof.cli.papers import because
from tenderproof.domicile import laboratory
from tenderproof.domicile.measuring import load_vantages
from tenderproof.domicile.names import Resolver
from tenderproof.dossier import people
from tenderproof.evidence import auditor
from tenderproof.reporting import write_reports
from tenderproof.result import Kind, Result
from tenderproof.seal import signature
from tenderproof.spec.calendar import CHINA
from tenderproof.spec.clauses import Clause, load_clauses
from tenderproof.spec.plan import Plan, load_plan
from tenderproof.surveillance import Certified
from tenderproof.vocabulary import Dose, State

Say = Callable[..., str]


@dataclass(frozen=True)
class Wanted:
    """What the command line asked for."""

    candidate: Path | None
    plan: str
    out: Path | None
    resume: Path | None
    seed: str
    workers: int
    areas: tuple[str, ...]
    only: tuple[str, ...]
    expect: Path | None
    auditor_key: Path | None
    known_signers: Path | None
    vantages: Path | None
    resolvers: tuple[str, ...]
    signatories: Path | None
    names: Mapping[str, str | None]
    kind: str
    laboratory: str
    baseline: Path | None
    certificate: Path | None
    certified_by: Path | None
    dose: str
    at_most: float | None
    embedded: bool
    accept: bool
    replace: bool
    recording: bool
    as_json: bool


def run_command(wanted: Wanted) -> None:
    """Audit, write everything, say what came of it, and end with the exit code that says the same."""
    _require_sense(wanted)
    language = wording.spoken()

    def say(code: str, **values: str) -> str:
        return wording.sentence("cli", "say", code, values, language)

    plan, clauses = load_plan(wanted.plan, content.specs_dir()), load_clauses(content.specs_dir())
    _require_known(wanted, plan, clauses)
    declared = candidate.load(wanted.candidate) if wanted.candidate is not None else None
    if declared is not None:  # before an earlier run gives way
        _require_fitting(declared, plan, clauses)
        _dose(wanted, declared, plan)
    if not (wanted.resume or wanted.replace):
        earlier.require_same_candidate(_where(wanted), declared)
    driver = audit.driver_hash(declared) if declared else ""
    begun = wanted.candidate, plan.id, wanted.seed, audit.source_hash(), driver
    if wanted.resume:
        resumption.require_same(wanted.resume, *begun, dose=wanted.dose)
    folder = _folder(wanted)
    if not wanted.resume:
        resumption.begin(folder, *begun, dose=wanted.dose)
    with _declaration(wanted, folder) as declaration, _vantages(wanted, folder) as vantages:
        order = replace(_order(wanted, candidate.load(declaration), folder, plan, clauses), vantages=vantages)
        found, finished = _audit(order, wanted, say)
        _write(found, order)
    _end(found, wanted, folder, say, finished=finished)


def _require_sense(wanted: Wanted) -> None:
    if wanted.resume and str(wanted.resume).startswith("--"):
        raise WrongUse(f"--resume is followed by {wanted.resume}; name the folder of the run after it: --resume DIR.")
    if (wanted.candidate is None) == (not wanted.embedded):
        raise WrongUse("Say either a declaration (tenderproof audit candidate.toml) or --reference.")
    if wanted.resume and not (wanted.resume / "checks-1.txt").is_file():
        raise WrongUse(f"There is no run to go on with in {wanted.resume}.")
    if wanted.dose not in ("", *Dose):
        raise WrongUse(f"There is no dose {wanted.dose!r}; the doses are {', '.join(Dose)}.")
    if wanted.accept and not wanted.expect:
        raise WrongUse("--accept needs --expect FILE: it says where to write.")


def _dose(wanted: Wanted, declared: Candidate, plan: Plan) -> Dose:
    """How hard to probe; WrongUse if that is an intrusive dose that nobody has authorised."""
    dose = Dose(wanted.dose or plan.dose)
    if dose is Dose.INTRUSIVE and not declared.sandbox.enabled:
        raise WrongUse(f"{declared.file}: an intrusive run needs a sandbox (sandbox.enabled = true); say another --dose.")
    if dose is Dose.INTRUSIVE and not declared.sandbox.authorisation:
        told = "an intrusive run needs the reference of a written authorisation (sandbox.authorisation)"
        raise WrongUse(f"{declared.file}: {told}; have the operator give one, or say another --dose.")
    return dose


def _where(wanted: Wanted) -> Path:
    return wanted.resume or wanted.out or Path("reports/out") / Path(wanted.plan).name.removesuffix(".yaml")


def _folder(wanted: Wanted) -> Path:
    if wanted.resume:
        return wanted.resume
    folder = _where(wanted)
    if folder.exists() and any(folder.iterdir()) and not (folder / "checks-1.txt").is_file() and not (folder / "result.json").is_file():
        raise WrongUse(f"The folder {folder} holds something else than a run; name another with --out.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


@contextmanager
def _declaration(wanted: Wanted, folder: Path) -> Iterator[Path]:
    """The declaration that was named, or the reference's, which runs as long as the block; its state lies with the run's, for --resume."""
    if wanted.candidate is not None:
        yield wanted.candidate
        return
    with reference.running(folder / "private" / "reference") as running:
        yield running.candidate


@contextmanager
def _vantages(wanted: Wanted, folder: Path) -> Iterator[Path | None]:
    """The auditor's list of vantage points; for the embedded reference, without one, that of a laboratory on this machine."""
    if wanted.vantages or not wanted.embedded:
        yield wanted.vantages
        return
    with laboratory.vantages(folder / "private" / "laboratory") as listed:
        yield listed


def _require_known(wanted: Wanted, plan: Plan, clauses: Mapping[str, Clause]) -> None:
    unknown = [name for name in wanted.only if "::" not in name and name not in clauses]
    if unknown:
        raise WrongUse(f"There is no clause {unknown[0]}; `tenderproof clauses --plan {plan.id}` lists them.")
    _require_something_chosen(wanted, plan)
    if wanted.auditor_key:
        auditor.load_key(wanted.auditor_key)
    signatories.require_lawful(_kind(wanted), signatories.of(wanted.signatories, wanted.names))
    _certified(wanted)
    if wanted.known_signers:
        people.independent(wanted.known_signers)
    if wanted.vantages:
        load_vantages(wanted.vantages)
    for resolver in wanted.resolvers:
        Resolver.read(resolver)


def _require_something_chosen(wanted: Wanted, plan: Plan) -> None:
    """A name that is none, or names that leave no check of the plan, would otherwise look like a platform of which nothing was seen."""
    known = inventory.checks(content.suites_dir())
    areas, ids = {check.area for check in known}, {check.id for check in known}
    strange = next((area for area in wanted.areas if area not in areas), None)
    if strange is not None:
        raise WrongUse(f"There is no area {strange!r} with checks; there are {', '.join(sorted(areas))}.")
    strange = next((name for name in wanted.only if "::" in name and name not in ids), None)
    if strange is not None:
        raise WrongUse(f"There is no check {strange}; `tenderproof clauses --plan {plan.id} --json` lists the checks of each clause.")
    narrowed = wanted.areas or wanted.only
    dose = Dose(wanted.dose or plan.dose)
    if (
        narrowed
        and not selection.select(known, plan.clause_ids, plan.ways, sandbox=True, dose=dose, areas=wanted.areas, only=wanted.only).checks
    ):
        raise WrongUse(f"No check of the plan {plan.id} is left by --area and --only; `tenderproof clauses --plan {plan.id}` says why.")


def _kind(wanted: Wanted) -> Kind:
    """The kind of report; WrongUse if what goes with it is left out, or something else is said."""
    if wanted.kind not in get_args(Kind):
        raise WrongUse(f"There is no kind of report {wanted.kind!r}; the kinds are {', '.join(get_args(Kind))}.")
    kind: Kind = wanted.kind  # type: ignore[assignment]  # just asked
    if kind == "self_test" and wanted.laboratory:
        raise WrongUse("A self-test names no laboratory; say --kind test_report, or leave --laboratory out.")
    if kind != "self_test" and not wanted.laboratory.strip():
        raise WrongUse(f"A {kind} names who answers for it; say --laboratory NAME.")
    if (kind == "surveillance_report") != (wanted.baseline is not None):
        raise WrongUse("A surveillance_report, and it alone, is compared with the certified run; say --baseline RUN with that kind.")
    if wanted.baseline and wanted.baseline.resolve() == _where(wanted).resolve():
        raise WrongUse(f"{wanted.baseline} is the certified run, and this one would take its place; name another folder with --out.")
    if wanted.baseline and not (wanted.certificate and wanted.certified_by):
        raise WrongUse("Its certificate says which run was certified; name that with --certificate, and the body's with --certified-by.")
    if (wanted.certificate or wanted.certified_by) and not wanted.baseline:
        raise WrongUse("--certificate and --certified-by go with the run that was certified; name it with --baseline.")
    return kind


def _certified(wanted: Wanted) -> Certified | None:
    """The certified run; WrongUse if the body has signed no such certificate, BaselineError if the run is not the one that it names."""
    if not (wanted.baseline and wanted.certificate and wanted.certified_by):
        return None
    try:
        issued = credential.opened(credential.text(wanted.certificate), signature.load_party(wanted.certified_by))
    except TokenTrouble as trouble:
        raise WrongUse(f"{wanted.certificate} is no certificate of {wanted.certified_by} ({trouble}).") from trouble
    return surveillance.certified(wanted.baseline, issued.number, issued.result_sha256)


def _require_fitting(declared: Candidate, plan: Plan, clauses: Mapping[str, Clause]) -> None:
    if plan.kind != declared.kind:
        raise WrongUse(f"The plan {plan.id} is for platforms of kind {plan.kind}, and the declaration says {declared.kind}.")
    _require_lawful_exemptions(declared, clauses)


def _order(wanted: Wanted, declared: Candidate, folder: Path, plan: Plan, clauses: Mapping[str, Clause]) -> audit.Order:
    _require_fitting(declared, plan, clauses)
    bodies = wanted.known_signers or (reference.known_signers(declared.file) if wanted.embedded else None)
    return audit.Order(
        declared, plan, clauses, folder, _auditor_key(wanted, folder), signatories=signatories.of(wanted.signatories, wanted.names),
        kind=_kind(wanted), laboratory=wanted.laboratory.strip(), certified=_certified(wanted),
        known_signers=people.independent(bodies) if bodies else (),
        seed=wanted.seed, workers=wanted.workers, dose=_dose(wanted, declared, plan), at_most=wanted.at_most,
        areas=wanted.areas, only=wanted.only, recording=wanted.recording, resolvers=wanted.resolvers,
    )  # fmt: skip


def _auditor_key(wanted: Wanted, folder: Path) -> Path:
    """The key that was named, or one made for this run, which lies with the run's private things."""
    if wanted.auditor_key:
        return wanted.auditor_key
    path = folder / "private" / "auditor.pem"
    if not path.exists():
        auditor.make_key(path)
    return path


def _require_lawful_exemptions(declared: Candidate, clauses: Mapping[str, Clause]) -> None:
    """Only an item marked # may be exempted by declaration (CERT-STAR-3)."""
    for exemption in declared.exemptions:
        item = clauses.get(exemption["item"])
        if item is None or not item.exemptible:
            what = "is no certification item" if item is None or item.stars is None else "carries no # mark"
            raise WrongUse(f"{declared.file}: {exemption['item']} {what} and cannot be exempted by declaration; remove it from exemptions.")


def _audit(order: audit.Order, wanted: Wanted, say: Say) -> tuple[Result, bool]:
    started = datetime.now(CHINA)
    examined = doctor.visit(order.candidate)
    prepared = audit.prepare(order, resume=wanted.resume is not None)
    if examined.fatal:
        return audit.not_probed(prepared, examined, started), True
    with progress.watcher(len(prepared.remaining), say, quiet=wanted.as_json) as listener:
        finished = audit.perform(prepared, listener, audit.occasion_of(order, examined, started))
    return audit.conclude_run(prepared, examined, started, finished=finished), finished


def _write(found: Result, order: audit.Order) -> None:
    folder = order.folder
    result.write(found, folder / "result.json")
    published.write(order.candidate, folder)
    environment.write(folder, found.tool.source_sha256)
    journal.merge(folder / "journal", folder / "journal.jsonl")
    write_reports(found, folder)


def _end(found: Result, wanted: Wanted, folder: Path, say: Say, *, finished: bool) -> None:
    language, conclusion = wording.spoken(), found.conclusion
    differences = _expectation(found, wanted)
    code = BY_DECISION[conclusion.decision] if differences is None else Exit.NON_CONFORMANT if differences else Exit.CONFORMANT
    code = code if finished else Exit.INTERRUPTED
    if wanted.as_json:
        print(json.dumps(summary(found, folder, differences), ensure_ascii=False))
        sys.exit(code)
    lines = conclusion_lines(found, language)
    if wanted.areas or wanted.only:
        lines.append(say("narrowed"))
    if conclusion.deviations:
        lines.append(say("deviations", clauses=", ".join(conclusion.deviations)))
    lines += [say("paper_absent", file=p.file, why=because(p.fault, language)) for p in found.papers if p.fault is not None]
    lines.append(say("written", folder=str(folder)))
    if found.not_begun:
        told = {"minutes": f"{found.run.at_most_minutes:g}", "checks": str(len(found.not_begun))}
        lines.append(say("out_of_time", candidate=str(wanted.candidate or "--reference"), plan=wanted.plan, folder=str(folder), **told))
    if not finished:
        lines.append(say("interrupted", candidate=str(wanted.candidate or "--reference"), plan=wanted.plan, folder=str(folder)))
    lines += _said_of_expectation(wanted, differences, say)
    print("\n".join(lines))
    sys.exit(code)


def conclusion_lines(found: Result, language: wording.Language) -> list[str]:
    """Decision, level where the plan has some, counts, and what is violated, as the command prints them."""
    conclusion, words = found.conclusion, wording.catalogue("cli", language)

    def say(code: str, **values: str) -> str:
        return wording.sentence("cli", "say", code, values, language)

    lines = [say("decision", decision=words["decision"][conclusion.decision.value])]
    if found.records is None:
        lines.append(say("level", level="★" * conclusion.level or say("no_level")))
    lines.append("; ".join(say("counts", count=str(n), verdict=words["verdict"][v.value]) for v, n in conclusion.counts.items() if n))
    lines.append(say("checks", **{state.value: str(sum(check.state is state for check in found.checks)) for state in State}))
    if conclusion.violated:
        lines.append(say("why_violated", clauses=", ".join(conclusion.violated)))
    return lines


def summary(found: Result, folder: Path, differences: list[str] | None) -> dict[str, object]:
    """What ``audit --json`` prints: decision, level, counts a verdict, the folder; and the differences, where some were looked for."""
    said: dict[str, object] = {
        "decision": found.conclusion.decision.value,
        "level": found.conclusion.level,
        "counts": {verdict.value: count for verdict, count in found.conclusion.counts.items()},
        "folder": str(folder),
        "deviations": list(found.conclusion.deviations),
        "out_of_time": len(found.not_begun),
        "absent_papers": [{"file": paper.file, "fault": paper.fault.code} for paper in found.papers if paper.fault is not None],
    }
    return said if differences is None else said | {"as_expected": not differences, "differences": differences}


def _expectation(found: Result, wanted: Wanted) -> list[str] | None:
    if wanted.expect is None:
        return None
    if wanted.accept:
        expected.write(found, wanted.expect)
    return expected.differences(found, wanted.expect)


def _said_of_expectation(wanted: Wanted, differences: list[str] | None, say: Say) -> list[str]:
    if differences is None:
        return []
    file = str(wanted.expect)
    if wanted.accept:
        return [say("accepted", file=file)]
    if not differences:
        return [say("as_expected", file=file)]
    return [say("not_as_expected", count=str(len(differences)), file=file), *(f"  {line}" for line in differences)]
