import json
from pathlib import Path

import pytest

from tests.seal import bundles

from .command import tenderproof


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return bundles.sealed(tmp_path, bundles.sealer(tmp_path))


def test_a_bundle_that_holds_is_exit_0_and_says_that_trust_was_not_asked(bundle: Path) -> None:
    said = tenderproof("verify", bundle)

    assert said.returncode == 0
    assert "The bundle holds" in said.stdout
    assert "--trust" in said.stdout


def test_one_that_does_not_hold_is_exit_1_and_names_the_file_and_the_octets(bundle: Path) -> None:
    def change(files: bundles.Contents) -> None:
        files["result.json"] = files["result.json"].replace(b'"not_tested"', b'"satisfied_"', 1)

    spoiled = bundles.changed(bundle, change)
    said, line = tenderproof("verify", spoiled, language="zh"), json.loads(tenderproof("verify", spoiled, "--json").stdout)

    assert said.returncode == 1
    assert "result.json" in said.stdout
    assert (line["holds"], line["findings"][0]["values"]["file"]) == (False, "result.json")


def test_what_is_no_bundle_and_no_key_is_one_sentence(bundle: Path, tmp_path: Path) -> None:
    absent, no_key = tenderproof("verify", tmp_path / "absent.zip"), tenderproof("verify", bundle, "--trust", bundle)

    assert [(said.returncode, "Traceback" in said.stderr) for said in (absent, no_key)] == [(64, False)] * 2
