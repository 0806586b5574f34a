"""``tenderproof gate``: a finished run held against the baseline of known violations, for CI."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tenderproof import baseline as known_violations
from tenderproof import gate, wording
from tenderproof.baseline import Baseline
from tenderproof.cli import finished
from tenderproof.cli.ending import Exit, WrongUse
from tenderproof.gate import FAILING, Finding
from tenderproof.reporting import sentences
from tenderproof.reporting.plain import plain
from tenderproof.result import Result
from tenderproof.spec.calendar import day_in_china
from tenderproof.wording import Language


def run(folder: Path, baseline: Path, *, write: bool = False, as_json: bool = False) -> None:
    """Say what keeps the gate shut and end with 0 (open), 1 (shut) or 2 (without an answer); with ``write`` write the baseline."""
    result, language = finished.read(folder), wording.spoken()
    if write:
        _write(result, baseline, language, as_json=as_json)
        return
    known = _of_plan(known_violations.read(baseline), result, baseline)
    found = gate.examine(result, known, day_in_china(datetime.now(UTC)))
    code = _code(found)
    if as_json:
        print(json.dumps(answer(result, known, found, code, language), ensure_ascii=False))
    else:
        print(plain("\n".join(_lines(result, known, found, code, language))))
    sys.exit(code)


def answer(result: Result, known: Baseline, found: list[Finding], code: Exit, language: Language) -> dict[str, Any]:
    """What the gate says to programs."""
    return {
        "open": code is Exit.CONFORMANT,
        "decision": result.conclusion.decision.value,
        "level": result.conclusion.level,
        "known": len(known.known),
        "findings": [
            {"kind": f.kind.value, "clause": f.clause or None, "check": f.check or None, "said": _said(f, language)} for f in found
        ],
    }


def _of_plan(known: Baseline, result: Result, file: Path) -> Baseline:
    if known.plan != result.basis.plan:
        raise WrongUse(
            f"{file} is a baseline of the plan {known.plan}, and the run is of {result.basis.plan}; name the one that goes with it."
        )
    return known


def _write(result: Result, file: Path, language: Language, *, as_json: bool) -> None:
    kept = _of_plan(known_violations.read(file), result, file) if file.exists() else None
    made = gate.written(result, kept)
    try:
        file.write_text(known_violations.dumped(made, wording.catalogue("gate", language)["line"]["heading"]), "utf-8")
    except OSError as error:
        raise WrongUse(f"The baseline cannot be written to {file}: {error.strerror}.") from None
    if as_json:
        print(json.dumps({"file": str(file), "known": len(made.known)}, ensure_ascii=False))
    else:
        print(_line("written", language, file=str(file), known=str(len(made.known))))


def _code(found: list[Finding]) -> Exit:
    if any(finding.kind in FAILING for finding in found):
        return Exit.NON_CONFORMANT
    return Exit.INCONCLUSIVE if found else Exit.CONFORMANT


def _lines(result: Result, known: Baseline, found: list[Finding], code: Exit, language: Language) -> Iterator[str]:
    yield _line("decision", language, decision=sentences.words(language)["decision"][result.conclusion.decision.value])
    for finding in found:
        shape = "finding" if finding.clause else "of_run"
        yield _line(shape, language, clause=finding.clause, check=finding.check, said=_said(finding, language))
    name = {Exit.CONFORMANT: "open", Exit.NON_CONFORMANT: "shut"}.get(code, "unanswered")
    yield _line(name, language, count=str(len(found)), known=str(len(known.known)))


def _said(finding: Finding, language: Language) -> str:
    return wording.sentence("gate", "finding", finding.kind.value, dict(finding.values), language)


def _line(code: str, language: Language, **values: str) -> str:
    return wording.sentence("gate", "line", code, values, language)
