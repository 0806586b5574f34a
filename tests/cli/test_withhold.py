"""``tenderproof withhold``: records are taken out of a bundle."""

import json
from pathlib import Path

import pytest

from tenderproof import result
from tenderproof.seal import sealing
from tests.cli.command import tenderproof
from tests.seal.forgery import flipped
from tests.seal.runs import CHECK, finished_run, sealer


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    run = finished_run(tmp_path / "run")
    return sealing.seal(run, result.read(run / "result.json"), sealer(tmp_path), tmp_path / "b.zip").path


def test_records_are_taken_out_and_counted(bundle: Path, tmp_path: Path) -> None:
    said = tenderproof("withhold", bundle, "--record", f"{CHECK}#1", "--out", tmp_path / "less.zip", "--json")

    assert json.loads(said.stdout) == {"bundle": str(tmp_path / "less.zip"), "withheld": 2}
    assert tenderproof("verify", tmp_path / "less.zip").returncode == 0


def test_nothing_is_written_over(bundle: Path) -> None:
    said = tenderproof("withhold", bundle, "--record", CHECK, "--out", bundle)

    assert (said.returncode, "is there already" in said.stderr) == (64, True)


def test_nothing_is_taken_from_a_bundle_that_does_not_hold(bundle: Path, tmp_path: Path) -> None:
    bundle.write_bytes(flipped(bundle.read_bytes(), 5000))
    said = tenderproof("withhold", bundle, "--record", CHECK, "--out", tmp_path / "less.zip")

    assert (said.returncode, "does not hold" in said.stderr) == (64, True)
    assert not (tmp_path / "less.zip").exists()
