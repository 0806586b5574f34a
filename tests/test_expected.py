"""Success of an audit of the reference means: the verdicts are those of the file, no more and no less."""

from pathlib import Path

import pytest

from tenderproof import expected
from tenderproof.vocabulary import Verdict

from .reporting import results


def test_what_was_written_is_what_is_expected(tmp_path: Path) -> None:
    found = results.result([results.clause("EB-27-3"), results.clause("EB-29-1")])
    expected.write(found, tmp_path / "expected" / "p.json")

    assert expected.differences(found, tmp_path / "expected" / "p.json") == []


def test_each_other_verdict_is_named(tmp_path: Path) -> None:
    found = results.result([results.clause("EB-27-3"), results.clause("EB-29-1")])
    expected.write(found, tmp_path / "p.json")
    first, *rest = found.clauses
    other = Verdict.VIOLATED if first.verdict is not Verdict.VIOLATED else Verdict.SATISFIED
    changed = found.model_copy(update={"clauses": [first.model_copy(update={"verdict": other}), *rest]})

    assert expected.differences(changed, tmp_path / "p.json") == [
        f"{first.id}: expected {first.verdict.value}: {first.reason.code}, found {other.value}: {first.reason.code}"
    ]


def test_a_clause_that_is_gone_or_new_is_named(tmp_path: Path) -> None:
    found = results.result([results.clause("EB-27-3"), results.clause("EB-29-1")])
    expected.write(found, tmp_path / "p.json")
    gone = found.model_copy(update={"clauses": found.clauses[1:]})

    assert len(expected.differences(gone, tmp_path / "p.json")) == 1
    expected.write(gone, tmp_path / "q.json")
    assert "expected nothing" in expected.differences(found, tmp_path / "q.json")[0]


@pytest.mark.parametrize("text", [None, "no json"])
def test_a_file_that_cannot_be_read_is_said_in_a_sentence(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "p.json"
    if text:
        path.write_text(text, "utf-8")

    with pytest.raises(expected.ExpectedError, match=r"p\.json cannot be read"):
        expected.differences(results.result([results.clause()]), path)
