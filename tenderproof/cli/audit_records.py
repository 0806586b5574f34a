"""``tenderproof audit --records FILE``: a data set instead of a platform."""

import json
import shutil
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tenderproof import content, environment, journal, record_audit, result, wording
from tenderproof.cli import progress
from tenderproof.cli.audit import conclusion_lines, summary
from tenderproof.cli.ending import BY_DECISION, Exit, WrongUse
from tenderproof.records import mapping
from tenderproof.reporting import write_reports
from tenderproof.result import RecordSet, Result
from tenderproof.spec.calendar import CHINA
from tenderproof.spec.clauses import load_clauses
from tenderproof.spec.plan import load_plan

DEFAULT_PLAN = "records-cn"
_SHOWN = 3  # findings of a rule on the terminal


@dataclass(frozen=True)
class Wanted:
    """What the command line asked for; ``others`` are options that say something of a platform."""

    files: tuple[Path, ...]
    mapping: Path | None
    plan: str
    out: Path | None
    areas: tuple[str, ...]
    only: tuple[str, ...]
    others: tuple[str, ...]
    as_json: bool


def run_command(wanted: Wanted) -> None:
    """Judge the data, write everything, say what came of it, and end with the exit code that says the same."""
    if not wanted.files:
        raise WrongUse("A mapping describes records; name them with --records FILE.")
    if wanted.others:
        raise WrongUse(f"A data set is no platform, and {wanted.others[0]} speaks of one; leave it out, or leave --records out.")
    language = wording.spoken()

    def say(code: str, **values: str) -> str:
        return wording.sentence("cli", "say", code, values, language)

    plan, clauses = load_plan(wanted.plan, content.specs_dir()), load_clauses(content.specs_dir())
    unknown = [name for name in wanted.only if "::" not in name and name not in clauses]
    if unknown:
        raise WrongUse(f"There is no clause {unknown[0]}; `tenderproof clauses --plan {plan.id}` lists them.")
    if wanted.mapping:
        mapping.load(wanted.mapping)
    folder = wanted.out or Path("reports/out") / plan.id
    order = record_audit.Order(wanted.files, wanted.mapping, plan, clauses, folder, wanted.areas, wanted.only, plan_given=wanted.plan)
    prepared = record_audit.prepare(order)
    _make(folder)
    started = datetime.now(CHINA)
    with progress.watcher(len(prepared.selected.checks), say, quiet=wanted.as_json) as listener:
        finished = record_audit.perform(prepared, listener, started)
    found = record_audit.conclude_run(prepared, started, finished=finished)
    _write(found, order)
    _end(found, folder, finished=finished, narrowed=bool(wanted.areas or wanted.only), as_json=wanted.as_json)


def _make(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()) and not (folder / "checks-1.txt").is_file() and not (folder / "result.json").is_file():
        raise WrongUse(f"The folder {folder} holds something else than a run; name another with --out.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def _write(found: Result, order: record_audit.Order) -> None:
    result.write(found, order.folder / "result.json")
    record_audit.publish(order, found)
    environment.write(order.folder, found.tool.source_sha256)
    journal.merge(order.folder / "journal", order.folder / "journal.jsonl")
    write_reports(found, order.folder)


def _end(found: Result, folder: Path, *, finished: bool, narrowed: bool, as_json: bool) -> None:
    language = wording.spoken()
    code = BY_DECISION[found.conclusion.decision] if finished else Exit.INTERRUPTED
    if as_json:
        told = found.records
        counted = {"tenders": told.tenders, "unreadable": told.unreadable, "findings": told.findings} if told else {}
        print(json.dumps({**summary(found, folder, None), **counted}, ensure_ascii=False))
        sys.exit(code)
    lines = conclusion_lines(found, language)
    if narrowed:
        lines.append(wording.sentence("cli", "say", "narrowed", {}, language))
    if found.records:
        lines += _of_data(found.records, language)
    lines.append(wording.sentence("cli", "say", "written", {"folder": str(folder)}, language))
    print("\n".join(lines))
    sys.exit(code)


def _of_data(told: RecordSet, language: wording.Language) -> list[str]:
    values = {
        "files": ", ".join(file.name for file in told.files), "rows": str(sum(file.rows for file in told.files)),
        "tenders": str(told.tenders), "unreadable": str(told.unreadable), "findings": str(told.findings),
    }  # fmt: skip
    lines = [wording.sentence("cli", "say", "records_read", values, language)]
    for rule in told.rules:
        for one in rule.first[:_SHOWN]:
            shown = {
                "clauses": ", ".join(one.clauses), "tender": one.tender, "place": f"{one.file}, {one.at}", "expected": one.expected,
                "observed": one.observed,
            }  # fmt: skip
            lines.append("  " + wording.sentence("cli", "say", "record_finding", shown, language))
        if rule.broken > _SHOWN:
            more = {"count": str(rule.broken - _SHOWN), "clauses": ", ".join(rule.clauses)}
            lines.append("  " + wording.sentence("cli", "say", "record_findings_more", more, language))
    return lines
