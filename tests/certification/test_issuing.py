"""A certificate is issued on a conformant test report that a known laboratory sealed, by others than who tested, and on nothing else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tenderproof.certification import issuing
from tenderproof.certification.conditions import CertificationError
from tenderproof.result import Because, Result, Signatories, Signatory
from tenderproof.seal import signature
from tenderproof.signatories import SignatoryError
from tenderproof.vocabulary import Verdict
from tests.dossier import desks
from tests.reporting import results
from tests.seal.forgery import flipped, place_of
from tests.seal.identities import identity

from . import standard
from .bodies import THREE, House, house


def test_it_is_issued_for_as_long_as_the_plan_says(settled: House) -> None:
    made = settled.certificate(day=date(2028, 2, 29))
    assert (made.valid_until, made.surveillance_by) == (date(2031, 2, 28), date(2029, 2, 28))


def test_fewer_stars_than_reached_can_be_certified_and_more_cannot(settled: House) -> None:
    assert settled.certificate(level=1).level == 1
    for level in (0, 4):
        with pytest.raises(CertificationError, match=f"Level {level} was asked for"):
            settled.certificate(level=level)


def test_a_laboratory_that_nobody_named_is_not_believed(settled: House, tmp_path: Path) -> None:
    with pytest.raises(CertificationError, match="name its certificate or key with --trust"):
        issuing.tested(settled.bundle, [], ())
    with pytest.raises(CertificationError, match=r"does not hold \(signer_unknown\)"):
        issuing.tested(settled.bundle, [signature.load_party(identity(tmp_path, "other").certificate)], ())


def test_a_changed_result_is_not_certified(settled: House, tmp_path: Path) -> None:
    whole = settled.bundle.read_bytes()
    (tmp_path / "b.zip").write_bytes(flipped(whole, place_of(whole, "result.json", 9)))
    with pytest.raises(CertificationError, match=r"does not hold \(changed_block\)"):
        issuing.tested(tmp_path / "b.zip", [settled.laboratory_party], ())


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "self_test", "laboratory": "", "signatories": Signatories()}, "The result is a self_test"),
        ({"matrix": None}, "not proved by a full matrix"),
        ({"basis.figures": []}, "states no certificate_validity_period"),
        ({"run.interrupted": True}, "was interrupted"),
        ({"sample.stated_version": ""}, "needs scope.version|needs version"),
        ({"conclusion.deviations": ["A-01"]}, "waived clauses"),
        ({"conclusion.level": 0}, "reached no star level"),
        ({"matrix.survived": 1}, "not proved"),
        ({"matrix.source_sha256": "0" * 64}, "not proved"),
    ],
)
def test_a_result_that_does_not_carry_a_certificate_is_refused(settled: House, changes: dict[str, Any], said: str) -> None:
    tested = settled.tested()
    found = tested.result
    for name, value in changes.items():
        outer, _, inner = name.partition(".")
        found = found.model_copy(update={outer: getattr(found, outer).model_copy(update={inner: value}) if inner else value})
    with pytest.raises(CertificationError, match=said):
        issuing.issue(issuing.Tested(found, tested.report), settled.application())


@pytest.mark.parametrize("kind", ["continuity_measures", "test_report", "trial_operation_report", "platform_code", "declaration_security"])
@pytest.mark.parametrize("there", [False, True], ids=["absent", "expired"])
def test_nothing_is_certified_while_a_document_of_the_submission_is_lacking(settled: House, kind: str, *, there: bool) -> None:
    tested = settled.tested()
    expired = Because(code="expired", values={"expires": "2026-11-01"})
    others = [paper for paper in tested.result.papers if paper.kind != kind]
    faulty = [paper.model_copy(update={"fault": expired}) for paper in tested.result.papers if paper.kind == kind]
    found = tested.result.model_copy(update={"papers": [*others, *(faulty if there else ())]})
    with pytest.raises(CertificationError, match=f"The submission lacks {kind}, and nothing is certified without"):
        issuing.issue(issuing.Tested(found, tested.report), settled.application())


@pytest.mark.parametrize("verdict", [Verdict.VIOLATED, Verdict.INCONCLUSIVE, Verdict.NOT_TESTED])
def test_only_a_conformant_platform_is_certified(settled: House, verdict: Verdict) -> None:
    tested = settled.tested()
    conclusion = results.result([results.clause("A-01", verdict, stars=1)]).conclusion
    found = tested.result.model_copy(update={"conclusion": conclusion})
    with pytest.raises(CertificationError, match="only conformant is certified"):
        issuing.issue(issuing.Tested(found, tested.report), settled.application())


def test_a_self_test_is_not_certified_even_when_sealed(tmp_path: Path) -> None:
    alone = house(tmp_path, kind="self_test", laboratory="", signatories=Signatories())
    with pytest.raises(CertificationError, match="The result is a self_test"):
        alone.certificate()


@pytest.mark.parametrize("person", ["甲", "乙", " 丙 "])
def test_who_tested_does_not_decide(settled: House, person: str) -> None:
    with pytest.raises(CertificationError, match="who tested does not decide"):
        settled.certificate(decided_by=person)


def test_the_body_is_another_than_the_laboratory_with_another_key(settled: House) -> None:
    with pytest.raises(CertificationError, match="signed apart"):
        settled.certificate(key=settled.laboratory_party)
    with pytest.raises(CertificationError, match="another than the laboratory"):
        settled.certificate(body="示例软件检测中心")
    with pytest.raises(CertificationError, match="a person who takes it"):
        settled.certificate(decided_by=" ")


def test_three_persons_stand_under_the_report_that_is_certified(settled: House) -> None:
    tested = settled.tested()
    twice = THREE.model_copy(update={"approved": Signatory(name="甲")})
    found = tested.result.model_copy(update={"signatories": twice})
    with pytest.raises(SignatoryError, match="different persons"):
        issuing.issue(issuing.Tested(found, tested.report), settled.application())


def test_no_decision_is_earlier_than_its_test(settled: House) -> None:
    with pytest.raises(CertificationError, match="earlier than the test"):
        settled.certificate(day=date(2026, 11, 22))


def test_nothing_is_issued_while_the_body_s_own_certificate_is_out_of_its_time(settled: House, tmp_path: Path) -> None:
    party = signature.load_party(identity(tmp_path, "body", valid=(-9, -5)).certificate)
    with pytest.raises(CertificationError, match=r"own certificate \(--cert\) was not valid on 2028-02-29"):
        settled.certificate(key=party, day=date(2028, 2, 29))


def _scored(**changes: int) -> Callable[[Result], Result]:
    def change(found: Result) -> Result:
        assert found.matrix is not None
        return found.model_copy(update={"matrix": found.matrix.model_copy(update=changes)})

    return change


def test_a_score_that_was_written_by_hand_is_held_against_the_body_s_own(tmp_path: Path) -> None:
    boasting = house(tmp_path / "a", _scored(mutants=181, killed=181))
    with pytest.raises(CertificationError, match="mutants = 181, and this tenderproof's own says 180"):
        boasting.tested()
    silent = house(tmp_path / "b")
    (silent.standard / "reports" / "out" / "matrix.json").unlink()
    with pytest.raises(CertificationError, match="no score of its own"):
        silent.tested()
    (silent.standard / "reports" / "out" / "matrix.json").write_text("{}")
    with pytest.raises(CertificationError, match="no score of its own"):
        silent.tested()


def test_the_bodies_that_signed_papers_are_those_that_the_body_knows(settled: House) -> None:
    with standard.used(settled.standard):
        found = issuing.tested(settled.bundle, [settled.laboratory_party], (), desks.bodies()).result
        assert found.papers
        strangers = [replace(person, key=desks.private("另一把").public_key()) for person in desks.bodies()]
        for bodies in (strangers, desks.bodies()[:1], [replace(person, capacity="laboratory") for person in desks.bodies()]):
            with pytest.raises(CertificationError, match="that --known-signers does not name for them"):
                issuing.tested(settled.bundle, [settled.laboratory_party], (), bodies)
