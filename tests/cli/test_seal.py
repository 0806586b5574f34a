import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ed25519

from tests.seal import bundles

from .command import tenderproof


def key(folder: Path) -> Path:
    (folder / "key.pem").write_bytes(bundles.pem(ed25519.Ed25519PrivateKey.generate()))
    return folder / "key.pem"


def test_a_program_reads_where_the_bundle_lies_and_its_root(tmp_path: Path) -> None:
    said = tenderproof("seal", bundles.run(), "--key", key(tmp_path), "--out", tmp_path / "run.zip", "--json")
    line = json.loads(said.stdout)

    assert said.returncode == 0, said.stderr
    assert (line["bundle"], line["octets"]) == (str(tmp_path / "run.zip"), (tmp_path / "run.zip").stat().st_size)
    assert (len(line["root"]), line["files"] > 5, line["stamped"]) == (64, True, False)


def test_wrong_input_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "no.pem").write_text("no key")
    for folder, wrong, words in (
        (tmp_path / "absent", key(tmp_path), "absent"),
        (bundles.run(), tmp_path / "no.pem", "holds no private key"),
        (bundles.run(), tmp_path / "absent.pem", "cannot be read"),
    ):
        said = tenderproof("seal", folder, "--key", wrong, "--out", tmp_path / "run.zip")
        assert (said.returncode, "Traceback" in said.stderr) == (64, False)
        assert words in said.stderr
    assert not (tmp_path / "run.zip").exists()
