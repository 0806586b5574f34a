"""A laboratory with a sealed test report, and a body that certifies on it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tenderproof import content, result
from tenderproof.certification import credential, issuing, jose
from tenderproof.certification.certificate import Certificate
from tenderproof.certification.issuing import Application, Tested
from tenderproof.certification.jose import Pen
from tenderproof.result import Bilingual, Figure, Result, Signatories, Signatory
from tenderproof.seal import sealing, signature
from tenderproof.seal.signature import Party
from tenderproof.spec.clauses import load_clauses
from tenderproof.vocabulary import Verdict
from tests.reporting import results
from tests.seal.identities import Identity, identity
from tests.seal.runs import finished_run

THREE = Signatories(prepared=Signatory(name="甲"), reviewed=Signatory(name="乙"), approved=Signatory(name="丙"))
DAY = date(2026, 11, 24)
MONTHS = {"certificate_validity_period": 36, "surveillance_interval": 12}


def tested_result(run: Result, **changes: Any) -> Result:
    """A laboratory's report of a run in which everything is satisfied: one item a star."""
    ids = ("A-01", "A-02", "A-03")
    known = load_clauses(content.specs_dir())
    made = results.result([results.clause(name, Verdict.SATISFIED, stars=1, words_sha256=known[name].words_sha256) for name in ids])
    figures = [
        Figure(name=name, value=months, unit="month", source="ours", title=Bilingual(zh=name, en=name)) for name, months in MONTHS.items()
    ]
    fields: dict[str, Any] = {
        "kind": "test_report", "laboratory": "示例软件检测中心", "signatories": THREE, "evidence": run.evidence,
        "conclusion": made.conclusion, "basis": made.basis.model_copy(update={"figures": figures, "edition": content.edition()}),
    }  # fmt: skip
    return made.model_copy(update=fields | changes)


@dataclass(frozen=True)
class House:
    """The files and keys of a laboratory and of a body, and the sealed bundle."""

    folder: Path
    laboratory: Identity
    body: Identity
    bundle: Path

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

    def tested(self) -> Tested:
        """The result as the body reads it."""
        return issuing.tested(self.bundle, [self.laboratory_party])

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


def house(folder: Path, **changes: Any) -> House:
    """A laboratory that sealed its report of a run (``changes`` are of the result), and a body."""
    folder.mkdir(parents=True, exist_ok=True)
    run = finished_run(folder / "run")
    found = tested_result(result.read(run / "result.json"), **changes)
    result.write(found, run / "result.json")
    laboratory, body = identity(folder, "laboratory"), identity(folder, "body")
    by = signature.load_sealer(laboratory.key, laboratory.certificate)
    return House(folder, laboratory, body, sealing.seal(run, found, by, folder / "a.bundle.zip").path)
