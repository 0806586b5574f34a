"""EARL 1.0 (W3C Evaluation and Report Language) as JSON-LD 1.1: an assertion a check, and one a clause.

The context stands in the document, so that no reader needs the network. What was stated and not tested is ``earl:untested``: EARL knows
no statement; ``tp:verdict`` says which it was.
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from tenderproof.reporting import facts
from tenderproof.result import Check, Clause, Result
from tenderproof.vocabulary import State, Verdict

_CONTEXT = {
    "earl": "http://www.w3.org/ns/earl#",
    "dct": "http://purl.org/dc/terms/",
    "doap": "http://usefulinc.com/ns/doap#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "tp": "urn:tenderproof:",
    "assertedBy": {"@id": "earl:assertedBy", "@type": "@id"},
    "subject": {"@id": "earl:subject", "@type": "@id"},
    "test": {"@id": "earl:test", "@type": "@id"},
    "mode": {"@id": "earl:mode", "@type": "@id"},
    "result": "earl:result",
    "outcome": {"@id": "earl:outcome", "@type": "@id"},
    "info": {"@id": "earl:info", "@language": "en"},
    "title": "dct:title",
    "description": "dct:description",
    "date": {"@id": "dct:date", "@type": "xsd:dateTime"},
    "isPartOf": {"@id": "dct:isPartOf", "@type": "@id"},
    "version": "doap:revision",
    "facts": {"@id": "tp:facts", "@type": "@json"},
    "verdict": "tp:verdict",
    "state": "tp:state",
}
_BY_VERDICT: Mapping[Verdict, str] = {
    Verdict.SATISFIED: "earl:passed",
    Verdict.VIOLATED: "earl:failed",
    Verdict.INCONCLUSIVE: "earl:cantTell",
    Verdict.NOT_TESTED: "earl:untested",
    Verdict.NOT_APPLICABLE: "earl:inapplicable",
    Verdict.ATTESTED: "earl:untested",
}
_BY_STATE: Mapping[State, str] = {
    State.PASSED: "earl:passed",
    State.FAILED: "earl:failed",
    State.ERRORED: "earl:cantTell",
    State.SKIPPED: "earl:untested",
}
_ASSERTOR = "urn:tenderproof:assertor"


def render(result: Result) -> str:
    """The document as JSON-LD text; clauses and checks are named ``urn:tenderproof:clause:…`` and ``urn:tenderproof:check:…``."""
    graph = [
        {"@id": _ASSERTOR, "@type": ["earl:Assertor", "earl:Software"], "title": result.tool.name, "version": result.tool.version},
        {"@id": _subject(result), "@type": "earl:TestSubject", "title": result.sample.name, "version": result.sample.stated_version},
        {"@id": _run(result), "@type": "tp:Run", "facts": facts.of_result(result)},
        *(node for clause in result.clauses for node in _clause(result, clause)),
        *(node for check in result.checks for node in _check(result, check)),
    ]
    return json.dumps({"@context": _CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def _subject(result: Result) -> str:
    return f"urn:uuid:{facts.uuid(result, 'subject')}"


def _run(result: Result) -> str:
    return f"urn:uuid:{facts.uuid(result, 'run')}"


def _name(kind: str, identifier: str) -> str:
    return f"urn:tenderproof:{kind}:{quote(identifier, safe='')}"


def _clause(result: Result, clause: Clause) -> tuple[dict[str, Any], dict[str, Any]]:
    name, found = _name("clause", clause.id), facts.of_clause(clause)
    words = [{"@value": clause.words.zh, "@language": "zh"}, {"@value": clause.words.en, "@language": "en"}]
    requirement = {"@id": name, "@type": "earl:TestRequirement", "title": clause.id, "description": words}
    outcome = {"@type": "earl:TestResult", "outcome": _BY_VERDICT[clause.verdict], "info": found["because"]}
    mode = "earl:manual" if clause.verdict is Verdict.ATTESTED else "earl:automatic"
    return requirement, _assertion(result, name, mode, outcome) | {"verdict": clause.verdict.value, "facts": found}


def _check(result: Result, check: Check) -> tuple[dict[str, Any], dict[str, Any]]:
    name, found = _name("check", check.id), facts.of_check(check)
    parts = [_name("clause", clause) for clause in check.clauses]
    case = {"@id": name, "@type": "earl:TestCase", "title": check.id, "description": {"@value": check.title, "@language": "en"}}
    outcome = {"@type": "earl:TestResult", "outcome": _BY_STATE[check.state], "info": found["observed"]}
    return case | {"isPartOf": parts}, _assertion(result, name, "earl:automatic", outcome) | {"state": check.state.value, "facts": found}


def _assertion(result: Result, test: str, mode: str, outcome: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@id": f"urn:uuid:{facts.uuid(result, 'assertion', test)}",
        "@type": "earl:Assertion",
        "assertedBy": _ASSERTOR,
        "subject": _subject(result),
        "test": test,
        "mode": mode,
        "isPartOf": _run(result),
        "result": {**outcome, "date": result.run.finished.isoformat(timespec="seconds")},
    }
