"""What a result must carry for a body to decide on it: the conditions of a certificate and of a surveillance that is passed."""

from collections.abc import Mapping, Sequence

from tenderproof import content
from tenderproof.certification.certificate import Report
from tenderproof.dossier import kinds
from tenderproof.result import Result
from tenderproof.seal.signature import Party
from tenderproof.signatories import CAPACITIES, require_lawful, same_person
from tenderproof.vocabulary import Decision, WrongInput

_MONTH = "month"


class CertificationError(WrongInput):
    """A body cannot decide so; the message says why and what would have to be."""


def require_report(found: Result, kind: str) -> None:
    """A laboratory's whole report of that kind, with the persons who must stand under it."""
    if found.kind != kind:
        raise CertificationError(f"The result is a {found.kind}; a laboratory's {kind} is asked for (tenderproof audit --kind {kind}).")
    require_lawful(found.kind, found.signatories)
    if found.run.interrupted:
        raise CertificationError("The run was interrupted and has not seen all that it should; nothing is decided on it.")


def require_conformant(found: Result) -> None:
    """Conformant, without deviation."""
    conclusion = found.conclusion
    if conclusion.decision is not Decision.CONFORMANT:
        many = len(conclusion.violated) + len(conclusion.undecided)
        raise CertificationError(f"The decision on the test is {conclusion.decision.value} ({many} clauses); only conformant is certified.")
    if conclusion.violated or conclusion.undecided or conclusion.deviations:
        raise CertificationError("The result has violated, undecided or waived clauses; with a deviation no star is certified.")


def require_level(found: Result, level: int) -> None:
    """The star level was reached."""
    reached = found.conclusion.level
    if not 1 <= level <= reached:
        said = f"reached {'★' * reached}" if reached else "reached no star level"
        raise CertificationError(f"Level {level} was asked for, and the platform {said}; no more than what was reached is certified.")


def require_proved(found: Result) -> None:
    """Its checks are proved."""
    matrix = found.matrix
    if matrix is None or matrix.source_sha256 != found.tool.source_sha256 or matrix.survived or matrix.crashed:
        raise CertificationError(
            "The checks of this run are not proved by a full matrix of the same sources (tenderproof prove); nothing is certified on them."
        )


def require_documents(found: Result) -> None:
    """Every document of the submission is there and counts (CTS-EBS01-2016: the body reviews them before it certifies)."""
    there = {paper.kind for paper in found.papers if paper.counts}
    known = kinds.load(content.specs_dir()).values()
    lacking = [kind.id for kind in known if kind.asked_for and found.sample.kind in kind.platforms and kind.id not in there]
    if lacking:
        raise CertificationError(
            f"The submission lacks {', '.join(lacking)}, and nothing is certified without; tenderproof dossier lists what each must say."
        )


def require_apart(found: Result, report: Report, *, key: Party, decided_by: str, body: str) -> None:
    """Who tested does not decide (CERT-DEF-2): other persons and another key."""
    if key.keyid == report.key_sha256:
        raise CertificationError("The body would sign with the laboratory's key; test and decision are signed apart.")
    tested_by: Mapping[str, str] = {same_person(person.name): person.name for c in CAPACITIES if (person := getattr(found.signatories, c))}
    if not same_person(decided_by):
        raise CertificationError("A decision has a person who takes it; say --decided-by NAME.")
    if same_person(decided_by) in tested_by:
        raise CertificationError(f"{decided_by} stands under the test report; who tested does not decide, so name another.")
    if same_person(body) == same_person(found.laboratory):
        raise CertificationError(f"{body} tested; the certification body is another than the laboratory.")


def months(found: Result, names: Sequence[str]) -> Mapping[str, int]:
    """Figures of the plan that are counted in months."""
    figures = {figure.name: figure for figure in found.basis.figures}
    for name in names:
        figure = figures.get(name)
        if figure is None or figure.unit != _MONTH or not isinstance(figure.value, int) or figure.value < 1:
            raise CertificationError(f"The plan {found.basis.plan} states no {name} in months; a certificate needs it.")
    return {name: int(str(figures[name].value)) for name in names}
