"""``tenderproof doctor``: the findings, one a line, with whose turn it is."""

import json
import sys
from pathlib import Path

from tenderproof import candidate, wording
from tenderproof.cli.ending import Exit
from tenderproof.doctor import Examination, Finding, visit

_MARKS = {"ok": "✓", "warning": "!", "fatal": "✗"}


def run(declaration: Path, *, as_json: bool) -> None:
    """Examine; ends with 0 if nothing stands in the way of an audit, else with 2 (the audit would be inconclusive)."""
    examined = visit(candidate.load(declaration))
    if as_json:
        print(json.dumps(_data(examined), ensure_ascii=False))
    else:
        print("\n".join(_lines(examined)))
    sys.exit(Exit.INCONCLUSIVE if examined.fatal else Exit.CONFORMANT)


def _data(examined: Examination) -> dict[str, object]:
    findings = [{"code": f.code, "level": f.level, "blame": f.blame, "values": dict(f.values)} for f in examined.findings]
    return {"fine": examined.fatal is None, "version": examined.version, "build": examined.build, "findings": findings}


def _lines(examined: Examination) -> list[str]:
    language = wording.spoken()
    ending = "doctor_fatal" if examined.fatal else "doctor_fine"
    return [*(_line(finding, language) for finding in examined.findings), wording.sentence("cli", "say", ending, {}, language)]


def _line(finding: Finding, language: wording.Language) -> str:
    said = wording.sentence("cli", "finding", finding.code, finding.values, language)
    whose = f" [{wording.catalogue('cli', language)['blame'][finding.blame]}]" if finding.blame else ""
    return f"{_MARKS[finding.level]} {said}{whose}"
