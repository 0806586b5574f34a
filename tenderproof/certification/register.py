"""The register: all certificates of a body with their status, as files that anyone can verify with the body's public key alone.

The body keeps a folder: ``NUMBER.jwt``, its changes ``NUMBER.status-1.jwt`` …, and the papers ``NUMBER.pdf``, ``NUMBER.en.pdf``. From it a
list is made that says by itself how long it may be believed, and is signed as a whole, so that no entry and no change can be left out.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tenderproof.certification import credential, jose, status, succession, tenure
from tenderproof.certification.certificate import NUMBER, Certificate, Renewed
from tenderproof.certification.change import Change
from tenderproof.certification.jose import Pen, TokenTrouble
from tenderproof.certification.status import Status
from tenderproof.seal.signature import Party
from tenderproof.vocabulary import WrongInput

FORM, TYPE = "tenderproof-register/1", "certificate-register+jwt"
LIST, TOKEN, KEY = "register.json", "register.jwt", "body.pem"
_CHANGE = ".status-{}"


class RegisterError(WrongInput):
    """A register cannot be made or read; the message is a sentence for the user."""


@dataclass(frozen=True)
class Entry:
    """A certificate, its chain of tokens (the credential first) and what became of it; ``papers`` are its PDFs."""

    certificate: Certificate
    chain: tuple[str, ...]
    changes: tuple[Change, ...]
    papers: tuple[Path, ...]

    def status(self, day: date) -> Status:
        """The status on a day."""
        return status.on(self.certificate, self.changes, day)

    def ground(self, day: date) -> str:
        """Why it is so: the ground of the last change, ``time`` where its time is over, empty for what was never changed."""
        now = self.status(day)
        if now in (Status.EXPIRED, Status.NOT_YET):
            return "time"
        if now is Status.OVERDUE:
            return "surveillance_due"
        before = [change for change in self.changes if change.day <= day]
        return before[-1].ground if before else ""

    def due(self, day: date) -> date:
        """By when the next yearly check must have been passed."""
        return status.due(self.certificate, self.changes, day)

    def version(self, day: date) -> str:
        """Version and build that count as the certified ones."""
        return " · ".join(part for part in succession.version(self.certificate, self.changes, day) if part)


def chain(folder: Path, number: str) -> list[str]:
    """The credential of a number and its changes in their order; RegisterError if there is none."""
    if not re.fullmatch(NUMBER, number) or not (folder / f"{number}{credential.SUFFIX}").is_file():
        raise RegisterError(f"There is no certificate {number} in {folder}.")
    found, at = [credential.text(folder / f"{number}{credential.SUFFIX}")], 1
    while (path := change_file(folder, number, at)).is_file():
        found.append(credential.text(path))
        at += 1
    beyond = sorted(folder.glob(f"{number}{_CHANGE.format('*')}{credential.SUFFIX}"))
    if len(beyond) != at - 1:
        raise RegisterError(f"{change_file(folder, number, at)} is missing, and later changes of {number} are there; put it back.")
    return found


def change_file(folder: Path, number: str, at: int) -> Path:
    """Where the change of that ordinal (from 1) lies."""
    return folder / f"{number}{_CHANGE.format(at)}{credential.SUFFIX}"


def entries(folder: Path, body: Party) -> list[Entry]:
    """All certificates of the folder by number; RegisterError names the file of one that does not hold."""
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        raise RegisterError(f"The folder {folder} cannot be read: {error.strerror}.") from error
    numbers = [name.removesuffix(credential.SUFFIX) for name in names if re.fullmatch(NUMBER[:-1] + r"\.jwt$", name)]
    found = [_entry(folder, number, body) for number in numbers]
    credentials = {entry.certificate.number: entry.chain[0] for entry in found}
    for entry in found:
        former = entry.certificate.renews
        if former and not is_that(former, credentials):
            raise RegisterError(
                f"{entry.certificate.number} renews {former.number}, which is not there or is another; put its credential into {folder}."
            )
    return found


def is_that(former: Renewed, credentials: Mapping[str, str]) -> bool:
    """Whether a certificate that is said to be renewed is among these credentials, by its number."""
    return former.number in credentials and status.digest(credentials[former.number]) == former.sha256


def _entry(folder: Path, number: str, body: Party) -> Entry:
    tokens = chain(folder, number)
    try:
        certificate, changes = held(tokens, body)
        if certificate.number != number:
            raise TokenTrouble("number")  # noqa: TRY301 - told where the others are
    except TokenTrouble as trouble:
        file = f"{number}{credential.SUFFIX}"
        why = status.sentence(trouble.code, {"file": file, "number": number} | dict(trouble.values))
        raise RegisterError(f"{folder / file} or a change of it does not hold: {why}") from None
    papers = tuple(path for name in (".pdf", ".en.pdf") if (path := folder / f"{number}{name}").is_file())
    return Entry(certificate, tuple(tokens), tuple(changes), papers)


def held(tokens: Sequence[str], body: Party) -> tuple[Certificate, list[Change]]:
    """What a chain says, if all of it holds; TokenTrouble names what does not."""
    if not tokens:
        raise TokenTrouble("form")
    certificate = credential.opened(tokens[0], body)
    return certificate, status.history(certificate, tokens, body)


def listed(found: Sequence[Entry], body: Party, made: date, days: int, files: Mapping[str, bytes]) -> bytes:
    """The list as JSON: every certificate with its status on that day, its tokens and the digests of its papers.

    ``files`` are the pages and whatever else stands beside the list: their digests are in it, so that no page can say otherwise.
    """
    document = {
        "form": FORM,
        "body": body.keyid,
        "made": made.isoformat(),
        "next": (made + timedelta(days=days)).isoformat(),
        "entries": [_listed(entry, made) for entry in found],
        "files": {name: hashlib.sha256(octets).hexdigest() for name, octets in files.items()},
    }
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def signed(document: bytes, pen: Pen) -> str:
    """The body's word for a list as a whole; RegisterError if its own certificate was not in its time on the day of the list."""
    whole = json.loads(document)
    try:
        tenure.require(pen.party, _day(whole["made"]))
    except TokenTrouble as trouble:
        raise RegisterError(
            f"The body's own certificate (--cert) was not valid on {whole['made']} ({trouble.values['times']}); nothing is signed with it."
        ) from trouble
    claims = {name: whole[name] for name in ("form", "body", "made", "next")} | {"sha256": hashlib.sha256(document).hexdigest()}
    return jose.sign(claims, TYPE, pen)


