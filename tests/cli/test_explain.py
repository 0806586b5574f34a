"""An explanation says why, whose turn it is, what to do and how to repeat it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tenderproof import result
from tenderproof.cli import explain
from tenderproof.cli.ending import WrongUse
from tenderproof.evidence.warc import Archive, message
from tenderproof.vocabulary import Blame, State, Verdict

from ..reporting import results  # noqa: TID252 - test data of a neighbour


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    failed = results.check(state=State.FAILED, blame=Blame.PLATFORM)
    clauses = [
        results.clause("EB-27-3", Verdict.VIOLATED, checks=[failed.id], blame=Blame.PLATFORM),
        results.clause("A-1", Verdict.NOT_TESTED, stars=1, blame=Blame.TOOL, code="no_check_yet"),
        results.clause("A-2", Verdict.SATISFIED, stars=1),
        results.clause("A-3", Verdict.VIOLATED, stars=3, blame=Blame.PLATFORM),
    ]
    result.write(results.result(clauses, [failed]), tmp_path / "result.json")
    (tmp_path / "evidence").mkdir()
    archive = Archive(tmp_path / "evidence" / "main-1.warc.gz")
    marks = {"Tenderproof-Check": failed.id, "Tenderproof-Attempt": "1", "Tenderproof-Ordinal": "7"}
    archive.exchange("http://127.0.0.1/bids", message("POST /bids HTTP/1.1", [], b"\x1b"), None, marks)
    archive.close()
    return tmp_path


def test_a_clause_is_explained_to_a_program(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = _json(folder, "EB-27-3", capsys)
    assert (answer["verdict"], answer["blame"], answer["reason"]["code"]) == ("violated", "platform", "check_failed")
    assert answer["words"]["zh"].startswith("投标截止时间")
    assert answer["remedy"]["zh"] == "以服务器时间判断截止。"
    (check,) = answer["checks"]
    assert check["observed"] == "a late bid was accepted"
    assert check["expected"].startswith("A bid that arrives after the deadline is refused")
    assert check["where"] == "test_bidding.py:41"
    assert check["repeat"].startswith("tenderproof audit candidate.toml")
    assert [(record["ordinal"], record["kind"], record["line"]) for record in check["evidence"]] == [(7, "request", "POST /bids HTTP/1.1")]


def test_the_decision_is_explained_the_most_urgent_first(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = _json(folder, "", capsys)
    assert (answer["decision"], answer["level"], answer["next_level"]["level"]) == ("non_conformant", 0, 1)
    assert (answer["violated"], answer["undecided"]) == (["A-3", "EB-27-3"], ["A-1"])
    assert [(gap["priority"], gap["clause"], gap["blocks_decision"], gap["blocks_level"]) for gap in answer["open"]] == [
        ("P0", "EB-27-3", True, False),
        ("P1", "A-1", True, True),
        ("P2", "A-3", True, False),
    ]


def test_a_program_is_told_the_smallest_sets_of_repairs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [(r["decision"], r["level"], r["clauses"]) for r in _json(folder, "", capsys)["repairs"]] == [
        ("inconclusive", None, ["A-3", "EB-27-3"]),
        ("conformant", None, ["A-1", "A-3", "EB-27-3"]),
        (None, 1, ["A-1"]),
        (None, 2, ["A-1"]),
        (None, 3, ["A-1", "A-3"]),
    ]


@pytest.mark.parametrize(
    ("language", "verdict", "turn"), [("zh", "判定: 不符合", "轮到平台"), ("en", "Verdict: violated", "The platform's turn")]
)
def test_a_clause_is_explained_to_people(
    folder: Path, language: str, verdict: str, turn: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TENDERPROOF_LANG", language)
    explain.run(folder, "EB-27-3", as_json=False)
    said = capsys.readouterr().out
    for part in (verdict, turn, "投标截止时间后", "7 main-1.warc.gz request", "assert 'accepted' == 'refused'", "--only function/bidding"):
        assert part in said


def test_the_decision_is_explained_to_people(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TENDERPROOF_LANG", "en")
    explain.run(folder, "", as_json=False)
    said = capsys.readouterr().out.split("\n")
    assert said[0].startswith("Decision: Non-conformant.")
    assert said[1] == "Why: 2 mandatory clauses are violated (A-3, EB-27-3)."
    assert said[3] == "1 clauses stand between here and ★."
    assert "Smallest set that makes it Inconclusive: 2 clauses, none of which can be left out (A-3, EB-27-3)." in said
    assert "Smallest set that reaches ★: 1 clauses, none of which can be left out (A-1)." in said
    assert [line.split()[:2] for line in said if line[:1] == "P"] == [["P0", "EB-27-3"], ["P1", "A-1"], ["P2", "A-3"]]


def test_what_a_platform_wrote_commands_no_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    failed = results.check(state=State.FAILED, detail="\x1b]0;owned\x07", reason="\x1b[2J")
    result.write(results.result([results.clause(checks=[failed.id])], [failed]), tmp_path / "result.json")
    explain.run(tmp_path, "EB-27-3", as_json=False)
    assert "\x1b" not in capsys.readouterr().out


def test_a_clause_that_the_plan_does_not_have_is_named(folder: Path) -> None:
    with pytest.raises(WrongUse, match="plan trading-3 has no clause EB-99; `tenderproof clauses --plan trading-3` lists them"):
        explain.run(folder, "EB-99", as_json=True)


def _json(folder: Path, clause: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    explain.run(folder, clause, as_json=True)
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer
