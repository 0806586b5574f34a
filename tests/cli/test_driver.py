"""What a driver's author reads, in either language and as a program."""

import json
from pathlib import Path

import pytest

from .command import tenderproof

DECLARED = """[candidate]
name = "x"
kind = "trading"
base_url = "http://127.0.0.1:1"
operator = { name = "x", uscc = "91350100M000100Y43" }
[driver]
name = "theirs:Driver"
folder = "."
"""
THEIRS = """from tenderproof.drivers import OpenApiDriver
from tenderproof.testing import Public


class Anybody(Public):
    def time(self, zone):
        ...

    def platfrom(self):
        ...


class Driver(OpenApiDriver):
    @property
    def public(self):
        return Anybody()
"""


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """A declaration with a driver beside it that has an operation of a wrong signature and one under a wrong name."""
    (tmp_path / "candidate.toml").write_text(DECLARED, "utf-8")
    (tmp_path / "theirs.py").write_text(THEIRS, "utf-8")
    return tmp_path


def test_what_is_wrong_is_a_sentence_in_either_language_and_ends_with_1(beside: Path) -> None:
    en, zh = (tenderproof("driver", "check", "candidate.toml", cwd=beside, language=language) for language in ("en", "zh"))

    assert (en.returncode, zh.returncode) == (1, 1)
    assert "Public.time: asks for zone, which checks do not give" in en.stdout
    assert "platform is not offered; is platfrom meant to be it?" in en.stdout
    assert "Public.time：要求 zone，而检测项不会给" in zh.stdout


def test_a_program_reads_operations_areas_checks_and_clauses() -> None:
    said = tenderproof("driver", "check", "contract", "--json")
    line = json.loads(said.stdout)

    assert said.returncode == 0, said.stderr
    assert (line["fine"], {one["offer"] for one in line["operations"]}) == (True, {"offered"})
    lacking = {what for one in line["checks"] for what in one["lacking"]}
    assert lacking == {
        "bid_tool",
        "clock",
        "crowd",
        "exchange",
        "expert_bases",
        "identities",
        "looks",
        "public_service",
    }  # what a declaration has, and a class has not
    assert sum(area["checks"] for area in line["areas"]) == len(line["checks"])
    assert set(line["clauses"].values()) <= {"testable", "partly", "not"}
    assert "connection" not in line


def test_a_platform_that_is_not_there_is_told_reading_by_reading(beside: Path) -> None:
    (beside / "theirs.py").write_text("from tenderproof.drivers import ContractDriver\n\n\nclass Driver(ContractDriver): ...\n")
    said = tenderproof("driver", "check", "candidate.toml", "--connect", "--json", cwd=beside)
    tried = {one["operation"]: one for one in json.loads(said.stdout)["connection"]}

    assert said.returncode == 1
    assert (tried["time"]["came"], tried["time"]["fine"]) == ("trouble", False)
    assert "No whole answer" in tried["time"]["words"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nowhere:Driver",), "there is no driver nowhere:Driver"),
        (("tenderproof.drivers:load",), "no class derived from tenderproof.drivers.Driver"),
        (("contract", "--connect"), "a declaration is needed"),
        (("there-is-none.toml",), "There is no declaration"),
        (("contract", "--plan", "none"), "none"),
    ],
)
def test_wrong_use_is_a_sentence(arguments: tuple[str, ...], words: str) -> None:
    said = tenderproof("driver", "check", *arguments)

    assert said.returncode == 64
    assert words in said.stderr
    assert "Traceback" not in said.stderr


def test_a_driver_that_breaks_when_it_is_made_is_told_without_a_traceback(beside: Path) -> None:
    (beside / "theirs.py").write_text(THEIRS + "\n    def __init__(self, *_):\n        raise KeyError('token')\n")
    said = tenderproof("driver", "check", "candidate.toml", cwd=beside)

    assert said.returncode == 64
    assert "could not be made: KeyError: 'token'" in said.stderr
    assert "Traceback" not in said.stderr
