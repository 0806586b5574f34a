# ruff: noqa: INP001 - a script, no package
"""Write the address tables of specs/registries anew from their packages: what they say, one line where it changes.

A table is xz over lines ``START CODE``: the first address as a hexadecimal number, and what holds from there on (``-``: nothing is known).
Needs npm and its registry; run it by ``make registries``.
"""

import csv
import hashlib
import io
import json
import lzma
import subprocess
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ruamel.yaml import YAML

REGISTRIES = Path(__file__).parents[1] / "specs" / "registries"
UNKNOWN = "-"
Row = tuple[int, int, str]


def flattened(rows: Iterable[Row]) -> Iterator[tuple[int, str]]:
    """Where what holds changes: of ranges within ranges the innermost holds; of one range that is said to be in two places, nothing."""
    open_ranges: list[tuple[int, str]] = []
    changes: dict[int, str] = {}  # the last word on a start holds

    def closed(before: int | None) -> None:
        while open_ranges and (before is None or open_ranges[-1][0] < before):
            end = open_ranges.pop()[0]
            while open_ranges and open_ranges[-1][0] <= end:
                open_ranges.pop()
            changes[end + 1] = open_ranges[-1][1] if open_ranges else UNKNOWN

    for start, end, code in undoubted(rows):
        closed(start)
        open_ranges.append((end, code))
        changes[start] = code
    closed(None)
    last = None
    for start, code in changes.items():
        if code != last:
            yield start, code
        last = code


def undoubted(rows: Iterable[Row]) -> list[Row]:
    """The ranges in order, outer before inner; one that stands there with two codes says nothing."""
    said: dict[tuple[int, int], str] = {}
    for start, end, code in rows:
        said[start, end] = code if said.get((start, end), code) == code else UNKNOWN
    return sorted(((start, end, code) for (start, end), code in said.items()), key=lambda row: (row[0], -row[1]))


def table(rows: Iterable[Row]) -> bytes:
    """The table's octets."""
    return lzma.compress("".join(f"{start:x} {code}\n" for start, code in flattened(rows)).encode(), preset=9)


def fetched(package: str, version: str) -> tuple[str, dict[str, bytes]]:
    """The package's integrity as npm says it, and its files by name."""
    with TemporaryDirectory() as folder:
        command = ["npm", "pack", "--json", "--ignore-scripts", f"{package}@{version}"]
        told = json.loads(subprocess.run(command, cwd=folder, check=True, capture_output=True).stdout)[0]  # noqa: S603 - npm, by its arguments above
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            files = {Path(one.name).name: archive.extractfile(one) for one in archive.getmembers() if one.isfile()}
            return told["integrity"], {name: file.read() for name, file in files.items() if file}


def rows_of(content: bytes) -> list[list[str]]:
    """The rows of a file of comma-separated values."""
    return list(csv.reader(io.StringIO(content.decode())))


def written(name: str, content: bytes) -> str:
    """Write a file of the folder; its SHA-256."""
    (REGISTRIES / name).write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def renew(name: str, source: Any) -> None:
    """Write the tables of one source, and their digests into it."""
    source["integrity"], files = fetched(source["package"], source["version"])
    names: dict[str, str] = {}
    for family, file in source["files"].items():
        rows = rows_of(files[file])
        names |= {row[2]: row[3] for row in rows if len(row) > 3}  # noqa: PLR2004 - start, end, number, name
        source["sha256"][family] = written(f"{name}.v{family}.xz", table((int(row[0]), int(row[1]), row[2]) for row in rows))
    if names:
        listed = "".join(f"{number} {names[number]}\n" for number in sorted(names, key=int))
        source["sha256"]["names"] = written(f"{name}.names.xz", lzma.compress(listed.encode(), preset=9))


def main() -> None:
    """Renew every table."""
    yaml = YAML()
    yaml.width = 160
    sources = yaml.load(REGISTRIES / "sources.yaml")
    for name, source in sources["tables"].items():
        renew(name, source)
    yaml.dump(sources, REGISTRIES / "sources.yaml")


if __name__ == "__main__":
    main()
