"""``tenderproof certificate``: is a certificate true, and what is its status; and the changes of status that a body decides."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from tenderproof import wording
from tenderproof.certification import checking, jose, register, status
from tenderproof.certification.checking import Checked
from tenderproof.certification.jose import TokenTrouble
from tenderproof.certification.register import RegisterError
from tenderproof.cli import days
from tenderproof.cli.ending import Exit
from tenderproof.seal import signature


@dataclass(frozen=True)
class Change:
    """A change of status as the command line says it."""

    folder: Path
    number: str
    status: str
    ground: str
    decided_by: str
    day: str
    key: Path
    certificate: Path | None


def verify(path: Path, trust: Path, folder: Path | None, day: str, *, as_json: bool) -> None:
    """Verify a credential, a paper or a register, and say what was found; exit 0 if it holds and is valid, else 1."""
    body, on = signature.load_party(trust), days.day(day)
    whole = path.is_dir()
    done = checking.check_register(path, body, on) if whole else checking.check(path, body, on, folder)
    print(json.dumps(facts(done), ensure_ascii=False) if as_json else "\n".join(_lines(done, path, whole=whole)))
    sys.exit(Exit.CONFORMANT if done.holds else Exit.NON_CONFORMANT)


def facts(done: Checked) -> dict[str, object]:
    """What ``certificate verify --json`` prints."""
    return {
        **done.told(),
        "status": done.status or None,
        "register_of": done.register_of or None,
        "entries": done.entries,
        "certificate": done.certificate.model_dump(mode="json") if done.certificate else None,
    }


def change(wanted: Change, *, as_json: bool) -> None:
    """Sign a change of status and put it into the body's folder."""
    pen = jose.load(wanted.key, wanted.certificate)
    tokens = register.chain(wanted.folder, wanted.number)
    try:
        found, _ = register.held(tokens, pen.party)
    except TokenTrouble as trouble:
        raise RegisterError(f"The certificate {wanted.number} or a change of it does not hold ({trouble.code}).") from trouble
    token = status.change(
        found, tokens, pen, status=wanted.status, ground=wanted.ground, day=days.day(wanted.day), decided_by=wanted.decided_by
    )  # fmt: skip
    file = register.change_file(wanted.folder, wanted.number, len(tokens))
    file.write_text(f"{token}\n", "ascii")
    values = {"number": wanted.number, "status": wanted.status, "file": str(file)}
    if as_json:
        print(json.dumps(values, ensure_ascii=False))
        return
    words = wording.catalogue("certification", wording.spoken())["status"]
    print(wording.sentence("certification", "say", "changed", values | {"status": words[wanted.status]}, wording.spoken()))


def _lines(done: Checked, path: Path, *, whole: bool) -> list[str]:
    language = wording.spoken()

    def say(code: str, **values: object) -> str:
        return wording.sentence("certification", "say", code, {name: str(value) for name, value in values.items()}, language)

    lines = [_finding(finding.code, dict(finding.values)) for finding in done.findings]
    if whole:
        code = "register_holds" if done.holds else "register_does_not_hold"
        return [*lines, say(code, file=path, count=done.entries, made=done.register_of)]
    found = done.certificate
    if found:
        scope, level = found.scope, "★" * found.level
        lines.append(
            say(
                "says", number=found.number, platform=scope.platform, version=scope.version, level=level, holder=found.holder.name,
                valid_until=found.valid_until,
            )
        )  # fmt: skip
    if done.register_of and done.status:
        words = wording.catalogue("certification", language)["status"]
        lines.append(say("status", status=words[done.status], made=done.register_of))
    elif found and not done.register_of:
        lines.append(say("no_register"))
    return [*lines, say("holds" if done.holds else "does_not_hold", file=path)]


def _finding(code: str, values: dict[str, str]) -> str:
    """Findings on the paper's signature stand in the catalogue of seals."""
    subject = "certification" if code in wording.catalogue("certification", "en")["finding"] else "seal"
    return wording.sentence(subject, "finding", code, values, wording.spoken())
