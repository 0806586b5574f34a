"""``tenderproof certificate``: is a certificate true, and what is its status; and the changes of status that a body decides."""

import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tenderproof import wording
from tenderproof.certification import checking, follow_up, issuing, jose, register, status
from tenderproof.certification.change import REPORTABLE, Reported, Surveillance
from tenderproof.certification.checking import Checked
from tenderproof.certification.jose import TokenTrouble
from tenderproof.certification.register import RegisterError
from tenderproof.certification.status import Status
from tenderproof.cli import days
from tenderproof.cli.ending import Exit, WrongUse
from tenderproof.dossier import people
from tenderproof.seal import signature


@dataclass(frozen=True)
class Report:
    """The laboratory's surveillance report, the certified bundle, and whom and what the body believes."""

    bundle: Path | None = None
    certified: Path | None = None
    laboratories: Sequence[Path] = ()
    accepted: Sequence[str] = ()
    known_signers: Path | None = None


@dataclass(frozen=True)
class Holder:
    """The holder's report, its day, and the version that counts from then on."""

    report: Path | None = None
    day: str = ""
    version: str = ""
    build: str = ""


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
    surveillance: Report = Report()
    holder: Holder = Holder()


def verify(path: Path, trust: Path, folder: Path | None, day: str, *, as_json: bool) -> None:
    """Verify a credential, a paper or a register, and say what was found.

    Exit 0 if it holds and is valid, 1 if not, 2 if it holds and nobody looked up whether it is valid (no register was named).
    """
    body, on = signature.load_party(trust), days.day(day)
    whole = path.is_dir()
    done = checking.check_register(path, body, on) if whole else checking.check(path, body, on, folder)
    print(json.dumps(facts(done), ensure_ascii=False) if as_json else "\n".join(_lines(done, path, whole=whole)))
    looked_up = whole or folder is not None
    sys.exit(Exit.NON_CONFORMANT if not done.holds else Exit.CONFORMANT if looked_up else Exit.INCONCLUSIVE)


def facts(done: Checked) -> dict[str, object]:
    """What ``certificate verify --json`` prints; dates alone never say *valid*, since a withdrawn certificate has the same."""
    by_dates_alone = done.status == Status.VALID and not done.register_of
    return {
        **done.told(),
        "status": None if by_dates_alone else done.status or None,
        "register_of": done.register_of or None,
        "entries": done.entries,
        "surveillance_by": done.surveillance_by.isoformat() if done.surveillance_by else None,
        "version": done.version or None,
        "certificate": done.certificate.model_dump(mode="json") if done.certificate else None,
    }


def change(wanted: Change, *, as_json: bool) -> None:
    """Sign a change of status and put it into the body's folder."""
    pen, day = jose.load(wanted.key, wanted.certificate), days.day(wanted.day)
    tokens = register.chain(wanted.folder, wanted.number)
    try:
        found, changes = register.held(tokens, pen.party)
    except TokenTrouble as trouble:
        raise RegisterError(f"The certificate {wanted.number} or a change of it does not hold ({trouble}).") from trouble
    seen = _passed(wanted, follow_up.Followed(found, changes, wanted.surveillance.certified or Path(), day, wanted.decided_by, pen.party))
    token = status.change(
        found, tokens, pen, status=wanted.status, ground=wanted.ground, day=day, decided_by=wanted.decided_by, surveillance=seen,
        reported=_reported(wanted),
    )  # fmt: skip
    file = register.change_file(wanted.folder, wanted.number, len(tokens))
    file.write_text(f"{token}\n", "ascii")
    values = {"number": wanted.number, "status": wanted.status, "file": str(file)} | ({"due": f"{seen.surveillance_by}"} if seen else {})
    if as_json:
        print(json.dumps(values, ensure_ascii=False))
        return
    words = wording.catalogue("certification", wording.spoken())["status"]
    code = "passed" if seen else "changed"
    print(wording.sentence("certification", "say", code, values | {"status": words[wanted.status]}, wording.spoken()))


def _passed(wanted: Change, of: follow_up.Followed) -> Surveillance | None:
    """The surveillance, if one is to be recorded; WrongUse if the command line says half of it."""
    report = wanted.surveillance
    if wanted.ground != "surveillance_passed":
        if report.bundle or report.certified:
            raise WrongUse("--report and --certified go with --ground surveillance_passed.")
        return None
    if report.bundle is None or report.certified is None:
        raise WrongUse(
            "A surveillance is recorded on its sealed report; name that with --report, and the certified bundle with --certified."
        )
    bodies = people.independent(report.known_signers) if report.known_signers else ()
    tested = issuing.tested(report.bundle, [signature.load_party(path) for path in report.laboratories], report.accepted, bodies)
    return follow_up.passed(tested, of)


def _reported(wanted: Change) -> Reported | None:
    """The holder's report, kept by its digest; WrongUse if the command line says half of it."""
    holder = wanted.holder
    if holder.report is None:
        if holder.version or holder.build or holder.day:
            raise WrongUse("Another version, and the day of a report, go with the holder's report; name it with --reported FILE.")
        return None
    if wanted.ground not in REPORTABLE:
        raise WrongUse(f"A report of the holder goes with --ground {', '.join(REPORTABLE)}.")
    try:
        digest = hashlib.sha256(holder.report.read_bytes()).hexdigest()
    except OSError as error:
        raise WrongUse(f"{holder.report} cannot be read: {error.strerror}.") from error
    return Reported(day=days.day(holder.day or wanted.day), sha256=digest, version=holder.version, build=holder.build)


def _lines(done: Checked, path: Path, *, whole: bool) -> list[str]:
    language = wording.spoken()

    def say(code: str, **values: object) -> str:
        return wording.sentence("certification", "say", code, {name: str(value) for name, value in values.items()}, language)

    lines = [_finding(finding.code, finding.values) for finding in done.findings]
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
        lines.append(say("counts", version=done.version, due=done.surveillance_by))
    elif found and not done.register_of:
        lines.append(say("no_register", due=found.surveillance_by))
    only_overdue = [finding.code for finding in done.findings] == ["overdue"]
    holds = "holds" if done.register_of else "holds_unseen"
    return [*lines, say(holds if done.holds else "overdue" if only_overdue else "does_not_hold", file=path)]


def _finding(code: str, values: Mapping[str, str]) -> str:
    """Findings on the paper's signature stand in the catalogue of seals."""
    if code in wording.catalogue("certification", "en")["finding"]:
        return status.sentence(code, values)
    return wording.sentence("seal", "finding", code, values, wording.spoken())
