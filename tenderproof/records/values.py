"""Values as publishers write them: moments to the second or to the day, amounts in many forms, flags.

What cannot be read for certain is None: a rule then has no such value, and says nothing.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Any

_LONGEST = 64  # characters of a moment or an amount
_DAY_LENGTH = 10  # of 2026-03-02
_CHINESE = re.compile(
    r"(\d{4})\s*[年/.-]\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})\s*日?"
    r"(?:[T\s]*(\d{1,2})\s*[时点:：]\s*(?:(\d{1,2})\s*分?)?(?:[:：]?\s*(\d{1,2})\s*秒?)?)?\s*(Z|[+-]\d{2}:?\d{2})?"
)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?")
_THOUSANDS_OR_NOT = re.compile(r"\D*[+-]?\d{1,3}\.\d{3}\D*")  # in half of the world 1.234 is a thousand and more
_SIGNS = re.compile(r"^(?:CNY|RMB|人民币|¥)\s*|\s*(?:CNY|RMB|人民币|元整?)$")
_TEN_THOUSAND, _HUNDRED_MILLION = "万", "亿"
_UNITS = {_TEN_THOUSAND: Decimal(10_000), _HUNDRED_MILLION: Decimal(100_000_000)}
_LARGEST = 18  # digits before the point; beyond that it is no amount of money
_FINEST = 9  # digits after it
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_YES, _NO = frozenset({"true", "yes", "y", "1", "是", "有"}), frozenset({"false", "no", "n", "0", "否", "无"})


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant as it was written: somewhere from ``first`` to ``last``, which are equal where the second is known."""

    first: datetime
    last: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Money:
    """An amount, exact, and its currency (ISO 4217, or "" where none is given)."""

    amount: Decimal
    currency: str


def moment(value: Any, zone: tzinfo) -> Moment | None:
    """A moment from RFC 3339, ISO 8601 or the usual Chinese notations; without a zone it is of ``zone``, a day alone is the whole day."""
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST:
        return None
    try:
        found = datetime.fromisoformat(value)
        only_day = len(value) <= _DAY_LENGTH
    except ValueError:
        read = _written_otherwise(value.strip())
        if read is None:
            return None
        found, only_day = read
    if not _FIRST_YEAR < found.year < _LAST_YEAR:
        return None
    if found.tzinfo is None:
        found = found.replace(tzinfo=zone)
    return Moment(found, found + timedelta(days=1, seconds=-1) if only_day else found, value)


def _written_otherwise(text: str) -> tuple[datetime, bool] | None:
    parts = _CHINESE.fullmatch(unicodedata.normalize("NFKC", text))
    if parts is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in parts.groups()[:6])
    zone = (parts[7] or "").replace("Z", "+00:00")
    try:
        midnight = datetime.fromisoformat(f"{year:04}-{month:02}-{day:02}T00:00:00{zone}")
        inside = timedelta(hours=hour, minutes=minute, seconds=second)
        if inside > timedelta(days=1) or max(minute, second) > 59:  # noqa: PLR2004 - as on a clock
            return None
    except ValueError:
        return None
    return midnight + inside, parts[4] is None


def money(value: Any, currency: Any, unit: Decimal = Decimal(1)) -> Money | None:
    """An amount of money, exact, times ``unit``; None for binary fractions, for what is ambiguous, and beyond all bounds."""
    amount = number(value)
    unclear = unit == 1 and isinstance(value, str) and _THOUSANDS_OR_NOT.fullmatch(value) and not _UNITS.keys() & set(value)
    if amount is None or unclear:
        return None
    return Money(amount * unit, currency.strip().upper() if isinstance(currency, str) else "")


def number(value: Any) -> Decimal | None:
    """An exact number: a JSON number, or a text with or without grouping, full-width digits, 元, 万元, 亿元, ¥."""
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        return None
    found = _read_number(value) if isinstance(value, str) else Decimal(value)
    if found is None or not found.is_finite():
        return None
    exponent = found.as_tuple().exponent
    small = isinstance(exponent, int) and exponent >= -_FINEST
    return found if small and (not found or found.adjusted() < _LARGEST) else None


def _read_number(text: str) -> Decimal | None:
    if not 0 < len(text) <= _LONGEST:
        return None
    plain = _SIGNS.sub("", unicodedata.normalize("NFKC", text).strip()).strip()
    unit = _UNITS.get(plain[-1:], Decimal(1))
    plain = plain[:-1].strip() if unit != 1 else plain
    if not (_PLAIN.fullmatch(plain) or _GROUPED.fullmatch(plain)):
        return None
    try:
        return Decimal(plain.replace(",", "")) * unit
    except InvalidOperation:
        return None


def count(value: Any) -> int | None:
    """A whole number of things, from 0 up."""
    found = number(value)
    return int(found) if found is not None and found >= 0 and found == found.to_integral_value() else None


def flag(value: Any) -> bool | None:
    """Yes or no; None for whatever else."""
    if isinstance(value, bool):
        return value
    said = str(value).strip().lower() if isinstance(value, str | int) else ""
    return True if said in _YES else False if said in _NO else None


def text(value: Any) -> str | None:
    """A text that says something."""
    return value.strip() or None if isinstance(value, str) else None
