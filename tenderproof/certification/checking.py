"""Is a certificate true? Credential, paper or whole register, verified offline with the body's public key.

Findings are codes of the wording catalogue ``certification``. A certificate that is suspended, withdrawn, cancelled, expired or overdue is
told as a finding: nobody shall take it for valid because its signature holds.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tenderproof.certification import credential, register, status
from tenderproof.certification.certificate import Certificate, Renewed
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
    surveillance_by: date | None = None
    version: str = ""


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
    if said is None:
        return done
    for number, many in Counter(str(entry.get("number")) for entry in said["entries"]).items():
        if many > 1:
            done.found("register_twice", number=number)
    for entry in said["entries"]:
        done.entries += 1
        _entry(entry, said, folder, body, done)
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
        _trouble(trouble, "credential", done)
        return
    done.status = status.in_time(done.certificate, day).value
    done.surveillance_by = done.certificate.surveillance_by
    if done.status != Status.VALID:
        _not_valid(done.certificate, done)


def _not_valid(certificate: Certificate, done: Checked) -> None:
    due = done.surveillance_by or certificate.surveillance_by
    done.found(done.status, number=certificate.number, first=certificate.decided, last=certificate.valid_until, due=due)


def _trouble(trouble: TokenTrouble, file: object, done: Checked) -> None:
    done.found(trouble.code, **{"file": file, "number": file} | trouble.values)


def _in_register(token: str, folder: Path, body: Party, day: date, done: Checked) -> None:
    said = _list(folder, body, day, done)
    certificate = done.certificate
    if said is None or certificate is None:
        return
    entries = [entry for entry in said["entries"] if entry.get("number") == certificate.number]
    if len(entries) != 1:
        done.found("register_twice" if entries else "not_in_register", number=certificate.number)
        return
    (entry,) = entries
    if entry["credential"] != token:
        done.found("register_other", number=certificate.number)
        return
    before = done.status
    done.status = _entry(entry, said, folder, body, done, day=day)
    if done.status not in ("", before, Status.VALID):
        _not_valid(certificate, done)


def _list(folder: Path, body: Party, day: date, done: Checked) -> Mapping[str, Any] | None:
    try:
        document, token = (folder / register.LIST).read_bytes(), (folder / register.TOKEN).read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        done.found("register_missing", file=folder)
        return None
    try:
        said = register.opened(document, token, body)
    except TokenTrouble as trouble:
        _trouble(trouble, register.LIST, done)
        return None
    done.register_of = str(said["made"])
    if not date.fromisoformat(said["made"]) <= day <= date.fromisoformat(said["next"]):
        done.found("register_stale", made=said["made"], next=said["next"])
    return said


def _entry(entry: Mapping[str, Any], said: Mapping[str, Any], folder: Path, body: Party, done: Checked, *, day: date | None = None) -> str:
    """One entry: its chain holds, and leads to the status that is stated; the status on ``day`` (that of the list where none is given)."""
    number, on = str(entry.get("number")), date.fromisoformat(said["made"])
    try:
        certificate, changes = register.held([entry["credential"], *entry["changes"]], body)
    except (TokenTrouble, KeyError, TypeError) as trouble:
        _trouble(trouble if isinstance(trouble, TokenTrouble) else TokenTrouble("form"), number, done)
        return ""
    held = register.Entry(certificate, (entry["credential"],), tuple(changes), ())
    if any(name not in entry or entry[name] != value for name, value in register.said(held, on).items()):
        done.found("register_entry", number=number)
    former = certificate.renews
    if former and not _is_there(former, said):
        done.found("renews_other", number=number, former=former.number)
    _files(entry.get("papers", {}), folder, done)
    done.surveillance_by, done.version = held.due(day or on), held.version(day or on)
    return held.status(day or on).value


def _is_there(former: Renewed, said: Mapping[str, Any]) -> bool:
    """What a certificate says that it renews is in the register, and is that very one."""
    named = [str(entry.get("credential")) for entry in said["entries"] if entry.get("number") == former.number]
    return bool(named) and register.is_that(former, {former.number: named[0]})
