"""``tenderproof vantage``: what a vantage point says, and what an auditor is told."""

import json
import os
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from tests.laboratory.vantages import certified, described, listed, posted

from .command import command, environment, tenderproof


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    certified(tmp_path, "auditor")
    return tmp_path


def test_an_auditor_is_told_what_follows(folder: Path) -> None:
    with posted(folder, "zhengzhou", 34.75, 113.62) as post, socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        target = f"127.0.0.1:{server.getsockname()[1]}"
        ended = tenderproof(
            "vantage", "measure", str(listed(folder, post.entry)), "--target", target, "--claimed", "34.75,113.62", "--json"
        )

    told = json.loads(ended.stdout)
    assert ended.returncode == 0
    assert told["rejected"] == []
    assert [(one["proof"], one["tables"], len(one["discs"])) for one in told["targets"]] == [("inside", {}, 1)]


def test_who_counts_as_absent_is_told_with_the_reason(folder: Path) -> None:
    post = described(folder, "zhengzhou", (34.75, 113.62), ("127.0.0.1", 1))
    ended = tenderproof("vantage", "measure", str(listed(folder, post.entry)), "--target", "127.0.0.1:1")

    assert ended.returncode == 0
    assert "Vantage point zhengzhou counts as absent: it cannot be reached" in ended.stdout
    assert "Nothing was measured." in ended.stdout


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (["--target", "nowhere"], "--target nowhere: say host:port"),
        (["--target", "127.0.0.1:80", "--claimed", "here"], "--claimed here: say latitude,longitude"),
        (["--target", "127.0.0.1:80", "--area", "XX"], "XX is no area apart"),
    ],
)
def test_wrong_use_is_told_in_a_sentence(folder: Path, wrong: list[str], told: str) -> None:
    post = described(folder, "zhengzhou", (34.75, 113.62), ("127.0.0.1", 1))
    ended = tenderproof("vantage", "measure", str(listed(folder, post.entry)), *wrong)

    assert (ended.returncode, told in ended.stderr) == (64, True)


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    ended = tenderproof("vantage", "measure", str(tmp_path / "nothing.toml"), "--target", "127.0.0.1:80")

    assert (ended.returncode, "nothing.toml" in ended.stderr) == (64, True)


def test_a_vantage_point_says_where_it_answers_and_ends_when_it_is_told(folder: Path) -> None:
    post = described(folder, "zhengzhou", (34.75, 113.62), ("127.0.0.1", 0))
    process = subprocess.Popen(command("vantage", "serve", post.settings, "--json"), stdout=subprocess.PIPE, text=True, env=environment())
    assert process.stdout
    told = json.loads(process.stdout.readline())
    os.kill(process.pid, signal.SIGINT)
    process.communicate(timeout=20)

    assert told["name"] == "zhengzhou"
    assert told["url"].startswith("https://127.0.0.1:")
    assert process.returncode == 130
