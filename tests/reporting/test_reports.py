"""A run leaves its reports under the names that are documented, and no form of the report loses anything."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from tenderproof.reporting import FORMS, write_reports
from tenderproof.result import Result

from . import results
from .readers import READERS, expected, squeezed

_ELSEWHERE = {"html", "html-en", "junit", "json", "badge", "badge-en"}  # their own tests read them back; a badge holds no rows


def test_a_run_leaves_both_pages_and_the_file_for_ci(tmp_path: Path) -> None:
    write_reports(results.result([results.clause()]), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"report.html", "report.en.html", "junit.xml"}
    assert '<html lang="zh-CN">' in (tmp_path / "report.html").read_text("utf-8")
    assert '<html lang="en">' in (tmp_path / "report.en.html").read_text("utf-8")


def test_the_json_form_reads_back_as_the_same_result() -> None:
    result = results.large(20, 10)
    assert Result.model_validate_json(FORMS["json"].render(result)) == result


def test_every_form_is_read_back_by_some_test() -> None:
    assert FORMS.keys() == READERS.keys() | _ELSEWHERE


@pytest.mark.parametrize("form", READERS)
@given(result=results.results())
@settings(max_examples=40)
def test_every_decision_count_verdict_and_reason_is_kept(form: str, result: Result) -> None:
    people = form.startswith("markdown")
    wanted = expected(result, "zh" if form == "markdown" else "en", people=people)
    found = READERS[form](FORMS[form].render(result))
    assert (squeezed(found.decision), found.counts) == (squeezed(wanted.decision), {squeezed(n): c for n, c in wanted.counts.items()})
    assert found.clauses == wanted.clauses
    assert found.checks == wanted.checks


@pytest.mark.parametrize("form", FORMS)
def test_the_same_result_gives_the_same_bytes(form: str) -> None:
    first = results.large(60, 30)
    again = Result.model_validate_json(first.model_dump_json())
    assert FORMS[form].render(first) == FORMS[form].render(again)
