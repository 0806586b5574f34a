"""Whether a body may certify on a bundle, and the certificate that it then issues. A testing tool certifies nothing by itself.

Nothing is taken from a folder that could have been changed: the result is read from the bundle that the laboratory sealed and signed.
"""

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from tenderproof import audit, content, review
from tenderproof.candidate import published
from tenderproof.certification import conditions, renewal, tenure
from tenderproof.certification.certificate import Certificate, Holder, Report, Scope
from tenderproof.certification.conditions import CertificationError
from tenderproof.certification.jose import TokenTrouble
from tenderproof.certification.renewal import Former
from tenderproof.dossier import kept, kinds
from tenderproof.dossier.months import add_months
from tenderproof.dossier.people import Person
from tenderproof.result import Result
from tenderproof.seal import signature, verification
from tenderproof.seal.archive import Reader
from tenderproof.seal.contents import RESULT
from tenderproof.seal.sealing import SIGNER
from tenderproof.seal.signature import Party

_SCORE = ("mutants", "killed", "survived", "crashed", "collateral")
VALIDITY, SURVEILLANCE = "certificate_validity_period", "surveillance_interval"
_REVIEWED = ("journal/", f"{kept.FOLDER}/", "checks-")


@dataclass(frozen=True)
class Application:
    """What the body decides on: number, level, its own name, who decides, the day (in China), and the certificate that it renews."""

    number: str
    level: int
    body: str
    decided_by: str
    day: date
    key: Party
    renews: Former | None = None


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
    conditions.require_report(found, "test_report")
    conditions.require_conformant(found)
    conditions.require_level(found, wanted.level)
    conditions.require_proved(found)
    conditions.require_documents(found)
    conditions.require_apart(found, on.report, key=wanted.key, decided_by=wanted.decided_by, body=wanted.body)
    if wanted.day < on.report.finished:
        raise CertificationError(f"The decision of {wanted.day} would be earlier than the test, which ended on {on.report.finished}.")
    _require_in_time(wanted)
    made = _made(on, wanted)
    return renewal.renewing(made, wanted.renews, conditions.months(found, (renewal.WINDOW,))[renewal.WINDOW]) if wanted.renews else made


def _made(on: Tested, wanted: Application) -> Certificate:
    found, sample = on.result, on.result.sample
    months = conditions.months(found, (VALIDITY, SURVEILLANCE))
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


def _require_in_time(wanted: Application) -> None:
    try:
        tenure.require(wanted.key, wanted.day)
    except TokenTrouble as trouble:
        raise CertificationError(
            f"The body's own certificate (--cert) was not valid on {wanted.day} ({trouble.values['times']}); nothing is signed with it."
        ) from trouble


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
