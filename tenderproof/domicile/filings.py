"""Filing numbers that a page shows: ICP filing (ICP备案号) and public security filing (公安备案号), and whether their form is right.

The forms are recalled and not found in a text of ours: province, ``ICP备`` and 8 or 10 digits, or ``ICP证`` and 6 to 8; province,
``公网安备`` and 14 digits that begin with that province's division code (GB/T 2260). No clause asks for them and no verdict rests
on them: a number shows that somebody filed a name, not where a server stands, and nobody is asked whether it was ever given.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from html import unescape

_DIVISIONS = {
    "京": "11", "津": "12", "冀": "13", "晋": "14", "蒙": "15", "辽": "21", "吉": "22", "黑": "23", "沪": "31", "苏": "32", "浙": "33",
    "皖": "34", "闽": "35", "赣": "36", "鲁": "37", "豫": "41", "鄂": "42", "湘": "43", "粤": "44", "桂": "45", "琼": "46", "渝": "50",
    "川": "51", "蜀": "51", "贵": "52", "黔": "52", "云": "53", "滇": "53", "藏": "54", "陕": "61", "秦": "61", "甘": "62", "陇": "62",
    "青": "63", "宁": "64", "新": "65",
}  # fmt: skip
_MOST = 8
_MARKUP = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.DOTALL | re.IGNORECASE)
_ICP = re.compile(r"([\u4e00-\u9fff]?)ICP(备|证)(?:字)?第?([0-9A-Za-z-]{1,20})号(?:-\d{1,3})?", re.IGNORECASE)
_SECURITY = re.compile(r"([\u4e00-\u9fff]?)公网安备([0-9A-Za-z]{1,20})号?")
_DIGITS = {"备": (8, 10), "证": (6, 7, 8)}
_SECURITY_DIGITS = 14


class Kind(StrEnum):
    """Which filing."""

    ICP = "icp"
    PUBLIC_SECURITY = "public_security"


@dataclass(frozen=True)
class Filing:
    """A number as the page shows it, and whether it has the form of one."""

    kind: Kind
    number: str
    well_formed: bool


def shown(page: str) -> tuple[Filing, ...]:
    """The filing numbers in what a person reads of a page (HTML), each once."""
    text = re.sub(r"\s+", "", unescape(_MARKUP.sub("", page)))
    return tuple(dict.fromkeys(_found(text)))[:_MOST]


def _found(text: str) -> Iterator[Filing]:
    for one in _ICP.finditer(text):
        formed = one[1] in _DIVISIONS and one[3].isdigit() and len(one[3]) in _DIGITS[one[2]]
        yield Filing(Kind.ICP, one[0], formed)
    for one in _SECURITY.finditer(text):
        formed = len(one[2]) == _SECURITY_DIGITS and one[2].isdigit() and one[2].startswith(_DIVISIONS.get(one[1], "?"))
        yield Filing(Kind.PUBLIC_SECURITY, one[0], formed)
