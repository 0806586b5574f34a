import hashlib
import json
from typing import Any

import pytest

from tenderproof.seal import statement
from tenderproof.seal.leaves import Unit
from tenderproof.seal.manifest import File
from tenderproof.vocabulary import Decision, Verdict

from . import bundles

FILES = {path: File(path, 1, path[-1] * 64, Unit.BLOCK, 1, "0" * 64) for path in ("result.json", "specs/plans/a")}


def said(**conclusion: Any) -> dict[str, Any]:
    found = bundles.result()
    other = found.model_copy(update={"conclusion": found.conclusion.model_copy(update=conclusion)})
    content: dict[str, Any] = json.loads(statement.of(other, b"manifest", FILES))
    return content


def test_it_is_an_in_toto_statement_about_the_manifest() -> None:
    content = said()

    assert (content["_type"], content["predicateType"].rsplit("/", 2)[1:]) == ("https://in-toto.io/Statement/v1", ["test-result", "v0.1"])
    assert content["subject"] == [{"name": "manifest.json", "digest": {"sha256": hashlib.sha256(b"manifest").hexdigest()}}]
    assert [one["name"] for one in content["predicate"]["configuration"]] == ["specs/plans/a"]


@pytest.mark.parametrize(
    ("decision", "told"), [(Decision.CONFORMANT, "PASSED"), (Decision.NON_CONFORMANT, "FAILED"), (Decision.INCONCLUSIVE, "FAILED")]
)
def test_only_a_conformant_platform_passes_a_gate_that_knows_nothing_of_us(decision: Decision, told: str) -> None:
    predicate = said(decision=decision)["predicate"]

    assert (predicate["result"], predicate["decision"]) == (told, decision.value)


def test_every_clause_stands_where_its_verdict_puts_it() -> None:
    predicate, found = said()["predicate"], bundles.result()
    by = {verdict: {clause.id for clause in found.clauses if clause.verdict is verdict} for verdict in Verdict}

    assert set(predicate["passedTests"]) == by[Verdict.SATISFIED] != set()
    assert set(predicate["undecided"]) == by[Verdict.INCONCLUSIVE] | by[Verdict.NOT_TESTED] != set()
    assert (set(predicate["failedTests"]), set(predicate["warnedTests"])) == (by[Verdict.VIOLATED], by[Verdict.ATTESTED])
