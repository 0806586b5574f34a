"""CTRF (Common Test Report Format, specification 0.0.0): every check and every clause as a test, told apart by their suite.

``passed`` is what a check saw kept; what is undecided or stated is ``other``, what was not observed ``skipped``.
"""

import json
from collections.abc import Mapping
from typing import Any

from tenderproof.reporting import facts
from tenderproof.result import Check, Clause, Result
from tenderproof.vocabulary import State, Verdict

_BY_VERDICT: Mapping[Verdict, str] = {
    Verdict.SATISFIED: "passed",
    Verdict.VIOLATED: "failed",
    Verdict.INCONCLUSIVE: "other",
    Verdict.NOT_TESTED: "skipped",
    Verdict.NOT_APPLICABLE: "skipped",
    Verdict.ATTESTED: "other",
}
_BY_STATE: Mapping[State, str] = {State.PASSED: "passed", State.FAILED: "failed", State.ERRORED: "other", State.SKIPPED: "skipped"}
_STATUSES = ("passed", "failed", "skipped", "pending", "other")


def render(result: Result) -> str:
    """The document as JSON text, in English; durations in milliseconds, moments in milliseconds since 1970."""
    tests = [*map(_check, result.checks), *map(_clause, result.clauses)]
    document = {
        "reportFormat": "CTRF",
        "specVersion": "0.0.0",
        "reportId": facts.uuid(result, "ctrf"),
        "runId": result.run.id,
        "timestamp": result.run.finished.isoformat(timespec="seconds"),
        "generatedBy": f"tenderproof {result.tool.version}",
        "results": {
            "tool": {"name": result.tool.name, "version": result.tool.version},
            "summary": _summary(result, tests),
            "tests": tests,
            "environment": {"appName": result.sample.name, "appVersion": result.sample.stated_version, "extra": _environment(result)},
        },
        "extra": facts.of_result(result),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _summary(result: Result, tests: list[dict[str, Any]]) -> dict[str, int]:
    counts = {status: sum(test["status"] == status for test in tests) for status in _STATUSES}
    begun, ended = (int(moment.timestamp() * 1000) for moment in (result.run.started, result.run.finished))
    return {"tests": len(tests), **counts, "start": begun, "stop": ended}


def _environment(result: Result) -> dict[str, str]:
    return {"base_url": result.sample.base_url, "build": result.sample.stated_build, "driver": result.sample.driver}


def _check(check: Check) -> dict[str, Any]:
    found = facts.of_check(check)
    return {
        "testId": f"check:{check.id}",
        "name": check.id,
        "status": _BY_STATE[check.state],
        "rawStatus": check.state.value,
        "duration": round(check.seconds * 1000),
        "suite": ["checks", check.id.partition("/")[0] or check.id],
        "message": found["observed"],
        "trace": check.detail,
        "filePath": facts.place(check)[0],
        "line": facts.place(check)[1],
        "extra": found,
    }


def _clause(clause: Clause) -> dict[str, Any]:
    found = facts.of_clause(clause)
    return {
        "testId": f"clause:{clause.id}",
        "name": clause.id,
        "status": _BY_VERDICT[clause.verdict],
        "rawStatus": clause.verdict.value,
        "duration": 0,
        "suite": ["clauses", clause.area],
        "message": found["because"],
        "extra": found | {"words": clause.words.model_dump(), "remedy": clause.remedy.model_dump()},
    }
