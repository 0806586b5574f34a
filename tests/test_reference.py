"""The reference is a process of its own: it comes up, it goes down, and what it cannot do it says."""

import os
import urllib.request
from pathlib import Path

import pytest

from tenderproof import candidate, reference


def test_it_comes_up_with_its_declaration_and_ends_with_the_block(tmp_path: Path) -> None:
    with reference.running(tmp_path / "state") as running:
        declared = candidate.load(running.candidate)
        with urllib.request.urlopen(f"{running.base_url}/api/v1/platform", timeout=10) as answer:
            assert answer.status == 200
    assert declared.base_url == running.base_url
    assert declared.sandbox.enabled
    assert running.process.poll() is not None


def test_it_goes_on_from_its_database(tmp_path: Path) -> None:
    with reference.running(tmp_path / "state") as first:
        before = candidate.load(first.candidate).accounts
    with reference.running(tmp_path / "state") as second:
        assert candidate.load(second.candidate).accounts == before


def test_one_that_does_not_come_up_says_why(tmp_path: Path) -> None:
    with pytest.raises(reference.ReferenceDown, match="did not come up"), reference.running(tmp_path, database="nonsense://"):
        pass


def test_the_environment_makes_the_federation_importable_and_nothing_else_changes() -> None:
    environment = reference.environment()

    assert environment["PYTHONPATH"].endswith("fixtures")
    assert environment["PATH"] == os.environ["PATH"]
