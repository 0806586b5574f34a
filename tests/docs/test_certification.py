"""What the README shows of people and of an auditor's key can be used as it stands."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tenderproof import signatories
from tenderproof.evidence import auditor

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_the_people_of_the_example_may_stand_under_a_test_report(readme: str, tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(\[prepared\].*?)```", (ROOT / readme).read_text("utf-8"), re.DOTALL)
    (tmp_path / "people.toml").write_text(example, "utf-8")

    signatories.require_lawful("test_report", signatories.read(tmp_path / "people.toml"))


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_the_key_of_the_example_is_an_auditor_s(readme: str, tmp_path: Path) -> None:
    (command,) = re.findall(r"^\$ (openssl .* -out auditor.pem)$", (ROOT / readme).read_text("utf-8"), re.MULTILINE)
    subprocess.run(shlex.split(command), cwd=tmp_path, check=True, capture_output=True)

    assert auditor.load_key(tmp_path / "auditor.pem").is_private
