"""How annex 3 writes types and lengths (数据格式): C17, C..600, C..ul, C2..50, N..20,2, YYYYMMDD, YYYYMMDDhhmmss.

A character is a Unicode character, a Chinese one counts as one. Of a number the digits count as written, its decimals among them; a
sign and the point do not. A moment may be 24:00:00, the end of a day (GB/T 7408).
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tenderproof.spec.calendar import CHINA
from tenderproof.spec.data_items.faults import Fault

BLANKS = " \t\n\r\u3000"
"""White space of XML, and the blank of Chinese type."""
DAY_LENGTH, MOMENT_LENGTH = 8, 14

_WRITTEN = re.compile(r"C(?P<least>\d*)\.\.(?P<most>\d+|ul)|C(?P<exact>\d+)|N\.\.(?P<digits>\d+)(?:,(?P<decimals>\d+))?", re.ASCII)
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NUMBER = re.compile(r"-?(?P<whole>[0-9]+)(?:\.(?P<part>[0-9]+))?")
_MONTHS = "((0[13578]|1[02])(0[1-9]|[12][0-9]|3[01])|(0[469]|11)(0[1-9]|[12][0-9]|30)|02(0[1-9]|1[0-9]|2[0-8]))"
_LEAP = "([12][0-9](0[48]|[2468][048]|[13579][26])|(12|16|20|24|28)00)0229"
DAY_PATTERN = f"([12][0-9]{{3}}{_MONTHS}|{_LEAP})"
"""A day of the years 1000 to 2999, in the part of regular expressions that XSD, ECMA-262 and Python share."""
MOMENT_PATTERN = f"{DAY_PATTERN}(([01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]|240000)"
_DAY, _MOMENT = re.compile(DAY_PATTERN), re.compile(MOMENT_PATTERN)


class Kind(StrEnum):
    """What a value is."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"


@dataclass(frozen=True)
class Notation:
    """A notation, read: of a text its shortest and longest length, of a number its digits (``longest``) and decimals; None: no bound."""

    written: str
    kind: Kind
    shortest: int
    longest: int | None
    decimals: int = 0

    def covers(self, other: "Notation") -> bool:
        """Whether all that the other notation takes is taken by this one as well."""
        longest = self.longest is None or (other.longest is not None and other.longest <= self.longest)
        return self.kind == other.kind and longest and self.shortest <= other.shortest and self.decimals >= other.decimals

    def fault(self, value: object) -> Fault | None:
        """What is wrong with a value, first things first; None if nothing is."""
        if not isinstance(value, str):
            return Fault.TYPE
        if not value.strip(BLANKS):
            return Fault.EMPTY
        if self.kind is Kind.TEXT:
            return self._fault_of_text(value)
        return self._fault_of_number(value) if self.kind is Kind.NUMBER else self._fault_of_time(value)

    def _fault_of_text(self, value: str) -> Fault | None:
        if _NO_XML.search(value):
            return Fault.CHARACTER
        if len(value) < self.shortest or (self.longest is not None and len(value) > self.longest):
            return Fault.LENGTH
        return None

    def _fault_of_number(self, value: str) -> Fault | None:
        parts = _NUMBER.fullmatch(value)
        if parts is None:
            return Fault.NOTATION
        part = parts["part"] or ""
        too_long = len(part) > self.decimals or (self.longest is not None and len(parts["whole"]) + len(part) > self.longest)
        return Fault.LENGTH if too_long else None

    def _fault_of_time(self, value: str) -> Fault | None:
        length, pattern = (DAY_LENGTH, _DAY) if self.kind is Kind.DAY else (MOMENT_LENGTH, _MOMENT)
        if len(value) != length:
            return Fault.LENGTH
        return None if pattern.fullmatch(value) else Fault.NOTATION


def notation(written: str) -> Notation:
    """The notation that is written so; ``ValueError`` for any other."""
    if written == "YYYYMMDD":
        return Notation(written, Kind.DAY, DAY_LENGTH, DAY_LENGTH)
    if written == "YYYYMMDDhhmmss":
        return Notation(written, Kind.MOMENT, MOMENT_LENGTH, MOMENT_LENGTH)
    parts = _WRITTEN.fullmatch(written)
    if parts is None:
        raise ValueError(f"{written!r} is no notation of a data item (C17, C..600, C..ul, C2..50, N..20,2, YYYYMMDD, YYYYMMDDhhmmss)")
    if parts["digits"]:
        return Notation(written, Kind.NUMBER, 1, int(parts["digits"]), int(parts["decimals"] or 0))
    if parts["exact"]:
        return Notation(written, Kind.TEXT, int(parts["exact"]), int(parts["exact"]))
    return Notation(written, Kind.TEXT, int(parts["least"] or 1), None if parts["most"] == "ul" else int(parts["most"]))


def moment(value: str) -> datetime:
    """The instant that a moment names, in China; ``ValueError`` if it is none."""
    if not _MOMENT.fullmatch(value):
        raise ValueError(f"{value!r} is no moment (YYYYMMDDhhmmss)")
    day = datetime.strptime(value[:DAY_LENGTH], "%Y%m%d").replace(tzinfo=CHINA)
    hours, minutes, seconds = (int(value[at : at + 2]) for at in (8, 10, 12))
    return day + timedelta(hours=hours, minutes=minutes, seconds=seconds)
