"""What is signed never reads better than what was decided."""

import hashlib
import json
from typing import Any

import pytest

from tenderproof.seal import statement
from tenderproof.seal.leaves import Unit
from tenderproof.seal.manifest import File
from tenderproof.vocabulary import Verdict
from tests.reporting import results

FILES = {path: File(path, 1, "ab" * 32, Unit.BLOCK, 1, "") for path in ("specs/plans/p.yaml", "result.json")}


def said(*verdicts: Verdict) -> dict[str, Any]:
    """The statement about a result with clauses of these verdicts."""
    clauses = [results.clause(f"C-{number}", verdict) for number, verdict in enumerate(verdicts)]
    found: dict[str, Any] = json.loads(statement.of(results.result(clauses), b"manifest", FILES))
    return found


def test_it_is_an_in_toto_statement_about_the_manifest_and_its_configuration_is_the_specification() -> None:
    found = said(Verdict.SATISFIED)

    assert found["_type"] == "https://in-toto.io/Statement/v1"
    assert found["predicateType"] == "https://in-toto.io/attestation/test-result/v0.1"
    assert found["subject"] == [{"name": "manifest.json", "digest": {"sha256": hashlib.sha256(b"manifest").hexdigest()}}]
    assert found["predicate"]["configuration"] == [{"name": "specs/plans/p.yaml", "digest": {"sha256": "ab" * 32}}]


@pytest.mark.parametrize(
    ("verdicts", "passed"),
    [
        ((Verdict.SATISFIED,), "PASSED"),
        ((Verdict.SATISFIED, Verdict.ATTESTED), "PASSED"),
        ((Verdict.SATISFIED, Verdict.NOT_TESTED), "FAILED"),
        ((Verdict.SATISFIED, Verdict.INCONCLUSIVE), "FAILED"),
        ((Verdict.SATISFIED, Verdict.VIOLATED), "FAILED"),
    ],
)
def test_only_a_conformant_platform_has_passed(verdicts: tuple[Verdict, ...], passed: str) -> None:
    found = said(*verdicts)["predicate"]

    assert found["result"] == passed
    assert (found["decision"] == "conformant") is (passed == "PASSED")


def test_each_clause_stands_in_the_list_of_its_verdict() -> None:
    found = said(Verdict.SATISFIED, Verdict.VIOLATED, Verdict.INCONCLUSIVE, Verdict.NOT_TESTED, Verdict.ATTESTED)["predicate"]

    assert (found["passedTests"], found["failedTests"], found["warnedTests"]) == (["C-0"], ["C-1"], ["C-4"])
    assert found["undecided"] == ["C-2", "C-3"]
