"""On which line of a TOML file a key stands: the standard parser does not tell, and whoever mends a declaration needs it."""

import re
from collections.abc import Sequence

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-\".]+)\s*=")


def line_of(text: str, path: Sequence[str | int]) -> int:
    """The line (from 1) of the deepest part of ``path`` that the file names; 1 if it names none.

    ``path`` is as in a parsed document: keys, and numbers for the tables of an array.
    """
    best, depth = 1, 0
    table: list[str | int] = []
    counts: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        header, key = _HEADER.match(line), _KEY.match(line)
        if header:
            name = header[2].strip().strip('"')
            table = [*name.split(".")]
            if header[1] == "[[":
                counts[name] = counts.get(name, -1) + 1
                table.append(counts[name])
            here = table
        elif key:
            here = [*table, *key[1].strip('"').split(".")]
        else:
            continue
        common = _common(here, path)
        if common > depth and common == len(here):
            best, depth = number, common
    return best


def _common(here: Sequence[str | int], path: Sequence[str | int]) -> int:
    count = 0
    for ours, theirs in zip(here, path, strict=False):
        if ours != theirs:
            break
        count += 1
    return count
