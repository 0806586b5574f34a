"""Reports are written again from the result, in any form."""

from pathlib import Path

import pytest

from tenderproof import result
from tenderproof.cli import report
from tenderproof.cli.ending import WrongUse

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
    ],
)
def test_a_form_is_written_under_its_usual_name(
    folder: Path, form: str, name: str, begins: str, capsys: pytest.CaptureFixture[str]
) -> None:
    report.run(folder, form, None)
    assert (folder / name).read_text("utf-8").lstrip().startswith(begins)
    assert capsys.readouterr().out == f"{folder / name}\n"


def test_a_form_is_written_where_one_says(folder: Path, tmp_path: Path) -> None:
    report.run(folder, "junit", tmp_path / "ci.xml")
    assert (tmp_path / "ci.xml").is_file()
    assert not (folder / "junit.xml").exists()


def test_an_unknown_form_is_answered_with_those_that_there_are(folder: Path) -> None:
    with pytest.raises(WrongUse, match=r"no form 'pdf' .* html, html-en, junit, json"):
        report.run(folder, "pdf", None)


def test_a_place_that_cannot_be_written_to_is_named(folder: Path) -> None:
    with pytest.raises(WrongUse, match=r"cannot be written to .*: No such file or directory"):
        report.run(folder, "html", folder / "no" / "such.html")
