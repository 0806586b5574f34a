"""The script stands alone: one file, two packages at most, and it says where a fault is (its verdicts: test_verification.py)."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tenderproof import result
from tenderproof.seal import sealing, signature, standalone, verification

from .conftest import Bundled
from .forgery import flipped, place_of
from .identities import identity

SOURCE = Path(standalone.__file__)


def script(folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The script as a stranger runs it: a copy elsewhere, with tenderproof out of reach."""
    copy = folder / "verify.py"
    copy.write_bytes(SOURCE.read_bytes())
    command = [sys.executable, "-P", str(copy), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def test_it_needs_the_standard_library_and_one_package() -> None:
    tree = ast.parse(SOURCE.read_text("utf-8"))
    named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    named |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert {name.partition(".")[0] for name in named} - sys.stdlib_module_names == {"cryptography"}


def test_a_fault_is_named_to_the_octets(bundled: Bundled, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(flipped(bundled.octets, place_of(bundled.octets, "journal/gw0-1.jsonl", 3)))
    said = script(tmp_path, "b.zip")

    assert said.returncode == 1
    assert "journal/gw0-1.jsonl, line 1, octets 0 to " in said.stdout


def test_it_says_whether_anybody_was_to_be_trusted(bundled: Bundled, tmp_path: Path) -> None:
    (tmp_path / "k.pem").write_bytes(bundled.sealer.pem)

    assert "--trust" in script(tmp_path, bundled.path).stdout
    assert "--trust" not in script(tmp_path, bundled.path, "--trust", "k.pem").stdout


def test_wrong_use_is_told(tmp_path: Path) -> None:
    said = script(tmp_path)

    assert (said.returncode, said.stdout) == (64, "")
    assert "BUNDLE" in said.stderr


def test_whom_to_trust_that_cannot_be_read_is_told_and_never_called_a_fault_of_the_bundle(bundled: Bundled, tmp_path: Path) -> None:
    (tmp_path / "text.pem").write_text("nobody")
    for name in ("text.pem", "gone.pem"):
        said = script(tmp_path, bundled.path, "--trust", name)
        assert (said.returncode, said.stdout) == (64, "")
        assert f"{name} is no certificate and no public key" in said.stderr


@pytest.mark.parametrize("days", [(-400, -300), (300, 400)])
def test_a_certificate_out_of_its_time_does_not_hold_here_nor_there(bundled: Bundled, tmp_path: Path, days: tuple[int, int]) -> None:
    late = identity(tmp_path, "late", valid=days)
    by = signature.load_sealer(late.key, late.certificate)
    sealing.seal(bundled.run, result.read(bundled.run / "result.json"), by, tmp_path / "late.zip")
    there = verification.verify(tmp_path / "late.zip", [signature.load_party(late.certificate)])
    assert [finding.code for finding in there.findings] == ["certificate_time"]
    said = script(tmp_path, "late.zip", "--trust", late.certificate)
    assert said.returncode == 1
    assert "was not within its time when the run ended" in said.stdout
    stranger = script(tmp_path, "late.zip", "--trust", _key(bundled, tmp_path))
    assert "nobody whom you trust" in stranger.stdout
    assert [finding.code for finding in verification.verify(tmp_path / "late.zip", [bundled.signer]).findings] == ["signer_unknown"]


def test_a_time_stamp_is_spoken_of_where_there_is_one(bundled: Bundled, tmp_path: Path) -> None:
    assert "openssl ts" not in script(tmp_path, bundled.path).stdout


def _key(bundled: Bundled, folder: Path) -> Path:
    (folder / "k.pem").write_bytes(bundled.sealer.pem)
    return folder / "k.pem"
