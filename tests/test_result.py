"""The result document and its published schema are one."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tenderproof import content, result

from .reporting import results


def test_the_published_schema_is_that_of_the_document() -> None:
    published = json.loads((content.specs_dir() / "schemas" / "result.schema.json").read_text("utf-8"))
    assert published == result.schema()


def test_a_document_is_valid_by_the_published_schema() -> None:
    Draft202012Validator.check_schema(result.schema())
    Draft202012Validator(result.schema()).validate(results.large(40, 20).model_dump(mode="json"))


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    made = results.large(40, 20)
    result.write(made, tmp_path / "result.json")
    assert result.read(tmp_path / "result.json") == made


def test_what_is_no_document_is_refused(tmp_path: Path) -> None:
    (tmp_path / "result.json").write_text("{}", "utf-8")
    with pytest.raises(ValueError, match="Field required"):
        result.read(tmp_path / "result.json")


def test_a_clause_leads_to_its_outcomes() -> None:
    check = results.check()
    made = results.result([results.clause(checks=[check.id]), results.clause("EB-1")], [check])
    clause = made.clause("EB-27-3")
    assert clause is not None
    assert made.checks_of(clause) == [check]
    assert made.clause("EB-2") is None


def test_no_result_says_that_something_is_certified() -> None:
    kinds = result.schema()["properties"]["kind"]  # type: ignore[index]  # a schema is JSON
    assert "certif" not in json.dumps(kinds)


@pytest.mark.parametrize(
    ("kind", "laboratory", "said"), [("self_test", "示例", "names no laboratory"), ("test_report", " ", "names its laboratory")]
)
def test_a_self_test_and_a_laboratorys_report_cannot_be_taken_for_each_other(kind: str, laboratory: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        results.result([results.clause()], kind=kind, laboratory=laboratory)


@pytest.mark.parametrize("kind", ["certificate", "certified", "", "accredited_report"])
def test_there_is_no_other_kind(kind: str) -> None:
    with pytest.raises(ValueError, match="Input should be 'self_test', 'test_report' or 'surveillance_report'"):
        results.result([results.clause()], kind=kind)
