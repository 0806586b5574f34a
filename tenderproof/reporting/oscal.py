"""OSCAL 1.2 assessment-results (NIST): an observation a check, a finding a clause.

OSCAL has two states. ``satisfied`` is what a check saw kept; every other verdict is ``not-satisfied``, whose reason tells ``fail`` (a check
saw it broken) from ``other``, and whose property ``verdict`` says which it is: nothing unseen reads satisfied.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from tenderproof.reporting import facts
from tenderproof.result import Check, Clause, Result
from tenderproof.vocabulary import Verdict

_VERSION = "1.2.1"
_NAMESPACE = "urn:tenderproof:oscal"
_REASON = {Verdict.SATISFIED: "pass", Verdict.VIOLATED: "fail"}
_METHODS = {"document": "EXAMINE", "record": "EXAMINE", "attestation": "INTERVIEW"}
_TOKEN = re.compile(r"[^\W\d][\w.\-]*", re.ASCII)
_NO_TOKEN = re.compile(r"[^A-Za-z0-9.\-]")  # the underscore marks what was replaced


def render(result: Result) -> str:
    """The document as JSON text, in English; names are UUIDs made from the run's, so that the same result gives the same bytes."""
    document = {
        "uuid": facts.uuid(result, "assessment-results"),
        "metadata": {
            "title": _title(f"tenderproof {result.basis.plan}"),
            "last-modified": _moment(result.run.finished),
            "version": result.run.id,
            "oscal-version": _VERSION,
        },
        "import-ap": {
            "href": f"#{facts.uuid(result, 'plan')}",
            "remarks": f"tenderproof plan {result.basis.plan}, edition {result.basis.edition}",
        },
        "results": [_result(result)],
        "back-matter": {"resources": [_plan(result), *(_evidence(result, file.name, file.sha256) for file in result.evidence)]},
    }
    return json.dumps({"assessment-results": document}, ensure_ascii=False, indent=1) + "\n"


def token(identifier: str) -> str:
    """The id as an OSCAL token: itself where it is one, otherwise with each character that a token cannot hold as its code, ``_20_``."""
    if _TOKEN.fullmatch(identifier) and "_" not in identifier:
        return identifier
    return "_" + _NO_TOKEN.sub(lambda found: f"_{ord(found[0]):x}_", identifier)


def _result(result: Result) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "uuid": facts.uuid(result, "result"),
        "title": f"{result.kind}: {result.conclusion.decision.value}",
        "description": f"{_subject(result)}, judged by {result.basis.plan} {result.basis.edition}",
        "start": _moment(result.run.started),
        "end": _moment(result.run.finished),
        "props": _result_props(result),
        "local-definitions": {"components": [_component(result)]},
        "reviewed-controls": {"control-selections": [_selection(result)]},
        "observations": [_observation(result, check) for check in result.checks],
        "findings": [_finding(result, clause) for clause in result.clauses],
    }
    return {name: value for name, value in whole.items() if value != []}


def _result_props(result: Result) -> list[dict[str, str]]:
    found = facts.of_result(result)
    plain = {name: value for name, value in found.items() if isinstance(value, str | int | bool)}
    return _props(plain) + _props({f"count_{verdict}": count for verdict, count in found["counts"].items()})


def _selection(result: Result) -> dict[str, Any]:
    chosen = [{"control-id": token(clause.id)} for clause in result.clauses]
    return {"include-controls": chosen} if chosen else {"description": "The plan holds no clause.", "include-all": {}}


def _component(result: Result) -> dict[str, Any]:
    sample = result.sample
    return {
        "uuid": facts.uuid(result, "sample"),
        "type": "system",
        "title": _title(sample.name or sample.base_url),
        "description": _subject(result),
        "props": _props({"version": sample.stated_version, "build": sample.stated_build, "declaration_sha256": sample.declaration_sha256}),
        "status": {"state": "operational"},
    }


def _observation(result: Result, check: Check) -> dict[str, Any]:
    found = facts.of_check(check)
    values = {name: found[name] for name in ("check", "state", "reason", "blame", "way", "attempt", "observations", "where", "repeat")}
    observation: dict[str, Any] = {
        "uuid": facts.uuid(result, "check", check.id),
        "title": _title(check.id),
        "description": check.title,
        "props": _props(values) + [prop for clause in check.clauses for prop in _props({"clause": token(clause)})],
        "methods": [_METHODS.get(check.way, "TEST")],
        "types": ["control-objective"],
        "subjects": [{"subject-uuid": facts.uuid(result, "sample"), "type": "component"}],
        "collected": _moment(result.run.finished),
    }
    if found["observed"]:
        observation["remarks"] = found["observed"]
    if told := [*_records(check), *([{"description": check.detail}] if check.detail else [])]:
        observation["relevant-evidence"] = told
    return observation


def _records(check: Check) -> list[dict[str, str]]:
    if not check.observations:
        return []
    told = f"Records of attempt {check.attempt}, ordinals 1 to {check.observations}, in the evidence files of the back matter"
    return [{"description": told}]


def _finding(result: Result, clause: Clause) -> dict[str, Any]:
    found = facts.of_clause(clause)
    values = {name: value for name, value in found.items() if name not in ("because", "checks", "clause")}
    known = {check.id for check in result.checks}
    finding: dict[str, Any] = {
        "uuid": facts.uuid(result, "clause", clause.id),
        "title": _title(clause.id),
        "description": f"{clause.words.zh}\n\n{clause.words.en}",
        "props": _props(values),
        "target": {
            "type": "objective-id",
            "target-id": token(clause.id),
            "status": {
                "state": "satisfied" if clause.verdict is Verdict.SATISFIED else "not-satisfied",
                "reason": _REASON.get(clause.verdict, "other"),
                "remarks": found["because"],
            },
        },
        "related-observations": [{"observation-uuid": facts.uuid(result, "check", name)} for name in clause.checks if name in known],
        "remarks": clause.remedy.en,
    }
    return {name: value for name, value in finding.items() if value != []}


def _plan(result: Result) -> dict[str, Any]:
    return {
        "uuid": facts.uuid(result, "plan"),
        "title": f"{result.basis.plan} {result.basis.edition}",
        "description": result.basis.title.en,
    }


def _evidence(result: Result, name: str, sha256: str) -> dict[str, Any]:
    link = {"href": f"evidence/{quote(name)}", "hashes": [{"algorithm": "SHA-256", "value": sha256}]}
    return {"uuid": facts.uuid(result, "evidence", name), "title": _title(name), "rlinks": [link]}


def _props(values: Mapping[str, Any]) -> list[dict[str, str]]:
    """The values that say something, each on one line, as a property must be."""
    return [{"name": name, "ns": _NAMESPACE, "value": line} for name, value in values.items() if (line := _one_line(value))]


def _subject(result: Result) -> str:
    """What was judged, in words: a platform, or a data set."""
    sample = result.sample
    return f"Published records {sample.name}" if result.records else f"{sample.name}, platform of kind {sample.kind} at {sample.base_url}"


def _title(text: str) -> str:
    """A title is one line; a line end in it is shown as its code."""
    return text.replace("\n", "⟨000A⟩")


def _one_line(value: Any) -> str:
    if value is None:
        return ""
    said = str(value).lower() if isinstance(value, bool) else str(value)
    return " ".join(said.split())


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
