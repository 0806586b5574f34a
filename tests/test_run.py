"""Outcomes are read back from what was written, also from a run that was killed."""

import json
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tenderproof import run
from tenderproof.journal import CheckFinished, CheckStarted, Event, Journal, RunStarted
from tenderproof.vocabulary import Blame, State
from tests import crashes
from tests.evidence.server import plain, serving

DECLARED = """
[candidate]
name = "x"
kind = "trading"
base_url = "{url}"
operator = {{ name = "x", uscc = "91110101000010006C" }}

[sandbox]
enabled = true
"""

A, B = "function/m::test_a", "function/m::test_b"
STARTED = CheckStarted(A, 1)


def to_run(*checks: str) -> RunStarted:
    """What there was to run."""
    return RunStarted(1, "c.toml", "p", "s", checks)


PASSED = CheckFinished(A, 1, ("X",), "sandbox", "passed", "", "", "", "", 0.1, 3)


def test_an_outcome_is_what_the_check_finished_with() -> None:
    (outcome,) = run.outcomes([to_run(A), STARTED, PASSED], [A])

    assert (outcome.check, outcome.clauses, outcome.state, outcome.blame, outcome.observations) == (A, ("X",), State.PASSED, None, 3)


def test_a_check_whose_worker_died_is_errored_and_ours() -> None:
    (outcome,) = run.outcomes([to_run(A), STARTED], [A])

    assert (outcome.state, outcome.blame, outcome.reason) == (State.ERRORED, Blame.TOOL, "worker_died")


def test_a_check_that_never_began_is_errored_and_ours() -> None:
    assert [(o.check, o.reason) for o in run.outcomes([to_run(A), STARTED, PASSED], [A, B])] == [(A, ""), (B, "never_begun")]


def test_the_last_attempt_counts() -> None:
    failed = replace(PASSED, attempt=2, state="failed", blame="platform", reason="r")
    (outcome,) = run.outcomes([to_run(A), STARTED, PASSED, CheckStarted(A, 2), failed], [A])

    assert (outcome.attempt, outcome.state) == (2, State.FAILED)


def test_a_check_begun_anew_and_killed_has_no_outcome_of_before() -> None:
    (outcome,) = run.outcomes([to_run(A), STARTED, PASSED, CheckStarted(A, 2)], [A])

    assert outcome.reason == "worker_died"


def test_each_case_of_a_parametrized_check_has_its_outcome() -> None:
    events: list[Event] = [to_run(A + "[1]", A + "[2]")]
    for case in ("[1]", "[2]"):
        events += [CheckStarted(A + case, 1), replace(PASSED, check=A + case)]

    assert [o.check for o in run.outcomes(events, [A])] == [A + "[1]", A + "[2]"]


def test_what_is_done_is_not_done_again() -> None:
    assert run.done([to_run(A, B), STARTED, PASSED, CheckStarted(B, 1)]) == {A}


@pytest.mark.parametrize(("blame", "again"), [("network", True), ("tool", True), ("platform", False)])
def test_what_ended_for_want_of_an_answer_is_begun_anew_and_what_the_platform_answered_is_not(blame: str, *, again: bool) -> None:
    broken = replace(PASSED, state="errored", blame=blame, reason="connection refused")

    assert run.done([to_run(A), STARTED, broken]) == (set() if again else {A})


def test_a_parametrized_check_with_a_case_cut_short_is_begun_anew() -> None:
    events: list[Event] = [to_run(A + "[1]", A + "[2]"), CheckStarted(A + "[1]", 1), replace(PASSED, check=A + "[1]")]

    assert run.done(events) == set()
    assert [(o.check, o.reason) for o in run.outcomes(events, [A])] == [(A + "[1]", ""), (A + "[2]", "never_begun")]


def test_events_are_heard_while_they_are_written_and_each_once(tmp_path: Path) -> None:
    job = run.Job(tmp_path / "c.toml", "p", tmp_path, tmp_path, (A,), "s", tmp_path / "k")
    journal = Journal(job.journals / "main-1.jsonl")
    tails: dict[Path, int] = {}
    journal.append(STARTED)
    first = list(run.new_events(job, tails))
    journal.append(PASSED)
    second = list(run.new_events(job, tails))
    journal.close()

    assert (first, second, list(run.new_events(job, tails))) == ([STARTED], [PASSED], [])


