"""``tenderproof certify``: a body decides on a laboratory's sealed bundle; credential, decision and paper are written, or nothing is."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tenderproof import wording
from tenderproof.certification import credential, decision, issuing, jose, paper, register
from tenderproof.certification.certificate import Certificate
from tenderproof.certification.conditions import CertificationError
from tenderproof.certification.issuing import Application
from tenderproof.certification.jose import Pen, TokenTrouble
from tenderproof.certification.renewal import Former
from tenderproof.cli import days, signing
from tenderproof.cli.signing import Signing
from tenderproof.dossier import people
from tenderproof.seal import signature
from tenderproof.wording import LANGUAGES


@dataclass(frozen=True)
class Wanted:
    """What the command line asked for."""

    bundle: Path
    number: str
    level: int
    body: str
    decided_by: str
    day: str
    laboratories: Sequence[Path]
    accepted: Sequence[str]
    key: Path
    certificate: Path
    folder: Path
    register_url: str
    timestamp: str
    official_seal: Path | None
    known_signers: Path | None
    renews: str


def run(wanted: Wanted, *, as_json: bool) -> None:
    """Decide, write, and say what was issued."""
    pen = jose.load(wanted.key, wanted.certificate)
    sign = signing.of(wanted.key, wanted.certificate, wanted.timestamp, wanted.official_seal)
    assert sign is not None  # noqa: S101 - both files were named
    bodies = people.independent(wanted.known_signers) if wanted.known_signers else ()
    tested = issuing.tested(wanted.bundle, [signature.load_party(path) for path in wanted.laboratories], wanted.accepted, bodies)
    application = Application(
        wanted.number, wanted.level, wanted.body, wanted.decided_by, days.day(wanted.day), pen.party, _former(wanted, pen)
    )
    issued = issuing.issue(tested, application)
    record = decision.sign(decision.of(issued, tested.result), pen)
    files = _write(_papers(issued, pen, sign, wanted) | {f"{issued.number}{decision.SUFFIX}": f"{record}\n".encode()}, wanted.folder)
    if as_json:
        facts = {"number": issued.number, "level": issued.level, "valid_until": issued.valid_until.isoformat()}
        print(json.dumps(facts | {"files": [str(path) for path in files]}, ensure_ascii=False))
        return
    values = {"number": issued.number, "level": "★" * issued.level, "valid_until": issued.valid_until.isoformat()}
    print(wording.sentence("certification", "say", "issued", values | {"files": "\n".join(map(str, files))}, wording.spoken()))


def _former(wanted: Wanted, pen: Pen) -> Former | None:
    """The certificate that is renewed, as the body's folder has it."""
    if not wanted.renews:
        return None
    tokens = register.chain(wanted.folder, wanted.renews)
    try:
        certificate, changes = register.held(tokens, pen.party)
    except TokenTrouble as trouble:
        raise CertificationError(f"The certificate {wanted.renews} or a change of it does not hold ({trouble}).") from trouble
    return Former(certificate, changes, tokens[0])


def _papers(issued: Certificate, pen: Pen, sign: Signing, wanted: Wanted) -> dict[str, bytes]:
    """The credential, and the paper in each language with the credential attached, signed."""
    token = credential.sign(issued, pen)
    made = {f"{issued.number}{credential.SUFFIX}": f"{token}\n".encode()}
    for language in LANGUAGES:
        name = f"{issued.number}.pdf" if language == "zh" else f"{issued.number}.en.pdf"
        page = paper.render(issued, token, wanted.register_url, language)
        made[name] = sign.sign(page, issued.number, issued.result_sha256, language, wanted.folder / name, paper.PLACE)
    return made


def _write(files: dict[str, bytes], folder: Path) -> list[Path]:
    taken = next((name for name in files if (folder / name).exists()), None)
    if taken:
        raise CertificationError(f"{folder / taken} is there already; a number is given once, so take another.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, octets in files.items():
            (folder / name).write_bytes(octets)
    except OSError as error:
        raise CertificationError(f"The certificate cannot be written to {folder}: {error.strerror}.") from error
    return [folder / name for name in files]
