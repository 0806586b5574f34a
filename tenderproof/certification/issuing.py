"""Whether a body may certify on a bundle, and the certificate that it then issues. A testing tool certifies nothing by itself.

Nothing is taken from a folder that could have been changed: the result is read from the bundle that the laboratory sealed and signed.
"""

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from tenderproof import audit, content, review
from tenderproof.candidate import published
from tenderproof.certification.certificate import Certificate, Holder, Report, Scope
from tenderproof.dossier import kept, kinds
from tenderproof.dossier.months import add_months
from tenderproof.dossier.people import Person
from tenderproof.result import Result
from tenderproof.seal import signature, verification
from tenderproof.seal.archive import Reader
from tenderproof.seal.contents import RESULT
from tenderproof.seal.sealing import SIGNER
from tenderproof.seal.signature import Party
from tenderproof.signatories import CAPACITIES, require_lawful, same_person
from tenderproof.vocabulary import Decision, WrongInput

_SCORE = ("mutants", "killed", "survived", "crashed", "collateral")
VALIDITY, SURVEILLANCE = "certificate_validity_period", "surveillance_interval"
_MONTH, _REVIEWED = "month", ("journal/", f"{kept.FOLDER}/", "checks-")


class CertificationError(WrongInput):
    """A certificate cannot be issued; the message says why and what would have to be."""


@dataclass(frozen=True)
class Application:
    """What the body decides on: number, level, its own name, who decides, and the day (in China)."""

    number: str
    level: int
    body: str
    decided_by: str
    day: date
    key: Party


@dataclass(frozen=True)
class Tested:
    """A laboratory's result as it was sealed, with the digests that a certificate names."""

    result: Result
    report: Report


def tested(bundle: Path, laboratories: Sequence[Party], accepted: Sequence[str], bodies: Sequence[Person] = ()) -> Tested:  # noqa: PT028 - no test
    """The result in a bundle that one of these laboratories sealed; CertificationError if anything in it does not hold.

    The result is reviewed before it is believed: ReviewError if it does not follow from its journal, or was judged by other checks, words
    or figures than this tenderproof's own. The body answers for the figures named in ``accepted``. Where it names independent ``bodies``,
    every one of them whose paper counts must be among those.
    """
    if not laboratories:
        raise CertificationError("A certificate rests on a laboratory's word; name its certificate or key with --trust.")
    done = verification.verify(bundle, laboratories)
    if not done.holds or not done.trusted:
        first = done.findings[0].code if done.findings else "signer_unknown"
        raise CertificationError(f"The bundle {bundle} does not hold ({first}); tenderproof verify says where. Nothing is certified on it.")
    with bundle.open("rb") as file:
        archive = Reader(file)
        octets, signer = archive.content(RESULT), signature.party(archive.content(SIGNER), SIGNER)
        found = Result.model_validate_json(octets)
        review.require_whole(found, accepted)
        with tempfile.TemporaryDirectory() as folder:
            archive.unpack(Path(folder), lambda name: name == published.FILE or name.startswith(_REVIEWED))
            review.require_followed(found, Path(folder))
    _require_own_score(found)
    if bodies:
        _require_known(found, bodies)
    report = Report(
        number=found.run.id, laboratory=found.laboratory, key_sha256=signer.keyid, result_sha256=hashlib.sha256(octets).hexdigest(),
        root=done.root, finished=found.run.finished.date(),
    )  # fmt: skip
    return Tested(found, report)


def issue(on: Tested, wanted: Application) -> Certificate:
    """The certificate, if the result carries it; CertificationError says why it does not."""
    found = on.result
    _require_test_report(found)
    _require_conformant(found)
    _require_level(found, wanted.level)
    _require_proved(found)
    _require_documents(found)
    _require_apart(found, on.report, wanted)
    months = _months(found, (VALIDITY, SURVEILLANCE))
    if wanted.day < on.report.finished:
        raise CertificationError(f"The decision of {wanted.day} would be earlier than the test, which ended on {on.report.finished}.")
    sample = found.sample
    try:
        return Certificate(
            number=wanted.number, body=wanted.body, decided_by=wanted.decided_by, decided=wanted.day, level=wanted.level,
            valid_until=add_months(wanted.day, months[VALIDITY]), surveillance_by=add_months(wanted.day, months[SURVEILLANCE]),
            holder=Holder(name=sample.operator.get("name", ""), uscc=sample.operator.get("uscc", "")),
            scope=Scope(
                platform=sample.name, version=sample.stated_version, build=sample.stated_build, kind=sample.kind, address=sample.base_url
            ),
            plan=found.basis.plan, edition=found.basis.edition, report=on.report,
        )  # fmt: skip
    except ValidationError as error:
        first = error.errors()[0]
        raise CertificationError(f"A certificate needs {'.'.join(map(str, first['loc']))}: {first['msg']}.") from error


def _require_test_report(found: Result) -> None:
    if found.kind != "test_report":
        raise CertificationError(
            f"The result is a {found.kind}; only a laboratory's test_report can be certified (tenderproof audit --kind test_report)."
        )
    require_lawful(found.kind, found.signatories)
    if found.run.interrupted:
        raise CertificationError("The run was interrupted and has not seen all that it should; nothing is certified on it.")


