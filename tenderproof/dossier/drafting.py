"""New papers: what they say, signed and laid into the candidate's folder; one that would not count is never left there."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tenderproof.candidate import PAPER_SUFFIX, papers_folder
from tenderproof.dossier import envelope, examination, kinds
from tenderproof.dossier.desk import Desk
from tenderproof.dossier.months import add_months
from tenderproof.dossier.people import Person, key_id
from tenderproof.result import Because
from tenderproof.testing.keys import KeySigner, load_key
from tenderproof.vocabulary import WrongInput

_USUAL_MONTHS = 6
_KEPT = "kept"


class DraftError(WrongInput):
    """A paper cannot be made as it was asked for; the message says why and what to do."""


class WouldNotCount(Exception):  # noqa: N818 - not an error of the program
    """The paper would count as absent; ``because`` says why."""

    def __init__(self, because: Because) -> None:
        super().__init__(because.code)
        self.because = because


@dataclass(frozen=True)
class Hand:
    """Who signs, and with what."""

    person: Person
    signer: KeySigner


def hand(key: Path, known: Sequence[Person]) -> Hand:
    """Whose key this file (private, PEM) holds; `DraftError` if it is unreadable, or nobody's whom we know."""
    try:
        private = load_key(key.read_bytes())
    except (OSError, ValueError) as error:
        raise DraftError(f"The key {key} cannot be used: {error}. Give an unencrypted private key in PEM.") from error
    person = next((person for person in known if person.key_sha256 == key_id(private.public_key())), None)
    if person is None:
        raise DraftError(
            f"The key {key} is nobody's whom we know: name its public key under [[papers.signers]] in the declaration, "
            f"or in the file of --known-signers for an independent body."
        )
    return Hand(person, KeySigner(private))


def open_statements(desk: Desk, taken: examination.Taken) -> list[str]:
    """The clauses of the plan that a person of the operator's can attest and nobody has, in the plan's order."""
    return [
        clause.id
        for clause in desk.plan.select(desk.clauses.values())
        if desk.plan.may_be_attested(clause)
        and clause.basis != "public_service_proof"
        and clause.id not in taken.statements
        and not kinds.alone(desk.kinds, clause.id)
    ]


def attestation(desk: Desk, person: Person, clause: str, statement: str, files: Sequence[str], expires: date | None) -> dict[str, Any]:
    """What an attestation says."""
    return _head("attestation", desk, person, files, expires) | _of_clause(desk, clause) | {"declares": _KEPT, "statement": statement}


def exemption(desk: Desk, person: Person, item: str, expires: date | None) -> dict[str, Any]:
    """What the exemption says that the declaration asks for; `DraftError` if it asks for none of this item."""
    declared = next((entry for entry in desk.candidate.exemptions if entry["item"] == item), None)
    if declared is None:
        raise DraftError(f"{desk.candidate.file} asks for no exemption of {item}; add it under [[exemptions]] with ground and explanation.")
    said = {"ground": declared["ground"], "explanation": declared["explanation"]}
    return _head("exemption", desk, person, (), expires) | _of_clause(desk, item) | said


def waiver(desk: Desk, author: Person, approver: Person, clause: str, reason: str, expires: date | None) -> dict[str, Any]:
    """What a waiver says, for the version under test."""
    if not desk.version:
        raise DraftError(f"A waiver holds for one version; state candidate.version in {desk.candidate.file}.")
    scope = {"plan": desk.plan.id, "version": desk.version, "approved_by": _named(approver)}
    return _head("waiver", desk, author, (), expires) | _of_clause(desk, clause) | scope | {"reason": reason}


def document(desk: Desk, person: Person, entry: Mapping[str, Any], expires: date | None) -> dict[str, Any]:
    """What a document says: ``kind``, ``facts``, ``statements`` (clause → words) and ``files`` of the entry."""
    statements = {
        clause: {"words_sha256": _of_clause(desk, clause)["words_sha256"], "declares": _KEPT, "statement": words}
        for clause, words in entry.get("statements", {}).items()
    }
    kind = desk.kinds.get(entry["kind"])
    if kind is None:
        raise DraftError(f"There is no kind of document {entry['kind']}; the kinds are {', '.join(sorted(desk.kinds))}.")
    said = {"kind": kind.id, "facts": dict(entry.get("facts", {})), "statements": statements}
    return _head("document", desk, person, entry.get("files", ()), expires) | said


def lay(desk: Desk, payload: Mapping[str, Any], by: Hand) -> Path:
    """Sign a paper and lay it down; `WouldNotCount` (and nothing is left behind) if it would count as absent.

    A waiver is laid down with its author's signature alone: it waits for its approval.
    """
    subject = payload.get("clause", payload.get("kind", ""))
    name = f"{payload['form'].removeprefix('tenderproof-').partition('/')[0]}-{subject}-{payload['date']}-{by.person.key_sha256[:8]}"
    path = papers_folder(desk.candidate.file, desk.candidate.raw) / f"{name}{PAPER_SUFFIX}"
    if path.exists():
        raise DraftError(f"{path} is there already; remove it before you sign another on the same day.")
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, envelope.sealed(payload, by.signer, by.person.key))
    because = examination.fault_of(path, desk)
    if because is not None and not (because.code == "not_approved" and "approved_by" in payload):
        path.unlink()
        raise WouldNotCount(because)
    return path


def approve(desk: Desk, path: Path, by: Hand) -> None:
    """Add the approver's signature; `WouldNotCount` (and the file is as it was) if the waiver would still not count."""
    raw, _ = envelope.read(path)
    before = path.read_bytes()
    _write(path, envelope.countersigned(raw, by.signer, by.person.key))
    because = examination.fault_of(path, desk)
    if because is not None:
        path.write_bytes(before)
        raise WouldNotCount(because)


def _write(path: Path, raw: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(raw, indent=1) + "\n", "utf-8")


def _head(form: str, desk: Desk, person: Person, files: Sequence[str], expires: date | None) -> dict[str, Any]:
    longest = desk.kinds[form].longest_months if form in desk.kinds else None
    usual = add_months(desk.today, min(longest or _USUAL_MONTHS, _USUAL_MONTHS))
    return {
        "form": f"tenderproof-{form}/1",
        "platform": {"name": desk.candidate.name, "operator_uscc": desk.candidate.operator["uscc"]},
        "signed_by": _named(person),
        "files": {name: _hash(desk, name) for name in files},
        "date": desk.today.isoformat(),
        "expires": (expires or usual).isoformat(),
    }


def _named(person: Person) -> dict[str, str]:
    return {"name": person.name, "title": person.title, "organisation_uscc": person.organisation_uscc}


def _of_clause(desk: Desk, clause_id: str) -> dict[str, str]:
    clause = desk.clauses.get(clause_id)
    if clause is None:
        raise DraftError(f"There is no clause {clause_id}; `tenderproof clauses --plan {desk.plan.id}` lists them.")
    return {"clause": clause.id, "words_sha256": clause.words_sha256}


def _hash(desk: Desk, name: str) -> str:
    path = papers_folder(desk.candidate.file, desk.candidate.raw) / name
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise DraftError(f"The file {path} cannot be read: {error.strerror}. Lay it into the folder of the papers.") from error
