"""The occasion of a run is what its journals keep: the first beginning, every resumption, the last event, and what was said by then."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tenderproof import occasion
from tenderproof.journal import CheckStarted, Journal, JournalError, RunFinished, RunStarted
from tenderproof.occasion import Facts
from tenderproof.spec.calendar import CHINA
from tests.reporting import occasions, results

FIRST = datetime(2026, 11, 23, 9, tzinfo=CHINA)


def _clock(first: datetime) -> Callable[[], datetime]:
    moments = iter(first + timedelta(seconds=second) for second in range(1, 99))
    return lambda: next(moments)


def _attempt(folder: Path, attempt: int, begun: datetime, workers: int = 1, **facts: Any) -> None:
    for worker in range(workers):
        written = Journal(folder / f"gw{worker}-{attempt}.jsonl", _clock(begun + timedelta(seconds=worker)))
        told = Facts(started=begun.isoformat(), **facts).told()
        written.append(RunStarted(attempt, "candidate.toml", "trading-3", "s", ("a/b::test_c",), "self_test", told))
        written.append(CheckStarted("a/b::test_c", attempt))
        written.append(RunFinished(attempt))
        written.close()


def test_a_run_that_was_gone_on_with_began_when_it_first_did(tmp_path: Path) -> None:
    again, third = FIRST + timedelta(days=1), FIRST + timedelta(days=9)
    for attempt, begun in enumerate((FIRST, again, third), 1):
        _attempt(tmp_path, attempt, begun, workers=2)
    seen = occasion.of(tmp_path)
    assert seen is not None
    assert (seen.started, seen.resumed, seen.ended) == (FIRST, (again, third), third + timedelta(seconds=4))


def test_without_a_journal_there_is_no_occasion(tmp_path: Path) -> None:
    assert occasion.of(tmp_path) is None
    (tmp_path / "gw0-1.jsonl").write_bytes(b'{"event": "run_st')
    assert occasion.of(tmp_path) is None


def test_a_line_that_a_killed_run_left_half_written_is_no_last_event(tmp_path: Path) -> None:
    _attempt(tmp_path, 1, FIRST)
    path = tmp_path / "gw0-1.jsonl"
    path.write_bytes(path.read_bytes() + b'{"event": "check_finished", "at": "2030')
    seen = occasion.of(tmp_path)
    assert seen is not None
    assert seen.ended == FIRST + timedelta(seconds=3)
    path.write_bytes(b"{}\n")
    with pytest.raises(JournalError, match="no event of a journal"):
        occasion.of(tmp_path)


def test_a_result_that_says_what_the_journal_keeps_is_not_apart(tmp_path: Path) -> None:
    found = results.result([])
    written = Journal(tmp_path / "gw0-1.jsonl", occasions.clock())
    written.append(RunStarted(1, "candidate.toml", found.basis.plan, occasions.SEED, (), "self_test", occasions.facts(found).told()))
    told = found.model_copy(update={"run": occasions.run(found.sample.name, found.basis.plan, 1)})
    seen = occasion.of(tmp_path)
    assert seen is not None
    assert occasion.apart(told, seen, 1) is None
    assert occasion.apart(told, seen, 2) == ("attempts", "2", "1")


def test_a_platform_that_said_another_version_on_the_way_has_no_one_version(tmp_path: Path) -> None:
    for attempt, version in enumerate(("1.0", "2.0"), 1):
        _attempt(tmp_path, attempt, FIRST + timedelta(days=attempt), version=version)
    seen = occasion.of(tmp_path)
    assert seen is not None
    found = results.result([])
    of = found.run.model_copy(
        update={
            "started": seen.started, "resumed": list(seen.resumed), "finished": seen.ended, "attempts": 2, "seed": "s", "command": "",
            "workers": 1, "id": occasion.identifier(found.sample.name, found.basis.plan, "s", seen.started),
        }
    )  # fmt: skip
    sample = found.sample.model_copy(update={"stated_version": "2.0"})
    told = found.model_copy(update={"run": of, "sample": sample})
    assert occasion.apart(told, seen, 2) == ("stated_version", "1.0 / 2.0", "2.0")


def test_a_journal_that_keeps_no_occasion_bears_out_none(tmp_path: Path) -> None:
    written = Journal(tmp_path / "gw0-1.jsonl")
    written.append(RunStarted(1, "candidate.toml", "trading-3", "s", ()))
    seen = occasion.of(tmp_path)
    assert seen is not None
    assert occasion.apart(results.result([]), seen, 1) == ("occasion", "", "")
