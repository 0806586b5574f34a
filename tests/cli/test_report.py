"""Reports are written again from the result, in any form."""

import json
import shutil
from pathlib import Path

import pytest

from tenderproof import result
from tenderproof.cli import report, signing
from tenderproof.cli.ending import WrongUse
from tenderproof.result import Signatories
from tenderproof.review import ReviewError
from tenderproof.seal import pdf_verification, signature
from tests.certification import standard
from tests.certification.bodies import LABORATORY, THREE, house
from tests.seal.identities import identity

from ..reporting import results  # noqa: TID252 - test data of a neighbour


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    result.write(results.result([results.clause()], [results.check()]), tmp_path / "result.json")
    return tmp_path


@pytest.mark.parametrize(
    ("form", "name", "begins"),
    [
        ("html", "report.html", "<!doctype html>"),
        ("html-en", "report.en.html", "<!doctype html>"),
        ("junit", "junit.xml", "<?xml"),
        ("json", "result.json", "{"),
        ("pdf", "report.pdf", "%PDF-1.7"),
        ("pdf-en", "report.en.pdf", "%PDF-1.7"),
    ],
)
def test_a_form_is_written_under_its_usual_name(
    folder: Path, form: str, name: str, begins: str, capsys: pytest.CaptureFixture[str]
) -> None:
    report.run(folder, form, None)
    assert (folder / name).read_bytes().lstrip().startswith(begins.encode())
    assert capsys.readouterr().out == f"{folder / name}\n"


def test_a_form_is_written_where_one_says(folder: Path, tmp_path: Path) -> None:
    report.run(folder, "junit", tmp_path / "ci.xml")
    assert (tmp_path / "ci.xml").is_file()
    assert not (folder / "junit.xml").exists()


def test_an_unknown_form_is_answered_with_those_that_there_are(folder: Path) -> None:
    with pytest.raises(WrongUse, match=r"no form 'paper' .* html, html-en, junit, json"):
        report.run(folder, "paper", None)


def test_a_place_that_cannot_be_written_to_is_named(folder: Path) -> None:
    with pytest.raises(WrongUse, match=r"cannot be written to .*: No such file or directory"):
        report.run(folder, "html", folder / "no" / "such.html")


@pytest.mark.parametrize(("lang", "name"), [("zh", "report.html"), ("en", "report.en.html")])
def test_a_language_chooses_among_the_forms(folder: Path, lang: str, name: str) -> None:
    report.run(folder, "html", None, lang=lang)
    assert (folder / name).is_file()


def test_a_language_that_there_is_not_is_refused(folder: Path) -> None:
    with pytest.raises(WrongUse, match="no report in the language 'fr'"):
        report.run(folder, "html", None, lang="fr")


def test_what_is_no_pdf_is_not_signed(folder: Path, tmp_path: Path) -> None:
    who = identity(tmp_path, "laboratory")
    with pytest.raises(WrongUse, match="signed as PDF alone, and junit was asked for"):
        report.run(folder, "junit", None, signing.of(who.key, who.certificate, "", None))


def test_a_result_that_was_edited_after_the_audit_is_not_signed(tmp_path: Path) -> None:
    settled = house(tmp_path)
    folder, found = settled.folder / "run", result.read(settled.folder / "run" / "result.json")
    levelled = found.model_copy(update={"conclusion": found.conclusion.model_copy(update={"level": 2})})
    result.write(levelled, folder / "result.json")
    by = signing.of(settled.laboratory.key, settled.laboratory.certificate, "", None)
    with standard.used(settled.standard), pytest.raises(ReviewError, match=r"result\.json was changed after the audit"):
        report.run(folder, "pdf", None, by)
    assert not (folder / "report.pdf").exists()


@pytest.mark.parametrize("form", ["html", "pdf", "oscal", "markdown"])
def test_a_self_test_that_was_edited_into_a_laboratorys_report_is_not_written_in_any_form(tmp_path: Path, form: str) -> None:
    settled = house(tmp_path, kind="self_test", laboratory="", signatories=Signatories())
    folder = settled.folder / "run"
    found = result.read(folder / "result.json")
    report.run(folder, form, tmp_path / "own")
    result.write(found.model_copy(update={"kind": "test_report", "laboratory": LABORATORY, "signatories": THREE}), folder / "result.json")
    with pytest.raises(ReviewError, match=r"begun as self_test .* result is a test_report"):
        report.run(folder, form, tmp_path / "forged")
    assert not (tmp_path / "forged").exists()


def test_a_laboratorys_report_is_written_for_that_laboratory_alone_and_not_without_its_journal(tmp_path: Path) -> None:
    folder = house(tmp_path).folder / "run"
    found = result.read(folder / "result.json")
    report.run(folder, "html", tmp_path / "own.html")
    result.write(found.model_copy(update={"laboratory": "另一检测中心"}), folder / "result.json")
    with pytest.raises(ReviewError, match="begun for the laboratory '示例软件检测中心'"):
        report.run(folder, "html", tmp_path / "other.html")
    shutil.rmtree(folder / "journal")
    with pytest.raises(ReviewError, match="put the run's journal back"):
        report.run(folder, "html", tmp_path / "other.html")


def test_an_interrupted_run_is_not_signed(folder: Path, tmp_path: Path) -> None:
    who, found = identity(tmp_path, "laboratory"), result.read(folder / "result.json")
    result.write(found.model_copy(update={"run": found.run.model_copy(update={"interrupted": True})}), folder / "result.json")
    with pytest.raises(WrongUse, match="interrupted and is not signed"):
        report.run(folder, "pdf", None, signing.of(who.key, who.certificate, "", None))
    assert not (folder / "report.pdf").exists()


def test_a_report_is_signed_and_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settled = house(tmp_path)
    who, folder = settled.laboratory, settled.folder / "run"
    with standard.used(settled.standard):
        report.run(folder, "pdf", None, signing.of(who.key, who.certificate, "", None), lang="en", as_json=True)

    said = json.loads(capsys.readouterr().out)
    assert said == {"format": "pdf-en", "file": str(folder / "report.en.pdf"), "kind": "test_report", "signer": "CN=laboratory"}
    done = pdf_verification.verify((folder / "report.en.pdf").read_bytes(), [signature.load_party(who.certificate)])
    assert (done.holds, done.trusted) == (True, True)
    assert done.attached == {"result.json": (folder / "result.json").read_bytes()}


def test_a_self_test_bears_no_official_seal(folder: Path, tmp_path: Path) -> None:
    who = identity(tmp_path, "laboratory")
    with pytest.raises(WrongUse, match="A self-test bears no seal"):
        report.run(folder, "pdf", None, signing.of(who.key, who.certificate, "", tmp_path / "seal.toml"))
    assert not (folder / "report.pdf").exists()
