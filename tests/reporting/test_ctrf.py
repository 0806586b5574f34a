"""The document is valid by CTRF's own schema, its totals are those of its tests, and nothing unseen passes."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from jsonschema import Draft7Validator

from tenderproof.reporting import ctrf
from tenderproof.result import Result
from tenderproof.vocabulary import Verdict

from . import results

ROOT = Path(__file__).parents[2]
_SCHEMA = ROOT / ".venv/oracles/node_modules/ctrf/dist/ctrf-schema-0.0.json"


@given(results.results())
@settings(max_examples=40)
def test_the_document_is_valid_by_the_schema_of_the_format(result: Result) -> None:
    if not _SCHEMA.is_file():
        pytest.skip("no CTRF schema on this machine: make oracles")
    Draft7Validator(json.loads(_SCHEMA.read_text("utf-8"))).validate(json.loads(ctrf.render(result)))


@given(results.results())
def test_the_totals_are_those_of_the_tests(result: Result) -> None:
    found = json.loads(ctrf.render(result))["results"]
    statuses = [test["status"] for test in found["tests"]]
    summary = found["summary"]
    assert summary["tests"] == len(statuses) == len(result.clauses) + len(result.checks)
    assert {name: summary[name] for name in ("passed", "failed", "skipped", "pending", "other")} == {
        name: statuses.count(name) for name in ("passed", "failed", "skipped", "pending", "other")
    }


@pytest.mark.parametrize(
    ("verdict", "status"),
    [
        (Verdict.SATISFIED, "passed"),
        (Verdict.VIOLATED, "failed"),
        (Verdict.INCONCLUSIVE, "other"),
        (Verdict.NOT_TESTED, "skipped"),
        (Verdict.NOT_APPLICABLE, "skipped"),
        (Verdict.ATTESTED, "other"),
    ],
)
def test_only_what_a_check_saw_kept_passes(verdict: Verdict, status: str) -> None:
    (test,) = json.loads(ctrf.render(results.result([results.clause(verdict=verdict)])))["results"]["tests"]
    assert test["status"] == status
