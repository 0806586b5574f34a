"""What becomes of a certificate after its issue, each change signed by the body and chained to what went before.

A chain that lost a link, or was put in another order, does not hold. A yearly check that was missed changes nothing by itself: it is told
as ``overdue``, and the body decides.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import pairwise

from pydantic import ValidationError

from tenderproof import wording
from tenderproof.certification import jose, succession, tenure
from tenderproof.certification.certificate import Certificate
from tenderproof.certification.change import FINAL, GROUNDS, REPORTABLE, Change, Reported, Surveillance
from tenderproof.certification.jose import Pen, TokenTrouble
from tenderproof.seal.signature import Party
from tenderproof.vocabulary import WrongInput

TYPE = "certificate-status+jwt"


class Status(StrEnum):
    """The status of a certificate. ``overdue``: in its time and not ended by anybody, but the yearly check was not recorded by its day."""

    VALID = "valid"
    OVERDUE = "overdue"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    NOT_YET = "not_yet_valid"


class StatusError(WrongInput):
    """A status cannot follow; the message is a sentence for the user."""


def digest(token: str) -> str:
    """SHA-256 of a token, hex."""
    return hashlib.sha256(token.encode()).hexdigest()


def change(
    certificate: Certificate,
    chain: Sequence[str],
    pen: Pen,
    *,
    status: str,
    ground: str,
    day: date,
    decided_by: str,
    surveillance: Surveillance | None = None,
    reported: Reported | None = None,
) -> str:
    """The next change as a token; ``chain`` is the credential and the changes before, which hold. StatusError if it cannot follow."""
    before = history(certificate, chain, pen.party)
    if status not in GROUNDS or ground not in GROUNDS[status]:
        said = "; ".join(f"{name}: {', '.join(grounds)}" for name, grounds in GROUNDS.items())
        raise StatusError(f"A certificate is not {status} because of {ground}; the grounds are {said}.")
    if not decided_by.strip():
        raise StatusError("A change of status has a person who decides it; say --decided-by NAME.")
    if ground == "surveillance_passed" and surveillance is None:
        raise StatusError("A surveillance is passed on a sealed report; name it with --report, and the certified bundle with --certified.")
    if status == "valid" and ground in REPORTABLE and reported is None:
        raise StatusError("A certificate stays valid after such a change on the holder's report; name it with --reported FILE.")
    made = Change.model_validate(
        {
            "number": certificate.number, "status": status, "ground": ground, "day": day, "decided_by": decided_by,
            "previous": digest(chain[-1]), "surveillance": surveillance, "reported": reported,
        }
    )  # fmt: skip
    try:
        succession.require(certificate, before, made, pen.party)
        tenure.require(pen.party, day)
    except TokenTrouble as trouble:
        raise StatusError(sentence(trouble.code, {"file": certificate.number, "number": certificate.number} | trouble.values)) from trouble
    return jose.sign(made.model_dump(mode="json", exclude_none=True), TYPE, pen)


def sentence(code: str, values: Mapping[str, str]) -> str:
    """The sentence for a finding, its statuses and grounds in words."""
    said = wording.catalogue("certification", wording.spoken())
    of = {"now": said["status"], "status": said["status"], "ground": said["ground"]}
    shown = {name: of.get(name, {}).get(value, value) for name, value in values.items()}
    return wording.sentence("certification", "finding", code, shown, wording.spoken())


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
        if made.previous != digest(before):
            raise TokenTrouble("status_chain")
        succession.require(certificate, found, made, body)
        tenure.require(body, made.day)
        found.append(made)
    return found


def on(certificate: Certificate, changes: Sequence[Change], day: date) -> Status:
    """The status on a day; what was ended by a decision stays so when its time is over."""
    before = [made for made in changes if made.day <= day]
    now = Status(before[-1].status) if before else Status.VALID
    if now in FINAL:
        return now
    within = in_time(certificate, day)
    if within is not Status.VALID or now is not Status.VALID:
        return now if within is Status.VALID else within
    return Status.OVERDUE if day > due(certificate, changes, day) else now


def in_time(certificate: Certificate, day: date) -> Status:
    """What is known of it without its changes: valid, expired or not valid yet."""
    if day < certificate.decided:
        return Status.NOT_YET
    return Status.EXPIRED if day > certificate.valid_until else Status.VALID


def due(certificate: Certificate, changes: Sequence[Change], day: date) -> date:
    """By when the next yearly check must have been passed, as it stood on a day."""
    by = [made.surveillance.surveillance_by for made in changes if made.surveillance and made.day <= day]
    return by[-1] if by else certificate.surveillance_by
