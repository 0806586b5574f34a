"""The desk for a command that looks at papers or signs them, and its words."""

from datetime import date, datetime
from pathlib import Path

from tenderproof import audit, candidate, content, wording
from tenderproof.cli.ending import WrongUse
from tenderproof.dossier import people
from tenderproof.dossier.desk import Desk
from tenderproof.result import Because
from tenderproof.spec.calendar import CHINA
from tenderproof.spec.clauses import load_clauses
from tenderproof.spec.plan import load_plan


def desk(declaration: Path, plan: str, known_signers: Path | None, version: str = "") -> Desk:
    """The desk of today for a declaration and a plan; WrongUse if they are not of one kind of platform."""
    specs = content.specs_dir()
    declared, chosen = candidate.load(declaration), load_plan(plan, specs)
    if chosen.kind != declared.kind:
        raise WrongUse(f"The plan {chosen.id} is for platforms of kind {chosen.kind}, and the declaration says {declared.kind}.")
    bodies = people.independent(known_signers) if known_signers else ()
    return audit.desk(declared, chosen, load_clauses(specs), bodies, version, datetime.now(CHINA))


def because(fault: Because, language: wording.Language) -> str:
    """Why a paper counts as absent, as a sentence."""
    return wording.sentence("papers", "fault", fault.code, fault.values, language)


def say(code: str, **values: str) -> str:
    """A sentence of these commands in the language of the terminal."""
    return wording.sentence("papers", "say", code, values, wording.spoken())


def day(text: str | None, option: str) -> date | None:
    """A day of the command line; WrongUse if it is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise WrongUse(f"{option} {text} is no day; write it as 2027-05-20.") from None
