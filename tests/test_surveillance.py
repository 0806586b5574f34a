"""A surveillance report says what became of every clause since the certified run, and of the same platform alone."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from tenderproof import result, surveillance
from tenderproof.result import Result, Signatories, Signatory
from tenderproof.surveillance import BaselineError, Certified
from tenderproof.vocabulary import Verdict

from .reporting import results
from .reporting.results import clause

THREE = Signatories(prepared=Signatory(name="甲"), reviewed=Signatory(name="乙"), approved=Signatory(name="丙"))


def _certified(folder: Path) -> Result:
    made = results.result([clause("A-1"), clause("A-2"), clause("A-3")], kind="test_report", laboratory="示例", signatories=THREE)
    result.write(made, folder / "result.json")
    return made


def _digest(folder: Path) -> str:
    return hashlib.sha256((folder / "result.json").read_bytes()).hexdigest()


def _later(**changes: Any) -> Result:
    return results.result([clause("A-1"), clause("A-2", Verdict.VIOLATED), clause("A-4")], **changes)


def test_what_was_broken_is_gone_or_is_new_is_listed_and_the_rest_counted(tmp_path: Path) -> None:
    _certified(tmp_path)
    found = surveillance.against(surveillance.certified(tmp_path, "TP-1", _digest(tmp_path)), _later())

    assert {change.clause: (change.change, change.before, change.after) for change in found.changes} == {
        "A-2": ("broken", "satisfied", "violated"), "A-3": ("gone", "satisfied", ""), "A-4": ("new", "", "satisfied"),
    }  # fmt: skip
    assert (found.same, found.certificate) == (1, "TP-1")
    assert found.result_sha256 == _digest(tmp_path)


def test_other_words_of_a_clause_are_told_though_the_verdict_is_the_same(tmp_path: Path) -> None:
    _certified(tmp_path)
    later = results.result([clause("A-1", words_sha256="0" * 64)])
    found = surveillance.against(surveillance.certified(tmp_path, "TP-1", _digest(tmp_path)), later)
    assert [(change.clause, change.other_words) for change in found.changes if change.change == "same"] == [("A-1", True)]


@pytest.mark.parametrize("of", [{"operator": {"name": "x", "uscc": "y"}}, {"kind": "supervision"}, {"name": "同一运营机构的另一平台"}])
def test_another_platform_is_not_compared(tmp_path: Path, of: dict[str, Any]) -> None:
    _certified(tmp_path)
    later = _later()
    other = later.model_copy(update={"sample": later.sample.model_copy(update=of)})
    with pytest.raises(BaselineError, match="compares one platform with itself"):
        surveillance.against(surveillance.certified(tmp_path, "TP-1", _digest(tmp_path)), other)


def test_a_run_that_was_not_certified_is_no_baseline(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match="no result to compare with"):
        surveillance.certified(tmp_path, "TP-1", "0" * 64)
    _certified(tmp_path)
    with pytest.raises(BaselineError, match="not the result that certificate TP-1 was issued for"):
        surveillance.certified(tmp_path, "TP-1", "0" * 64)
    result.write(results.result([clause()]), tmp_path / "result.json")
    with pytest.raises(BaselineError, match="is a self_test"):
        surveillance.certified(tmp_path, "TP-1", _digest(tmp_path))


def test_a_report_has_the_baseline_that_its_kind_demands(tmp_path: Path) -> None:
    certified = _certified(tmp_path)
    baseline = surveillance.against(Certified(certified, "0" * 64, "TP-1"), _later())
    common: dict[str, Any] = {"laboratory": "示例", "signatories": THREE}

    assert _later(kind="surveillance_report", baseline=baseline, **common).baseline == baseline
    with pytest.raises(ValidationError, match="a surveillance_report has a baseline"):
        _later(kind="surveillance_report", **common)
    with pytest.raises(ValidationError, match="a test_report has no baseline"):
        _later(kind="test_report", baseline=baseline, **common)
