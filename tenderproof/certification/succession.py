"""What may follow what in the life of a certificate: rules for whoever writes a change, and for whoever reads it."""

from collections.abc import Iterator, Sequence
from datetime import date

from tenderproof.certification.certificate import Certificate
from tenderproof.certification.change import FINAL, GROUNDS, REPORTABLE, Change
from tenderproof.certification.jose import TokenTrouble
from tenderproof.dossier.months import A_YEAR, add_months
from tenderproof.seal.signature import Party


def require(certificate: Certificate, before: Sequence[Change], made: Change, body: Party) -> None:
    """TokenTrouble names the first rule that a change breaks."""
    values = {"now": before[-1].status if before else "valid", "status": made.status, "ground": made.ground, "day": made.day}
    for code, more in (*_order(certificate, before, made), *_surveillance(certificate, before, made, body)):
        raise TokenTrouble(code, **values, **more)


def version(certificate: Certificate, changes: Sequence[Change], day: date) -> tuple[str, str]:
    """Version and build that count as the certified ones on a day: the issued ones, or those that the body took for them since."""
    later = [made.reported for made in changes if made.reported and made.reported.version and made.status == "valid" and made.day <= day]
    return (later[-1].version, later[-1].build) if later else (certificate.scope.version, certificate.scope.build)


def _order(certificate: Certificate, before: Sequence[Change], made: Change) -> Iterator[tuple[str, dict[str, object]]]:
    now = before[-1].status if before else "valid"
    last = before[-1].day if before else certificate.decided
    if made.ground not in GROUNDS[made.status]:
        yield "status_ground", {}
    if now in FINAL:
        yield "status_final", {}
    if made.day < last:
        yield "status_backdated", {"last": last}
    if made.day > certificate.valid_until and made.status not in FINAL:
        yield "status_after_end", {"last": certificate.valid_until}
    if made.ground == "not_continued" and made.day <= certificate.valid_until:
        yield "status_before_end", {"last": certificate.valid_until}
    if made.ground in ("corrected", "not_corrected") and now != "suspended":
        yield "status_not_suspended", {}
    if now == made.status and not (now == "valid" and made.ground != "corrected"):
        yield "status_same", {}
    if made.status == "valid" and now == "suspended" and made.ground in REPORTABLE:
        yield "status_still_suspended", {}
    if made.reported and not certificate.decided <= made.reported.day <= made.day:
        yield "reported_day", {"reported": made.reported.day, "first": certificate.decided}


def _surveillance(
    certificate: Certificate, before: Sequence[Change], made: Change, body: Party
) -> Iterator[tuple[str, dict[str, object]]]:  # fmt: skip
    seen = made.surveillance
    if seen is None:
        return
    earlier = [change.surveillance for change in before if change.surveillance]
    last = earlier[-1].finished if earlier else certificate.decided
    if not last <= seen.finished <= made.day or any(one.result_sha256 == seen.result_sha256 for one in earlier):
        yield "surveillance_old", {"finished": seen.finished, "last": last}
    if not seen.finished < seen.surveillance_by <= add_months(seen.finished, A_YEAR):
        yield "surveillance_next", {"finished": seen.finished, "by": seen.surveillance_by}
    wanted, _ = version(certificate, before, made.day)
    if seen.version != wanted:
        yield "surveillance_version", {"version": seen.version, "wanted": wanted}
    if seen.key_sha256 == body.keyid:
        yield "surveillance_own", {}
    if seen.result_sha256 == certificate.result_sha256 or seen.root == certificate.report.root:
        yield "surveillance_certified", {}
