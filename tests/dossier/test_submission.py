"""What is lacking for submission is counted from what was taken, never from what was merely handed in."""

import pytest

from tenderproof.dossier import examination
from tenderproof.dossier.submission import OtherRun, submission
from tenderproof.vocabulary import Verdict
from tests.reporting import results

from . import desks, sealed_pdfs
from .desks import Folder
from .sealed_pdfs import Seal


def test_a_document_that_counts_is_there_and_one_with_a_fault_is_not(folder: Folder) -> None:
    folder.put("report", desks.test_report(), "检测实验室")
    folder.put("trial", desks.trial(folder, "P1"), "王芳")
    desk = folder.desk()

    found = submission(desk, examination.examine(desk), None)

    faults = {needed.kind.id: needed.faults for needed in found.documents}
    assert faults["test_report"] is None
    assert [fault.code for fault in faults["trial_operation_report"] or ()] == ["too_few"]
    assert faults["continuity_measures"] == ()
    assert not found.complete


def test_the_management_system_counts_under_its_operators_seal_and_not_without_it(folder: Folder) -> None:
    sealed, strangers = (Seal(organisation=name).on(sealed_pdfs.blank()) for name in ("某运营机构", "某某公司"))
    found = []
    for octets in (sealed, strangers, sealed_pdfs.blank()):
        stated, signed = {"issuer": "某运营机构", "in_force_since": "2026-01-05"}, desks.person("王芳", uscc=desks.USCC)
        folder.put("systems", desks.document("management_systems", stated, signed, files=folder.octets("制度.pdf", octets)), "王芳")
        desk = folder.desk()
        found += [one.faults for one in submission(desk, examination.examine(desk), None).documents if one.kind.id == "management_systems"]

    assert [faults and [fault.code for fault in faults] for faults in found] == [None, ["seal_of_another"], ["seal_absent"]]


def test_every_kind_that_is_asked_for_is_listed_once_and_statements_are_no_documents(folder: Folder) -> None:
    desk = folder.desk()
    kinds = [needed.kind.id for needed in submission(desk, examination.examine(desk), None).documents]

    assert sorted(kinds) == sorted(kind.id for kind in desk.kinds.values() if kind.asked_for)
    assert not {"attestation", "exemption", "waiver"} & set(kinds)


def test_an_expired_statement_is_open_again_and_named(folder: Folder) -> None:
    folder.put("paper", desks.attestation(expires="2026-11-22"), "王芳")
    desk = folder.desk()

    found = submission(desk, examination.examine(desk), None)

    assert "F-01" in found.statements
    assert [(paper.clauses, paper.fault.code if paper.fault else None) for paper in found.absent] == [(["F-01"], "expired")]


@pytest.mark.parametrize(
    ("verdict", "is_open"),
    [
        (Verdict.SATISFIED, False),
        (Verdict.ATTESTED, False),
        (Verdict.NOT_APPLICABLE, False),
        (Verdict.VIOLATED, True),
        (Verdict.INCONCLUSIVE, True),
        (Verdict.NOT_TESTED, True),
    ],
)
def test_an_item_is_open_unless_it_is_met_attested_or_exempt(folder: Folder, verdict: Verdict, is_open: bool) -> None:
    made = results.result([results.clause("A-01", verdict, stars=1)])
    run = made.model_copy(
        update={
            "sample": made.sample.model_copy(update={"name": desks.PLATFORM["name"]}),
            "basis": made.basis.model_copy(update={"plan": "trading-1"}),
        }
    )
    desk = folder.desk()

    (star,) = submission(desk, examination.examine(desk), run).levels

    assert star.open is not None
    assert ("A-01" in star.open) is is_open


def test_a_run_of_another_plan_is_refused(folder: Folder) -> None:
    desk = folder.desk()

    with pytest.raises(OtherRun, match="plan trading-3"):
        submission(desk, examination.NOTHING, results.result([]))
