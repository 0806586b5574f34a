"""The matrix as programs and people read it."""

import json
from pathlib import Path

import pytest

from .command import tenderproof


def test_a_mutant_that_is_killed_ends_with_0_and_names_the_checks_that_fell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TENDERPROOF_PROVE_DIR", str(tmp_path / "prove"))
    said = tenderproof("prove", "--mutant", "opening.anybody_signs_in", "--json")
    line = json.loads(said.stdout)

    assert said.returncode == 0, said.stderr
    assert (line["fine"], line["mutants"], line["killed"], line["on_reference"], line["never_ran"]) == (True, 1, 1, [], [])
    (row,) = line["matrix"]
    assert (row["mutant"], row["fate"], row["collateral"]) == ("opening.anybody_signs_in", "killed", [])
    assert "function/opening::test_only_who_has_delivered_a_bid_signs_in_to_the_opening" in row["checks"]


def test_the_foreign_platform_alone_is_tried_with_what_it_wears_of_the_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TENDERPROOF_PROVE_DIR", str(tmp_path / "prove"))
    said = tenderproof("prove", "--foreign", "--mutant", "bidding.a_late_bid_is_refused_and_kept", "--json")
    line = json.loads(said.stdout)

    assert said.returncode == 0, f"{said.stdout}\n{said.stderr}"
    assert (line["fine"], line["foreign"]["on_reference"]) == (True, [])
    (room,) = line["foreign"]["rooms"]
    assert (room["room"], [one["fate"] for one in room["mutants"]]) == ("deadline", ["killed"])


def test_a_mutant_that_the_foreign_platform_does_not_wear_is_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TENDERPROOF_PROVE_DIR", str(tmp_path / "prove"))
    said = tenderproof("prove", "--foreign", "--mutant", "bonds.interest_is_optional")

    assert said.returncode == 64
    assert "wears none of these mutants" in said.stderr
