"""``tenderproof waive``: one person asks for a deviation, another approves it; the verdict stays what it is."""

import json
from dataclasses import dataclass
from pathlib import Path

from tenderproof import wording
from tenderproof.cli import papers
from tenderproof.cli.ending import WrongUse
from tenderproof.cli.papers import say
from tenderproof.dossier import drafting
from tenderproof.dossier.desk import Desk
from tenderproof.dossier.drafting import WouldNotCount
from tenderproof.dossier.envelope import PaperFault
from tenderproof.dossier.people import Person
from tenderproof.result import Because


@dataclass(frozen=True)
class Wanted:
    """What the command line asked for: a new waiver of ``clause``, or the approval of the one in ``approve``."""

    candidate: Path
    plan: str
    key: Path
    clause: str
    reason: str
    approver: str
    expires: str | None
    approve: Path | None
    known_signers: Path | None
    as_json: bool


def run(wanted: Wanted) -> None:
    """Write the waiver with its author's signature, or add the approver's; print the file and whether it counts now."""
    desk = papers.desk(wanted.candidate, wanted.plan, wanted.known_signers)
    try:
        path = _approved(desk, wanted) if wanted.approve else _asked_for(desk, wanted)
    except WouldNotCount as refused:
        raise WrongUse(f"{papers.because(refused.because, wording.spoken())} {say('not_written')}") from None
    except PaperFault as fault:
        because = Because(code=fault.code, values=fault.values)
        raise WrongUse(f"{wanted.approve}: {papers.because(because, wording.spoken())}") from None
    if wanted.as_json:
        print(json.dumps({"written": str(path), "approved": wanted.approve is not None}, ensure_ascii=False))
        return
    print(say("approved" if wanted.approve else "waits_for_approval", file=str(path), approver=wanted.approver))


def _approved(desk: Desk, wanted: Wanted) -> Path:
    assert wanted.approve is not None  # noqa: S101 - the caller has asked
    if wanted.clause or wanted.reason or wanted.approver:
        raise WrongUse("--approve FILE stands alone: what is approved stands in the file.")
    drafting.approve(desk, wanted.approve, drafting.hand(wanted.key, desk.known))
    return wanted.approve


def _asked_for(desk: Desk, wanted: Wanted) -> Path:
    lacking = [name for name in ("clause", "reason", "approver") if not getattr(wanted, name).strip()]
    if lacking:
        raise WrongUse(f"A waiver needs --{lacking[0]}; or approve one with --approve FILE.")
    by = drafting.hand(wanted.key, desk.known)
    expires = papers.day(wanted.expires, "--expires")
    payload = drafting.waiver(desk, by.person, _person(desk, wanted.approver), wanted.clause, wanted.reason.strip(), expires)
    return drafting.lay(desk, payload, by)


def _person(desk: Desk, name: str) -> Person:
    found = next((person for person in desk.known if person.name == name), None)
    if found is None:
        known = ", ".join(person.name for person in desk.known) or "nobody"
        raise WrongUse(f"{name} is not known; known are {known}. Name the approver under [[papers.signers]] in the declaration.")
    return found
