"""A change of a certificate's status as data: status, ground, day, who decided, and what it rests on.

Statuses and grounds are those of 检测认证管理办法 (53号): 25 what the holder must report, 27 cancelled (注销), 28 suspended (暂停),
29 withdrawn (撤销); and 20: the check every year, of which each one that was passed is kept.
"""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tenderproof.certification.certificate import NUMBER, Sha256
from tenderproof.spec.plan import Value

FINAL = frozenset({"withdrawn", "cancelled"})
Ground = Literal[
    "major_change", "major_accident", "exchange_lost", "basis_changed", "surveillance_refused", "violation_found", "no_longer_conforming",
    "differs_from_tested", "not_corrected", "fraud", "not_continued", "no_longer_operated", "requested", "other_by_law", "corrected",
    "surveillance_passed",
]  # fmt: skip
REPORTABLE: tuple[Ground, ...] = ("major_change", "major_accident", "exchange_lost")
GROUNDS: dict[str, tuple[Ground, ...]] = {
    "suspended": (
        "basis_changed", "surveillance_refused", "violation_found", "no_longer_conforming", "requested", "other_by_law", *REPORTABLE,
    ),
    "withdrawn": ("differs_from_tested", "not_corrected", "fraud", "other_by_law", *REPORTABLE),
    "cancelled": ("not_continued", "no_longer_operated", "requested", "other_by_law", *REPORTABLE),
    "valid": ("corrected", "surveillance_passed", *REPORTABLE),
}  # fmt: skip


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Surveillance(_Model):
    """A yearly check that was passed: the laboratory's sealed report, when it ended, what it looked at, and until when the next is due.

    ``root`` is the hash over all files of its bundle.
    """

    number: str
    laboratory: str
    key_sha256: Sha256
    result_sha256: Sha256
    root: Sha256
    version: Annotated[str, Field(min_length=1)]
    finished: date
    surveillance_by: date
    figures: Annotated[dict[str, Value], Field(description="Figures of the plan that were changed, and that the body accepted")] = {}


class Reported(_Model):
    """What the holder reported of a major change, an accident or a lost exchange: day and digest of its report.

    ``version`` is the version of the platform that the body takes to be the certified one from then on, if it is another than before.
    """

    day: date
    sha256: Sha256
    version: str = ""
    build: str = ""


class Change(_Model):
    """A change of status. ``previous`` is the SHA-256 of the token before it: the credential, or the change before."""

    form: Literal["tenderproof-status/1"] = "tenderproof-status/1"
    number: Annotated[str, Field(pattern=NUMBER)]
    status: Literal["valid", "suspended", "withdrawn", "cancelled"]
    ground: Ground
    day: date
    decided_by: Annotated[str, Field(min_length=1)]
    previous: Sha256
    surveillance: Surveillance | None = None
    reported: Reported | None = None

    @model_validator(mode="after")
    def _carries_what_its_ground_says(self) -> Self:
        if (self.ground == "surveillance_passed") != (self.surveillance is not None):
            raise ValueError("surveillance_passed, and nothing else, carries the surveillance")
        if self.reported and self.ground not in REPORTABLE:
            raise ValueError("a report of the holder goes with what the holder must report")
        return self
