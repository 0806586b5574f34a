"""The auditor's key: found, made, and never shown."""

import stat
from pathlib import Path

from tenderproof.evidence import auditor


def test_a_key_that_is_made_is_its_owners_alone_and_can_be_loaded(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "auditor.pem"
    made = auditor.make_key(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert auditor.load_key(path).thumbprint() == made.thumbprint()


def test_each_frame_is_sealed_under_another_nonce(tmp_path: Path) -> None:
    key = auditor.make_key(tmp_path / "a.pem")
    file = auditor.SealedFile(tmp_path / "x.sealed", key)
    frames = [file.append({"a": 1}), file.append({"a": 1})]
    file.close()

    assert frames[0] != frames[1]
    assert list(auditor.read(tmp_path / "x.sealed", key)) == [{"a": 1}, {"a": 1}]
