"""Which papers count: each is opened, held against key, platform, clause, day and kind, and taken for what it says or for nothing.

A paper with a fault counts as absent, and the fault says why. Nothing here trusts a paper that another one of the candidate's names.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from tenderproof.candidate import PAPER_SUFFIX
from tenderproof.dossier import envelope, forms, kinds, requirements, rules
from tenderproof.dossier.desk import Desk
from tenderproof.dossier.envelope import PaperFault
from tenderproof.dossier.requirements import Read
from tenderproof.result import Because, Paper, PaperSigner
from tenderproof.verdict import Exemption, Statement, Waiver


@dataclass(frozen=True)
class Taken:
    """What counts, by clause or by kind of document; and every paper, with its fault if it counts as absent."""

    statements: Mapping[str, Statement]
    exemptions: Mapping[str, Exemption]
    waivers: Mapping[str, Waiver]
    documents: Mapping[str, Mapping[str, Any]]
    papers: tuple[Paper, ...]


NOTHING = Taken({}, {}, {}, {}, ())


def examine(desk: Desk) -> Taken:
    """Look at every paper of the candidate."""
    if not desk.candidate.papers and not desk.candidate.exemptions:
        return NOTHING
    return _examine(desk.candidate.papers, desk)


def _examine(papers: Sequence[Path], desk: Desk) -> Taken:
    looked_at = _without_doubles([_examined(_read(path, desk), desk) for path in papers])
    examined, documents = _by_rules(looked_at, desk)
    counting = [read for read in examined if read.fault is None]
    return Taken(
        statements=_statements(counting, desk),
        exemptions={
            r.payload["clause"]: Exemption(r.payload["ground"], r.payload["explanation"]) for r in counting if r.kind == "exemption"
        },
        waivers={r.payload["clause"]: _waiver(r) for r in counting if r.kind == "waiver"},
        documents=documents,
        papers=(*(_paper(read, desk) for read in examined), *_unsigned(counting, desk)),
    )


def fault_of(path: Path, desk: Desk) -> Because | None:
    """Why the paper in this file counts as absent, beside all others in the candidate's folder as it is now; None if it counts."""
    folder = tuple(sorted({*desk.candidate.papers, *path.parent.glob(f"*{PAPER_SUFFIX}"), path}))
    taken = _examine(folder, desk)
    return next(paper.fault for paper in taken.papers if paper.file == _shown(path, desk))


def _shown(path: Path, desk: Desk) -> str:
    base = desk.candidate.file.parent
    return str(path.relative_to(base) if path.is_relative_to(base) else path)


def _read(path: Path, desk: Desk) -> Read:
    kind, payload, sha256 = "", {}, ""
    try:
        raw, sha256 = envelope.read(path)
        payload = envelope.payload_of(raw)
        forms.require_form(payload)
        kind = forms.kind_of(payload)
        opened = envelope.opened(raw, desk.known)
    except PaperFault as fault:
        return Read(path, sha256, kind, payload if kind else {}, (), fault)
    return Read(path, sha256, kind, opened.payload, opened.signers, None)


def _without_doubles(looked_at: Sequence[Read]) -> list[Read]:
    """Two papers that both hold today and speak of one thing: neither counts, since nobody can say which is meant."""
    seen: dict[tuple[str, str], int] = {}
    for read in looked_at:
        if read.fault is None:
            seen[_about(read)] = seen.get(_about(read), 0) + 1
    return [replace(read, fault=PaperFault("twice")) if read.fault is None and seen[_about(read)] > 1 else read for read in looked_at]


def _about(read: Read) -> tuple[str, str]:
    return read.kind, str(read.payload.get("clause", ""))


def _by_rules(looked_at: Sequence[Read], desk: Desk) -> tuple[list[Read], dict[str, Mapping[str, Any]]]:
    """Hold the documents against the rules of their kinds, each after those that it builds on; the facts of those that count, by kind."""
    order = {kind: number for number, kind in enumerate(desk.kinds)}
    documents: dict[str, Mapping[str, Any]] = {}
    examined = []
    for read in sorted(looked_at, key=lambda r: (order.get(r.kind, -1), str(r.path))):
        done = read
        if read.fault is None and "facts" in read.payload:
            facts = {**read.payload["facts"], "date": read.payload["date"]}
            done = _held(read, desk, facts, documents)
            if done.fault is None:
                documents[read.kind] = facts
        examined.append(done)
    return examined, documents


