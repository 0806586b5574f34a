import shutil
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from tenderproof.seal import sealing, timestamp
from tenderproof.seal.contents import ContentsError

from . import bundles


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return Path(shutil.copytree(bundles.run(), tmp_path / "run"))


def test_the_same_run_and_key_give_the_same_octets(tmp_path: Path) -> None:
    by = bundles.sealer(tmp_path, ed25519.Ed25519PrivateKey.generate())

    assert bundles.sealed(tmp_path, by).read_bytes() == bundles.sealed(tmp_path, by).read_bytes()


def test_evidence_that_was_changed_removed_or_added_after_the_audit_is_not_sealed(run: Path, tmp_path: Path) -> None:
    by, (archive,) = bundles.sealer(tmp_path), (run / "evidence").glob("*.warc.gz")
    whole = archive.read_bytes()
    archive.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(ContentsError, match="changed after the audit"):
        sealing.seal(run, bundles.result(), by, tmp_path / "a.zip")
    archive.unlink()
    with pytest.raises(ContentsError, match="is not there"):
        sealing.seal(run, bundles.result(), by, tmp_path / "a.zip")
    archive.write_bytes(whole)
    (run / "evidence" / "gw7-1.warc.gz").write_bytes(b"")
    with pytest.raises(ContentsError, match="came after the audit"):
        sealing.seal(run, bundles.result(), by, tmp_path / "a.zip")

    assert list(tmp_path.glob("*.zip*")) == []


def test_where_no_time_stamp_is_given_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(timestamp.TimestampError):
        sealing.seal(bundles.run(), bundles.result(), bundles.sealer(tmp_path), tmp_path / "a.zip", "http://127.0.0.1:9/")

    assert list(tmp_path.glob("*.zip*")) == []


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ContentsError, match="cannot be written"):
        sealing.seal(bundles.run(), bundles.result(), bundles.sealer(tmp_path), tmp_path / "absent" / "a.zip")


def test_a_broken_secret_is_named(run: Path, tmp_path: Path) -> None:
    (run / "private" / "salt").write_bytes(b"short")

    with pytest.raises(ContentsError, match="is no secret"):
        sealing.seal(run, bundles.result(), bundles.sealer(tmp_path), tmp_path / "a.zip")
