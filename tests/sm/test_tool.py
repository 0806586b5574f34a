"""The command: keys reach it by pipes, and where it is not there nothing is known."""

from pathlib import Path

import pytest

from tenderproof.sm import tool
from tenderproof.vocabulary import Blame, Missing


def test_what_is_handed_over_is_read_from_a_pipe() -> None:
    done = tool.run(["dgst", "-sm3", "-r", "{message}"], message=b"abc")
    assert done.stdout.startswith(b"66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")


def test_no_file_descriptor_is_left_open() -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(3):
        tool.run(["version"], key=b"k", signature=b"s")
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_what_is_too_long_for_a_key_is_refused_and_does_not_hang() -> None:
    with pytest.raises(ValueError, match="too long"):
        tool.run(["version"], key=b"k" * (1 << 20))


def test_without_the_command_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Missing, match="not installed") as told:
        tool.run(["version"])
    assert told.value.blame is Blame.TOOL
