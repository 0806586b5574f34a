"""Is a certificate true? Credential, paper or whole register, verified offline with the body's public key.

Findings are codes of the wording catalogue ``certification``. A certificate that is suspended, withdrawn or expired is told as a finding:
nobody shall take it for valid because its signature holds.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tenderproof.certification import credential, register, status
from tenderproof.certification.certificate import Certificate
from tenderproof.certification.jose import TokenTrouble
from tenderproof.certification.status import Status
from tenderproof.seal import pdf_verification
from tenderproof.seal.signature import Party
from tenderproof.seal.verification import Verified


@dataclass
class Checked(Verified):
    """What came of it: findings, the certificate, its status, and the day of the register that says so ("" where none was asked)."""

    certificate: Certificate | None = None
    status: str = ""
    register_of: str = ""
    entries: int = 0


def check(path: Path, body: Party, day: date, register_in: Path | None = None) -> Checked:
    """A credential (``.jwt``) or a certificate on paper (PDF), with the register if one is named; CredentialError if it cannot be read."""
    done = Checked()
    token = _of_paper(path, body, done) if pdf_verification.is_pdf(path) else credential.text(path)
    if token:
        _credential(token, body, day, done)
    if register_in and done.certificate:
        _in_register(token, register_in, body, day, done)
    return done


def check_register(folder: Path, body: Party, day: date) -> Checked:
    """A whole register: the list, every entry of it, its papers, and whether it may still be believed."""
    done = Checked()
    said = _list(folder, body, day, done)
    for entry in said.get("entries", []) if said else []:
        done.entries += 1
        _entry(entry, folder, body, str(said["made"]) if said else "", done)
    if said:
        _files(said["files"], folder, done)
        _unlisted(said, folder, done)
    return done


def _files(wanted: Mapping[str, str], folder: Path, done: Checked) -> None:
    for name, digest in sorted(wanted.items()):
        if not (folder / name).is_file() or hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
            done.found("file_changed", file=name)


def _unlisted(said: Mapping[str, Any], folder: Path, done: Checked) -> None:
    """What lies with the register and is no part of it: a page or picture under any name can be taken for one."""
    known = {register.LIST, register.TOKEN, *said["files"], *(name for entry in said["entries"] for name in entry.get("papers", {}))}
    for path in sorted(folder.rglob("*")):
        if not (path.is_dir() and not path.is_symlink()) and path.relative_to(folder).as_posix() not in known:
            done.found("file_unlisted", file=path.relative_to(folder))


def _of_paper(path: Path, body: Party, done: Checked) -> str:
    """The credential that a certificate on paper carries; the paper is signed by the body, too."""
    paper = pdf_verification.verify(path.read_bytes(), [body])
    done.findings += paper.findings
    tokens = [octets for name, octets in paper.attached.items() if name.endswith(credential.SUFFIX)]
    if len(tokens) != 1:
        done.found("paper_without_credential", file=path)
        return ""
    return tokens[0].decode("ascii", "replace").strip()


def _credential(token: str, body: Party, day: date, done: Checked) -> None:
    try:
        done.certificate = credential.opened(token, body)
    except TokenTrouble as trouble:
        done.found(trouble.code, file="credential")
        return
    done.status = status.on(done.certificate, (), day).value
    if done.status != Status.VALID:
        done.found(done.status, number=done.certificate.number, first=done.certificate.decided, last=done.certificate.valid_until)


def _in_register(token: str, folder: Path, body: Party, day: date, done: Checked) -> None:
    said = _list(folder, body, day, done)
    certificate = done.certificate
    if said is None or certificate is None:
        return
    entry = next((entry for entry in said["entries"] if entry.get("number") == certificate.number), None)
    if entry is None:
        done.found("not_in_register", number=certificate.number)
        return
    if entry["credential"] != token:
        done.found("register_other", number=certificate.number)
        return
    before = done.status
    done.status = _entry(entry, folder, body, str(said["made"]), done, day=day)
    if done.status not in ("", before, Status.VALID):
        done.found(done.status, number=certificate.number, first=certificate.decided, last=certificate.valid_until)


def _list(folder: Path, body: Party, day: date, done: Checked) -> Mapping[str, Any] | None:
    try:
        document, token = (folder / register.LIST).read_bytes(), (folder / register.TOKEN).read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        done.found("register_missing", file=folder)
        return None
    try:
        said = register.opened(document, token, body)
    except TokenTrouble as trouble:
        done.found(trouble.code, file=register.LIST)
        return None
    done.register_of = str(said["made"])
    if not date.fromisoformat(said["made"]) <= day <= date.fromisoformat(said["next"]):
        done.found("register_stale", made=said["made"], next=said["next"])
    return said


def _entry(entry: Mapping[str, Any], folder: Path, body: Party, made: str, done: Checked, *, day: date | None = None) -> str:
    """One entry: its chain holds, and leads to the status that is stated; the status on ``day`` (that of the list where none is given)."""
    number = str(entry.get("number"))
    try:
        certificate, changes = register.held([entry["credential"], *entry["changes"]], body)
        stated = certificate.number == number and certificate.model_dump(mode="json") == entry["certificate"]
    except (TokenTrouble, KeyError, TypeError) as trouble:
        done.found(trouble.code if isinstance(trouble, TokenTrouble) else "form", file=number)
        return ""
    if not stated or status.on(certificate, changes, date.fromisoformat(made)) != entry.get("status"):
        done.found("register_entry", number=number)
    _files(entry.get("papers", {}), folder, done)
    return status.on(certificate, changes, day or date.fromisoformat(made)).value
