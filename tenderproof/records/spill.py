"""Rows put in order on disk: whatever the order of a file, and however large it is, the rows of one tender come out together.

A table of SQLite in a file of its own, in a folder that the caller gives; memory stays what its cache and its sorter take.
"""

import pickle
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tenderproof.records.row import Place

_BATCH = 500
_CACHE_KIB = 16_384


@dataclass(frozen=True, slots=True)
class Held:
    """A row that was held: its order among those of its tender, its place and its value."""

    order: str
    place: Place
    value: Any


class Spill:
    """Takes rows with the key of their tender and their order within it, and gives them back by key and order."""

    def __init__(self, file: Path) -> None:
        self._database = sqlite3.connect(file, isolation_level=None)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "temp_store=FILE", f"cache_size=-{_CACHE_KIB}", "locking_mode=EXCLUSIVE"):
            self._database.execute(f"PRAGMA {pragma}")
        self._database.execute("CREATE TABLE held (key TEXT, moment TEXT, tie TEXT, file TEXT, at TEXT, value BLOB)")
        self._waiting: list[tuple[str, str, str, str, str, bytes]] = []

    def add(self, key: str, order: str, tie: str, place: Place, value: Any) -> None:
        """Hold a row; ``tie`` puts those in order that are of one moment. ``RecursionError`` for what is nested too deep."""
        packed = pickle.dumps(value, protocol=5)
        self._waiting.append((_plain(key), order, _plain(tie), _plain(place.file), _plain(place.at), packed))
        if len(self._waiting) == _BATCH:
            self._write()

    def _write(self) -> None:
        self._database.execute("BEGIN")
        self._database.executemany("INSERT INTO held VALUES (?, ?, ?, ?, ?, ?)", self._waiting)
        self._database.execute("COMMIT")
        self._waiting.clear()

    def groups(self) -> Iterator[tuple[str, list[Held]]]:
        """Each key with its rows in their order; keys in the order of their text."""
        self._write()
        key, group = "", list[Held]()
        for found, moment, _, file, at, packed in self._database.execute("SELECT * FROM held ORDER BY key, moment, tie, file, at"):
            if found != key and group:
                yield key, group
                group = []
            key = found
            group.append(Held(moment, Place(file, at), pickle.loads(packed)))  # noqa: S301 - we wrote it, in a folder of ours
        if group:
            yield key, group

    def close(self) -> None:
        """Close the file, which may then go."""
        self._database.close()


def _plain(text: str) -> str:
    """The same; half characters (surrogates) are text in JSON and none in a database."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()
