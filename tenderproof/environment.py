"""The environment of a run (环境条件): what judged, on what, with which packages. No name of a machine, a user or a folder."""

import json
import platform
from importlib.metadata import distributions
from pathlib import Path

import tenderproof
from tenderproof import content

FILE = "environment.json"


def write(folder: Path, source_sha256: str) -> None:
    """Write ``environment.json`` into a run's folder; ``source_sha256`` is the hash of the engine's and the suites' sources."""
    found = {
        "tool": {"name": "tenderproof", "version": tenderproof.__version__, "source_sha256": source_sha256},
        "edition": content.edition(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{platform.system()} {platform.machine()}",
        "packages": {found.name: found.version for found in sorted(distributions(), key=lambda found: found.name.lower())},
    }
    (folder / FILE).write_text(json.dumps(found, indent=1) + "\n", "utf-8")
