"""The certificate (认证证书) as data: what it says, and of which result it says it.

Content after 检测认证管理办法 chapter 4 (CERT-RPT-1; of it the heading alone was seen, the list is recalled practice): number, holder,
platform, version, kind, basis, level, dates, body and laboratory report. It bears no accreditation mark.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
NUMBER = r"^[A-Z0-9][A-Z0-9-]{2,39}$"


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Holder(_Model):
    """The operator to whom it is issued: name and unified social credit code."""

    name: Annotated[str, Field(min_length=1)]
    uscc: Annotated[str, Field(min_length=1)]


class Scope(_Model):
    """What is certified, and nothing else: this platform, in this version, of this kind, at this address."""

    platform: Annotated[str, Field(min_length=1)]
    version: Annotated[str, Field(min_length=1)]
    build: str
    kind: str
    address: str


class Report(_Model):
    """The laboratory's test report that it rests on; ``root`` is the hash over all files of the sealed bundle."""

    number: str
    laboratory: str
    key_sha256: Sha256
    result_sha256: Sha256
    root: Sha256
    finished: date


class Renewed(_Model):
    """The certificate that this one renews (重新认证): its number, and the SHA-256 of its credential."""

    number: Annotated[str, Field(pattern=NUMBER)]
    sha256: Sha256


class Certificate(_Model):
    """A certificate. ``valid_until`` is its last day; ``surveillance_by`` the day by which the first yearly check is due."""

    form: Literal["tenderproof-certificate/1"] = "tenderproof-certificate/1"
    number: Annotated[str, Field(pattern=NUMBER)]
    body: Annotated[str, Field(min_length=1)]
    decided_by: Annotated[str, Field(min_length=1)]
    decided: date
    valid_until: date
    surveillance_by: date
    holder: Holder
    scope: Scope
    plan: str
    edition: str
    level: Annotated[int, Field(ge=1, le=3)]
    report: Report
    renews: Renewed | None = None

    def told(self) -> dict[str, Any]:
        """It as JSON; what it does not say is left out."""
        return self.model_dump(mode="json", exclude_none=True)

    @property
    def result_sha256(self) -> str:
        """SHA-256 of the result.json that was certified, hex."""
        return self.report.result_sha256

    @property
    def mark(self) -> str:
        """The words of the mark that goes with it: kind, level and number, in no picture that could be taken for another's."""
        return f"{'★' * self.level} {self.number}"
