"""Poppler's programs as a third voice on PDFs; where they are not installed, the test says so and is skipped."""

import shutil
import subprocess
from pathlib import Path

import pytest


def poppler(program: str, *arguments: str | Path) -> str:
    """What the program prints, whatever its exit code."""
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"no {program} on this machine")
    return subprocess.run([path, *map(str, arguments)], capture_output=True, text=True, check=False).stdout