def test_a_run_of_another_attempt_is_not_listened_to(tmp_path: Path) -> None:
    job = run.Job(tmp_path / "c.toml", "p", tmp_path, tmp_path, (A,), "s", tmp_path / "k", attempt=2)
    journal = Journal(job.journals / "main-1.jsonl")
    journal.append(STARTED)
    journal.close()

    assert list(run.new_events(job, {})) == []


def test_the_arguments_name_only_the_files_that_are_needed(tmp_path: Path) -> None:
    job = run.Job(tmp_path / "c.toml", "p", tmp_path, tmp_path / "suites", (A, B), "s", tmp_path / "k", workers=1)

    arguments = run.arguments(job)

    assert arguments[0] == str(tmp_path / "suites/function/test_m.py")
    assert "xdist.plugin" not in arguments
    assert (tmp_path / "checks-1.txt").read_text("utf-8").split() == [A, B]


def test_the_auditors_resolvers_are_named_one_by_one(tmp_path: Path) -> None:
    job = run.Job(
        tmp_path / "c.toml", "p", tmp_path, tmp_path / "suites", (A,), "s", tmp_path / "k", resolvers=("192.0.2.1", "192.0.2.2:53")
    )

    assert run.arguments(job)[-4:] == ["--resolver", "192.0.2.1", "--resolver", "192.0.2.2:53"]


def test_a_run_that_pytest_cannot_perform_is_a_fault_of_ours(tmp_path: Path) -> None:
    job = run.Job(tmp_path / "c.toml", "p", tmp_path, tmp_path / "suites", (A,), "s", tmp_path / "k", workers=1)

    with pytest.raises(run.RunError, match="pytest ended with"):
        run.perform(job, lambda _: None)

    (log,) = tmp_path.rglob("*.log")
    assert log.parent == tmp_path / "private", "what pytest says may hold anything that a candidate has said"
    assert log.parent.stat().st_mode & 0o077 == 0


def test_a_run_that_is_killed_after_any_event_ends_as_if_nobody_had_killed_it(tmp_path: Path) -> None:
    """Ten checks with every kind of event and of outcome; killed after each event in turn, and gone on with."""
    candidate = tmp_path / "candidate.toml"
    with serving(plain(b'{"id": "p"}'), connections=10_000) as url:
        candidate.write_text(DECLARED.format(url=url), "utf-8")
        command = [sys.executable, crashes.__file__, str(tmp_path), str(candidate)]
        said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    found = json.loads(said.stdout)

    assert found["kinds"] == ["check_finished", "check_started", "observed", "run_finished", "run_started"]
    assert len({check.partition("[")[0] for check, *_ in found["whole"]}) == 10
    assert {state for _, _, _, state, _, _ in found["whole"]} == {state.value for state in State}
    assert len(found["killed"]) == found["events"]
    for number, killed in enumerate(found["killed"], 1):
        assert (killed["signal"], killed["seen"]) == (signal.SIGKILL, number)
        assert killed["outcomes"] == found["whole"], f"killed after event {number}"
        assert killed["fresh"]


def test_an_outcome_says_whether_its_check_acquits() -> None:
    outcomes = run.outcomes([to_run(A), STARTED, replace(PASSED, acquits=False)], [A])

    assert [outcome.acquits for outcome in outcomes] == [False]


def test_what_hypothesis_keeps_lies_with_the_run_and_not_where_the_user_stands(tmp_path: Path) -> None:
    assert run.environment(tmp_path)["HYPOTHESIS_STORAGE_DIRECTORY"] == str(tmp_path / "private" / "hypothesis")


def test_what_the_time_of_the_audit_did_not_suffice_for_is_not_done() -> None:
    late = replace(PASSED, state="errored", blame="platform", reason="out_of_time")
    wrong = replace(late, check=B, reason="The platform answered 500.")

    assert run.done([to_run(A, B), STARTED, late, CheckStarted(B, 1), wrong]) == {B}
