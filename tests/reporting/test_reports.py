"""A run leaves its reports under the names that are documented."""

from pathlib import Path

from tenderproof.reporting import FORMS, write_reports
from tenderproof.result import Result

from . import results


def test_a_run_leaves_both_pages_and_the_file_for_ci(tmp_path: Path) -> None:
    write_reports(results.result([results.clause()]), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"report.html", "report.en.html", "junit.xml"}
    assert '<html lang="zh-CN">' in (tmp_path / "report.html").read_text("utf-8")
    assert '<html lang="en">' in (tmp_path / "report.en.html").read_text("utf-8")


def test_the_json_form_reads_back_as_the_same_result() -> None:
    result = results.large(20, 10)
    assert Result.model_validate_json(FORMS["json"].render(result)) == result
