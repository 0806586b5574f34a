"""SARIF 2.1.0 (OASIS): one run of clauses, whose rules are the clauses, and one of checks, whose rules are the checks.

``fail`` is what a check saw broken and nothing else; what is undecided is ``open``, what was stated and not tested ``informational``.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from tenderproof.reporting import facts
from tenderproof.result import Check, Clause, Result
from tenderproof.vocabulary import State, Verdict

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_BY_VERDICT: Mapping[Verdict, str] = {
    Verdict.SATISFIED: "pass",
    Verdict.VIOLATED: "fail",
    Verdict.INCONCLUSIVE: "open",
    Verdict.NOT_TESTED: "open",
    Verdict.NOT_APPLICABLE: "notApplicable",
    Verdict.ATTESTED: "informational",
}
_BY_STATE: Mapping[State, str] = {State.PASSED: "pass", State.FAILED: "fail", State.ERRORED: "open", State.SKIPPED: "notApplicable"}


def render(result: Result) -> str:
    """The document as JSON text, its messages in English, the clauses' own words in Chinese and English."""
    checks = {check.id: check for check in result.checks}
    clauses = _run(result, "clauses", [_rule_of_clause(c) for c in result.clauses], [_clause(c, checks) for c in result.clauses])
    outcomes = _run(result, "checks", [_rule_of_check(c) for c in result.checks], [_check(c) for c in result.checks])
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [clauses, outcomes]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _run(result: Result, what: str, rules: list[dict[str, Any]], results: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "tool": {"driver": {"name": f"tenderproof {what}", "semanticVersion": result.tool.version, "rules": rules}},
        "automationDetails": {"id": f"tenderproof/{result.basis.plan}/{what}/", "guid": facts.uuid(result, what)},
        "invocations": [
            {
                "executionSuccessful": not result.run.interrupted,
                "commandLine": result.run.command,
                "startTimeUtc": _utc(result.run.started),
                "endTimeUtc": _utc(result.run.finished),
            }
        ],
        "columnKind": "unicodeCodePoints",
        "results": [{"ruleIndex": number, **entry} for number, entry in enumerate(results)],
        "properties": facts.of_result(result),
    }


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _rule_of_clause(clause: Clause) -> dict[str, Any]:
    return {
        "id": clause.id,
        "shortDescription": {"text": clause.words.en or clause.id},
        "fullDescription": {"text": clause.words.zh or clause.id},
        "help": {"text": clause.remedy.en or clause.id},
        "defaultConfiguration": {"level": _level(clause)},
    }


def _rule_of_check(check: Check) -> dict[str, Any]:
    return {"id": check.id, "shortDescription": {"text": check.title or check.id}, "defaultConfiguration": {"level": "error"}}


def _level(clause: Clause) -> str:
    return "warning" if clause.keyword == "should" else "error"


def _clause(clause: Clause, checks: Mapping[str, Check]) -> dict[str, Any]:
    found = facts.of_clause(clause)
    kind = _BY_VERDICT[clause.verdict]
    behind = [checks[name] for name in clause.checks if name in checks]
    deciding = [check for check in behind if check.state is State.FAILED] or behind
    return {
        "ruleId": clause.id,
        "kind": kind,
        "level": _level(clause) if kind == "fail" else "none",
        "message": {"text": found["because"]},
        "locations": [_location(check) for check in deciding[:1]],
        "properties": found,
    }


def _check(check: Check) -> dict[str, Any]:
    found = facts.of_check(check)
    kind = _BY_STATE[check.state]
    return {
        "ruleId": check.id,
        "kind": kind,
        "level": "error" if kind == "fail" else "none",
        "message": {"text": found["observed"] or check.title or check.id},
        "locations": [_location(check)],
        "properties": found,
    }


def _location(check: Check) -> dict[str, Any]:
    file, line = facts.place(check)
    return {"physicalLocation": {"artifactLocation": {"uri": quote(file)}, "region": {"startLine": line}}}
