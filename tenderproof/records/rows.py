"""Rows out of files: JSON lines, JSON packages and lists of any size, CSV; plain, gzip or zip; with bounded memory.

A row that cannot be read is handed on as `Unreadable`, with file, place and reason; what can be read after it is read. Nothing here
knows what a row means.
"""

import codecs
import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Protocol

from tenderproof.records.document import Document, decode
from tenderproof.records.row import LONGEST_ROW, NotRead, Place, RecordsError, Row, Shape, Unreadable, said

_CHUNK = 1 << 16
_PEEK = 1 << 16
_MOST_UNPACKED = 1000  # times what was packed; beyond it, and beyond a size, an archive is no data but a trap
_UNPACKED_FREELY = 256 << 20
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


class Digest(Protocol):
    """What takes in the octets of a file, such as an object of hashlib."""

    def update(self, data: bytes, /) -> None:
        """Take in some more."""


def read(path: Path, shape: Shape, digest: Digest) -> Iterator[Row | Unreadable]:
    """The rows of a file, one after the other; ``digest`` takes in every octet of the file, to its end."""
    try:
        with path.open("rb", buffering=_PEEK) as file:
            yield from _rows_of(path, file, shape)
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
    except OSError as error:
        raise RecordsError(f"The records in {path} cannot be read: {error.strerror or error}.") from error


def _rows_of(path: Path, file: IO[bytes], shape: Shape) -> Iterator[Row | Unreadable]:
    begins = file.read(4)
    file.seek(0)
    size = path.stat().st_size
    if begins.startswith(_ZIP):
        yield from _zipped(path, shape)
    elif begins.startswith(_GZIP):
        with gzip.GzipFile(fileobj=file) as inner:
            yield from _guarded(path.name, _Unpacked(inner, size), shape)
    else:
        yield from _guarded(path.name, file, shape)


def _zipped(path: Path, shape: Shape) -> Iterator[Row | Unreadable]:
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                if not member.is_dir():
                    name = f"{path.name}/{member.filename}"
                    try:
                        with archive.open(member) as inner:
                            yield from _guarded(name, _Unpacked(inner, member.compress_size), shape)
                    except (RuntimeError, NotImplementedError, zipfile.BadZipFile) as error:
                        yield Unreadable(Place(name, "the whole file"), f"it cannot be unpacked ({error})")
    except zipfile.BadZipFile as error:
        yield Unreadable(Place(path.name, "the whole file"), f"it is no sound archive ({error})")


class _Unpacked(io.RawIOBase):
    """What comes out of an archive, as long as it keeps within reason."""

    def __init__(self, inner: Any, packed: int) -> None:
        self._inner, self._left = inner, max(_UNPACKED_FREELY, packed * _MOST_UNPACKED)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        chunk = self._inner.read(len(buffer))
        self._left -= len(chunk)
        if self._left < 0:
            raise NotRead(f"it unpacks to more than {_MOST_UNPACKED} times its size")
        buffer[: len(chunk)] = chunk
        return len(chunk)


def _guarded(name: str, raw: Any, shape: Shape) -> Iterator[Row | Unreadable]:
    """The rows; trouble that ends the file is told as its last, unreadable row."""
    source = io.BufferedReader(raw, _CHUNK) if isinstance(raw, io.RawIOBase) else raw
    try:
        yield from _text_rows(name, source, shape)
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, UnicodeError, NotRead, csv.Error) as error:
        yield Unreadable(Place(name, "the rest of the file"), said(error))


def _text_rows(name: str, source: Any, shape: Shape) -> Iterator[Row | Unreadable]:
    begins = source.peek(_PEEK)[:_PEEK]
    if not begins:
        return
    mark = next((mark for mark in _MARKS if begins.startswith(mark)), b"")
    encoding = _MARKS.get(mark, shape.encoding)
    source.read(len(mark))
    if encoding == "utf-8" and not (shape.delimiter or shape.rows) and _is_lines(begins[len(mark) :]):
        yield from _lines(name, source)
        return
    with _text(source, encoding) as text:
        yield from _csv(name, text, shape.delimiter) if shape.delimiter else Document(name, text, shape.rows).rows()


@contextmanager
def _text(source: Any, encoding: str) -> Iterator[IO[str]]:
    """The source as text; it stays open for who opened it."""
    text = io.TextIOWrapper(source, encoding, newline="")
    try:
        yield text
    finally:
        text.detach()


def _is_lines(begins: bytes) -> bool:
    """Whether the first line that is not blank is a whole object by itself, or pretends to be, and another line follows it."""
    line, end, rest = begins.lstrip().partition(b"\n")
    line = line.strip()
    return bool(end and rest.strip()) and line.startswith(b"{") and line.endswith(b"}")


def _lines(name: str, source: Any) -> Iterator[Row | Unreadable]:
    number = 0
    while line := source.readline(LONGEST_ROW):
        number += 1
        place = Place(name, f"line {number}")
        if len(line) == LONGEST_ROW and not line.endswith(b"\n"):
            while (rest := source.readline(LONGEST_ROW)) and not rest.endswith(b"\n"):
                pass
            yield Unreadable(place, f"it is longer than {LONGEST_ROW >> 20} MiB")
        elif not line.isspace():
            try:
                yield Row(place, decode(line))
            except (ValueError, RecursionError) as error:
                yield Unreadable(place, said(error))


def _csv(name: str, text: IO[str], delimiter: str) -> Iterator[Row | Unreadable]:
    csv.field_size_limit(LONGEST_ROW)
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    head = [column.strip() for column in next(reader, [])]
    if len(set(head)) != len(head):
        raise NotRead(f"the column {next(column for column in head if head.count(column) > 1)!r} stands twice in the head")
    for cells in reader:
        place = Place(name, f"line {reader.line_num}")
        if len(cells) == len(head):
            yield Row(place, dict(zip(head, cells, strict=True)))
        elif cells:
            yield Unreadable(place, f"it has {len(cells)} cells, and the head has {len(head)}")
