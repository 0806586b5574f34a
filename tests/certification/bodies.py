"""A laboratory with a sealed test report, and a body that certifies on it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import tenderproof
from tenderproof import audit, content, environment, inventory, result, run, selection
from tenderproof.candidate import published
from tenderproof.certification import credential, issuing, jose
from tenderproof.certification.certificate import Certificate
from tenderproof.certification.issuing import Application, Tested
from tenderproof.certification.jose import Pen
from tenderproof.dossier import examination, kept
from tenderproof.journal import CheckFinished, CheckStarted, Journal, RunFinished, RunStarted, read_run
from tenderproof.occasion import Facts
from tenderproof.result import Check, Result, Signatories, Signatory
from tenderproof.seal import sealing, signature
from tenderproof.seal.signature import Party
from tenderproof.spec.clauses import load_clauses
from tenderproof.spec.plan import load_plan
from tenderproof.verdict import Circumstances, Outcome, conclude, judge
from tests.dossier import desks
from tests.reporting import occasions, results
from tests.seal.identities import Identity, identity

from . import standard, submission

LABORATORY = "示例软件检测中心"
THREE = Signatories(prepared=Signatory(name="甲"), reviewed=Signatory(name="乙"), approved=Signatory(name="丙"))
DAY = date(2026, 11, 24)
YEARS = (-4000, 4000)  # the body's own certificate is no matter of most tests


def finished_run(folder: Path, waived: str = "", kind: str = "self_test") -> Result:
    """A run of the whole small plan on one worker: one item is exempted and one attested, and all but ``waived`` is kept."""
    (folder / "evidence").mkdir(parents=True)
    of = results.result([])
    candidate = submission.hand_in(folder / "private", of.sample, waived)
    published.write(candidate, folder)
    (folder / "checks-1.txt").write_text("all")
    environment.write(folder, "00" * 32)
    plan, known = load_plan(standard.PLAN, content.specs_dir()), load_clauses(content.specs_dir())
    chosen = selection.select(inventory.checks(content.suites_dir()), plan.clause_ids, plan.ways, sandbox=True)
    _journal(
        folder / "journal" / "gw0-1.jsonl",
        chosen.checks,
        waived,
        kind,
        occasions.facts(of, laboratory="" if kind == "self_test" else LABORATORY),
    )
    outcomes = run.outcomes(read_run(folder / "journal"), [check.id for check in chosen.checks])
    desk = audit.desk(candidate, plan, known, desks.bodies(), of.sample.stated_version, of.run.started)
    taken = examination.examine(desk)
    kept.keep(desk, taken, folder)
    attestable = frozenset({standard.ATTESTED})
    circumstances = Circumstances(taken.statements, taken.exemptions, taken.waivers, attestable)
    verdicts = [judge(known[name], outcomes, circumstances) for name in plan.clause_ids]
    concluded = conclude({name: known[name] for name in plan.clause_ids}, verdicts, audit.LEVELS)
    return results.result(
        [audit.entry(known[verdict.clause], verdict) for verdict in verdicts],
        [_told(o) for o in outcomes],
        conclusion=audit.conclusion(concluded, verdicts), basis=audit.basis(plan), evidence=[], papers=list(taken.papers),
        run=occasions.run(of.sample.name, plan.id, 2 + 2 * len(chosen.checks)), own_clauses=audit.own_clauses(known),
        tool=of.tool.model_copy(update={"version": tenderproof.__version__}),
    )  # fmt: skip


def _told(seen: Outcome) -> Check:
    """As an audit tells it."""
    names = ("way", "blame", "reason", "detail", "where", "seconds", "observations", "attempt", "acquits")
    more = {name: getattr(seen, name) for name in names} | occasions.source(seen.check)
    return results.check(seen.check, seen.state, clauses=list(seen.clauses), **more)


def _journal(path: Path, checks: Iterable[inventory.Check], failed: str, kind: str, on: Facts) -> None:
    written = Journal(path, occasions.clock())
    ids = tuple(check.id for check in checks)
    written.append(RunStarted(1, "candidate.toml", standard.PLAN, occasions.SEED, ids, kind, on.told()))
    for check in checks:
        state = "skipped" if standard.EXEMPTED in check.clauses else "failed" if failed in check.clauses else "passed"
        blame, reason = ("", "") if state == "passed" else ("platform", "no fee")
        written.append(CheckStarted(check.id, 1))
        written.append(CheckFinished(check.id, 1, check.clauses, check.way, state, blame, reason, "", "", 0.1, 0, check.acquits))
    written.append(RunFinished(1))
    written.close()


def tested_result(found: Result, **changes: Any) -> Result:
    """A laboratory's report of that run, by the sources that are installed."""
    assert found.matrix is not None
    sources = audit.source_hash()
    fields: dict[str, Any] = {
        "kind": "test_report", "laboratory": LABORATORY, "signatories": THREE,
        "tool": found.tool.model_copy(update={"source_sha256": sources}),
        "matrix": found.matrix.model_copy(update={"source_sha256": sources}),
    }  # fmt: skip
    return found.model_copy(update=fields | changes)


@dataclass(frozen=True)
class House:
    """The files and keys of a laboratory and of a body, and the sealed bundle."""

    folder: Path
    laboratory: Identity
    body: Identity
    bundle: Path

    @property
    def standard(self) -> Path:
        """Where the small tenderproof lies by which it was judged."""
        return self.folder / "standard"

    @property
    def laboratory_party(self) -> Party:
        """Whom the body trusts."""
        return signature.load_party(self.laboratory.certificate)

    @property
    def party(self) -> Party:
        """Whom readers trust."""
        return signature.load_party(self.body.certificate)

    @property
    def pen(self) -> Pen:
        """What the body signs with."""
        return jose.load(self.body.key, self.body.certificate)

    def tested(self, *accepted: str) -> Tested:
        """The result as the body reads it."""
        return _tested(self, accepted)

    def application(self, **changes: Any) -> Application:
        """What the body decides on."""
        fields: dict[str, Any] = {
            "number": "TP-2026-001", "level": 3, "body": "示例认证中心", "decided_by": "丁", "day": DAY, "key": self.party,
        }  # fmt: skip
        return Application(**fields | changes)

    def certificate(self, **changes: Any) -> Certificate:
        """A certificate."""
        return issuing.issue(self.tested(), self.application(**changes))

    def credential(self, **changes: Any) -> str:
        """Its credential."""
        return credential.sign(self.certificate(**changes), self.pen)


@cache
def _tested(settled: House, accepted: tuple[str, ...]) -> Tested:
    """Read once, since nobody changes the bundle of a house."""
    with standard.used(settled.standard):
        return issuing.tested(settled.bundle, [settled.laboratory_party], accepted)


def house(folder: Path, change: Callable[[Result], Result] | None = None, **changes: Any) -> House:
    """A laboratory that sealed its report of a run (``change`` and ``changes`` are of the result), and a body."""
    with standard.used(standard.install(folder / "standard")):
        found = tested_result(finished_run(folder / "run", kind=str(changes.get("kind", "test_report"))), **changes)
        own = folder / "standard" / "reports" / "out" / "matrix.json"
        assert found.matrix is None or own.write_text(found.matrix.model_dump_json(), "utf-8")
        found = change(found) if change else found
        result.write(found, folder / "run" / "result.json")
        laboratory, body = identity(folder, "laboratory"), identity(folder, "body", valid=YEARS)
        by = signature.load_sealer(laboratory.key, laboratory.certificate)
        return House(folder, laboratory, body, sealing.seal(folder / "run", found, by, folder / "a.bundle.zip").path)
