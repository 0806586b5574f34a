"""``tenderproof verify`` of a report on paper: what it says and how it ends, in both languages."""

import json
from pathlib import Path

import pytest

from tenderproof.seal import pdf_signing
from tests.cli.command import tenderproof
from tests.seal.identities import identity
from tests.seal.signed_pdfs import appearance, signed


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pdf")
    (folder / "report.pdf").write_bytes(signed(identity(folder, "laboratory")).signed)
    return folder / "report.pdf"


@pytest.mark.parametrize(("language", "words"), [("en", "The PDF holds"), ("zh", "PDF 成立")])
def test_a_report_that_holds_is_said_to_hold(report: Path, language: str, words: str) -> None:
    said = tenderproof("verify", report, "--trust", report.with_name("laboratory.pem"), language=language)

    assert (said.returncode, said.stderr) == (0, "")
    assert words in said.stdout


@pytest.mark.parametrize(("language", "words"), [("en", "Something was appended"), ("zh", "追加了内容")])
def test_what_does_not_hold_is_named(report: Path, tmp_path: Path, language: str, words: str) -> None:
    (tmp_path / "report.pdf").write_bytes(report.read_bytes() + b"%")
    said = tenderproof("verify", tmp_path / "report.pdf", language=language)

    assert said.returncode == 1
    assert words in said.stdout


def test_for_programs_it_is_one_line(report: Path) -> None:
    line = json.loads(tenderproof("verify", report, "--json").stdout)

    assert (line["holds"], line["findings"], line["trusted"], line["kind"]) == (True, [], None, "self_test")
    assert line["attached"].keys() == {"result.json"}


def test_a_signed_pdf_without_a_result_is_no_report(tmp_path: Path) -> None:
    who = identity(tmp_path, "laboratory")
    signed_page = pdf_signing.sign(appearance(), pdf_signing.load(who.key, who.certificate), appearance())
    (tmp_path / "page.pdf").write_bytes(signed_page)

    said = tenderproof("verify", tmp_path / "page.pdf", "--json")

    assert said.returncode == 1
    assert [finding["code"] for finding in json.loads(said.stdout)["findings"]] == ["pdf_attached_missing"]
