"""``tenderproof explain``: why a verdict or the decision is what it is, and what would change it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tenderproof import wording
from tenderproof.cli import finished
from tenderproof.cli.ending import WrongUse
from tenderproof.reporting import sentences
from tenderproof.reporting.gaps import OPEN, Gap, gaps, next_level
from tenderproof.reporting.plain import plain
from tenderproof.reporting.records import records
from tenderproof.reporting.repairs import Repair, repairs
from tenderproof.result import Check, Clause, Result
from tenderproof.wording import Language

_LISTED = 30  # open clauses that the terminal shows
_FEW = 8  # clauses that a line of the terminal names


def run(folder: Path, clause: str, *, as_json: bool) -> None:
    """Explain one clause of the run in ``folder``; with no clause given, the decision."""
    result, language = finished.read(folder), wording.spoken()
    if clause:
        answer = of_clause(result, _found(result, clause), folder, language)
        lines = _clause_lines(answer, language)
    else:
        answer = of_decision(result, language)
        lines = _decision_lines(answer, language)
    print(json.dumps(answer, ensure_ascii=False) if as_json else plain("\n".join(lines)))


def _found(result: Result, clause: str) -> Clause:
    found = result.clause(clause)
    if found is None:
        raise WrongUse(f"The plan {result.basis.plan} has no clause {clause}; `tenderproof clauses --plan {result.basis.plan}` lists them.")
    return found


def of_clause(result: Result, clause: Clause, folder: Path, language: Language) -> dict[str, Any]:
    """All that stands behind a clause's verdict."""
    return {
        "clause": clause.id,
        "source": clause.source,
        "locator": clause.locator,
        "words": clause.words.model_dump(),
        "words_sha256": clause.words_sha256,
        "provenance": clause.provenance,
        "stars": clause.stars,
        "keyword": clause.keyword,
        "says_the_same": clause.says_the_same,
        "verdict": clause.verdict.value,
        "reason": {
            "code": clause.reason.code,
            "values": clause.reason.values,
            "sentence": sentences.because(clause.reason, language),
        },
        "blame": clause.blame.value if clause.blame else None,
        "disposition": clause.disposition,
        "statement": clause.statement.model_dump() if clause.statement else None,
        "remedy": clause.remedy.model_dump() if clause.verdict in OPEN else None,
        "checks": [_check(check, folder, language) for check in result.checks_of(clause)],
    }


def _check(check: Check, folder: Path, language: Language) -> dict[str, Any]:
    return {
        "check": check.id,
        "state": check.state.value,
        "blame": check.blame.value if check.blame else None,
        "way": check.way,
        "expected": check.title,
        "observed": sentences.seen(check, language),
        "detail": check.detail,
        "where": check.where,
        "evidence": [vars(record) for record in records(folder, check)],
        "repeat": check.repeat,
    }


def of_decision(result: Result, language: Language) -> dict[str, Any]:
    """The decision, the clauses that made it so, and what would change it and the level: the most urgent first."""
    level = next_level(result)
    return {
        "decision": result.conclusion.decision.value,
        "said": sentences.said(result.conclusion, language),
        "deviations": result.conclusion.deviations,
        "level": result.conclusion.level,
        "violated": result.conclusion.violated,
        "undecided": result.conclusion.undecided,
        "next_level": level.model_dump() if level else None,
        "repairs": [_repair(repair) for repair in repairs(result)],
        "open": [_gap(gap, language) for gap in gaps(result)],
    }


def _repair(repair: Repair) -> dict[str, Any]:
    return {
        "decision": repair.decision.value if repair.decision else None,
        "level": repair.level or None,
        "clauses": list(repair.clauses),
        "checks": [{"check": check, "clauses": list(clauses)} for check, clauses in repair.checks],
        "unchecked": list(repair.unchecked),
        "exemptible": list(repair.exemptible),
    }


def _gap(gap: Gap, language: Language) -> dict[str, Any]:
    clause = gap.clause
    return {
        "priority": gap.priority,
        "clause": clause.id,
        "stars": clause.stars,
        "verdict": clause.verdict.value,
        "reason": {"code": clause.reason.code, "sentence": sentences.because(clause.reason, language)},
        "blame": clause.blame.value if clause.blame else None,
        "blocks_decision": gap.blocks_decision,
        "blocks_level": gap.blocks_level,
        "remedy": clause.remedy.model_dump(),
    }


