"""The journal: what is written is read back; a half-written end is left out; a change anywhere is noticed."""

from pathlib import Path

import pytest

from tenderproof.journal import (
    CheckFinished,
    CheckStarted,
    Event,
    Journal,
    JournalError,
    Located,
    Observed,
    RunFinished,
    RunStarted,
    read,
    read_run,
)

EVENTS: list[Event] = [
    RunStarted(1, "candidate.toml", "trading-3", "seed", ("a/b::test_c",)),
    CheckStarted("a/b::test_c", 1),
    Observed("a/b::test_c", 1, 1, "http", 9, "00"),
    CheckFinished("a/b::test_c", 1, ("EB-27-3",), "sandbox", "failed", "platform", "迟到的投标被接收", "…", "test_b.py:3", 0.25, 1),
    Located("a/b::test_c", 1, '{"hosts": []}'),
    RunFinished(1),
]


def written(path: Path, events: list[Event]) -> Path:
    """A journal with these events."""
    journal = Journal(path)
    for event in events:
        journal.append(event)
    journal.close()
    return path


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = written(tmp_path / "journal" / "main-1.jsonl", EVENTS)

    assert [event for _, event in read(path)] == EVENTS


def test_observations_can_be_passed_over_and_their_chain_is_followed_all_the_same(tmp_path: Path) -> None:
    path = written(tmp_path / "main-1.jsonl", EVENTS)
    assert [event for _, event in read(path, observed=False)] == [event for event in EVENTS if not isinstance(event, Observed)]

    path.write_text(path.read_text("utf-8").replace('"octets": 9', '"octets": 8'), "utf-8")
    with pytest.raises(JournalError, match="does not follow"):
        list(read(path, observed=False))


def test_a_half_written_last_line_is_left_out(tmp_path: Path) -> None:
    path = written(tmp_path / "main-1.jsonl", EVENTS)
    path.write_bytes(path.read_bytes()[:-20])

    assert [event for _, event in read(path)] == EVENTS[:-1]


def test_a_journal_cut_at_any_octet_gives_a_beginning_of_the_truth(tmp_path: Path) -> None:
    whole = written(tmp_path / "main-1.jsonl", EVENTS).read_bytes()
    cut = tmp_path / "cut.jsonl"
    for length in range(len(whole)):
        cut.write_bytes(whole[:length])
        found = [event for _, event in read(cut)]
        assert found == EVENTS[: len(found)]


@pytest.mark.parametrize("old", ["迟到的投标被接收", "failed", "EB-27-3"])
def test_a_changed_line_is_noticed(tmp_path: Path, old: str) -> None:
    path = written(tmp_path / "main-1.jsonl", EVENTS)
    path.write_text(path.read_text("utf-8").replace(old, "other"), "utf-8")

    for observed in (True, False):
        with pytest.raises(JournalError, match=r"line 5: the event does not follow"):
            list(read(path, observed=observed))


def test_a_removed_line_is_noticed(tmp_path: Path) -> None:
    path = written(tmp_path / "main-1.jsonl", EVENTS)
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:1] + lines[2:]), "utf-8")

    for observed in (True, False):
        with pytest.raises(JournalError, match="line 2"):
            list(read(path, observed=observed))


def test_a_line_that_is_no_event_is_named(tmp_path: Path) -> None:
    path = tmp_path / "main-1.jsonl"
    path.write_text("{}\n", "utf-8")

    with pytest.raises(JournalError, match=r"main-1\.jsonl, line 1"):
        list(read(path))


def test_the_journals_of_all_workers_are_read_merged(tmp_path: Path) -> None:
    written(tmp_path / "gw0-1.jsonl", [CheckStarted("a/b::test_1", 1)])
    written(tmp_path / "gw1-1.jsonl", [CheckStarted("a/b::test_2", 1)])

    assert {event.check for event in read_run(tmp_path) if isinstance(event, CheckStarted)} == {
        "a/b::test_1",
        "a/b::test_2",
    }


def test_a_journal_is_never_written_over(tmp_path: Path) -> None:
    path = written(tmp_path / "main-1.jsonl", EVENTS)

    with pytest.raises(FileExistsError):
        Journal(path)
