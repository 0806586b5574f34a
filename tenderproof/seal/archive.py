"""The bundle's archive: a ZIP in one form only, nothing compressed, every octet determined by the names and the contents.

Any tool opens it. Of the many ways in which a ZIP can be written (APPNOTE 6.3) one is ours: entries stored one after the other without a
gap, no date but the first that the format knows, no comment, no attributes, always the 64-bit sizes. A reader takes no other, so that
nothing can hide between the entries and no two tools can see different contents.
"""

import os
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_VERSION, _UTF8, _FIRST_DAY, _IN_EXTRA = 45, 0x0800, 0x0021, 0xFFFFFFFF
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END64 = struct.Struct("<4sQHHIIQQQQ")
_LOCATOR = struct.Struct("<4sIQI")
_END = struct.Struct("<4sHHHHIIH")
_TAIL = _END64.size + _LOCATOR.size + _END.size
_LOCAL_EXTRA, _CENTRAL_EXTRA = 20, 28
_NAME_AT_MOST = 1024
PART = 1 << 20


class StructureError(Exception):
    """The archive is not in the one form that a bundle has: ``where`` is the first octet that is not as it must be."""

    def __init__(self, where: int, code: str, name: str = "") -> None:
        super().__init__(f"{code} at octet {where} {name}")
        self.where, self.code, self.name = where, code, name


@dataclass(frozen=True)
class Entry:
    """One file of the archive: its length in octets, its CRC-32, and where its local header stands."""

    name: str
    octets: int
    crc: int
    offset: int

    @property
    def start(self) -> int:
        """Where its content begins."""
        return self.offset + len(_local(self))


class Writer:
    """Writes an archive to a file that can seek; entries come in the order of their writing."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._at = file, 0
        self._entries: list[Entry] = []

    @contextmanager
    def entry(self, name: str) -> Iterator[Callable[[bytes], None]]:
        """Write one file: the block gets what takes its next octets."""
        header = len(_local(Entry(name, 0, 0, 0)))
        self._file.write(bytes(header))
        octets, crc = 0, 0

        def write(part: bytes) -> None:
            nonlocal octets, crc
            octets, crc = octets + len(part), zlib.crc32(part, crc)
            self._file.write(part)

        yield write
        written = Entry(name, octets, crc, self._at)
        self._file.seek(self._at)
        self._file.write(_local(written))
        self._at += header + octets
        self._file.seek(self._at)
        self._entries.append(written)

    def close(self) -> None:
        """Write the directory; the file itself stays open."""
        self._file.write(b"".join(map(_central, self._entries)) + _end(self._entries, self._at))


class Reader:
    """Reads an archive; StructureError where it is in any other form than ours."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.entries = {entry.name: entry for entry in _directory(file)}

    def parts(self, name: str) -> Iterator[bytes]:
        """The content of a file, at most a mebibyte at a time; several files may be read side by side."""
        entry = self.entries[name]
        at, end = entry.start, entry.start + entry.octets
        while at < end:
            self._file.seek(at)
            part = self._file.read(min(end - at, PART))
            at += len(part)
            yield part

    def content(self, name: str) -> bytes:
        """The whole content of a file."""
        return b"".join(self.parts(name))

    def unpack(self, folder: Path, wanted: Callable[[str], bool]) -> None:
        """Write the files whose names are wanted under the folder; names are safe (`is_safe`), or the archive would not have been read."""
        for name in filter(wanted, self.entries):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as written:
                written.writelines(self.parts(name))

    def crc_holds(self, name: str) -> bool:
        """Whether the content is the one whose CRC-32 the archive states."""
        crc = 0
        for part in self.parts(name):
            crc = zlib.crc32(part, crc)
        return crc == self.entries[name].crc


def is_safe(name: str) -> bool:
    """Whether a name stays inside the folder into which it is unpacked, and reads the same to every tool."""
    parts = name.split("/")
    printable = all(character.isprintable() for character in name)
    return printable and "\\" not in name and ":" not in name and not any(part in ("", ".", "..") for part in parts)


