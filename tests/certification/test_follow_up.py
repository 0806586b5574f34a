"""A yearly check is passed on a laboratory's sealed report of this platform alone, compared again with the bundle that was certified."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tenderproof import surveillance
from tenderproof.certification import follow_up, issuing, status
from tenderproof.certification.conditions import CertificationError
from tenderproof.result import Baseline, EvidenceFile, Result, Signatories
from tenderproof.review import ReviewError
from tenderproof.surveillance import BaselineError, Certified
from tenderproof.vocabulary import Decision, Verdict

from . import surveys
from .bodies import THREE, House
from .surveys import RECORDED, SEEN


@pytest.fixture(scope="module")
def report(settled: House, tmp_path_factory: pytest.TempPathFactory) -> issuing.Tested:
    return surveys.read(settled, surveys.bundle(settled, tmp_path_factory.mktemp("survey")))


def _passed(house: House, report: issuing.Tested, **changes: Any) -> None:
    follow_up.passed(report, surveys.followed(house, **changes))


def test_what_is_recorded_names_the_report_and_the_next_day(settled: House, report: issuing.Tested) -> None:
    seen = follow_up.passed(report, surveys.followed(settled))
    assert (seen.root, seen.result_sha256) == (report.report.root, report.report.result_sha256)
    assert seen.key_sha256 == settled.laboratory_party.keyid
    assert (seen.finished, seen.surveillance_by.isoformat()) == (SEEN, "2028-01-15")
    made, first = settled.certificate(), settled.credential()
    token = status.change(
        made, [first], settled.pen, status="valid", ground="surveillance_passed", day=RECORDED, decided_by="丁",
        surveillance=seen,
    )  # fmt: skip
    (change,) = status.history(made, [first, token], settled.party)
    assert change.surveillance == seen


def _sample(**changes: Any) -> Callable[[Result], Result]:
    return lambda found: found.model_copy(update={"sample": found.sample.model_copy(update=changes)})


def _conclusion(**changes: Any) -> Callable[[Result], Result]:
    return lambda found: found.model_copy(update={"conclusion": found.conclusion.model_copy(update=changes)})


def _baseline(**changes: Any) -> Callable[[Result], Result]:
    def change(found: Result) -> Result:
        assert found.baseline is not None
        return found.model_copy(update={"baseline": found.baseline.model_copy(update=changes)})

    return change


def _clause(name: str, **changes: Any) -> Callable[[Result], Result]:
    def change(found: Result) -> Result:
        told = [clause.model_copy(update=changes) if clause.id == name else clause for clause in found.clauses]
        return found.model_copy(update={"clauses": told})

    return change


TRIALS: dict[str, tuple[Callable[[Result], Result], str]] = {
    "another platform of the operator": (_sample(name="另一平台"), "is of platform 另一平台, and TP-2026-001 says"),
    "another operator": (_sample(operator={"name": "他人", "uscc": "x"}), "is of holder 他人"),
    "another address": (_sample(base_url="https://other.example"), "is of address https://other.example"),
    "another kind": (_sample(kind="supervision"), "is of kind supervision"),
    "a lesser plan": (lambda r: r.model_copy(update={"basis": r.basis.model_copy(update={"plan": "trading-1"})}), "is of plan trading-1"),
    "a self-test": (lambda r: r.model_copy(update={"kind": "self_test"}), "The result is a self_test; a laboratory's surveillance_report"),
    "a test report": (lambda r: r.model_copy(update={"kind": "test_report"}), "The result is a test_report"),
    "no longer conformant": (_conclusion(decision=Decision.NON_CONFORMANT, violated=["A-01"]), "only conformant is certified"),
    "a deviation": (_conclusion(deviations=["A-01"]), "waived clauses"),
    "fewer stars": (_conclusion(level=2), "Level 3 was asked for"),
    "interrupted": (lambda r: r.model_copy(update={"run": r.run.model_copy(update={"interrupted": True})}), "was interrupted"),
    "not proved": (lambda r: r.model_copy(update={"matrix": None}), "not proved by a full matrix"),
    "another version": (_sample(stated_version="9.9"), "is of version 9.9"),
    "another build": (_sample(stated_build="other"), "and TP-2026-001 covers"),
}


@pytest.mark.parametrize("trial", TRIALS)
def test_a_report_that_does_not_show_it_is_refused(settled: House, report: issuing.Tested, trial: str) -> None:
    change, said = TRIALS[trial]
    with pytest.raises(CertificationError, match=said):
        _passed(settled, issuing.Tested(_compared(settled, change(report.result)), report.report))


def _worse(found: Result) -> Result:
    """A report that tells a clause which is new since the certified run."""
    return found.model_copy(update={"clauses": [*found.clauses, found.clauses[0].model_copy(update={"id": "EB-99-9"})]})


CHANGE_LISTS: dict[str, Callable[[Baseline], dict[str, Any]]] = {
    "a change left out": lambda of: {"changes": of.changes[1:]},
    "a change left out and counted as the same": lambda of: {"changes": [], "same": of.same + 1},
    "a change told milder": lambda of: {"changes": [of.changes[0].model_copy(update={"change": "fixed"})]},
    "a change of another clause": lambda of: {"changes": [of.changes[0].model_copy(update={"clause": "A-01"})]},
    "a change twice": lambda of: {"changes": [*of.changes, *of.changes]},
    "other words hidden": lambda of: {"changes": [of.changes[0].model_copy(update={"other_words": True})]},
    "a difference of the runs invented": lambda of: {"unlike": [*of.unlike, ("seed", "a", "b")]},
}


@pytest.mark.parametrize("edit", CHANGE_LISTS)
def test_a_list_of_changes_that_was_edited_is_refused(settled: House, report: issuing.Tested, edit: str) -> None:
    told = _compared(settled, _worse(report.result))
    assert told.baseline is not None
    assert len(told.baseline.changes) == 1
    edited = told.model_copy(update={"baseline": told.baseline.model_copy(update=CHANGE_LISTS[edit](told.baseline))})
    with pytest.raises(CertificationError, match="is not what follows from the result"):
        _passed(settled, issuing.Tested(edited, report.report))


COMPARISONS: dict[str, tuple[Callable[[Result], Result], str]] = {
    "with another certificate": (_baseline(certificate="TP-9"), "follows up TP-9, and not TP-2026-001"),
    "with another run": (_baseline(result_sha256="0" * 64), "is not what follows from the result"),
    "with changes that are not told": (_baseline(same=99), "is not what follows from the result"),
}


@pytest.mark.parametrize("trial", COMPARISONS)
def test_a_comparison_is_not_believed(settled: House, report: issuing.Tested, trial: str) -> None:
    change, said = COMPARISONS[trial]
    with pytest.raises(CertificationError, match=said):
        _passed(settled, issuing.Tested(change(report.result), report.report))


def _compared(house: House, found: Result) -> Result:
    """As a laboratory would have compared it."""
    certified = house.tested()
    try:
        baseline = surveillance.against(Certified(certified.result, certified.report.result_sha256, "TP-2026-001"), found)
    except BaselineError:  # of another platform: it says what the honest one says
        return found
    return found.model_copy(update={"baseline": baseline})


def test_what_held_and_does_not_apply_any_more_is_less(settled: House, report: issuing.Tested) -> None:
    less = _clause("A-02", verdict=Verdict.NOT_APPLICABLE, disposition="exempted")(report.result)
    with pytest.raises(CertificationError, match="A-02 held when the certificate was issued and now does not apply"):
        _passed(settled, issuing.Tested(_compared(settled, less), report.report))
    should = _clause("A-02", verdict=Verdict.VIOLATED, keyword="should")(report.result)
    _passed(settled, issuing.Tested(_compared(settled, should), report.report))


def _evidence(*digests: str) -> Callable[[Result], Result]:
    files = [EvidenceFile(name=f"gw{at}-1.warc.gz", sha256=digest * 64, octets=9) for at, digest in enumerate(digests)]
    return lambda found: found.model_copy(update={"evidence": files})


def test_the_recorded_answers_of_the_certified_run_are_no_surveillance(settled: House, report: issuing.Tested) -> None:
    certified = _evidence("a", "b")(settled.tested().result)
    for later, said in (
        (_evidence("c", "b")(report.result), "gw1-1.warc.gz of the report is of the certified run"),
        (report.result.model_copy(update={"run": certified.run}), "the platform was not looked at again"),
    ):
        with pytest.raises(CertificationError, match=said):
            follow_up.require_seen_anew(certified, later)
    follow_up.require_seen_anew(certified, _evidence("c", "d")(report.result))


def test_figures_that_the_body_accepted_are_recorded(settled: House, report: issuing.Tested) -> None:
    figures = [f.model_copy(update={"value": 99}) if f.name == "rpo" else f for f in report.result.basis.figures]
    found = report.result.model_copy(update={"basis": report.result.basis.model_copy(update={"figures": figures})})
    seen = follow_up.passed(issuing.Tested(_compared(settled, found), report.report), surveys.followed(settled))
    assert (seen.figures, follow_up.passed(report, surveys.followed(settled)).figures) == ({"rpo": 99}, {})


def test_it_is_compared_with_the_certified_bundle_and_no_other(settled: House, report: issuing.Tested, tmp_path: Path) -> None:
    with pytest.raises(CertificationError, match="is not the bundle that TP-2026-001 was issued for"):
        _passed(settled, report, certified=surveys.bundle(settled, tmp_path, kind="test_report"))
    (tmp_path / "a.zip").write_bytes(b"PK")
    for name in ("a.zip", "none.zip"):
        with pytest.raises(CertificationError, match="is no bundle with a result"):
            _passed(settled, report, certified=tmp_path / name)


def test_who_tested_does_not_decide_on_it(settled: House, report: issuing.Tested) -> None:
    with pytest.raises(CertificationError, match="who tested does not decide"):
        _passed(settled, report, decided_by="乙")
    with pytest.raises(CertificationError, match="signed apart"):
        _passed(settled, report, key=settled.laboratory_party)


def test_a_report_that_the_body_sealed_itself_is_no_laboratory_s(settled: House, tmp_path: Path) -> None:
    path = surveys.bundle(settled, tmp_path, by="body")
    with pytest.raises(CertificationError, match="does not hold \\(signer_unknown\\)"):
        surveys.read(settled, path)
    with pytest.raises(CertificationError, match="signed apart"):
        _passed(settled, surveys.read(settled, path, by="body"))


def test_a_run_that_was_ordered_as_a_self_test_does_not_become_a_surveillance(settled: House, tmp_path: Path) -> None:
    plain = surveys.bundle(settled, tmp_path / "a", kind="self_test", laboratory="", signatories=Signatories())
    with pytest.raises(CertificationError, match="The result is a self_test"):
        _passed(settled, surveys.read(settled, plain))
    dressed = surveys.bundle(settled, tmp_path / "b", _dressed(settled), kind="self_test", laboratory="", signatories=Signatories())
    with pytest.raises(ReviewError, match="was begun as self_test"):
        surveys.read(settled, dressed)


def _dressed(house: House) -> Callable[[Result], Result]:
    def change(found: Result) -> Result:
        later = found.model_copy(update={"kind": "surveillance_report", "laboratory": "示例软件检测中心", "signatories": THREE})
        return _compared(house, later)

    return change
