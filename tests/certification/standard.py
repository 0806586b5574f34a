"""A small tenderproof of its own: the same engine and suites, and a plan of five clauses, so that all of a plan can be kept in a test."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import yaml

from tenderproof import content

KEPT, EXEMPTED, ATTESTED = ("A-01", "A-02", "A-03"), "A-04", "E-01"
PLAN = "trading-3"


def install(folder: Path) -> Path:
    """Lay it into a folder, where a command that is started finds it before any other."""
    real = content.content_root()
    folder.mkdir(parents=True)
    for name in ("suites", "fixtures", "pyproject.toml"):
        (folder / name).symlink_to(real / name)
    (folder / "reports" / "out").mkdir(parents=True)
    for part in ("styles", "templates", "wording"):
        (folder / "reports" / part).symlink_to(real / "reports" / part)
    for name in ("tenderproof", "specs"):
        shutil.copytree(real / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    plan = folder / "specs" / "plans" / f"{PLAN}.yaml"
    raw = yaml.safe_load(plan.read_text("utf-8"))
    raw["clauses"] = {"items": [*KEPT, EXEMPTED], "declared": [ATTESTED]}
    plan.write_text(yaml.safe_dump(raw, allow_unicode=True, sort_keys=False), "utf-8")
    return folder


@contextmanager
def used(folder: Path) -> Iterator[None]:
    """Within, this process takes it for the installed one."""
    with patch.object(content, "content_root", lambda: folder):
        yield