def _held(read: Read, desk: Desk, facts: Mapping[str, Any], documents: Mapping[str, Mapping[str, Any]]) -> Read:
    def traced(cases: Sequence[str], begin: date, end: date) -> None:
        desk.attachments.require_traced(read.path, cases, list(read.payload["files"]), begin, end)

    def sealed(issuer: str) -> None:
        signed = date.fromisoformat(read.payload["date"])
        desk.attachments.require_sealed(read.path, issuer, list(read.payload["files"]), signed, desk.known)

    known = rules.Known(desk.plan, desk.calendar, desk.version, documents, traced, sealed)
    try:
        for rule in desk.kinds[read.kind].rules:
            rules.require(rule, facts, known)
    except PaperFault as fault:
        return replace(read, fault=fault)
    return read


def _examined(read: Read, desk: Desk) -> Read:
    if read.fault is not None:
        return read
    try:
        requirements.require(read, desk)
    except PaperFault as fault:
        return replace(read, fault=fault)
    return read


def _statements(counting: Sequence[Read], desk: Desk) -> dict[str, Statement]:
    """By clause; a clause that only documents attest needs one of each of these kinds."""
    found: dict[str, Statement] = {}
    by_kind: dict[str, set[str]] = {}
    for read in counting:
        if read.kind == "attestation":
            found.setdefault(read.payload["clause"], _statement(read, read.payload["statement"]))
        for clause, stated in read.payload.get("statements", {}).items():
            by_kind.setdefault(clause, set()).add(read.kind)
            found[clause] = _statement(read, stated["statement"])
    return {clause: statement for clause, statement in found.items() if set(kinds.alone(desk.kinds, clause)) <= by_kind.get(clause, set())}


def _statement(read: Read, words: str) -> Statement:
    signer = read.signers[0]
    return Statement(
        signer.name, read.payload["date"], words, signer.title, signer.organisation_uscc, read.payload["expires"], signer.key_sha256,
        dict(read.payload["files"]),
    )  # fmt: skip


def _waiver(read: Read) -> Waiver:
    keys = {person.name: person.key_sha256 for person in read.signers}
    author, approver = read.payload["signed_by"]["name"], read.payload["approved_by"]["name"]
    return Waiver(
        f"{read.payload['plan']} {read.payload['version']}", read.payload["reason"], author, approver, read.payload["date"],
        read.payload["expires"], keys[author], keys[approver],
    )  # fmt: skip


def _paper(read: Read, desk: Desk) -> Paper:
    stated = read.payload.get("statements")
    clauses = list(stated) if stated else [read.payload["clause"]] if "clause" in read.payload else []
    return Paper(
        kind=read.kind, file=_shown(read.path, desk), sha256=read.sha256,
        clauses=clauses, date=str(read.payload.get("date", "")), expires=str(read.payload.get("expires", "")),
        signers=[
            PaperSigner(name=p.name, role=p.title, organisation=p.organisation_uscc, key_sha256=p.key_sha256, named_by=p.named_by)
            for p in read.signers
        ],
        fault=Because(code=read.fault.code, values=read.fault.values) if read.fault else None,
    )  # fmt: skip


def _unsigned(counting: Sequence[Read], desk: Desk) -> list[Paper]:
    """Exemptions that the declaration asks for and no signed paper makes: the operator answers for each by signing (CERT-STAR-3)."""
    made = {(r.payload["clause"], r.payload["ground"], r.payload["explanation"]) for r in counting if r.kind == "exemption"}
    return [
        Paper(
            kind="exemption", file=desk.candidate.file.name, sha256="", clauses=[entry["item"]], signers=[], date="", expires="",
            fault=Because(code="unsigned", values={}),
        )
        for entry in desk.candidate.exemptions
        if (entry["item"], entry["ground"], entry["explanation"]) not in made
    ]  # fmt: skip
