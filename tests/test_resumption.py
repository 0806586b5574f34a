"""A run is gone on with as it was begun, or not at all."""

from pathlib import Path

import pytest

from tenderproof import resumption
from tenderproof.resumption import ResumptionError


@pytest.fixture
def declaration(tmp_path: Path) -> Path:
    """What the run was begun with."""
    file = tmp_path / "candidate.toml"
    file.write_text("one", "ascii")
    return file


def test_a_run_goes_on_as_it_was_begun(tmp_path: Path, declaration: Path) -> None:
    resumption.begin(tmp_path, declaration, "trading-1", "s", "0a")

    resumption.require_same(tmp_path, declaration, "trading-1", "s", "0a")


@pytest.mark.parametrize(
    ("plan", "seed", "source", "what"),
    [("trading-3", "s", "0a", "plan"), ("trading-1", "t", "0a", "seed"), ("trading-1", "s", "0b", "tenderproof")],
)
def test_what_is_another_is_named(tmp_path: Path, declaration: Path, plan: str, seed: str, source: str, what: str) -> None:
    resumption.begin(tmp_path, declaration, "trading-1", "s", "0a")

    with pytest.raises(ResumptionError, match=f"begun with another {what},"):
        resumption.require_same(tmp_path, declaration, plan, seed, source)


def test_what_one_platform_showed_is_not_told_of_another(tmp_path: Path, declaration: Path) -> None:
    resumption.begin(tmp_path, declaration, "trading-1", "s", "0a")
    declaration.write_text("another", "ascii")

    for other in (declaration, None):
        with pytest.raises(ResumptionError, match="another declaration"):
            resumption.require_same(tmp_path, other, "trading-1", "s", "0a")


def test_a_run_that_does_not_say_how_it_was_begun_is_begun_anew(tmp_path: Path, declaration: Path) -> None:
    with pytest.raises(ResumptionError, match="begin anew"):
        resumption.require_same(tmp_path, declaration, "trading-1", "s", "0a")


def test_what_one_driver_told_is_not_told_of_another(tmp_path: Path, declaration: Path) -> None:
    resumption.begin(tmp_path, declaration, "trading-1", "s", "0a", "d1")

    resumption.require_same(tmp_path, declaration, "trading-1", "s", "0a", "d1")
    with pytest.raises(ResumptionError, match="another driver"):
        resumption.require_same(tmp_path, declaration, "trading-1", "s", "0a", "d2")


def test_what_was_seen_at_one_dose_is_not_told_of_another(tmp_path: Path, declaration: Path) -> None:
    resumption.begin(tmp_path, declaration, "trading-1", "s", "0a", "d1", dose="passive")

    resumption.require_same(tmp_path, declaration, "trading-1", "s", "0a", "d1", dose="passive")
    with pytest.raises(ResumptionError, match="another dose"):
        resumption.require_same(tmp_path, declaration, "trading-1", "s", "0a", "d1")
