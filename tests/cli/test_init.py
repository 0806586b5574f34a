"""A declaration to fill in, which is itself in order but for what only the vendor knows."""

import tomllib
from pathlib import Path

from .command import tenderproof


def test_it_writes_a_commented_declaration_that_is_toml(tmp_path: Path) -> None:
    said = tenderproof("init", "candidate.toml", cwd=tmp_path)

    assert said.returncode == 0
    assert tomllib.loads((tmp_path / "candidate.toml").read_text("utf-8"))["candidate"]["kind"] == "trading"


def test_what_it_writes_is_understood_up_to_the_files_that_are_missing(tmp_path: Path) -> None:
    tenderproof("init", "candidate.toml", cwd=tmp_path)
    said = tenderproof("doctor", "candidate.toml", cwd=tmp_path)

    assert said.returncode == 64
    assert "accounts.0.certificate: there is no file tenderee-1.pem" in said.stderr


def test_a_file_that_is_there_is_left_alone_unless_forced(tmp_path: Path) -> None:
    file = tmp_path / "candidate.toml"
    file.write_text("mine", "utf-8")

    assert tenderproof("init", "candidate.toml", cwd=tmp_path).returncode == 64
    assert file.read_text("utf-8") == "mine"
    assert tenderproof("init", "candidate.toml", "--force", cwd=tmp_path).returncode == 0
    assert "[candidate]" in file.read_text("utf-8")
