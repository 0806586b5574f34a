"""What is said of signing is said whole, and an official seal comes under the signature or lies beside it."""

import json
import sys
from pathlib import Path

import pytest

from tenderproof.cli import signing
from tenderproof.cli.ending import WrongUse
from tenderproof.seal import pdf_verification, signature
from tests.seal.identities import identity
from tests.seal.signed_pdfs import appearance, printed


def test_nobody_signs_where_nobody_is_named() -> None:
    assert signing.of(None, None, "", None) is None


def test_half_of_a_signature_is_wrong_use(tmp_path: Path) -> None:
    who = identity(tmp_path, "laboratory")
    with pytest.raises(WrongUse, match="add --sign-cert FILE"):
        signing.of(who.key, None, "", None)
    with pytest.raises(WrongUse, match="add --sign-key FILE"):
        signing.of(None, who.certificate, "", None)
    with pytest.raises(WrongUse, match="goes with a signature"):
        signing.of(None, None, "http://127.0.0.1:9", None)


def test_a_detached_official_seal_lies_beside_the_signed_file(tmp_path: Path) -> None:
    who, seal = identity(tmp_path, "laboratory"), tmp_path / "seal.toml"
    seal.write_text('[official_seal]\ncommand = ["sha256sum"]\nform = "detached"\n', "utf-8")
    by = signing.of(who.key, who.certificate, "", seal)
    assert by is not None

    made = by.sign(printed()[1], "1", "a1" * 32, "zh", tmp_path / "report.pdf")

    assert pdf_verification.verify(made, [signature.load_party(who.certificate)]).holds
    assert (tmp_path / "report.pdf.seal").read_bytes().endswith(b"  -\n")


_SEALING = """
import sys
from pathlib import Path
from tenderproof.seal import pdf_signing
pdf_signing.FIELD = "Seal"
by = pdf_signing.load(Path(sys.argv[1]), Path(sys.argv[2]))
shown = Path(sys.argv[3]).read_bytes()
sys.stdout.buffer.write(pdf_signing.sign(sys.stdin.buffer.read(), by, shown, place=(50, 50, 150, 100), certify=False))
"""


def test_an_embedded_official_seal_comes_under_the_signature(tmp_path: Path) -> None:
    who, holder, seal = identity(tmp_path, "laboratory"), identity(tmp_path, "holder"), tmp_path / "seal.toml"
    (tmp_path / "seal.py").write_text(_SEALING, "utf-8")
    (tmp_path / "shown.pdf").write_bytes(appearance())
    command = [sys.executable, *(str(path) for path in (tmp_path / "seal.py", holder.key, holder.certificate, tmp_path / "shown.pdf"))]
    seal.write_text(f"[official_seal]\ncommand = {json.dumps(command)}\n", "utf-8")
    by = signing.of(who.key, who.certificate, "", seal)
    assert by is not None

    made = by.sign(printed()[1], "1", "a1" * 32, "zh", tmp_path / "report.pdf")
    done = pdf_verification.verify(made, [signature.load_party(file) for file in (who.certificate, holder.certificate)])

    assert [finding.code for finding in done.findings] == []
    assert done.signers == ["CN=laboratory", "CN=holder"]
