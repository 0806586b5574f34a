"""The gate's word is its exit code: 0 open, 1 shut, 2 without an answer; the decision is printed as it is."""

import json
from pathlib import Path

import pytest

from tenderproof import result
from tenderproof.baseline import BaselineError
from tenderproof.cli import gate
from tenderproof.cli.ending import WrongUse
from tenderproof.vocabulary import State, Verdict

from ..reporting import results  # noqa: TID252 - test data of a neighbour


def _run(folder: Path, verdict: Verdict, state: State) -> Path:
    check = results.check(state=state)
    result.write(results.result([results.clause("X-1", verdict, checks=[check.id])], [check]), folder / "result.json")
    return folder


def _filled(baseline: Path) -> Path:
    text = baseline.read_text("utf-8").replace('reason = ""', 'reason = "mended next month"').replace('until = ""', "until = 9999-12-31")
    baseline.write_text(text, "utf-8")
    return baseline


@pytest.fixture
def baseline(tmp_path: Path) -> Path:
    gate.run(_run(tmp_path, Verdict.VIOLATED, State.FAILED), tmp_path / "baseline.toml", write=True)
    return _filled(tmp_path / "baseline.toml")


Case = tuple[tuple[Verdict, State], int, str, list[str]]
OPEN: Case = ((Verdict.VIOLATED, State.FAILED), 0, "non_conformant", [])
SHUT: Case = ((Verdict.SATISFIED, State.PASSED), 1, "conformant", ["passing"])
UNANSWERED: Case = ((Verdict.NOT_TESTED, State.SKIPPED), 2, "inconclusive", ["unseen", "fewer"])


@pytest.mark.parametrize("case", [OPEN, SHUT, UNANSWERED])
def test_the_exit_code_says_whether_the_gate_opens(case: Case, baseline: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seen, code, decision, kinds = case
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        gate.run(_run(baseline.parent, *seen), baseline, as_json=True)
    answer = json.loads(capsys.readouterr().out)
    assert (ended.value.code, answer["open"], answer["decision"]) == (code, code == 0, decision)
    assert [finding["kind"] for finding in answer["findings"]] == kinds


@pytest.mark.parametrize(
    ("language", "words"), [("zh", ("检测结论：不符合", "门禁通过")), ("en", ("Decision: Non-conformant", "Gate open"))]
)
def test_an_open_gate_leaves_the_decision_as_it_is(
    baseline: Path, language: str, words: tuple[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TENDERPROOF_LANG", language)
    capsys.readouterr()
    with pytest.raises(SystemExit):
        gate.run(baseline.parent, baseline)
    lines = capsys.readouterr().out.split("\n")
    assert lines[0].startswith(words[0])
    assert lines[-2].startswith(words[1])


def test_a_baseline_with_nothing_filled_in_is_not_taken(tmp_path: Path) -> None:
    file = tmp_path / "fresh.toml"
    gate.run(_run(tmp_path, Verdict.VIOLATED, State.FAILED), file, write=True)
    with pytest.raises(BaselineError, match=r"known\.0\.reason: is empty"):
        gate.run(tmp_path, file)


def test_a_baseline_of_another_plan_is_wrong_use(tmp_path: Path, baseline: Path) -> None:
    baseline.write_text(baseline.read_text("utf-8").replace("trading-3", "trading-1"), "utf-8")
    for write in (False, True):
        with pytest.raises(WrongUse, match="is a baseline of the plan trading-1, and the run is of trading-3"):
            gate.run(tmp_path, baseline, write=write)


def test_a_place_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match=r"cannot be written to .*: No such file"):
        gate.run(_run(tmp_path, Verdict.VIOLATED, State.FAILED), tmp_path / "no" / "such.toml", write=True)
