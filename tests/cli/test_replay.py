"""``tenderproof replay``: what it prints and how it ends; the judging itself: tests/seal/test_replaying.py."""

import json
from pathlib import Path

import pytest

from tenderproof.cli import replay
from tenderproof.seal import replaying
from tenderproof.seal.replaying import Compared, Outturn, Replayed
from tests.cli.command import tenderproof

SAME = Compared("a/b::test_c", Outturn.EQUAL, "passed", "passed")
OTHER = Compared("a/b::test_d", Outturn.DIFFERENT, "passed", "failed: late")
LOST = Compared("a/b::test_e", Outturn.NOT_REPLAYABLE, "passed", why="It is withheld.")


def ended(monkeypatch: pytest.MonkeyPatch, *checks: Compared, as_json: bool, verbose: bool = False) -> int:
    """The exit code after a replay with these outturns."""
    monkeypatch.setattr(replaying, "replay", lambda *_: Replayed(checks, (), by_original=True))
    with pytest.raises(SystemExit) as caught:
        replay.run(Path("b.zip"), None, verbose=verbose, as_json=as_json)
    return int(str(caught.value.code or 0))


@pytest.mark.parametrize(
    ("checks", "code"), [((SAME,), 0), ((SAME, LOST), 2), ((SAME, LOST, OTHER), 1), ((), 0)], ids=["equal", "lost", "different", "none"]
)
def test_the_exit_code_says_whether_anything_came_out_otherwise(
    monkeypatch: pytest.MonkeyPatch, checks: tuple[Compared, ...], code: int
) -> None:
    assert ended(monkeypatch, *checks, as_json=False) == code


def test_each_difference_and_each_loss_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("TENDERPROOF_LANG", "en")
    ended(monkeypatch, SAME, OTHER, LOST, as_json=False, verbose=True)
    said = capsys.readouterr().out

    assert "a/b::test_d: the bundle says passed, the replay says failed: late." in said
    assert "a/b::test_e: not replayable (passed in the bundle). It is withheld." in said
    assert "Checks: 1 equal, 1 different, 1 not replayable." in said


def test_losses_are_counted_by_reason(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("TENDERPROOF_LANG", "en")
    why = "What was answered is withheld in part (GET /{})."
    many = [Compared(f"a/b::test_{n}", Outturn.NOT_REPLAYABLE, "passed", why=why.format(n)) for n in range(9)]
    ended(monkeypatch, LOST, *many, as_json=False)
    lines = capsys.readouterr().out.splitlines()

    assert lines[:3] == [
        "Not replayable, 9 checks: What was answered is withheld in part.",
        "Not replayable, 1 checks: It is withheld.",
        "Each of them by name: --verbose, or --json.",
    ]
    assert not any("test_" in line for line in lines)


def test_for_programs_it_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    ended(monkeypatch, SAME, OTHER, LOST, as_json=True)
    line = json.loads(capsys.readouterr().out)

    assert (line["view"], line["checks"]) == ("originals", {"equal": 1, "different": 1, "not_replayable": 1})
    assert line["different"] == [{"id": "a/b::test_d", "was": "passed", "now": "failed: late", "why": ""}]
    assert line["not_replayable"][0]["why"] == "It is withheld."


def test_a_bundle_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    assert tenderproof("replay", tmp_path / "nowhere.zip").returncode == 64
