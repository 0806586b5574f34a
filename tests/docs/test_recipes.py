"""The recipes for CI do what docs/ci.md says: they are run in a shell, on the command itself; only the audit is a finished one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tenderproof import result
from tenderproof.cli import gate
from tenderproof.vocabulary import State, Verdict

from ..reporting import results  # noqa: TID252 - test data of a neighbour

RECIPES = Path(__file__).parents[2] / "docs" / "recipes"
_SHIM = """#!/bin/sh
if [ "$1" = audit ] && [ "$2" = candidate.toml ]; then
  mkdir -p reports/out/trading-1 && cp result.json reports/out/trading-1/ && exit "$AUDITED"
fi
exec {python} -c 'from tenderproof.cli import main; main()' "$@"
"""
Shell = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """Runs a line in a build's folder, where ``tenderproof audit candidate.toml`` ends at once with a finished run."""
    shim = tmp_path / "bin" / "tenderproof"
    shim.parent.mkdir()
    shim.write_text(_SHIM.format(python=sys.executable), "utf-8")
    shim.chmod(0o755)
    (tmp_path / "docs").mkdir()
    shutil.copytree(RECIPES, tmp_path / "docs" / "recipes")

    def run(line: str, audited: int = 1) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PATH": f"{shim.parent}:{os.environ['PATH']}", "AUDITED": str(audited), "TENDERPROOF_LANG": "en"}
        environment["GITHUB_STEP_SUMMARY"] = str(tmp_path / "step.md")
        return subprocess.run(["/bin/sh", "-c", line], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    return run


def _audited(folder: Path, verdict: Verdict, state: State) -> None:
    check = results.check(state=state)
    result.write(results.result([results.clause("X-1", verdict, checks=[check.id])], [check]), folder / "result.json")


def _baseline(folder: Path) -> None:
    _audited(folder, Verdict.VIOLATED, State.FAILED)
    gate.run(folder, folder / "baseline.toml", write=True)
    text = (folder / "baseline.toml").read_text("utf-8")
    (folder / "baseline.toml").write_text(text.replace('reason = ""', 'reason = "r"').replace('until = ""', "until = 9999-12-31"), "utf-8")


LINE = "sh docs/recipes/gate.sh candidate.toml trading-1 baseline.toml"


OPEN = (Verdict.VIOLATED, State.FAILED, 1, 0)
SHUT = (Verdict.SATISFIED, State.PASSED, 0, 1)
UNANSWERED = (Verdict.NOT_TESTED, State.SKIPPED, 2, 2)


@pytest.mark.parametrize("case", [OPEN, SHUT, UNANSWERED])
def test_the_build_ends_as_the_gate_does_and_the_forms_are_there(
    tmp_path: Path, shell: Shell, case: tuple[Verdict, State, int, int]
) -> None:
    verdict, state, audited, code = case
    _baseline(tmp_path)
    _audited(tmp_path, verdict, state)
    said = shell(LINE, audited)
    assert said.returncode == code, said.stdout + said.stderr
    assert {"summary.md", "result.sarif", "badge.svg"} <= {path.name for path in (tmp_path / "reports/out/trading-1").iterdir()}


@pytest.mark.parametrize("audited", [64, 70, 130])
def test_an_audit_that_came_to_no_decision_ends_the_build(tmp_path: Path, shell: Shell, audited: int) -> None:
    _baseline(tmp_path)
    assert shell(LINE, audited).returncode == audited


def test_a_declaration_that_is_not_there_ends_the_build_with_a_sentence(shell: Shell) -> None:
    said = shell(LINE.replace("candidate.toml", "nowhere.toml"))
    assert said.returncode == 64
    assert "There is no declaration at nowhere.toml" in said.stderr


def test_a_baseline_that_is_not_there_ends_the_build_with_a_sentence(tmp_path: Path, shell: Shell) -> None:
    _audited(tmp_path, Verdict.SATISFIED, State.PASSED)
    said = shell(LINE, 0)
    assert said.returncode == 64
    assert "There is no baseline at baseline.toml" in said.stderr


@pytest.mark.parametrize("name", ["github.yml", "gitlab.yml"])
def test_every_line_of_a_recipe_runs(tmp_path: Path, shell: Shell, name: str) -> None:
    _baseline(tmp_path)
    lines = [line for line in _lines(yaml.safe_load((RECIPES / name).read_text("utf-8"))) if not line.startswith("pip install")]
    assert LINE in lines
    for line in lines:
        said = shell(line)
        assert said.returncode == 0, line + said.stdout + said.stderr
    assert name != "github.yml" or "自测" in (tmp_path / "step.md").read_text("utf-8")


@pytest.mark.parametrize("name", ["github.yml", "gitlab.yml"])
def test_no_recipe_publishes_what_is_private(name: str) -> None:
    text = (RECIPES / name).read_text("utf-8")
    assert "reports/out/trading-1/private" in text
    assert "reports/out/trading-1/evidence/*.sealed" in text


def _lines(recipe: Any) -> list[str]:
    """The shell lines of a recipe, in their order."""
    if "jobs" in recipe:
        return [step["run"] for step in recipe["jobs"]["gate"]["steps"] if "run" in step]
    return [str(line) for line in recipe["tenderproof"]["script"]]
