"""``tenderproof attest``: a person signs open statements, declared exemptions and documents, in the terminal or from a file."""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import typer

from tenderproof import content, wording
from tenderproof.cli import papers
from tenderproof.cli.ending import WrongUse
from tenderproof.cli.papers import say
from tenderproof.dossier import drafting, examination
from tenderproof.dossier.desk import Desk
from tenderproof.dossier.drafting import Hand, WouldNotCount


@dataclass(frozen=True)
class Wanted:
    """What the command line asked for; ``source`` is the file of statements, None asks in the terminal."""

    candidate: Path
    plan: str
    key: Path
    source: Path | None
    expires: str | None
    known_signers: Path | None
    as_json: bool


def run(wanted: Wanted) -> None:
    """Sign, and print each file that was written; a statement that would not count is refused with its reason."""
    desk = papers.desk(wanted.candidate, wanted.plan, wanted.known_signers)
    by = drafting.hand(wanted.key, desk.known)
    expires = papers.day(wanted.expires, "--expires")
    payloads = _from_file(wanted.source, desk, by, expires) if wanted.source else _asked(desk, by, expires)
    written: list[Path] = []
    for payload in payloads:
        written.append(_lay(desk, payload, by, written if wanted.source else ()))
    if wanted.as_json:
        left = drafting.open_statements(desk, examination.examine(papers.desk(wanted.candidate, wanted.plan, wanted.known_signers)))
        print(json.dumps({"signed_by": by.person.name, "written": [str(path) for path in written], "open": left}, ensure_ascii=False))
        return
    print("\n".join([*(say("written", file=str(path)) for path in written), say("signed", count=str(len(written)), person=by.person.name)]))


def _lay(desk: Desk, payload: Mapping[str, Any], by: Hand, with_it: Sequence[Path]) -> Path:
    """Sign one paper; if it would not count, it is not written, and those ``with_it`` are taken back."""
    try:
        return drafting.lay(desk, payload, by)
    except WouldNotCount as refused:
        for path in with_it:
            path.unlink()
        subject = payload.get("clause", payload.get("kind", ""))
        raise WrongUse(f"{subject}: {papers.because(refused.because, wording.spoken())} {say('not_written')}") from None


def _asked(desk: Desk, by: Hand, expires: date | None) -> Iterator[dict[str, Any]]:
    """One question after the other; an empty answer leaves the clause open, ``q`` ends."""
    language, taken = wording.spoken(), examination.examine(desk)
    for clause_id in drafting.open_statements(desk, taken):
        clause = desk.clauses[clause_id]
        words = [clause.words["zh"], *([clause.words["en"]] if language == "en" else [])]
        typer.echo("\n".join(["", f"{clause.id}  {clause.locator}", *words]), err=True)
        answer = typer.prompt(say("statement"), default="", show_default=False, err=True).strip()
        if answer == "q":
            return
        if answer:
            yield drafting.attestation(desk, by.person, clause_id, answer, (), expires)
    for entry in desk.candidate.exemptions:
        if entry["item"] not in taken.exemptions:
            words = wording.catalogue("report", language)["ground"][entry["ground"]]
            question = say("exempt", item=entry["item"], ground=words, explanation=entry["explanation"])
            if typer.confirm(question, default=False, err=True):
                yield drafting.exemption(desk, by.person, entry["item"], expires)


def _from_file(path: Path, desk: Desk, by: Hand, expires: date | None) -> list[dict[str, Any]]:
    """Every statement of the file; all are drawn up before the first is signed, so that a mistake signs nothing."""
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise WrongUse(f"The statements in {path} cannot be read: {error}.") from error
    _require_form(path, raw)
    until = expires or papers.day(raw.get("expires"), f"{path}: expires")
    return [
        *(
            drafting.attestation(desk, by.person, entry["clause"], entry["statement"], entry.get("files", ()), until)
            for entry in raw.get("attestations", [])
        ),
        *(drafting.exemption(desk, by.person, entry["item"], until) for entry in raw.get("exemptions", [])),
        *(drafting.document(desk, by.person, entry, until) for entry in raw.get("documents", [])),
    ]


def _require_form(path: Path, raw: Mapping[str, Any]) -> None:
    from jsonschema import Draft202012Validator  # only a file needs it, and it is slow to import

    schema = json.loads((content.specs_dir() / "schemas" / "statements.schema.json").read_text("utf-8"))
    fault = next(iter(Draft202012Validator(schema).iter_errors(raw)), None)
    if fault:
        raise WrongUse(f"{path}: {'.'.join(map(str, fault.absolute_path)) or 'the file'}: {fault.message}; correct it.")
