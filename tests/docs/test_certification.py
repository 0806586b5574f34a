"""What the README shows of people and of an auditor's key can be used as it stands."""

import re
import shlex
import subprocess
from pathlib import Path
from typing import Any, cast

import pytest
import typer
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tenderproof import signatories
from tenderproof.certification.change import GROUNDS
from tenderproof.cli.app import app
from tenderproof.dossier import people
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


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_the_bodies_of_the_example_are_known_as_independent(readme: str, tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(\[\[signers\]\].*?)```", (ROOT / readme).read_text("utf-8"), re.DOTALL)
    (tmp_path / "known.toml").write_text(example, "utf-8")
    for name in re.findall(r'^key = "(.*)"$', example, re.MULTILINE):
        key = ec.generate_private_key(ec.SECP256R1()).public_key()
        (tmp_path / name).write_bytes(key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))

    assert [body.capacity for body in people.independent(tmp_path / "known.toml")] == ["public_service_platform", "laboratory"]


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_every_command_of_the_certification_has_the_options_that_are_shown(readme: str) -> None:
    text = (ROOT / readme).read_text("utf-8").replace("\\\n", " ")
    shown = re.findall(r"^\$ tenderproof (certificate|certify|register|seal|audit)\b(.*)$", text, re.MULTILINE)
    assert {name for name, _ in shown} == {"certificate", "certify", "register", "seal", "audit"}
    for name, rest in shown:
        words = shlex.split(rest.partition(" #")[0])
        command = _command(name, words[0] if words else "")
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= known
        if "--ground" in words:
            assert words[words.index("--ground") + 1] in GROUNDS[words[words.index("--status") + 1]]


def _command(name: str, sub: str) -> Any:
    found = cast("Any", typer.main.get_command(app)).commands[name]
    return found.commands[sub] if hasattr(found, "commands") else found
