"""``tenderproof verify``: what it says and how it ends, in both languages."""

import json
from pathlib import Path

import pytest

from tenderproof import result
from tenderproof.seal import disclosure, sealing
from tests.cli.command import tenderproof
from tests.seal.forgery import flipped, place_of
from tests.seal.runs import CHECK, finished_run, sealer


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verify")
    run = finished_run(folder / "run")
    by = sealer(folder)
    (folder / "signer.pem").write_bytes(by.pem)
    return sealing.seal(run, result.read(run / "result.json"), by, folder / "b.zip").path


@pytest.mark.parametrize(("language", "words"), [("en", "The bundle holds"), ("zh", "证据包完好")])
def test_a_bundle_that_holds_is_said_to_hold(bundle: Path, language: str, words: str) -> None:
    said = tenderproof("verify", bundle, "--trust", bundle.with_name("signer.pem"), language=language)

    assert (said.returncode, said.stderr) == (0, "")
    assert words in said.stdout
    assert "--trust" not in said.stdout


@pytest.mark.parametrize(("language", "words"), [("en", "Line 1 of journal/gw0-1.jsonl"), ("zh", "journal/gw0-1.jsonl 的第 1 行")])
def test_what_does_not_hold_is_named(bundle: Path, tmp_path: Path, language: str, words: str) -> None:
    whole = bundle.read_bytes()
    (tmp_path / "b.zip").write_bytes(flipped(whole, place_of(whole, "journal/gw0-1.jsonl", 3)))
    said = tenderproof("verify", tmp_path / "b.zip", language=language)

    assert said.returncode == 1
    assert words in said.stdout


def test_for_programs_it_is_one_line(bundle: Path, tmp_path: Path) -> None:
    disclosure.withhold(bundle, [f"{CHECK}#2"], tmp_path / "less.zip")
    line = json.loads(tenderproof("verify", tmp_path / "less.zip", "--trust", bundle.with_name("signer.pem"), "--json").stdout)

    assert (line["holds"], line["findings"], line["trusted"], line["stamped"]) == (True, [], True, None)
    assert line["withheld"] == [{"file": f"evidence/{worker}-1.warc.gz", "number": 2} for worker in ("gw0", "gw1")]


def test_who_is_not_trusted_is_named(bundle: Path, tmp_path: Path) -> None:
    (tmp_path / "other.pem").write_bytes(sealer(tmp_path).pem)
    said = tenderproof("verify", bundle, "--trust", tmp_path / "other.pem", "--json")

    assert said.returncode == 1
    assert [found["code"] for found in json.loads(said.stdout)["findings"]] == ["signer_unknown"]


def test_nobody_being_named_it_says_so(bundle: Path) -> None:
    assert "--trust" in tenderproof("verify", bundle).stdout


def test_a_key_that_is_none_is_wrong_use(bundle: Path, tmp_path: Path) -> None:
    (tmp_path / "junk.pem").write_text("junk")
    said = tenderproof("verify", bundle, "--trust", tmp_path / "junk.pem")

    assert (said.returncode, len(said.stderr.splitlines())) == (64, 1)
