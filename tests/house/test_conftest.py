"""Plain ``pytest suites`` is a way to probe a candidate, and without one it is wrong use, not a green run."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_whoever_asks_for_the_suites_without_a_candidate_is_told_so() -> None:
    asked = _pytest("suites")

    assert asked.returncode == pytest.ExitCode.USAGE_ERROR
    assert "--candidate FILE" in asked.stderr


@pytest.mark.parametrize(("asked", "offered"), [("suites", True), ("tests", False)])
def test_the_suites_plugin_is_there_for_suites_and_only_then(asked: str, offered: bool) -> None:
    assert ("--candidate" in _pytest(asked, "--help").stdout) is offered


def _pytest(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
