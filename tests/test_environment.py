"""The environment says what judged, and nothing of the machine that it stood on."""

import getpass
import json
import platform
import socket
from importlib.metadata import version
from pathlib import Path

import tenderproof
from tenderproof import content, environment


def test_tool_interpreter_and_packages_are_named(tmp_path: Path) -> None:
    environment.write(tmp_path, "ab" * 32)
    found = json.loads((tmp_path / "environment.json").read_text("utf-8"))

    assert found["tool"] == {"name": "tenderproof", "version": tenderproof.__version__, "source_sha256": "ab" * 32}
    assert found["edition"] == content.edition()
    assert platform.python_version() in found["python"]
    assert found["packages"]["cryptography"] == version("cryptography")


def test_no_machine_and_no_folder_is_named(tmp_path: Path) -> None:
    environment.write(tmp_path, "")
    text = (tmp_path / "environment.json").read_text("utf-8")

    assert str(Path.cwd()) not in text
    assert socket.gethostname() not in text or len(socket.gethostname()) < 5
    assert f"/{getpass.getuser()}/" not in text
