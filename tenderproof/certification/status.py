"""What becomes of a certificate after its issue: suspended, restored, withdrawn, each signed by the body and chained to what went before.

A chain that lost a link, or was put in another order, does not hold. Withdrawn is for good. Grounds are those of the certification rules
(CTS-EBS01-2016, norms: what operates differs from what was tested, no correction during suspension, fraud) and what a holder may ask for.
"""

import hashlib
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tenderproof.certification import jose
from tenderproof.certification.certificate import NUMBER, Certificate, Sha256
from tenderproof.certification.jose import Pen, TokenTrouble
from tenderproof.seal.signature import Party
from tenderproof.vocabulary import WrongInput

TYPE = "certificate-status+jwt"
Ground = Literal["differs_from_tested", "not_corrected", "fraud", "surveillance_missed", "violation_found", "requested", "corrected"]
GROUNDS: dict[str, tuple[Ground, ...]] = {
    "suspended": ("differs_from_tested", "surveillance_missed", "violation_found", "requested"),
    "withdrawn": ("differs_from_tested", "not_corrected", "fraud", "violation_found", "requested"),
    "valid": ("corrected",),
}


class Status(StrEnum):
    """The status of a certificate."""

    VALID = "valid"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    NOT_YET = "not_yet_valid"


class StatusError(WrongInput):
    """A status cannot follow; the message is a sentence for the user."""


class Change(BaseModel):
    """A change of status. ``previous`` is the SHA-256 of the token before it: the credential, or the change before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: Literal["tenderproof-status/1"] = "tenderproof-status/1"
    number: Annotated[str, Field(pattern=NUMBER)]
    status: Literal["valid", "suspended", "withdrawn"]
    ground: Ground
    day: date
    decided_by: Annotated[str, Field(min_length=1)]
    previous: Sha256


def digest(token: str) -> str:
    """SHA-256 of a token, hex."""
    return hashlib.sha256(token.encode()).hexdigest()


def change(
    certificate: Certificate, chain: Sequence[str], pen: Pen, *, status: str, ground: str, day: date, decided_by: str
) -> str:  # fmt: skip
    """The next change as a token; ``chain`` is the credential and the changes before, which hold. StatusError if it cannot follow."""
    before = history(certificate, chain, pen.party)
    now = before[-1].status if before else "valid"
    if status not in GROUNDS or ground not in GROUNDS[status]:
        said = "; ".join(f"{name}: {', '.join(grounds)}" for name, grounds in GROUNDS.items())
        raise StatusError(f"A certificate is not {status} because of {ground}; the grounds are {said}.")
    if now in {"withdrawn", status}:
        raise StatusError(f"The certificate {certificate.number} is {now}; it cannot become {status}.")
    if ground == "not_corrected" and now != "suspended":
        raise StatusError(f"The certificate {certificate.number} is {now}: only what was suspended can have been left uncorrected.")
    last = before[-1].day if before else certificate.decided
    if day < last:
        raise StatusError(f"A change on {day} cannot follow one of {last}.")
    if not decided_by.strip():
        raise StatusError("A change of status has a person who decides it; say --decided-by NAME.")
    made = Change.model_validate(
        {
            "number": certificate.number,
            "status": status,
            "ground": ground,
            "day": day,
            "decided_by": decided_by,
            "previous": digest(chain[-1]),
        }
    )
    return jose.sign(made.model_dump(mode="json"), TYPE, pen)


def history(certificate: Certificate, chain: Sequence[str], body: Party) -> list[Change]:
    """The changes of a chain that holds, whose first token is the credential; TokenTrouble names what does not."""
    found: list[Change] = []
    for before, token in pairwise(chain):
        try:
            made = Change.model_validate(jose.opened(token, TYPE, body))
        except ValidationError as error:
            raise TokenTrouble("claims") from error
        if made.number != certificate.number:
            raise TokenTrouble("status_other")
        if made.previous != digest(before) or (found and found[-1].status == "withdrawn"):
            raise TokenTrouble("status_chain")
        found.append(made)
    return found


def on(certificate: Certificate, changes: Sequence[Change], day: date) -> Status:
    """The status on a day; a withdrawn certificate stays withdrawn when its time is over."""
    before = [made for made in changes if made.day <= day]
    now = Status(before[-1].status) if before else Status.VALID
    if now is Status.WITHDRAWN:
        return now
    if day < certificate.decided:
        return Status.NOT_YET
    return Status.EXPIRED if day > certificate.valid_until else now
