"""A row of a file as it stands there, and where; what cannot be read, and why."""

import gzip
import json
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

from tenderproof.vocabulary import WrongInput

LONGEST_ROW = 16 << 20  # octets; a longer row is not read


class RecordsError(WrongInput):
    """A file of records cannot be used at all; the message says which, why, and what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the file's name (and the member of an archive), and a line (from 1) or the path within a document."""

    file: str
    at: str

    def __str__(self) -> str:
        return f"{self.file}, {self.at}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands in the file."""

    place: Place
    value: Any


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row that cannot be read, or the rest of a file; ``why`` is a sentence without its full stop."""

    place: Place
    why: str


@dataclass(frozen=True)
class Shape:
    """How files are to be read where they do not tell: text encoding, the member of a document whose elements are rows, CSV."""

    encoding: str = "utf-8"
    rows: str = ""
    delimiter: str = ""


class NotRead(ValueError):  # noqa: N818 - what somebody gave us is so, no error of ours
    """What cannot be read, and why: no JSON, a value that JSON has no right to, or one that would mean two things."""


def said(error: BaseException) -> str:
    """What an error says of a row, as a sentence without its full stop."""
    match error:
        case RecursionError():
            return "it is nested too deep"
        case UnicodeDecodeError():
            return f"it is not written in {error.encoding} (octet {error.start}); give its encoding in a mapping file"
        case json.JSONDecodeError():
            return f"it is no JSON ({error.msg}, column {error.colno})"
        case EOFError() | zlib.error() | gzip.BadGzipFile() | zipfile.BadZipFile():
            return f"the archive is broken ({error})"
        case NotRead():
            return str(error)
        case _:
            return f"it cannot be read ({error})"