def _clause_lines(answer: dict[str, Any], language: Language) -> Iterator[str]:
    words = sentences.words(language)
    label = words["label"]
    provenance = words["provenance"][answer["provenance"]]
    yield f"{answer['clause']} {'★' * (answer['stars'] or 0)}  {answer['locator']} ({answer['source']}, {provenance})"
    yield f"  {answer['words']['zh']}"
    yield f"  {answer['words']['en']}"
    yield f"{label['verdict']}: {words['verdict'][answer['verdict']]}. {answer['reason']['sentence']}"
    if answer["blame"]:
        yield f"{label['blame']}: {words['turn'][answer['blame']]}"
    if answer["statement"]:
        yield f"{label['statement']}: {answer['statement']['words']}"
    for check in answer["checks"]:
        yield from _check_lines(check, words)
    if not answer["checks"]:
        yield label["no_checks"]
    if answer["remedy"]:
        yield f"{label['remedy']}: {answer['remedy'][language]}"


def _check_lines(check: dict[str, Any], words: Any) -> Iterator[str]:
    label = words["label"]
    yield f"{words['state'][check['state']]}: {check['check']}"
    yield f"  {label['check_demands']}: {check['expected']}"
    if check["observed"]:
        yield f"  {label['observed']}: {check['observed']}"
        more = check["detail"].removeprefix(check["observed"]).strip("\n")
        yield from (f"    {line}" for line in more.split("\n") if line)
    if check["where"]:
        yield f"  {label['where']}: {check['where']}"
    for record in check["evidence"]:
        told = " ".join(str(record[name]) for name in ("ordinal", "file", "kind", "address", "line"))
        yield f"  {label['evidence_records']}: {told}"
    if not check["evidence"]:
        yield f"  {label['evidence_records']}: {label['no_records']}"
    yield f"  {label['repeat']}: {check['repeat']}"


def _decision_lines(answer: dict[str, Any], language: Language) -> Iterator[str]:
    words = sentences.words(language)
    explain, decision, level = words["explain"], answer["decision"], answer["next_level"]
    yield explain["decision_line"].format(decision=words["decision"][decision], said=answer["said"])
    yield _why_line(answer, language)
    yield explain["level_reached"].format(star="★" * answer["level"]) if answer["level"] else explain["no_level"]
    if level:
        missing = level["violated"] + level["waived"] + level["to_attest"] + level["unknown"]
        yield explain["next_level"].format(star="★" * level["level"], count=missing)
    for repair in answer["repairs"]:
        yield from _repair_lines(repair, words, language)
    if not answer["open"]:
        yield words["path"]["nothing"]
        return
    yield explain["open_clauses"].format(count=len(answer["open"]))
    for gap in answer["open"][:_LISTED]:
        yield _gap_line(gap, words)
        yield f"    {words['label']['remedy']}: {gap['remedy'][language]}"
    if len(answer["open"]) > _LISTED:
        yield explain["more"].format(count=len(answer["open"]) - _LISTED)


def _why_line(answer: dict[str, Any], language: Language) -> str:
    found = answer["violated"] or answer["undecided"]
    return _said(f"why_{answer['decision']}", language, count=str(len(found)), clauses=_few(found, language))


def _repair_lines(repair: dict[str, Any], words: Any, language: Language) -> Iterator[str]:
    goal = words["decision"][repair["decision"]] if repair["decision"] else "★" * repair["level"]
    code = "decision" if repair["decision"] else "level"
    yield _said(code, language, goal=goal, count=str(len(repair["clauses"])), clauses=_few(repair["clauses"], language))
    for entry in repair["checks"][:_FEW]:
        yield _said("check", language, check=entry["check"], count=str(len(entry["clauses"])), clauses=_few(entry["clauses"], language))
    for code in ("unchecked", "exemptible"):
        if repair[code]:
            yield _said(code, language, count=str(len(repair[code])), clauses=_few(repair[code], language))


def _few(clauses: list[str], language: Language) -> str:
    """The first of them by name, the rest by number."""
    first = ", ".join(clauses[:_FEW])
    return _said("more", language, clauses=first, count=str(len(clauses) - _FEW)) if len(clauses) > _FEW else first


def _said(code: str, language: Language, **values: str) -> str:
    return wording.sentence("explain", "repair", code, values, language)


def _gap_line(gap: dict[str, Any], words: Any) -> str:
    line: str = words["explain"]["gap"].format(
        priority=gap["priority"], clause=gap["clause"], stars="★" * (gap["stars"] or 0), verdict=words["verdict"][gap["verdict"]],
        why=gap["reason"]["sentence"], blame=words["blame"][gap["blame"]] if gap["blame"] else words["label"]["none"],
    )  # fmt: skip
    return line
