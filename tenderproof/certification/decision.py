"""The certification decision (认证决定) as a document of its own, signed by the body: who tested, who decided, on what, and what."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from tenderproof import review
from tenderproof.certification import jose
from tenderproof.certification.certificate import Certificate, Report
from tenderproof.certification.jose import Pen
from tenderproof.result import Result
from tenderproof.signatories import CAPACITIES
from tenderproof.spec.plan import Value

TYPE = "certification-decision+jwt"
SUFFIX = ".decision.jwt"


class DecisionRecord(BaseModel):
    """A decision that was granted; one that is refused leaves no certificate and no record, but a sentence that says why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: Literal["tenderproof-decision/1"] = "tenderproof-decision/1"
    number: str
    decision: Literal["granted"] = "granted"
    level: int
    decided: date
    decided_by: str
    body: str
    tested_by: dict[str, str]
    report: Report
    figures: Annotated[dict[str, Value], Field(description="Figures of the plan that were changed, and that the body accepted")] = {}


def of(certificate: Certificate, tested: Result) -> DecisionRecord:
    """The record of the decision behind a certificate."""
    people = {capacity: person.name for capacity in CAPACITIES if (person := getattr(tested.signatories, capacity))}
    return DecisionRecord(
        number=certificate.number, level=certificate.level, decided=certificate.decided, decided_by=certificate.decided_by,
        body=certificate.body, tested_by=people, report=certificate.report, figures=review.changed_figures(tested),
    )  # fmt: skip


def sign(record: DecisionRecord, pen: Pen) -> str:
    """The record as a signed token."""
    return jose.sign(record.model_dump(mode="json"), TYPE, pen)
