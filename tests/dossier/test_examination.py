"""What counts of a folder of papers, and what of it reaches a verdict."""

from datetime import date

import pytest

from tenderproof.dossier import examination

from . import desks
from .desks import Folder

EXEMPTED = '\n[[exemptions]]\nitem = "A-71"\nground = "not_needed"\nexplanation = "不开展资格预审"\n'


def faults(folder: Folder) -> dict[str, str | None]:
    """The fault of each paper, by its file's first name."""
    papers = examination.examine(folder.desk()).papers
    return {paper.file.removeprefix("papers/").partition(".")[0]: paper.fault.code if paper.fault else None for paper in papers}


def test_an_empty_folder_holds_nothing(folder: Folder) -> None:
    assert examination.examine(folder.desk()) == examination.NOTHING


def test_an_attestation_says_who_when_and_by_which_key(folder: Folder) -> None:
    folder.put("paper", desks.attestation(), "王芳")

    taken = examination.examine(folder.desk())

    said = taken.statements["F-01"]
    assert (said.person, said.role, said.organisation) == ("王芳", "工程师", desks.USCC)
    assert (said.date, said.words) == ("2026-11-20", "已设置密码策略。")
    assert said.key_sha256 == desks.own_people()[0].key_sha256
    assert [(paper.counts, paper.clauses, [signer.named_by for signer in paper.signers]) for paper in taken.papers] == [
        (True, ["F-01"], ["declaration"])
    ]


def test_a_waiver_names_both_and_its_scope(folder: Folder) -> None:
    folder.put("paper", desks.waiver(), "李强", "王芳")

    waiver = examination.examine(folder.desk()).waivers["A-01"]

    assert (waiver.author, waiver.approver, waiver.scope, waiver.expires) == ("王芳", "李强", "trading-1 1.4.2", "2027-02-20")
    assert waiver.author_key_sha256 == desks.own_people()[0].key_sha256


def test_an_exemption_that_is_declared_and_not_signed_counts_as_absent(folder: Folder) -> None:
    taken = examination.examine(folder.desk(more=EXEMPTED))

    assert taken.exemptions == {}
    assert [(paper.kind, paper.clauses, paper.fault.code if paper.fault else None) for paper in taken.papers] == [
        ("exemption", ["A-71"], "unsigned")
    ]


def test_a_signed_exemption_counts_with_its_ground(folder: Folder) -> None:
    folder.put("paper", desks.exemption(), "王芳")

    taken = examination.examine(folder.desk(more=EXEMPTED))

    assert (taken.exemptions["A-71"].ground, taken.exemptions["A-71"].explanation) == ("not_needed", "不开展资格预审")
    assert [paper.counts for paper in taken.papers] == [True]


def test_two_papers_on_one_thing_both_count_as_absent(folder: Folder) -> None:
    folder.put("one", desks.attestation(), "王芳")
    folder.put("two", desks.attestation(statement="另一说法。", signed_by=desks.person("李强")), "李强")

    assert faults(folder) == {"one": "twice", "two": "twice"}


def test_a_renewed_paper_may_lie_beside_the_one_that_expired(folder: Folder) -> None:
    folder.put("old", desks.attestation(date="2025-11-20", expires="2026-11-20"), "王芳")
    folder.put("new", desks.attestation(), "王芳")

    assert faults(folder) == {"old": "expired", "new": None}
    assert examination.examine(folder.desk()).statements["F-01"].date == "2026-11-20"


def test_the_proofs_of_both_chapters_together_show_the_clause_that_asks_for_both(folder: Folder) -> None:
    folder.put("code", desks.platform_code(), "省公共服务平台")
    folder.put("interface", desks.interface_proof(), "省公共服务平台")
    assert set(examination.examine(folder.desk()).statements) == {"D-01", "D-02"}

    folder.put("items", desks.data_items_proof(), "省公共服务平台")
    assert set(examination.examine(folder.desk()).statements) == {"D-01", "D-02", "CERT-STAR-4"}


def test_a_proof_signed_by_who_is_tested_shows_nothing(folder: Folder) -> None:
    folder.put("code", desks.platform_code(), "省公共服务平台")
    folder.put("items", desks.data_items_proof(signed_by=desks.person("王芳")), "王芳")

    assert faults(folder) == {"code": None, "items": "not_independent"}
    assert examination.examine(folder.desk()).statements == {}


def test_a_document_builds_on_another_that_counts(folder: Folder) -> None:
    folder.put("trial", desks.trial(folder), "王芳")
    assert faults(folder) == {"trial": "needs_document"}

    folder.put("report", desks.test_report(), "检测实验室")
    assert faults(folder) == {"trial": None, "report": None}

    folder.put("report", desks.facts(desks.test_report(), sent_to_level="city"), "检测实验室")
    assert faults(folder) == {"trial": "needs_document", "report": "differs"}


def test_a_trial_whose_traces_are_not_signed_with_it_counts_as_absent(folder: Folder) -> None:
    folder.put("report", desks.test_report(), "检测实验室")
    folder.put("trial", desks.trial(folder, files={}), "王芳")
    assert faults(folder) == {"trial": "no_files", "report": None}

    folder.put("trial", desks.trial(folder, files=folder.file("P1.txt", "P1")), "王芳")
    assert faults(folder) == {"trial": "trace_absent", "report": None}


def test_a_document_that_contradicts_the_one_it_builds_on_counts_as_absent(folder: Folder) -> None:
    folder.put("report", desks.test_report(), "检测实验室")
    folder.put("trial", desks.facts(desks.trial(folder), test_report_issued_on="2026-04-28"), "王芳")

    assert faults(folder) == {"trial": "contradicts", "report": None}


def test_a_declaration_of_a_chapter_must_speak_of_every_clause_of_it(folder: Folder) -> None:
    said = {"version": desks.VERSION, "evaluated_from": "2026-10-01", "evaluated_until": "2026-10-31"}
    clauses = [f"E-0{number}" for number in range(1, 8)] + ["TS-8.3"]
    whole = desks.document("declaration_performance", said, desks.person("王芳"), statements=desks.states(*clauses))
    folder.put("paper", whole, "王芳")
    assert faults(folder) == {"paper": None}

    folder.put("paper", {**whole, "statements": desks.states(*clauses[1:])}, "王芳")
    assert faults(folder) == {"paper": "clauses_lacking"}


@pytest.mark.parametrize("day", [date(2026, 11, 20), date(2027, 5, 20)])
def test_the_day_of_the_run_decides_what_has_expired(folder: Folder, day: date) -> None:
    folder.put("paper", desks.attestation(), "王芳")

    assert set(examination.examine(folder.desk(today=day)).statements) == {"F-01"}


def test_what_cannot_be_opened_is_listed_all_the_same(folder: Folder) -> None:
    folder.lay("paper", "not an envelope")

    (paper,) = examination.examine(folder.desk()).papers
    assert (paper.file, paper.kind, paper.counts) == ("papers/paper.dsse.json", "", False)
