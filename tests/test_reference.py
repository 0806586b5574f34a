"""The reference is a process of its own: it comes up, it goes down, and what it cannot do it says."""

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tenderproof import candidate, reference


def test_it_comes_up_with_its_declaration_and_ends_with_the_block(tmp_path: Path) -> None:
    with reference.running(tmp_path / "state") as running:
        declared = candidate.load(running.candidate)
        with urllib.request.urlopen(f"{running.base_url}/api/v1/platform", timeout=10) as answer:
            assert answer.status == 200
    assert declared.base_url == running.base_url
    assert declared.sandbox.enabled
    assert running.process.poll() is not None


def test_it_goes_on_from_its_database(tmp_path: Path) -> None:
    with reference.running(tmp_path / "state") as first:
        before = candidate.load(first.candidate).accounts
    with reference.running(tmp_path / "state") as second:
        assert candidate.load(second.candidate).accounts == before


def test_it_ends_with_the_process_that_started_it_even_a_killed_one(tmp_path: Path) -> None:
    script = (
        "import sys, time, pathlib; from tenderproof import reference\n"
        "with reference.running(pathlib.Path(sys.argv[1])) as running: print(running.process.pid, flush=True); time.sleep(600)"
    )
    starter = subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "state")], stdout=subprocess.PIPE)
    assert starter.stdout is not None
    started = int(starter.stdout.readline())
    starter.kill()
    starter.communicate()
    for _ in range(600):
        if not _lives(started):
            return
        time.sleep(0.05)
    pytest.fail(f"The reference {started} goes on without who started it.")


def _lives(pid: int) -> bool:
    """Whether there is such a process, and it is not merely waiting to be collected."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_one_that_does_not_come_up_says_why(tmp_path: Path) -> None:
    with pytest.raises(reference.ReferenceDown, match="did not come up"), reference.running(tmp_path, database="nonsense://"):
        pass


def test_the_environment_makes_the_federation_importable_and_nothing_else_changes() -> None:
    environment = reference.environment()

    assert environment["PYTHONPATH"].endswith("fixtures")
    assert environment["PATH"] == os.environ["PATH"]
