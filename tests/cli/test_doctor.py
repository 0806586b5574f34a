"""The findings as people and programs read them."""

import json
from pathlib import Path

from .command import tenderproof

DECLARED = """[candidate]
name = "x"
kind = "trading"
base_url = "http://127.0.0.1:1"
operator = { name = "x", uscc = "91350100M000100Y43" }
"""


def test_a_platform_that_is_not_there_is_said_in_either_language(tmp_path: Path) -> None:
    (tmp_path / "candidate.toml").write_text(DECLARED, "utf-8")

    en, zh = (tenderproof("doctor", "candidate.toml", cwd=tmp_path, language=language) for language in ("en", "zh"))

    assert (en.returncode, zh.returncode) == (2, 2)
    assert "The platform does not answer" in en.stdout
    assert "平台无应答" in zh.stdout


def test_programs_read_the_findings_as_json(tmp_path: Path) -> None:
    (tmp_path / "candidate.toml").write_text(DECLARED, "utf-8")
    said = json.loads(tenderproof("doctor", "candidate.toml", "--json", cwd=tmp_path).stdout)

    assert said["fine"] is False
    assert [(f["code"], f["blame"]) for f in said["findings"] if f["level"] == "fatal"] == [("unreachable", "network")]
