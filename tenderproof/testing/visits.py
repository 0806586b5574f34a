"""Visits (浏览): whom a browser contacts while somebody reads the platform's pages, and what it tells them."""

import base64
import binascii
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus, urlsplit

from tenderproof.vocabulary import Undecided

_ENCODED = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True)
class Contact:
    """One request of a browser: from which page, to where, as what (document, script, font, fetch, ping, websocket, …), with what body.

    Besides these: whom a page has a browser connect to ahead of time (preconnect), look up (dns-prefetch) or report to (report).
    """

    page: str
    url: str
    kind: str
    body: str = ""

    @property
    def host(self) -> str:
        """Whom it goes to, by name or address; "" for what goes nowhere (data, blob)."""
        return urlsplit(self.url).hostname or ""

    @property
    def reaches(self) -> bool:
        """Whether anybody is reached for the platform.

        Not by what goes nowhere, a name that is looked up ahead of time (dns-prefetch), nor by a link to another's site that somebody
        follows (link).
        """
        return bool(self.host) and self.kind not in {"dns-prefetch", "link"}

    def tells(self, words: Iterable[str]) -> list[str]:
        """Which of the words it carries, in the address or the body: in clear, percent-encoded, escaped, in base64 or in hexadecimal."""
        said = set(_readings(f"{self.url}\n{self.body}"))
        return sorted({word for word in words if any(word in reading for reading in said)})

    def __str__(self) -> str:
        return f"{self.page}: {self.kind} {self.url[:200]}"


@dataclass(frozen=True)
class Walk:
    """What somebody of a role came by who logged in and walked: whom the pages contacted, which were opened, which acts were done.

    ``left`` are acts and pages that were not tried, since others need what they would change, or there are too many. ``inside`` is
    whether a page showed the person's own name: else nobody knows that the log-in worked. In pages and acts a star is for
    what differs.
    ``names`` are by which the person is known.
    """

    role: str
    names: tuple[str, ...]
    contacts: tuple[Contact, ...]
    pages: tuple[str, ...]
    acts: tuple[str, ...]
    left: tuple[str, ...] = ()
    inside: bool = False

    def plain(self) -> dict[str, Any]:
        """As it is recorded; see :meth:`read`."""
        return {**vars(self), "contacts": [vars(one) for one in self.contacts]}

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> "Walk":
        """From what :meth:`plain` gave."""
        lists = {name: tuple(raw[name]) for name in ("names", "pages", "acts", "left")}
        return cls(role=str(raw["role"]), contacts=tuple(Contact(**one) for one in raw["contacts"]), **lists, inside=bool(raw["inside"]))


@dataclass(frozen=True)
class Visitors:
    """Who walks: people of our making, who do all that pages offer, and declared ones, whom other checks need; and the tender around."""

    tender: Any
    own: Sequence[Any]
    declared: Sequence[Any]


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
    def walks(self, begun: Callable[[], Visitors]) -> tuple[Walk, ...]:
        """What each visitor comes by who logs in and does what the pages offer; Missing where it is not known how a browser logs in.

        Those who are nobody else's do all that pages offer, others only what is not missed. What opens a session stands nowhere in it.
        """

    @staticmethod
    def require_inside(walks: Iterable[Walk]) -> None:
        """Undecided where a role's pages never showed who had logged in: whom they contact then, nobody has seen."""
        if outside := [walk.role for walk in walks if not walk.inside]:
            raise Undecided(f"no page showed the name of who had logged in, so what pages do then was not seen of: {', '.join(outside)}")

    @abstractmethod
    def contacts(self, tender: Any) -> tuple[Contact, ...]:
        """Whom a browser contacts that reads the public pages, those of a tender among them.

        Nothing but the candidate itself is really contacted. Missing where no browser is installed, or the driver knows no pages.
        """
