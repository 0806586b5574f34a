"""An earlier run gives way to a later one of the same candidate, and to no other unasked."""

import json
from pathlib import Path
from typing import Any, cast
from unittest.mock import Mock

import pytest

from tenderproof import earlier, resumption
from tenderproof.candidate import Candidate
from tenderproof.earlier import EarlierRunError

OPERATOR = {"name": "甲公司", "uscc": "91110000000000000X"}


def declared(name: str = "甲交易平台", operator: dict[str, str] = OPERATOR) -> Candidate:
    """A declaration, as far as it says who is judged."""
    stated = Mock(operator=operator)
    stated.name = name
    return cast("Candidate", stated)


def finished(folder: Path, **sample: Any) -> Path:
    """A folder with the result of a run."""
    judged = {"name": "甲交易平台", "operator": OPERATOR, "base_url": "https://a.example/api/v1", **sample}
    (folder / "result.json").write_text(json.dumps({"sample": judged}), "utf-8")
    return folder


def test_where_no_finished_run_lies_nothing_is_in_the_way(tmp_path: Path) -> None:
    earlier.require_same_candidate(tmp_path, declared())
    earlier.require_same_candidate(tmp_path / "nowhere", None)


def test_a_run_of_the_same_candidate_gives_way_wherever_it_answers_by_now(tmp_path: Path) -> None:
    earlier.require_same_candidate(finished(tmp_path, base_url="https://b.example/api/v1"), declared())


@pytest.mark.parametrize("other", [declared(name="乙交易平台"), declared(operator={**OPERATOR, "name": "乙公司"}), None])
def test_a_run_of_another_candidate_does_not(other: Candidate | None, tmp_path: Path) -> None:
    with pytest.raises(EarlierRunError, match=r"another candidate \(甲交易平台\): name another with --out, or say --replace"):
        earlier.require_same_candidate(finished(tmp_path), other)


def test_the_reference_is_known_by_how_its_run_was_begun(tmp_path: Path) -> None:
    resumption.begin(finished(tmp_path, base_url="http://127.0.0.1:8000"), None, "trading-1", "s", "0a")
    earlier.require_same_candidate(tmp_path, None)
    (tmp_path / "candidate.toml").write_text("x", "ascii")
    resumption.begin(tmp_path, tmp_path / "candidate.toml", "trading-1", "s", "0a")

    with pytest.raises(EarlierRunError):
        earlier.require_same_candidate(tmp_path, None)


def test_a_run_that_does_not_say_how_it_was_begun_is_the_references_if_it_was_on_the_loopback(tmp_path: Path) -> None:
    earlier.require_same_candidate(finished(tmp_path, base_url="http://127.0.0.1:8000"), None)


@pytest.mark.parametrize("content", ["{}", "no JSON", '{"sample": []}'])
def test_a_result_that_cannot_be_read_is_nobodys_and_stays(content: str, tmp_path: Path) -> None:
    (tmp_path / "result.json").write_text(content, "utf-8")

    for one in (declared(), None):
        with pytest.raises(EarlierRunError, match="somebody unknown"):
            earlier.require_same_candidate(tmp_path, one)
