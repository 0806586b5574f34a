"""Two runs side by side, for people in both languages and for programs."""

import json
from pathlib import Path

import pytest

from tenderproof import result
from tenderproof.cli import compare
from tenderproof.cli.ending import WrongUse
from tenderproof.vocabulary import State, Verdict

from ..reporting import results  # noqa: TID252 - test data of a neighbour

_BEFORE = {"X-1": Verdict.VIOLATED, "X-2": Verdict.SATISFIED, "X-3": Verdict.SATISFIED, "X-4": Verdict.SATISFIED, "X-6": Verdict.SATISFIED}
_AFTER = {"X-1": Verdict.SATISFIED, "X-2": Verdict.VIOLATED, "X-3": Verdict.NOT_TESTED, "X-5": Verdict.SATISFIED, "X-6": Verdict.SATISFIED}


@pytest.fixture
def runs(tmp_path: Path) -> tuple[Path, Path]:
    folders = tmp_path / "a", tmp_path / "b"
    for folder, verdicts, state in zip(folders, (_BEFORE, _AFTER), (State.PASSED, State.FAILED), strict=True):
        folder.mkdir()
        made = results.result([results.clause(name, verdict) for name, verdict in verdicts.items()], [results.check(state=state)])
        result.write(made, folder / "result.json")
    return folders


def test_each_kind_of_change_is_told_to_a_program(runs: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    compare.run(*runs, as_json=True)
    answer = json.loads(capsys.readouterr().out)
    assert {entry["clause"]: entry["change"] for entry in answer["clauses"]["changed"]} == {
        "X-1": "fixed", "X-2": "broken", "X-5": "new", "X-4": "gone", "X-3": "no_longer_run",
    }  # fmt: skip
    assert answer["clauses"]["counts"]["same"] == 1
    (check,) = answer["checks"]["changed"]
    assert (check["change"], check["before"], check["after"], check["because"]) == ("broken", "passed", "failed", "a late bid was accepted")
    assert (answer["earlier"]["decision"], answer["later"]["decision"]) == ("non_conformant", "non_conformant")


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("zh", ["已修复:", "  X-1：不符合 → 符合。", "不再检测:", "  X-3：符合 → 未检测。", "  X-4：原为符合"]),
        ("en", ["fixed:", "  X-1: violated → satisfied.", "no longer run:", "  X-3: satisfied → not tested.", "  X-4: was satisfied"]),
    ],
)
def test_each_kind_of_change_is_told_to_people(
    runs: tuple[Path, Path], language: str, lines: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TENDERPROOF_LANG", language)
    compare.run(*runs)
    said = capsys.readouterr().out.split("\n")
    assert [line for line in lines if not any(told.startswith(line) for told in said)] == []


def test_nothing_changed_is_said(runs: tuple[Path, Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TENDERPROOF_LANG", "en")
    compare.run(runs[0], _without_violations(runs[0]))
    assert "No verdict and no outcome has changed." not in capsys.readouterr().out
    compare.run(runs[0].parent / "c", runs[0].parent / "c")
    assert capsys.readouterr().out.endswith("No verdict and no outcome has changed.\n")


def test_a_folder_without_a_finished_run_is_named(runs: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="There is no finished run in"):
        compare.run(runs[0], tmp_path / "nowhere")


def _without_violations(folder: Path) -> Path:
    target = folder.parent / "c"
    target.mkdir()
    result.write(results.result([results.clause("X-6")], []), target / "result.json")
    return target
