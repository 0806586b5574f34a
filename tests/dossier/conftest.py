"""A folder of papers for each test."""

from pathlib import Path

import pytest

from .desks import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An empty folder."""
    return Folder(tmp_path)
