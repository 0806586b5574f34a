"""Visits (浏览): whom a browser contacts while somebody reads the platform's pages, and what it tells them."""

import base64
import binascii
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus, urlsplit

_ENCODED = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True)
class Contact:
    """One request of a browser: from which page, to where, as what (document, script, font, fetch, ping, websocket, …), with what body."""

    page: str
    url: str
    kind: str
    body: str = ""

    @property
    def host(self) -> str:
        """Whom it goes to, by name or address; "" for what goes nowhere (data, blob)."""
        return urlsplit(self.url).hostname or ""

    def tells(self, words: Iterable[str]) -> list[str]:
        """Which of the words it carries, in the address or the body: in clear, percent-encoded, escaped, in base64 or in hexadecimal."""
        said = set(_readings(f"{self.url}\n{self.body}"))
        return sorted({word for word in words if any(word in reading for reading in said)})

    def __str__(self) -> str:
        return f"{self.page}: {self.kind} {self.url[:200]}"


def _readings(text: str) -> Iterable[str]:
    plain = unquote_plus(unquote_plus(text))
    yield text
    yield plain
    yield _ESCAPED.sub(lambda found: chr(int(found[1], 16)), plain)
    for run in _ENCODED.findall(plain):
        for part in {run, *run.split("/")}:  # a slash may stand within base64, or between it and a path
            for decode in (_base64, bytes.fromhex):
                try:
                    yield unquote_plus(decode(part).decode("utf-8"))
                except (ValueError, binascii.Error):
                    continue


def _base64(part: str) -> bytes:
    bare = part.rstrip("=").translate(str.maketrans("-_", "+/"))
    return base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)


class Visits(ABC):
    """Reads pages of the candidate as a person would, with nothing remembered from before."""

    @abstractmethod
    def first_page(self) -> tuple[Contact, ...]:
        """Whom a browser contacts that reads the first page; Missing where no browser is installed."""

    @abstractmethod
    def entered(self, person: Any) -> tuple[Contact, ...]:
        """Whom a browser contacts in which somebody logs in and looks at the pages that come then; Missing where that is not known how.

        What opens the session is none of it.
        """

    @abstractmethod
    def contacts(self, tender: Any) -> tuple[Contact, ...]:
        """Whom a browser contacts that reads the public pages, those of a tender among them.

        Nothing but the candidate itself is really contacted. Missing where no browser is installed, or the driver knows no pages.
        """
