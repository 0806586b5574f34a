"""Running the command as a user does, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

_MAIN = "from tenderproof.cli import main; main()"


def tenderproof(*arguments: str | Path, cwd: Path | None = None, language: str = "en") -> subprocess.CompletedProcess[str]:
    """``tenderproof ARGUMENTS``: exit code, output and errors."""
    return subprocess.run(command(*arguments), capture_output=True, text=True, check=False, cwd=cwd, env=environment(language), timeout=300)


def command(*arguments: str | Path) -> list[str]:
    """The command line."""
    return [sys.executable, "-c", _MAIN, *map(str, arguments)]


def environment(language: str = "en") -> dict[str, str]:
    """The environment of a terminal in a language."""
    return {**os.environ, "TENDERPROOF_LANG": language, "COLUMNS": "140"}
