"""Traces of a trial's cases, whole or with one thing wrong."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import rfc8785

from tenderproof.dossier.traces import STAGES

Change = Callable[[dict[str, Any], dict[str, bytes]], None]


def lay(folder: Path, *cases: str) -> dict[str, str]:
    """The traces of these cases in a folder; their names and digests as a paper names them."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (trace(folder, case) for case in cases)}


def trace(folder: Path, case: str, change: Change | None = None, *, first: str = "2026-05-06", last: str = "2026-07-20") -> Path:
    """A case whose archive holds one data message of each stage, from the first day to the last."""
    folder.mkdir(parents=True, exist_ok=True)
    days = [first, *([last] * (len(STAGES) - 1))]
    files = {f"entries/{number}": f"{case} {item}".encode() for number, item in enumerate(STAGES, start=1)}
    entries = [
        {"number": number, "item": item, "sha256": digest(files[f"entries/{number}"]), "created_at": f"{day}T09:00:00+08:00"}
        for number, (item, day) in enumerate(zip(STAGES, days, strict=True), start=1)
    ]
    archive: dict[str, Any] = {"section_code": f"{case}001", "entries": entries}
    if change:
        change(archive, files)
    if "root" not in archive:
        archive["root"] = digest(rfc8785.dumps([entry["sha256"] for entry in archive["entries"]]))
    return written(folder / f"{case}.zip", {"archive.json": json.dumps(archive).encode(), **files})


def written(path: Path, files: Mapping[str, bytes]) -> Path:
    """These files in a ZIP."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, octets in files.items():
            file.writestr(name, octets)
    return path


def digest(octets: bytes) -> str:
    """SHA-256, hex."""
    return hashlib.sha256(octets).hexdigest()
