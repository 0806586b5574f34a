"""``tenderproof seal``: a finished run becomes one file."""

import json
from pathlib import Path

from tenderproof import result
from tests.cli.command import tenderproof
from tests.seal.runs import finished_run, sealer


def test_the_bundle_lies_beside_the_run_and_its_root_is_said(tmp_path: Path) -> None:
    run = finished_run(tmp_path / "run")
    sealer(tmp_path)
    said = tenderproof("seal", run, "--key", tmp_path / "seal.pem", "--json")
    line = json.loads(said.stdout)

    assert said.returncode == 0, said.stderr
    assert line["bundle"] == str(tmp_path / "run.bundle.zip")
    assert (line["octets"], line["stamped"]) == ((tmp_path / "run.bundle.zip").stat().st_size, False)
    assert line["root"] in tenderproof("seal", run, "--key", tmp_path / "seal.pem").stdout


def test_a_run_that_was_interrupted_is_not_sealed(tmp_path: Path) -> None:
    run = finished_run(tmp_path / "run")
    found = result.read(run / "result.json")
    result.write(found.model_copy(update={"run": found.run.model_copy(update={"interrupted": True})}), run / "result.json")
    sealer(tmp_path)
    said = tenderproof("seal", run, "--key", tmp_path / "seal.pem")

    assert said.returncode == 64
    assert "--resume" in said.stderr


def test_wrong_use_gets_one_sentence(tmp_path: Path) -> None:
    run = finished_run(tmp_path / "run")
    for arguments in ((tmp_path / "nowhere", "--key", tmp_path / "k"), (run, "--key", tmp_path / "nowhere.pem")):
        said = tenderproof("seal", *arguments)

        assert said.returncode == 64
        assert len(said.stderr.splitlines()) == 1