def _require_conformant(found: Result) -> None:
    conclusion = found.conclusion
    if conclusion.decision is not Decision.CONFORMANT:
        many = len(conclusion.violated) + len(conclusion.undecided)
        raise CertificationError(f"The decision on the test is {conclusion.decision.value} ({many} clauses); only conformant is certified.")
    if conclusion.violated or conclusion.undecided or conclusion.deviations:
        raise CertificationError("The result has violated, undecided or waived clauses; with a deviation no star is certified.")


def _require_level(found: Result, level: int) -> None:
    reached = found.conclusion.level
    if not 1 <= level <= reached:
        said = f"reached {'★' * reached}" if reached else "reached no star level"
        raise CertificationError(f"Level {level} was asked for, and the platform {said}; no more than what was reached is certified.")


def _require_proved(found: Result) -> None:
    matrix = found.matrix
    if matrix is None or matrix.source_sha256 != found.tool.source_sha256 or matrix.survived or matrix.crashed:
        raise CertificationError(
            "The checks of this run are not proved by a full matrix of the same sources (tenderproof prove); nothing is certified on them."
        )


def _require_own_score(found: Result) -> None:
    """A score is not believed: the body has proved the same sources by itself, and it came out alike."""
    own, said = audit.matrix(), found.matrix
    if said is None or said.source_sha256 != found.tool.source_sha256:
        return  # then nothing is certified, whatever the body's own score
    if own is None or own.source_sha256 != found.tool.source_sha256:
        raise CertificationError(
            "This tenderproof has no score of its own for the checks of this run, and the laboratory's is not believed unseen; "
            "run tenderproof prove --full with the same release, then certify."
        )
    apart = [name for name in _SCORE if getattr(own, name) != getattr(said, name)]
    if apart:
        raise CertificationError(
            f"The result says of the proof of its checks {apart[0]} = {getattr(said, apart[0])}, and this tenderproof's own says "
            f"{getattr(own, apart[0])}: prove again, or ask the laboratory how it came to its score."
        )
    if said.date > found.run.finished:
        raise CertificationError(f"The checks were proved on {said.date.date()}, after the run; what proved this run came before its end.")


def _require_known(found: Result, bodies: Sequence[Person]) -> None:
    """The keys of the bodies that the laboratory took for independent are those that this body knows, in the same capacity."""
    known = {(person.key_sha256, person.organisation_uscc): person.capacity for person in bodies}
    kinds_by_id = kinds.load(content.specs_dir())
    for paper in found.papers:
        for signer in paper.signers:
            capacity = known.get((signer.key_sha256, signer.organisation))
            kind = kinds_by_id.get(paper.kind)
            other = capacity is None or (kind and kind.independent and capacity != kind.signer)
            if paper.counts and signer.named_by == "auditor" and other:
                raise CertificationError(
                    f"{signer.name} signed {paper.kind} with a key ({signer.key_sha256[:16]}) that --known-signers does not name for them; "
                    "ask that body whether the key is theirs."
                )


def _require_documents(found: Result) -> None:
    """Every document of the submission is there and counts (CTS-EBS01-2016: the body reviews them before it certifies)."""
    there = {paper.kind for paper in found.papers if paper.counts}
    known = kinds.load(content.specs_dir()).values()
    lacking = [kind.id for kind in known if kind.asked_for and found.sample.kind in kind.platforms and kind.id not in there]
    if lacking:
        raise CertificationError(
            f"The submission lacks {', '.join(lacking)}, and nothing is certified without; tenderproof dossier lists what each must say."
        )


def _require_apart(found: Result, report: Report, wanted: Application) -> None:
    """Who tested does not decide (CERT-DEF-2): other persons and another key."""
    if wanted.key.keyid == report.key_sha256:
        raise CertificationError("The body would sign with the laboratory's key; test and decision are signed apart.")
    tested_by: Mapping[str, str] = {same_person(person.name): person.name for c in CAPACITIES if (person := getattr(found.signatories, c))}
    if not same_person(wanted.decided_by):
        raise CertificationError("A decision has a person who takes it; say --decided-by NAME.")
    if same_person(wanted.decided_by) in tested_by:
        raise CertificationError(f"{wanted.decided_by} stands under the test report; who tested does not decide, so name another.")
    if same_person(wanted.body) == same_person(found.laboratory):
        raise CertificationError(f"{wanted.body} tested; the certification body is another than the laboratory.")


def _months(found: Result, names: Sequence[str]) -> Mapping[str, int]:
    figures = {figure.name: figure for figure in found.basis.figures}
    for name in names:
        figure = figures.get(name)
        if figure is None or figure.unit != _MONTH or not isinstance(figure.value, int) or figure.value < 1:
            raise CertificationError(f"The plan {found.basis.plan} states no {name} in months; a certificate needs it.")
    return {name: int(str(figures[name].value)) for name in names}
