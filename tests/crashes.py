"""Runs ten small checks again and again, kills each run after another event of its journal, and goes on with it.

A program of its own, that imports once and forks for each run: ``python crashes.py FOLDER CANDIDATE``. It prints one line of JSON:
how many events there are, the outcomes of the run that nobody killed, and those of each run that was killed after event 1, 2, …
"""

import json
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import tenderproof.plugin  # noqa: F401 - so that no run has to
from tenderproof import inventory, journal, run
from tenderproof.journal import CheckStarted, Event, Journal
from tenderproof.run import Job

SUITE = '''
from pathlib import Path

import pytest

from tenderproof.testing import Public, clause

@clause("EB-27-3")
def test_a_passes(public: Public) -> None:
    """It asks, and is answered."""
    assert public.platform().accepted

@clause("EB-27-3", "EB-27-4")
def test_b_fails(public: Public) -> None:
    """It asks, and finds a violation."""
    assert public.platform().refused, "it was not refused"

@clause("EB-27-1")
def test_c_is_the_platforms_trouble(public: Public) -> None:
    """It asks for a file and is told what is none."""
    public.agreement("bidder").value.require()

@clause("EB-27-1")
def test_d_is_our_trouble() -> None:
    """It breaks."""
    raise ValueError("ours")

@clause("EB-27-2")
def test_e_is_skipped() -> None:
    """It lacks something."""
    pytest.skip("nothing to look at")

@clause("EB-31-1")
def test_f_makes_something_with_chance(chance) -> None:
    """It draws, makes and reads the time."""
    assert chance.made("key", lambda: b"k", secret=True) and chance.now()

@clause("EB-31-1")
@pytest.mark.parametrize("case", ["one", "two"])
def test_g_has_cases(public: Public, case: str) -> None:
    """It is run for each case."""
    assert public.platform().accepted or case

@clause("A-110", way="record")
def test_h_only_reads(public: Public) -> None:
    """It reads what is published."""
    assert public.platform().value

@clause("A-110", way="record")
def test_i_fails_in_its_set_up(tenderee) -> None:
    """Nobody is declared."""
    assert tenderee

@clause("EB-27-3")
def test_j_is_alone() -> None:
    """It asks nobody."""
    assert True
'''


def main(folder: Path, candidate: Path) -> None:
    """Run once whole, then once for each event; print what came of all."""
    suites = folder / "suites"
    (suites / "function").mkdir(parents=True)
    (suites / "function" / "test_crash.py").write_text(SUITE, "utf-8")
    (suites / "run.ini").write_text("[pytest]\naddopts = --strict-markers\n")
    checks = tuple(check.id for check in inventory.checks(suites))
    whole = Job(candidate, "trading-3", folder / "whole", suites, checks, "s", None, workers=1)
    _forked(whole)
    events = len(_events(whole))
    killed = [_killed(replace(whole, folder=folder / str(number)), number) for number in range(1, events + 1)]
    kinds = sorted({event.event for event in _events(whole)})
    print(json.dumps({"events": events, "kinds": kinds, "whole": _outcomes(whole), "killed": killed}))  # noqa: T201


def _killed(job: Job, after: int) -> dict[str, Any]:
    """A run that was killed after so many events, and gone on with."""
    status = _forked(job, after)
    seen = _events(job)
    left = tuple(check for check in job.checks if check not in run.done(seen))
    if left:
        _forked(replace(job, checks=left, attempt=2))
    begun = [event for event in _events(job)[len(seen) :] if isinstance(event, CheckStarted)]
    again = {"signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0, "fresh": all(event.attempt == 2 for event in begun)}
    return {**again, "seen": len(seen), "outcomes": _outcomes(job)}


def _events(job: Job) -> Sequence[Event]:
    """All of them, in the order of the attempts."""
    return [event for path in sorted(job.journals.glob("*.jsonl")) for _, event in journal.read(path)]


def _outcomes(job: Job) -> list[list[Any]]:
    found = run.outcomes(journal.read_run(job.journals), job.checks)
    return [[o.check, sorted(o.clauses), o.way, o.state.value, o.reason, o.blame.value if o.blame else None] for o in found]


def _forked(job: Job, after: int = 0) -> int:
    """Run the job in a child; kill it with its own hand after so many events. How it ended."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        if after:
            _die_after(after)
        os.environ.update(run.environment(job.folder))
        os._exit(pytest.main(run.arguments(job)))
    return os.waitpid(child, 0)[1]


def _die_after(events: int) -> None:
    written, count = Journal.append, 0

    def append(journal_: Journal, event: Event) -> None:
        nonlocal count
        written(journal_, event)
        count += 1
        if count == events:
            os.kill(os.getpid(), signal.SIGKILL)

    setattr(Journal, "append", append)  # noqa: B010 - what mypy does not let be assigned


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
