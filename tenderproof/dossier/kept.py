"""The papers that a run was judged with, kept in its folder: the signed envelopes, the keys that opened them, what was seen of attachments.

With them alone every paper is opened and examined again. The attached files stay with who handed them in; their digests are signed.
"""

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from tenderproof import content
from tenderproof.candidate import PAPER_SUFFIX
from tenderproof.dossier import attachments, envelope, examination, forms, people
from tenderproof.dossier.attachments import Noted
from tenderproof.dossier.desk import Desk
from tenderproof.dossier.envelope import PaperFault
from tenderproof.dossier.examination import Taken
from tenderproof.dossier.people import Person
from tenderproof.result import Because, Paper
from tenderproof.spec.calendar import load_calendar
from tenderproof.spec.clauses import Clause
from tenderproof.spec.plan import Plan
from tenderproof.vocabulary import WrongInput

FOLDER, SIGNERS, ATTACHMENTS = "papers", "signers.json", "attachments.json"
_OF_FILES = (attachments.TRACE, attachments.SEAL)


class KeptError(WrongInput):
    """The papers of a run are not as the audit kept them; the message says which file, and why."""


class _Attachments(BaseModel):
    model_config = ConfigDict(extra="forbid")

    digests: dict[str, str]
    faults: dict[str, Because]


@dataclass(frozen=True)
class _Applicant:
    """What a run's published declaration says of who handed papers in."""

    file: Path
    name: str
    operator: Mapping[str, str]
    exemptions: Sequence[Mapping[str, str]]
    papers: Sequence[Path]
    raw: Mapping[str, Any]


def keep(desk: Desk, taken: Taken, folder: Path) -> None:
    """Write ``papers`` into a run's folder; nothing where nothing was handed in."""
    place = folder / FOLDER
    shutil.rmtree(place, ignore_errors=True)
    if not taken.papers:
        return
    place.mkdir(parents=True)
    noted = _Attachments(digests={}, faults=dict(_faults(taken.papers)))
    for path in desk.candidate.papers:
        try:
            (place / path.name).write_bytes(path.read_bytes())
        except OSError:
            continue  # a paper that cannot be read counts as absent, and the result says so
        noted.digests.update({name: digest for name in _attached(path) if (digest := desk.attachments.digest(path, name))})
    (place / SIGNERS).write_text(json.dumps([people.told(person) for person in desk.known], ensure_ascii=False, indent=1) + "\n", "utf-8")
    (place / ATTACHMENTS).write_text(noted.model_dump_json(indent=1) + "\n", "utf-8")


def reopened(folder: Path, declared: Mapping[str, Any], plan: Plan, clauses: Mapping[str, Clause], version: str, today: date) -> Taken:
    """What counts of a run's papers, opened and examined again.

    ``declared`` is the run's published declaration, ``today`` the day in China on which it began. KeptError, PeopleError if not.
    """
    head, place = declared["candidate"], folder / FOLDER
    papers = tuple(sorted(place.glob(f"*{PAPER_SUFFIX}")))
    _require_nothing_else(place)
    applicant = _Applicant(
        folder / "candidate.toml", head["name"], head["operator"], declared.get("exemptions", []), papers, declared
    )  # fmt: skip
    known = _known(place / SIGNERS, declared) if papers else ()
    noted = _noted(place / ATTACHMENTS) if papers else Noted({}, {})
    calendar = load_calendar(content.specs_dir() / "calendar")
    return examination.examine(Desk(applicant, plan, clauses, calendar, known, version, today, noted))


def _faults(papers: Sequence[Paper]) -> Iterator[tuple[str, Because]]:
    for paper in papers:
        if paper.fault and paper.fault.code.startswith(_OF_FILES):
            yield PurePath(paper.file).name, paper.fault


def _attached(path: Path) -> list[str]:
    """The files that a paper names; none where it is no paper."""
    try:
        payload = envelope.payload_of(envelope.read(path)[0])
        forms.require_form(payload)
    except PaperFault:
        return []
    return list(payload["files"])


def _require_nothing_else(place: Path) -> None:
    """Whatever lies with the papers and is none would be sealed and never looked at."""
    for path in sorted(place.rglob("*")):
        known = path.parent == place and (path.name in (SIGNERS, ATTACHMENTS) or path.name.endswith(PAPER_SUFFIX))
        if not known or path.is_symlink() or not path.is_file():
            raise KeptError(f"{path} is no paper of the run; remove it.")


def _known(file: Path, declared: Mapping[str, Any]) -> tuple[Person, ...]:
    """Whose keys they were; own people are those whom the declaration names, in its order."""
    try:
        entries = json.loads(file.read_text("utf-8"))
        found = tuple(people.retold(entry, file) for entry in entries)
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise KeptError(f"{file} does not say whose keys the papers were signed with; audit again.") from error
    own = tuple(person for person in found if person.named_by == "declaration")
    uscc = declared["candidate"]["operator"]["uscc"]
    named = [(entry["name"], entry["title"], uscc) for entry in declared.get("papers", {}).get("signers", [])]
    if [(person.name, person.title, person.organisation_uscc) for person in own] != named:
        raise KeptError(f"{file} names other people of the operator than the declaration; it was changed after the audit.")
    return people.together(own, tuple(person for person in found if person.named_by == "auditor"))


def _noted(file: Path) -> Noted:
    try:
        found = _Attachments.model_validate_json(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise KeptError(f"{file} does not say what was seen of the files that papers were signed with; audit again.") from error
    strange = next((name for name, because in found.faults.items() if not because.code.startswith(_OF_FILES)), None)
    if strange:
        raise KeptError(f"{file} notes a fault of {strange} that is none of an attached file; it was changed after the audit.")
    return Noted(found.digests, found.faults)
