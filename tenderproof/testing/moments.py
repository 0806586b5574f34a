"""Times of day at which an answer was made: they differ between any two answers, and therefore tell nothing (时间戳)."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

_WITHIN = timedelta(minutes=2)
_DAY = timedelta(days=1)
_ZONES = (UTC, timezone(timedelta(hours=8)))
_MASK = "[moment]"
_CLOCK = re.compile(
    r"(?:(?<!\d)\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日?[T ]?)?"
    r"(?<![\d:])(?P<hour>\d{1,2})[:时](?P<minute>\d{2})(?:[:分](?P<second>\d{2})(?:[.,]\d{1,9}|秒(?:\d{1,3}毫秒)?)?)?(?![\d:])"
)
_EPOCH = re.compile(r"(?<!\d)(?P<seconds>1\d{9}|2\d{9})(?:\d{3})?(?!\d)")


def mask(text: str, date_field: str | None) -> str:
    """The text, masked where a time of day (in UTC or Beijing time) or a Unix time is within two minutes of the answer's own Date.

    Two runs of one world may show the same second by chance and a third another one, or one that has no fraction to write down; compared
    word by word that would look like a leak. A date before the time goes with it.
    Without a readable ``Date`` the text stays as it is. A moment further away (a deadline, a delivery) is never masked.
    """
    try:
        made = parsedate_to_datetime(date_field or "")
    except ValueError:
        return text
    text = _CLOCK.sub(lambda found: _MASK if _is_clock(found, made) else found[0], text)
    return _EPOCH.sub(lambda found: _MASK if abs(int(found["seconds"]) - made.timestamp()) <= _WITHIN.total_seconds() else found[0], text)


def _is_clock(found: re.Match[str], made: datetime) -> bool:
    shown = timedelta(hours=int(found["hour"]), minutes=int(found["minute"]), seconds=int(found["second"] or 0))
    return any(_apart(shown, made.astimezone(zone)) <= _WITHIN for zone in _ZONES)


def _apart(shown: timedelta, made: datetime) -> timedelta:
    """How far two times of day are apart, across midnight too."""
    apart = abs(shown - timedelta(hours=made.hour, minutes=made.minute, seconds=made.second)) % _DAY
    return min(apart, _DAY - apart)