def _directory(file: BinaryIO) -> list[Entry]:
    length = file.seek(0, os.SEEK_END)
    if length < _TAIL:
        raise StructureError(0, "no_archive")
    file.seek(length - _TAIL)
    tail = file.read(_TAIL)
    size, start = _END64.unpack_from(tail)[8:10]
    if tail[:4] != b"PK\x06\x06" or start + size != length - _TAIL:
        raise StructureError(length - _TAIL, "end")
    file.seek(start)
    entries = _entries(file.read(size), start)
    _require_same(tail, _end(entries, start), length - _TAIL, "end")
    _require_contiguous(file, entries, start)
    return entries


def _entries(directory: bytes, start: int) -> list[Entry]:
    found: dict[str, Entry] = {}
    at = 0
    while at < len(directory):
        try:
            crc, named = _CENTRAL.unpack_from(directory, at)[7], _CENTRAL.unpack_from(directory, at)[10]
            octets, _, offset = struct.unpack_from("<QQQ", directory, at + _CENTRAL.size + named + 4)
            name = directory[at + _CENTRAL.size : at + _CENTRAL.size + named].decode("utf-8")
        except (struct.error, UnicodeDecodeError) as error:
            raise StructureError(start + at, "directory") from error
        entry = Entry(name, octets, crc, offset)
        whole = _central(entry)
        _require_same(directory[at : at + len(whole)], whole, start + at, "directory", name)
        if not is_safe(name) or named > _NAME_AT_MOST:
            raise StructureError(start + at, "name", name)
        if name in found:
            raise StructureError(start + at, "twice", name)
        found[name] = entry
        at += len(whole)
    return list(found.values())


def _require_contiguous(file: BinaryIO, entries: list[Entry], end: int) -> None:
    at = 0
    for entry in entries:
        if entry.offset != at or entry.start + entry.octets > end:
            raise StructureError(at, "gap", entry.name)
        file.seek(at)
        header = _local(entry)
        _require_same(file.read(len(header)), header, at, "header", entry.name)
        at = entry.start + entry.octets
    if at != end:
        raise StructureError(at, "gap")


def _require_same(found: bytes, wanted: bytes, at: int, code: str, name: str = "") -> None:
    if found != wanted:
        apart = next((i for i, (a, b) in enumerate(zip(found, wanted, strict=False)) if a != b), min(len(found), len(wanted)))
        raise StructureError(at + apart, code, name)


def _local(entry: Entry) -> bytes:
    name = entry.name.encode("utf-8")
    extra = struct.pack("<HHQQ", 1, _LOCAL_EXTRA - 4, entry.octets, entry.octets)
    head = _LOCAL.pack(
        b"PK\x03\x04", _VERSION, _UTF8, 0, 0, _FIRST_DAY, entry.crc, _IN_EXTRA, _IN_EXTRA, len(name), len(extra)
    )  # fmt: skip
    return head + name + extra


def _central(entry: Entry) -> bytes:
    name = entry.name.encode("utf-8")
    extra = struct.pack("<HHQQQ", 1, _CENTRAL_EXTRA - 4, entry.octets, entry.octets, entry.offset)
    head = _CENTRAL.pack(
        b"PK\x01\x02", _VERSION, _VERSION, _UTF8, 0, 0, _FIRST_DAY, entry.crc, _IN_EXTRA, _IN_EXTRA, len(name), len(extra),
        0, 0, 0, 0, _IN_EXTRA,
    )  # fmt: skip
    return head + name + extra


def _end(entries: list[Entry], start: int) -> bytes:
    size, count = sum(len(_central(entry)) for entry in entries), len(entries)
    end64 = _END64.pack(b"PK\x06\x06", _END64.size - 12, _VERSION, _VERSION, 0, 0, count, count, size, start)
    locator = _LOCATOR.pack(b"PK\x06\x07", 0, start + size, 1)
    return end64 + locator + _END.pack(b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, _IN_EXTRA, _IN_EXTRA, 0)
