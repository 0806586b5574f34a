"""A SARIF viewer sees a failure where a check saw a violation, and nowhere else."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tenderproof.reporting import sarif
from tenderproof.result import Result
from tenderproof.vocabulary import State, Verdict

from . import results

ROOT = Path(__file__).parents[2]
_MULTITOOL = ROOT / ".venv/oracles/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"


def test_the_sarif_multitool_finds_no_error(tmp_path: Path) -> None:
    file = tmp_path / "large.sarif"
    file.write_text(sarif.render(results.large(70, 30)), "utf-8")
    assert _complaints(file) == []


@pytest.mark.parametrize("spoil", ["no_name", "no_rule"])
def test_the_sarif_multitool_finds_an_error_where_there_is_one(tmp_path: Path, spoil: str) -> None:
    log = json.loads(sarif.render(results.large(20, 10)))
    if spoil == "no_name":
        del log["runs"][0]["tool"]["driver"]["name"]
    else:
        log["runs"][0]["results"][0]["ruleIndex"] = 99
    file = tmp_path / "wrong.sarif"
    file.write_text(json.dumps(log), "utf-8")
    assert _complaints(file) == [{"no_name": "JSON1002", "no_rule": "SARIF1009"}[spoil]]


@pytest.mark.parametrize(
    ("verdict", "kind", "level"),
    [
        (Verdict.SATISFIED, "pass", "none"),
        (Verdict.VIOLATED, "fail", "error"),
        (Verdict.INCONCLUSIVE, "open", "none"),
        (Verdict.NOT_TESTED, "open", "none"),
        (Verdict.NOT_APPLICABLE, "notApplicable", "none"),
        (Verdict.ATTESTED, "informational", "none"),
    ],
)
def test_only_a_violation_fails(verdict: Verdict, kind: str, level: str) -> None:
    found = _runs(results.result([results.clause(verdict=verdict)]))[0]["results"][0]
    assert (found["kind"], found["level"]) == (kind, level)


def test_a_violated_should_clause_warns() -> None:
    found = _runs(results.result([results.clause(verdict=Verdict.VIOLATED, keyword="should")]))[0]["results"][0]
    assert (found["kind"], found["level"]) == ("fail", "warning")


def test_a_violation_points_to_the_assertion_that_decided() -> None:
    passed, failed = results.check("function/bonds::test_a"), results.check(state=State.FAILED)
    clause = results.clause(verdict=Verdict.VIOLATED, checks=[passed.id, failed.id])
    found = _runs(results.result([clause], [passed, failed]))[0]["results"][0]["locations"][0]["physicalLocation"]
    assert (found["artifactLocation"]["uri"], found["region"]["startLine"]) == ("suites/function/test_bidding.py", 41)


def _runs(result: Result) -> Any:
    return json.loads(sarif.render(result))["runs"]


def _complaints(file: Path) -> list[str]:
    """What the multitool says against the file; it is fetched by ``make oracles`` and speaks for itself."""
    if not _MULTITOOL.is_file():
        pytest.skip("no SARIF multitool on this machine: make oracles")
    out = file.with_suffix(".validation")
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    said = subprocess.run(
        [_MULTITOOL, "validate", file, "--output", out, "--level", "Error", "--kind", "Fail"],
        capture_output=True,
        check=False,
        env=environment,
    )
    assert out.is_file(), said.stdout.decode() + said.stderr.decode()
    (run,) = json.loads(out.read_text("utf-8-sig"))["runs"]
    notices = [notice["message"]["text"] for call in run["invocations"] for notice in call.get("toolExecutionNotifications", [])]
    return notices + [found["ruleId"] for found in run["results"] if found.get("level") == "error"]
