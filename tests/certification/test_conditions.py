"""A result carries a decision of a body if it is a laboratory's whole, conformant and proved report; each condition says so."""

from typing import Any

import pytest

from tenderproof.certification import conditions
from tenderproof.certification.conditions import CertificationError
from tenderproof.result import Result, Signatories
from tenderproof.signatories import SignatoryError
from tenderproof.vocabulary import Decision

from .bodies import House


def _but(found: Result, part: str, **changes: Any) -> Result:
    return found.model_copy(update={part: getattr(found, part).model_copy(update=changes)})


def test_an_honest_report_meets_them_all(settled: House) -> None:
    found = settled.tested().result
    conditions.require_report(found, "test_report")
    conditions.require_conformant(found)
    conditions.require_level(found, 3)
    conditions.require_proved(found)
    conditions.require_documents(found)
    conditions.require_apart(found, settled.tested().report, key=settled.party, decided_by="丁", body="示例认证中心")
    assert conditions.months(found, ("certificate_validity_period", "surveillance_interval", "certificate_renewal_window")) == {
        "certificate_validity_period": 36, "surveillance_interval": 12, "certificate_renewal_window": 6,
    }  # fmt: skip


def test_the_kind_is_the_one_that_is_asked_for(settled: House) -> None:
    with pytest.raises(CertificationError, match=r"is a test_report; a laboratory's surveillance_report is asked for"):
        conditions.require_report(settled.tested().result, "surveillance_report")
    with pytest.raises(SignatoryError):
        conditions.require_report(settled.tested().result.model_copy(update={"signatories": Signatories()}), "test_report")
    with pytest.raises(CertificationError, match="nothing is decided on it"):
        conditions.require_report(_but(settled.tested().result, "run", interrupted=True), "test_report")


@pytest.mark.parametrize("decision", [Decision.NON_CONFORMANT, Decision.INCONCLUSIVE])
def test_nothing_but_conformant_will_do(settled: House, decision: Decision) -> None:
    with pytest.raises(CertificationError, match="only conformant is certified"):
        conditions.require_conformant(_but(settled.tested().result, "conclusion", decision=decision))


@pytest.mark.parametrize("changes", [{"unit": "day"}, {"value": 0}, {"value": "12"}])
def test_a_figure_that_is_no_number_of_months_is_none(settled: House, changes: dict[str, Any]) -> None:
    found = settled.tested().result
    figures = [f.model_copy(update=changes) if f.name == "surveillance_interval" else f for f in found.basis.figures]
    with pytest.raises(CertificationError, match="states no surveillance_interval in months"):
        conditions.months(_but(found, "basis", figures=figures), ("surveillance_interval",))
