from pathlib import Path

from tests.seal import bundles

from .command import tenderproof


def test_a_record_is_withheld_and_the_seal_holds(tmp_path: Path) -> None:
    bundle = bundles.sealed(tmp_path, bundles.sealer(tmp_path))
    check = next(check.id for check in bundles.result().checks if check.observations)
    said = tenderproof("withhold", bundle, "--record", f"{check}#1", "--out", tmp_path / "less.zip")
    again = tenderproof("verify", tmp_path / "less.zip")

    assert said.returncode == 0, said.stderr
    assert again.returncode == 0, again.stdout
    assert "Withheld: record" in again.stdout


def test_a_record_that_is_not_there_and_a_place_that_is_taken_are_one_sentence(tmp_path: Path) -> None:
    bundle = bundles.sealed(tmp_path, bundles.sealer(tmp_path))
    absent = tenderproof("withhold", bundle, "--record", "nobody#1", "--out", tmp_path / "less.zip")
    taken = tenderproof("withhold", bundle, "--record", "nobody#1", "--out", bundle)

    assert [(said.returncode, "Traceback" in said.stderr) for said in (absent, taken)] == [(64, False)] * 2
