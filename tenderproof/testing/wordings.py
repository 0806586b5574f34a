"""What texts say alike where they vary: a random token in a sentence hides nothing beside it (两次措辞的共同部分)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

# Tokens, digests and moments are one word each, whatever is in them: two runs may write them with a dash more, or a minute later.
_WORD = re.compile(
    r"(?P<token>[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|(?<![A-Za-z0-9])[0-9a-f]{32,}(?![0-9a-zA-Z_]))"
    r"|(?P<moment>\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日?(?:[T ]?\d{1,2}[:时]\d{2}(?:[:分]\d{2}(?:[.,]\d+)?秒?)?分?(?:Z|[+-]\d{2}:?\d{2})?)?"
    r"|\d{1,2}[:时]\d{2}(?:[:分]\d{2}(?:[.,]\d+)?秒?)?|\[moment\])"
    r"|\d+(?:[.,]\d+)+|[A-Za-z0-9_+/=~-]+|[^\W\da-zA-Z_]+|[^\w\s]"
)
_FORM = {"token": "[token]", "moment": "[time]"}


@dataclass(frozen=True)
class Wording:
    """A text of ``length`` words, of which those at these places are said; or, of a list of texts, these ``lines``."""

    length: int = 0
    said: Mapping[int, str] | None = None
    lines: tuple[str, ...] = ()

    def is_said_by(self, text: str) -> bool:
        """Whether a text says this too."""
        if self.said is None:
            return _lines(text) == self.lines
        found = _words(text)
        return len(found) == self.length and all(found[place] == word for place, word in self.said.items())

    def within(self, other: Self) -> Self | None:
        """What both say; None where they have nothing in common."""
        if self.said is None or other.said is None:
            return self if self == other else None
        both = {place: word for place, word in self.said.items() if other.said.get(place) == word}
        return type(self)(self.length, both) if self.length == other.length and _tell(both) else None


def common(one: str, other: str) -> Wording | None:
    """What two texts say alike, word by word; of lists of texts (a text a line, in any order) what is no token and no moment.

    None if they have no word in common: then all of it varies, and whatever a third one says tells nothing.
    """
    if "\n" in one or "\n" in other:
        lines = _lines(one)
        return Wording(lines=lines) if lines == _lines(other) else None
    left, right = _words(one), _words(other)
    if len(left) != len(right):
        return None
    said = {place: word for place, (word, again) in enumerate(zip(left, right, strict=True)) if word == again}
    return Wording(len(left), said) if _tell(said) else None


def _tell(said: Mapping[int, str]) -> bool:
    """Whether there is a word among them: not marks alone, nor what merely stands for a token or a time."""
    return any(word not in _FORM.values() and any(map(str.isalnum, word)) for word in said.values())


def _words(text: str) -> list[str]:
    return [_FORM.get(found.lastgroup or "", found[0]) for found in _WORD.finditer(text)]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(sorted(" ".join(_words(line)) for line in text.split("\n")))
