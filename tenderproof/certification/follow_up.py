"""Is a yearly check (跟踪检查) passed? A laboratory's sealed surveillance report, held against the bundle that was certified.

What the report says of the certified run is not believed: it is compared again, with the result whose digest the certificate names.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from tenderproof import review, surveillance
from tenderproof.certification import conditions, issuing, succession
from tenderproof.certification.certificate import Certificate
from tenderproof.certification.change import Change, Surveillance
from tenderproof.certification.conditions import CertificationError
from tenderproof.certification.issuing import Tested
from tenderproof.dossier.months import add_months
from tenderproof.result import Clause, Result
from tenderproof.seal.archive import Reader, StructureError
from tenderproof.seal.contents import RESULT
from tenderproof.seal.signature import Party
from tenderproof.surveillance import Certified
from tenderproof.vocabulary import Verdict

_SHOWN = (Verdict.SATISFIED, Verdict.ATTESTED)


@dataclass(frozen=True)
class Followed:
    """What is followed up and who decides: the certificate, its changes, the certified bundle; day, person and key of the body."""

    certificate: Certificate
    changes: Sequence[Change]
    certified: Path
    day: date
    decided_by: str
    key: Party


def passed(report: Tested, of: Followed) -> Surveillance:
    """The surveillance to record, if the report shows that what was certified still holds; CertificationError says what it lacks."""
    found, certificate = report.result, of.certificate
    conditions.require_report(found, "surveillance_report")
    _require_of(certificate, found)
    baseline = _certified(of.certified, certificate)
    if found.baseline != surveillance.against(Certified(baseline, certificate.result_sha256, certificate.number), found):
        raise CertificationError(
            f"What the report says of the certified run is not what follows from the result that {certificate.number} was issued for; "
            "the laboratory compares again with that run."
        )
    conditions.require_conformant(found)
    conditions.require_level(found, certificate.level)
    conditions.require_proved(found)
    require_seen_anew(baseline, found)
    _require_no_less(baseline, found)
    conditions.require_apart(found, report.report, key=of.key, decided_by=of.decided_by, body=certificate.body)
    _require_version(found, of)
    return _recorded(report)


def _recorded(report: Tested) -> Surveillance:
    told, found = report.report, report.result
    months = conditions.months(found, (issuing.SURVEILLANCE,))
    return Surveillance(
        number=told.number, laboratory=told.laboratory, key_sha256=told.key_sha256, result_sha256=told.result_sha256, root=told.root,
        version=found.sample.stated_version, finished=told.finished,
        surveillance_by=add_months(told.finished, months[issuing.SURVEILLANCE]), figures=review.changed_figures(found),
    )  # fmt: skip


def _certified(bundle: Path, certificate: Certificate) -> Result:
    try:
        with bundle.open("rb") as file:
            octets = Reader(file).content(RESULT)
        found = Result.model_validate_json(octets)
    except (OSError, StructureError, KeyError, ValidationError) as error:
        raise CertificationError(f"{bundle} is no bundle with a result; name the one that {certificate.number} was issued for.") from error
    if hashlib.sha256(octets).hexdigest() != certificate.result_sha256:
        raise CertificationError(f"{bundle} is not the bundle that {certificate.number} was issued for; name that one with --certified.")
    return found


def _require_of(certificate: Certificate, found: Result) -> None:
    """Of this certificate and of the platform that it names."""
    named = found.baseline.certificate if found.baseline else ""
    if named != certificate.number:
        raise CertificationError(f"The report follows up {named}, and not {certificate.number}.")
    sample, scope, holder = found.sample, certificate.scope, certificate.holder
    for what, seen, wanted in (
        ("platform", sample.name, scope.platform),
        ("kind", sample.kind, scope.kind),
        ("address", sample.base_url, scope.address),
        ("holder", sample.operator.get("name", ""), holder.name),
        ("uscc", sample.operator.get("uscc", ""), holder.uscc),
        ("plan", found.basis.plan, certificate.plan),
    ):
        if seen != wanted:
            raise CertificationError(
                f"The report is of {what} {seen}, and {certificate.number} says {wanted}: it follows up another platform, or one whose "
                "certificate must first be changed (53号 26)."
            )


def _require_version(found: Result, of: Followed) -> None:
    """The version that counts as the certified one; the body takes another for it on the holder's report alone."""
    version, build = succession.version(of.certificate, of.changes, of.day)
    seen = found.sample
    if seen.stated_version != version or (build and seen.stated_build and seen.stated_build != build):
        raise CertificationError(
            f"The report is of version {seen.stated_version} {seen.stated_build}".rstrip()
            + f", and {of.certificate.number} covers {version} {build}".rstrip()
            + ": a changed platform is reported by its holder, and the body decides on that first (--ground major_change --reported FILE)."
        )


def require_seen_anew(baseline: Result, found: Result) -> None:
    """Its evidence is its own: no archive of it is one of the certified run (every record bears an identifier that is never made twice)."""
    before = {file.sha256 for file in baseline.evidence}
    copied = [file.name for file in found.evidence if file.sha256 in before]
    if copied or found.run.id == baseline.run.id or found.run.started <= baseline.run.finished:
        what = copied[0] if copied else "the run"
        raise CertificationError(f"{what} of the report is of the certified run: the platform was not looked at again; audit it anew.")


def _require_no_less(baseline: Result, found: Result) -> None:
    """What was shown when it was certified and does not apply any more is a change, even where an exemption allows it."""
    before = {clause.id: clause for clause in baseline.clauses}
    less = [clause.id for clause in found.clauses if _is_less(before.get(clause.id), clause)]
    if less:
        raise CertificationError(
            f"{', '.join(less)} held when the certificate was issued and now does not apply: the platform shows less than was certified."
        )


def _is_less(before: Clause | None, now: Clause) -> bool:
    return before is not None and now.keyword != "should" and before.verdict in _SHOWN and now.verdict not in _SHOWN
