"""``tenderproof region`` writes the report, checks one, and says in a sentence what is wrong."""

import json
from pathlib import Path

import pytest

from tests.cli.command import tenderproof
from tests.regional.platforms import BROKEN, DAY, KEPT, folder, kept_and

SAID = ("--region", "示例省", "--unit", "示例省发展改革委", "--day", DAY.isoformat())


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path, Path]:
    (tmp_path / "plan.txt").write_text("一、推动检测认证。", "utf-8")
    return folder(tmp_path / "a", kept_and("甲", KEPT)), folder(tmp_path / "b", kept_and("乙", BROKEN)), tmp_path / "plan.txt"


def test_it_writes_both_languages_and_the_document_and_checks_it_again(tmp_path: Path, two: tuple[Path, Path, Path]) -> None:
    first, second, plan = two
    ended = tenderproof("region", first, second, *SAID, "--next-year", plan, "--out", tmp_path / "r", "--json")
    told = json.loads(ended.stdout)
    assert (ended.returncode, told["fine"], told["platforms"], told["decisions"]["non_conformant"]) == (0, True, 2, 1)
    assert [Path(file).name for file in told["files"]] == ["region.json", "region.html", "region.en.html"]

    document = tmp_path / "r" / "region.json"
    assert tenderproof("region", first, second, "--check", document).returncode == 0
    alone = tenderproof("region", first, "--check", document)
    assert alone.returncode == 1
    assert "Otherwise than the results say: totals.platforms" in alone.stdout


def test_what_is_left_out_is_named_and_ends_with_1(tmp_path: Path, two: tuple[Path, Path, Path]) -> None:
    (tmp_path / "c.zip").write_bytes(b"no bundle")
    ended = tenderproof("region", two[0], tmp_path / "c.zip", *SAID, "--next-year", two[2], "--out", tmp_path / "r", language="zh")
    assert ended.returncode == 1
    assert "未计入：c.zip：证据包不成立" in ended.stdout


def test_a_report_of_the_eleventh_is_written_and_said_to_be_out_of_time(tmp_path: Path, two: tuple[Path, Path, Path]) -> None:
    late = (*SAID[:-1], DAY.replace(day=11).isoformat())
    ended = tenderproof("region", two[0], *late, "--next-year", two[2], "--out", tmp_path / "r")
    assert ended.returncode == 1
    assert "asks for it from 1 to 10 December" in ended.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--region", "x", "--unit", "y"), "Say whose report it is and what comes next"),
        ((*SAID, "--next-year", "nowhere.txt"), "The plan nowhere.txt cannot be read"),
        ((*SAID, "--next-year", "empty.txt"), "The report's next_year is empty"),
        (("--check", "r.json", "--out", "x"), "--check takes region, unit"),
        (("--check", "none.json"), "The report none.json cannot be read"),
        (("--check", "empty.txt"), "empty.txt is no report of a region"),
        ((*SAID, "--register", "site"), "name both --register and --body"),
    ],
)
def test_wrong_input_is_a_sentence(tmp_path: Path, two: tuple[Path, Path, Path], arguments: tuple[str, ...], said: str) -> None:
    (tmp_path / "empty.txt").write_text("\n")
    ended = tenderproof("region", two[0], *arguments, cwd=tmp_path)
    assert (ended.returncode, ended.stdout) == (64, "")
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