def opened(document: bytes, token: str, body: Party) -> Mapping[str, Any]:
    """The list, if the body has signed it; TokenTrouble names what does not hold."""
    claims = jose.opened(token, TYPE, body)
    tenure.require(body, _day(claims.get("made")))
    if claims.get("sha256") != hashlib.sha256(document).hexdigest():
        raise TokenTrouble("register_changed")
    try:
        said = json.loads(document)
        whole = said["form"] == FORM and isinstance(said["files"], dict)
        same = whole and all(said[name] == claims[name] for name in ("form", "body", "made", "next"))
    except (ValueError, KeyError, TypeError) as error:
        raise TokenTrouble("form") from error
    if not same:
        raise TokenTrouble("form")
    found: Mapping[str, Any] = said
    return found


def _day(said: object) -> date:
    try:
        return date.fromisoformat(str(said))
    except ValueError as error:
        raise TokenTrouble("form") from error


def said(entry: Entry, day: date) -> dict[str, Any]:
    """What the list says of an entry and its tokens bear out."""
    return {
        "number": entry.certificate.number,
        "status": entry.status(day).value,
        "ground": entry.ground(day),
        "surveillance_by": entry.due(day).isoformat(),
        "version": entry.version(day),
        "certificate": entry.certificate.told(),
    }


def _listed(entry: Entry, day: date) -> dict[str, Any]:
    return said(entry, day) | {
        "credential": entry.chain[0],
        "changes": list(entry.chain[1:]),
        "papers": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in entry.papers},
    }
