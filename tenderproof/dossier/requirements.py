"""What a paper must keep to count, whatever its kind says besides: who signed it, for which platform, when, with which files, on what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tenderproof.dossier import forms, kinds
from tenderproof.dossier.desk import Desk
from tenderproof.dossier.envelope import PaperFault
from tenderproof.dossier.kinds import ANYBODY, Kind
from tenderproof.dossier.months import add_months
from tenderproof.dossier.people import OPERATOR, Person
from tenderproof.signatories import same_person
from tenderproof.spec.clauses import Clause

_SIGNATURES = {"waiver": 2}


@dataclass(frozen=True)
class Read:
    """A file that was looked at: what it says (empty if it cannot be opened), who signed, and why it is nothing so far."""

    path: Path
    sha256: str
    kind: str
    payload: Mapping[str, Any]
    signers: tuple[Person, ...]
    fault: PaperFault | None


def require(read: Read, desk: Desk) -> None:
    """`PaperFault` names the first thing that the paper does not keep."""
    kind = desk.kinds.get(read.kind)
    if kind is None or desk.plan.kind not in kind.platforms:
        raise PaperFault("no_such_kind", kind=read.kind)
    _require_signers(read, kind, desk)
    _require_platform(read.payload, desk)
    _require_days(read, kind, desk)
    _require_files(read, kind, desk)
    _require_matter(read, kind, desk)


def _require_signers(read: Read, kind: Kind, desk: Desk) -> None:
    named = [read.payload[key] for key in ("signed_by", "approved_by") if key in read.payload]
    if kind.id == "waiver":
        _require_two(named, read.signers)
    if len(read.signers) != _SIGNATURES.get(kind.id, 1):
        raise PaperFault("signatures", found=str(len(read.signers)), wanted=str(_SIGNATURES.get(kind.id, 1)))
    by_key = {(person.name, person.title, person.organisation_uscc): person for person in read.signers}
    for entry in named:
        if (entry["name"], entry["title"], entry["organisation_uscc"]) not in by_key:
            raise PaperFault("other_person", person=entry["name"], signer=", ".join(person.name for person in read.signers))
    for person in read.signers:
        _require_capacity(person, kind, desk)
        if not person.could_sign_on(date.fromisoformat(read.payload["date"])):
            raise PaperFault("certificate_not_valid", person=person.name, day=read.payload["date"])


def _require_two(named: Sequence[Mapping[str, str]], signers: Sequence[Person]) -> None:
    """Who approves a deviation is not who asks for it: neither by name nor by key."""
    if len({same_person(entry["name"]) for entry in named}) < len(named):
        raise PaperFault("author_approves", person=named[0]["name"])
    if len(signers) < len(named):
        raise PaperFault("not_approved", person=named[1]["name"])


def _require_capacity(person: Person, kind: Kind, desk: Desk) -> None:
    if kind.signer == ANYBODY:
        return
    if kind.independent and (person.capacity == OPERATOR or person.organisation_uscc == desk.candidate.operator["uscc"]):
        raise PaperFault("not_independent", person=person.name, wanted=kind.signer)
    if person.capacity != kind.signer:
        raise PaperFault("other_capacity", person=person.name, found=person.capacity, wanted=kind.signer)


def _require_platform(payload: Mapping[str, Any], desk: Desk) -> None:
    meant = (payload["platform"]["name"], payload["platform"]["operator_uscc"])
    if meant != (desk.candidate.name, desk.candidate.operator["uscc"]):
        raise PaperFault("other_platform", found=" ".join(meant), wanted=f"{desk.candidate.name} {desk.candidate.operator['uscc']}")


def _require_days(read: Read, kind: Kind, desk: Desk) -> None:
    signed, expires = date.fromisoformat(read.payload["date"]), date.fromisoformat(read.payload["expires"])
    if signed > desk.today:
        raise PaperFault("not_yet", day=signed.isoformat())
    if expires < signed:
        raise PaperFault("never_valid", day=signed.isoformat(), expires=expires.isoformat())
    if expires < desk.today:
        raise PaperFault("expired", expires=expires.isoformat())
    if kind.longest_months is not None and expires > add_months(signed, kind.longest_months):
        raise PaperFault("valid_too_long", expires=expires.isoformat(), months=str(kind.longest_months))


def _require_files(read: Read, kind: Kind, desk: Desk) -> None:
    if kind.files and not read.payload["files"]:
        raise PaperFault("no_files")
    for name, wanted in read.payload["files"].items():
        found = desk.attachments.digest(read.path, name)
        if not found:
            raise PaperFault("file_absent", file=name)
        if found != wanted:
            raise PaperFault("file_changed", file=name)


def _require_matter(read: Read, kind: Kind, desk: Desk) -> None:
    payload = read.payload
    if "clause" in payload:
        clause = _require_clause(payload["clause"], payload["words_sha256"], desk)
        if read.kind == "exemption" and not clause.exemptible:
            raise PaperFault("no_mark", clause=clause.id)
        if read.kind == "waiver":
            _require_scope(payload, desk)
        if read.kind == "attestation":
            _require_attestable(clause, desk)
        return
    _require_facts(payload, kind)
    for clause_id, stated in payload["statements"].items():
        if clause_id not in kind.attests:
            raise PaperFault("out_of_scope", clause=clause_id, kind=kind.id)
        _require_clause(clause_id, stated["words_sha256"], desk)
    lacking = [clause for clause in kind.attests if kind.whole and clause in desk.plan and clause not in payload["statements"]]
    if lacking:
        raise PaperFault("clauses_lacking", clauses=", ".join(lacking))


def _require_clause(clause_id: str, words_sha256: str, desk: Desk) -> Clause:
    clause = desk.clauses.get(clause_id)
    if clause is None:
        raise PaperFault("no_such_clause", clause=clause_id)
    if clause.words_sha256 != words_sha256:
        raise PaperFault("stale", clause=clause_id)
    return clause


def _require_scope(payload: Mapping[str, Any], desk: Desk) -> None:
    if payload["plan"] != desk.plan.id:
        raise PaperFault("other_plan", found=payload["plan"], wanted=desk.plan.id)
    if not desk.version:
        raise PaperFault("version_unknown", fact="version")
    if payload["version"] != desk.version:
        raise PaperFault("other_version", found=payload["version"], wanted=desk.version)


def _require_attestable(clause: Clause, desk: Desk) -> None:
    kinds_alone = kinds.alone(desk.kinds, clause.id)
    if kinds_alone:
        raise PaperFault("document_needed", clause=clause.id, kind=", ".join(kinds_alone))
    if clause.basis == "public_service_proof":
        raise PaperFault("proof_needed", clause=clause.id)


def _require_facts(payload: Mapping[str, Any], kind: Kind) -> None:
    stated = payload["facts"]
    needed = {name for name, fact in kind.facts.items() if not fact.optional}
    lacking, surplus = sorted(needed - stated.keys()), sorted(stated.keys() - kind.facts.keys())
    if lacking or surplus:
        raise PaperFault("facts", lacking=", ".join(lacking) or "-", surplus=", ".join(surplus) or "-")
    for name, fact in kind.facts.items():
        if name not in stated:
            continue
        if isinstance(stated[name], list) != (fact.type == "list"):
            raise PaperFault("malformed", what=name)
        if fact.type == "date":
            forms.require_day(name, stated[name])
