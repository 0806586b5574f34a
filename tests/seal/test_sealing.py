"""Sealing: the same run gives the same octets, and a run that was changed after the audit is not sealed."""

import base64
import gzip
import hashlib
import shutil
from pathlib import Path

import pytest

from tenderproof import result
from tenderproof.seal import sealing, verification
from tenderproof.seal.contents import ContentsError
from tenderproof.seal.sealing import Sealed

from .conftest import Bundled
from .runs import sealer


def sealed(run: Path, out: Path) -> Sealed:
    """A run, sealed."""
    return sealing.seal(run, result.read(run / "result.json"), sealer(out.parent), out)


@pytest.fixture
def run(bundled: Bundled, tmp_path: Path) -> Path:
    """A run that a test may change."""
    return Path(shutil.copytree(bundled.run, tmp_path / "run"))


def test_the_same_run_and_key_give_the_same_octets(run: Path, tmp_path: Path) -> None:
    one, other = sealed(run, tmp_path / "1.zip"), sealed(run, tmp_path / "2.zip")

    assert one.path.read_bytes() == other.path.read_bytes()
    assert (one.octets, one.root) == (one.path.stat().st_size, verification.verify(one.path).root)


def test_salts_are_secret_and_differ_from_run_to_run(run: Path, tmp_path: Path) -> None:
    first = sealed(run, tmp_path / "1.zip").root
    assert (run / "private/salt").stat().st_mode & 0o077 == 0
    (run / "private/salt").unlink()

    assert sealed(run, tmp_path / "2.zip").root != first


def test_nothing_private_goes_into_the_bundle(run: Path, tmp_path: Path) -> None:
    (run / "private" / "x").write_text("PRIVATE THING")
    (run / "report.html").write_text("REPORT")
    octets = sealed(run, tmp_path / "1.zip").path.read_bytes()

    assert b"PRIVATE" not in octets
    assert b"REPORT" not in octets
    for file in (run / "evidence").glob("*.warc.gz"):
        published = gzip.decompress(file.read_bytes())
        assert b"/api/v1/time" in published
        assert not any(secret in published for secret in (b"PRIVATE", base64.b64encode(b"PRIVATE"), b"Bearer s"))


@pytest.mark.parametrize("name", ["evidence/gw0-1.warc.gz", "evidence/gw1-1.sealed"])
def test_evidence_that_was_changed_after_the_audit_is_not_sealed(run: Path, tmp_path: Path, name: str) -> None:
    octets = bytearray((run / name).read_bytes())
    octets[-1] ^= 1
    (run / name).write_bytes(bytes(octets))

    with pytest.raises(ContentsError, match=f"{name} is not as the result says"):
        sealed(run, tmp_path / "1.zip")
    assert not list(tmp_path.glob("*.zip*"))


def test_evidence_is_sealed_whole_or_not_at_all(run: Path, tmp_path: Path) -> None:
    (run / "evidence/gw0-1.sealed").rename(run / "evidence/gw7-1.sealed")
    with pytest.raises(ContentsError, match=r"gw0-1\.sealed is not there"):
        sealed(run, tmp_path / "1.zip")

    shutil.copy(run / "evidence/gw7-1.sealed", run / "evidence/gw0-1.sealed")
    with pytest.raises(ContentsError, match=r"gw7-1\.sealed is no evidence of the result"):
        sealed(run, tmp_path / "1.zip")


def test_what_a_killed_run_left_half_written_is_sealed_as_it_is(run: Path, tmp_path: Path) -> None:
    path = run / "evidence/gw0-1.warc.gz"
    path.write_bytes(path.read_bytes()[:-40])
    found = result.read(run / "result.json")
    result.write(found.model_copy(update={"evidence": evidence_now(run)}), run / "result.json")

    assert verification.verify(sealed(run, tmp_path / "1.zip").path).holds


def evidence_now(run: Path) -> list[result.EvidenceFile]:
    """What the result says of the evidence as it lies there now."""
    return [
        result.EvidenceFile(name=path.name, sha256=hashlib.sha256(path.read_bytes()).hexdigest(), octets=path.stat().st_size)
        for path in sorted((run / "evidence").iterdir())
    ]


def test_a_place_that_cannot_be_written_gets_a_sentence(run: Path, tmp_path: Path) -> None:
    with pytest.raises(ContentsError, match="cannot be written"):
        sealing.seal(run, result.read(run / "result.json"), sealer(tmp_path), tmp_path / "no" / "where.zip")


def test_a_damaged_secret_gets_a_sentence(run: Path, tmp_path: Path) -> None:
    (run / "private/salt").write_bytes(b"short")

    with pytest.raises(ContentsError, match="is no secret of a sealing"):
        sealed(run, tmp_path / "1.zip")
