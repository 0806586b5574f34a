"""Every assertion names a test of the graph, all names are IRIs, and only what a check saw kept has passed."""

import json
import re
from typing import Any

import pytest
from hypothesis import given

from tenderproof.reporting import earl
from tenderproof.result import Result
from tenderproof.vocabulary import Verdict

from . import results

_IRI = re.compile(r"urn:[a-z]+:[A-Za-z0-9:%._~-]+")


@given(results.results())
def test_names_are_unique_iris_and_every_assertion_leads_to_its_test(result: Result) -> None:
    graph = _graph(result)
    names = [node["@id"] for node in graph]
    assert len(set(names)) == len(names)
    assert all(_IRI.fullmatch(name) for name in names)
    asserted = [node for node in graph if node["@type"] == "earl:Assertion"]
    assert len(asserted) == len(result.clauses) + len(result.checks)
    assert {node[role] for node in asserted for role in ("test", "subject", "assertedBy", "isPartOf")} <= set(names)


def test_the_document_needs_no_context_from_elsewhere() -> None:
    document = json.loads(earl.render(results.large(20, 10)))
    terms = {key for node in document["@graph"] for key in node if not key.startswith("@")}
    assert terms <= document["@context"].keys()
    prefixes = {name for name, meaning in document["@context"].items() if isinstance(meaning, str) and meaning.endswith(("#", "/", ":"))}
    used = re.findall(r'"(\w+):(?!/)\w+"', json.dumps([document["@context"], [node["@type"] for node in document["@graph"]]]))
    assert set(used) <= prefixes | {"urn"}


@pytest.mark.parametrize(
    ("verdict", "outcome"),
    [
        (Verdict.SATISFIED, "earl:passed"),
        (Verdict.VIOLATED, "earl:failed"),
        (Verdict.INCONCLUSIVE, "earl:cantTell"),
        (Verdict.NOT_TESTED, "earl:untested"),
        (Verdict.NOT_APPLICABLE, "earl:inapplicable"),
        (Verdict.ATTESTED, "earl:untested"),
    ],
)
def test_only_what_a_check_saw_kept_has_passed(verdict: Verdict, outcome: str) -> None:
    (node,) = [node for node in _graph(results.result([results.clause(verdict=verdict)])) if "verdict" in node]
    assert (node["result"]["outcome"], node["verdict"]) == (outcome, verdict.value)


def test_what_a_person_stated_was_not_done_by_a_machine() -> None:
    (node,) = [node for node in _graph(results.result([results.clause(verdict=Verdict.ATTESTED)])) if "verdict" in node]
    assert node["mode"] == "earl:manual"


def _graph(result: Result) -> Any:
    return json.loads(earl.render(result))["@graph"]
