"""Renewal (重新认证, 53号 24): in the last months of a certificate, or where the body decides so on what the holder had to report (25)."""

from collections.abc import Sequence
from dataclasses import dataclass

from tenderproof.certification import status
from tenderproof.certification.certificate import Certificate, Renewed
from tenderproof.certification.change import REPORTABLE, Change
from tenderproof.certification.conditions import CertificationError
from tenderproof.certification.status import Status
from tenderproof.dossier.months import add_months

WINDOW = "certificate_renewal_window"


@dataclass(frozen=True)
class Former:
    """The certificate that is to be renewed: it, its changes, and its credential."""

    certificate: Certificate
    changes: Sequence[Change]
    credential: str


def renewing(made: Certificate, former: Former, months: int) -> Certificate:
    """The new certificate, which names the one that it renews; CertificationError says why it renews nothing."""
    old, day = former.certificate, made.decided
    for what, new, before in (
        ("holder", made.holder.uscc, old.holder.uscc),
        ("platform", made.scope.platform, old.scope.platform),
        ("kind", made.scope.kind, old.scope.kind),
    ):
        if new != before:
            raise CertificationError(f"{old.number} is of {what} {before}, and this one of {new}; certify without --renews.")
    if made.number == old.number:
        raise CertificationError(f"{old.number} cannot renew itself; give the new certificate a number of its own.")
    now = status.on(old, former.changes, day)
    if now not in (Status.VALID, Status.OVERDUE):
        raise CertificationError(f"{old.number} is {now.value} on {day}; only what is in force is renewed: certify without --renews.")
    opens = add_months(old.valid_until, -months)
    if day < opens and not any(change.ground in REPORTABLE for change in former.changes):
        raise CertificationError(
            f"{old.number} runs until {old.valid_until} and is renewed from {opens} on; before that, only on what its holder had to report."
        )
    return made.model_copy(update={"renews": Renewed(number=old.number, sha256=status.digest(former.credential))})
