"""JSON as it comes: values that mean one thing, and documents of any size of which only the row at hand is held in memory."""

import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import IO, Any, NoReturn

from tenderproof.records.row import LONGEST_ROW, NotRead, Place, Row, Unreadable, said

_CHUNK = 1 << 16
_PEEK = 1 << 16
_LISTS = ("releases", "records", "items", "rows", "data")  # members of a top-level object whose elements are the rows
_BLANK = " \t\r\n"


class _Refused(NotRead):
    """One value that ends where it should, and is refused for what it holds: reading goes on after it."""


def decode(line: bytes | str) -> Any:
    """A JSON value; numbers with a point are exact decimals. ``ValueError`` for what is no JSON, and for names that stand twice."""
    return _decoder().decode(line.decode() if isinstance(line, bytes) else line)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise NotRead(f"the name {twice[:80]!r} stands twice in one object")
    return found


def _no_number(said: str) -> Any:
    raise NotRead(f"{said} is no number of JSON")


@cache
def _decoder() -> json.JSONDecoder:
    return json.JSONDecoder(parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_once)


class Document:
    """One JSON document, read as it comes: a list, an object with a list of rows, a single row, or several documents in a row."""

    def __init__(self, name: str, text: IO[str], member: str) -> None:
        self._name, self._text, self._path = name, text, member.split(".") if member else []
        self._decoder = _decoder()
        self._held, self._at, self._ended = "", 0, False

    def rows(self) -> Iterator[Row | Unreadable]:
        """The rows to the end, or to what cannot be read."""
        try:
            while self._next():
                yield from self._rows_here(list(self._path), "")
        except RecursionError:
            raise NotRead("it is nested too deep") from None

    def _rows_here(self, wanted: list[str], path: str) -> Iterator[Row | Unreadable]:
        opening = self._next()
        if opening == "[" and not wanted:
            yield from self._elements(path)
        elif opening == "{" and (wanted or self._may_hold_rows()):
            yield from self._members(wanted, path)
        else:
            yield Row(Place(self._name, path or "the document"), self._value())

    def _may_hold_rows(self) -> bool:
        """Whether the object is too large to be a row, or holds a list of rows: it is then gone through member by member."""
        self._fill(_PEEK)
        window = self._held[self._at : self._at + _PEEK]
        return any(f'"{name}"' in window for name in _LISTS) or len(window) >= _PEEK

    def _members(self, wanted: list[str], path: str) -> Iterator[Row | Unreadable]:
        others: dict[str, Any] = {}
        found = False
        self._take("{")
        while self._next() != "}":
            name = self._value()
            self._take(":")
            opening = self._next()
            is_rows = name == wanted[0] if wanted else name in _LISTS and opening == "["
            where = f"{path}.{name}".lstrip(".")
            if is_rows and not found:
                found = True
                yield from self._rows_here(wanted[1:], where)
            elif wanted or found:
                self._value()
            else:
                others[name] = self._value()
            self._separator("}")
        self._take("}")
        if not found and not wanted:
            yield Row(Place(self._name, path or "the document"), others)

    def _elements(self, path: str) -> Iterator[Row | Unreadable]:
        self._take("[")
        number = 0
        while self._next() != "]":
            place = Place(self._name, f"{path}[{number}]")
            try:
                row: Row | Unreadable = Row(place, self._value())
            except _Refused as refused:
                row = Unreadable(place, str(refused))
            yield row
            number += 1
            self._separator("]")
        self._take("]")

    def _separator(self, closing: str) -> None:
        if self._next() != closing:
            self._take(",")
            if self._next() == closing:
                raise NotRead(f"a comma stands before {closing}")

    def _take(self, sign: str) -> None:
        if self._next() != sign:
            raise NotRead(f"{sign} is missing before {self._held[self._at : self._at + 20]!r}")
        self._at += 1

    def _next(self) -> str:
        """The next sign that is not blank, "" at the end."""
        while True:
            while self._at < len(self._held) and self._held[self._at] in _BLANK:
                self._at += 1
            if self._at < len(self._held):
                return self._held[self._at]
            if not self._more():
                return ""

    def _value(self) -> Any:
        """The value that begins here; more of the file is read as long as it may not have ended."""
        self._next()
        wanted = _CHUNK
        while True:
            try:
                value, end = self._decoder.raw_decode(self._held, self._at)
            except json.JSONDecodeError as error:
                if self._ended or len(self._held) - self._at > LONGEST_ROW:
                    raise NotRead(said(error) if self._ended else f"a row is longer than {LONGEST_ROW >> 20} MiB") from None
            except ValueError as error:
                self._pass_over(error)
            else:
                if end < len(self._held) or self._ended or isinstance(value, dict | list | str):
                    self._at = end
                    return value
            self._fill(wanted)
            wanted *= 2

    def _pass_over(self, error: ValueError) -> NoReturn:
        """Go behind a value that has an end, and is refused for what it holds."""
        try:
            _, self._at = json.JSONDecoder(parse_int=str).raw_decode(self._held, self._at)
        except json.JSONDecodeError:
            raise NotRead(said(error)) from None
        raise _Refused(said(error))

    def _fill(self, octets: int) -> None:
        """Have at least so many characters at hand, if there are so many."""
        while len(self._held) - self._at < octets and self._more():
            pass
        if len(self._held) - self._at >= octets:
            self._more()

    def _more(self) -> bool:
        chunk = "" if self._ended else self._text.read(_CHUNK)
        if not chunk:
            self._ended = True
            return False
        self._held, self._at = self._held[self._at :] + chunk, 0
        return True
