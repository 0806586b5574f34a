"""An OSCAL reader accepts the document, and never reads as satisfied what no check saw kept."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderproof.reporting import oscal
from tenderproof.result import Result
from tenderproof.vocabulary import Verdict

from . import results


@pytest.mark.filterwarnings("ignore")  # the oracle's own, and no subject of ours
@given(results.results())
@settings(max_examples=40)
def test_compliance_trestle_accepts_the_document(result: Result) -> None:
    from trestle.oscal.assessment_results import AssessmentResults  # noqa: PLC0415 - slow to import

    document = json.loads(oscal.render(result))["assessment-results"]
    read = AssessmentResults.model_validate(document)
    assert len(read.results[0].findings or []) == len(result.clauses)
    assert len(read.results[0].observations or []) == len(result.checks)


@pytest.mark.filterwarnings("ignore")
def test_compliance_trestle_refuses_a_document_that_is_not_as_it_should_be() -> None:
    from trestle.oscal.assessment_results import AssessmentResults  # noqa: PLC0415 - slow to import

    document = json.loads(oscal.render(results.large(20, 10)))["assessment-results"]
    document["results"][0]["findings"][0]["target"]["status"]["state"] = "perhaps"
    with pytest.raises(ValueError, match="state"):
        AssessmentResults.model_validate(document)


@pytest.mark.parametrize(
    ("verdict", "state", "reason"),
    [
        (Verdict.SATISFIED, "satisfied", "pass"),
        (Verdict.VIOLATED, "not-satisfied", "fail"),
        (Verdict.INCONCLUSIVE, "not-satisfied", "other"),
        (Verdict.NOT_TESTED, "not-satisfied", "other"),
        (Verdict.NOT_APPLICABLE, "not-satisfied", "other"),
        (Verdict.ATTESTED, "not-satisfied", "other"),
    ],
)
def test_only_what_a_check_saw_kept_is_satisfied(verdict: Verdict, state: str, reason: str) -> None:
    status = _findings(results.result([results.clause(verdict=verdict)]))[0]["target"]["status"]
    assert (status["state"], status["reason"]) == (state, reason)


def test_a_finding_leads_to_the_observations_behind_it() -> None:
    check = results.check()
    document = json.loads(oscal.render(results.result([results.clause(checks=[check.id])], [check])))["assessment-results"]["results"][0]
    assert [related["observation-uuid"] for related in document["findings"][0]["related-observations"]] == [
        document["observations"][0]["uuid"]
    ]


@given(st.lists(st.text(min_size=1), unique=True))
def test_no_two_ids_become_the_same_token(identifiers: list[str]) -> None:
    assert len({oscal.token(identifier) for identifier in identifiers}) == len(identifiers)


def test_an_id_that_is_a_token_stays_as_it_is() -> None:
    assert oscal.token("EB-27-3") == "EB-27-3"


def _findings(result: Result) -> Any:
    return json.loads(oscal.render(result))["assessment-results"]["results"][0]["findings"]
