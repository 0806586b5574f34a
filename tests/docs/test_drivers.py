"""The guide to drivers says what is: its examples run, its commands end as it says, and what it names is there."""

import json
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from biejia import words
from biejia.caller import Caller

from tenderproof import reference

from ..cli.command import tenderproof  # noqa: TID252 - how a user runs the command

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLE = Path(__file__).parents[2] / "fixtures" / "drivers" / "biejia"


def block(language: str, kind: str, containing: str = "") -> str:
    """The first example of a kind in the guide."""
    text = (DOCS / {"en": "drivers.md", "zh": "drivers.zh.md"}[language]).read_text("utf-8")
    found = [str(one) for one in re.findall(rf"```{kind}\n(.*?)```", text, re.DOTALL)]
    return next(one for one in found if containing in one)


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """The first driver with its declaration, as the guide has them."""
    (tmp_path / "first.py").write_text(block("en", "python"), "utf-8")
    (tmp_path / "candidate.toml").write_text(block("en", "toml"), "utf-8")
    return tmp_path


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_first_driver_is_found_to_offer_what_the_guide_says(first: Path, language: str) -> None:
    command, *printed = block(language, "console", "driver check candidate.toml\n").splitlines()
    said = tenderproof(*command.split()[2:], cwd=first, language=language)

    assert said.returncode == 0, said.stderr
    assert said.stdout.splitlines()[: len(printed)] == printed


class Platform(BaseHTTPRequestHandler):
    """Tells the time, as the guide's first platform does."""

    def do_GET(self) -> None:
        told = json.dumps({"code": 0, "msg": "", "data": {"time": "2026-12-01 09:00:00", "source": "NTP"}}).encode()
        self.send_response(200 if self.path == "/getTime" else 404)
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def platform() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Platform) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_the_first_driver_speaks_to_a_platform(first: Path, platform: str) -> None:
    declared = (first / "candidate.toml").read_text("utf-8").replace("https://platform.example", platform)
    (first / "candidate.toml").write_text(declared, "utf-8")
    said = tenderproof("driver", "check", "candidate.toml", "--connect", "--json", cwd=first)
    (time,) = [one for one in json.loads(said.stdout)["connection"] if one["operation"] == "time"]

    assert said.returncode == 0, said.stdout
    assert (time["came"], time["record"], time["absent"], time["malformed"]) == ("accepted", "PlatformTime", [], [])


def test_the_commands_on_the_worked_example_do_what_the_guide_says(tmp_path: Path) -> None:
    check = "function/bidding::test_a_bid_is_taken_until_the_deadline_and_refused_from_it_on"
    with reference.running(tmp_path / "biejia", player=reference.FOREIGN):
        connected = tenderproof("driver", "check", "biejia/candidate.toml", "--connect", cwd=tmp_path)
        audited = tenderproof("audit", "biejia/candidate.toml", "--plan", "trading-3", "--only", check, "--out", "out", cwd=tmp_path)
    states = {one["id"]: one["state"] for one in json.loads((tmp_path / "out" / "result.json").read_text("utf-8"))["checks"]}

    assert connected.returncode == 0, connected.stdout + connected.stderr
    assert "Nothing is wrong with what is offered." in connected.stdout
    assert audited.returncode == 2, audited.stderr
    assert states[check] == "passed"


@pytest.mark.parametrize("name", ["drivers.md", "drivers.zh.md"])
def test_what_the_guide_names_of_the_example_is_there(name: str) -> None:
    text = (DOCS / name).read_text("utf-8")

    assert {found for found in re.findall(r"words\.(\w+)", text) if not hasattr(words, found)} == set()
    assert {found for found in re.findall(r"Caller\.(\w+)", text) if not hasattr(Caller, found)} == set()
    assert {found for found in re.findall(r"`(\w+\.py)`", text) if found != "first.py" and not (EXAMPLE / found).is_file()} == set()
    assert {found for found in re.findall(r"`(fixtures/[\w/.]+)`", text) if not (DOCS.parent / found).exists()} == set()
