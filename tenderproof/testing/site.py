"""The site (网站): what the platform answers to anybody's browser, header by header."""

import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from tenderproof.testing.actors import Person
from tenderproof.vocabulary import Blame, Missing, PlatformTrouble

_PAGES, _OF_A_SHAPE = 16, 3  # pages that are looked at, and how many of those that differ in a name or number alone
_OK, _REFUSED = range(200, 300), range(400, 500)
_STYLE_URL = re.compile(r"""url\(\s*["']?(http://[^"')\s]+)""", re.IGNORECASE)
_TRACES = (
    r"Traceback \(most recent call last\)",
    r"\bat [\w$.<>]+\([\w$]+\.(?:java|kt|scala):\d+\)",
    r"\bat [\w.`<>\[\], ]+\([^)\n]*\) in [^\n]+:line \d+",
    r"\bat [^\n]*\((?:/|[A-Za-z]:\\|file:)[^)\n]*\.[cm]?js:\d+:\d+\)",
    r"(?:Fatal error|Warning|Notice|Parse error)(?:</b>)?: .* in (?:<b>)?\S+\.php(?:</b>)? on line",
    r"\bgoroutine \d+ \[\w+",
    r"\.rb:\d+:in [`']",
    r"SQLSTATE\[\w+\]",
    r"\bORA-\d{5}:",
    r"You have an error in your SQL syntax",
    r"\b(?:sqlite3|psycopg2?|pymysql|sqlalchemy\.exc)\.\w*Error",
)
_TRACE = re.compile("|".join(_TRACES))
_BANNERS = ("server", "x-powered-by", "x-aspnet-version", "x-aspnetmvc-version", "x-generator")
_VERSION = re.compile(r"\d+\.\d+")
_SIGNED = re.compile(
    r"\b(?:nginx|openresty|Tengine|Apache(?: Tomcat)?|Microsoft-IIS|Jetty|WebLogic(?: Server)?|Werkzeug)[/ ]v?\d+\.\d+[\w.]*"
)
_LISTING = re.compile(r"<title>Index of /|<h1>Index of |Directory listing for /|\[To Parent Directory\]|<title>Directory: /", re.IGNORECASE)
_LOADS = {"script": "src", "img": "src", "iframe": "src", "embed": "src", "source": "src", "video": "src", "audio": "src", "object": "data"}
_LINKED = frozenset({"stylesheet", "icon", "preload", "modulepreload", "manifest"})


@dataclass(frozen=True)
class Cookie:
    """A cookie that was set: its name, and its attributes by their names in lower case."""

    name: str
    attributes: Mapping[str, str]

    def lacks(self, wanted: Iterable[str]) -> list[str]:
        """Which attributes are not there; ``samesite`` is there if other sites' forms do not carry the cookie."""
        found = {name for name, value in self.attributes.items() if name != "samesite" or value.lower() in {"lax", "strict"}}
        return [name for name in wanted if name not in found]


@dataclass(frozen=True)
class Answered:
    """One answer to one request, as it came; ``refusal`` is one that carries a refusal under a status of success."""

    asked: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    refusal: bool = False

    @property
    def accepted(self) -> bool:
        """Whether something was handed out."""
        return self.status in _OK and not self.refusal

    @property
    def refused(self) -> bool:
        """Whether it was refused as the asker's fault."""
        return self.status in _REFUSED or self.refusal

    @property
    def text(self) -> str:
        """The body as text, whatever it is."""
        return self.body.decode("utf-8", "replace")

    @property
    def is_page(self) -> bool:
        """Whether it is a page for people."""
        return "html" in self.header("content-type").lower()

    def header(self, name: str) -> str:
        """The first value of a header, "" where it is not there."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def cookies(self) -> list[Cookie]:
        """The cookies that it sets, as long as they are kept."""
        return [_cookie(value) for key, value in self.headers if key.lower() == "set-cookie"]

    @property
    def traces(self) -> list[str]:
        """What of the program's inside shows in it: a stack trace, the words of a database."""
        return [found[0] for found in [_TRACE.search(self.text)] if found]

    @property
    def versions(self) -> list[str]:
        """Programs named with their version, in headers, or on the page of a refusal."""
        banners = [f"{key}: {value}" for key, value in self.headers if key.lower() in _BANNERS and _VERSION.search(value)]
        return banners + ([] if self.accepted else sorted(set(_SIGNED.findall(self.text))))

    @property
    def lists_a_directory(self) -> bool:
        """Whether it is a server's own list of the files of a directory."""
        return self.accepted and bool(_LISTING.search(self.text))

    @property
    def loaded_in_plain(self) -> list[str]:
        """What a browser would load, or send a form to, over plain HTTP."""
        reader = _Reader()
        reader.feed(self.text)
        return sorted({url for url in (*reader.urls, *_STYLE_URL.findall(self.text)) if url.lower().startswith("http://")})

    @property
    def links(self) -> list[str]:
        """The paths of this site to which the page leads."""
        reader = _Reader()
        reader.feed(self.text)
        here = self.asked.partition(" ")[2]
        led = (urlsplit(urljoin(here, url)) for url in reader.led)
        return list(dict.fromkeys(one.path + (f"?{one.query}" if one.query else "") for one in led if not one.scheme and not one.netloc))

    @property
    def folders(self) -> list[str]:
        """The folders of this site from which a browser would load something for the page."""
        reader = _Reader()
        reader.feed(self.text)
        here = self.asked.partition(" ")[2]
        paths = [urlsplit(urljoin(here, url)) for url in reader.urls]
        return sorted({one.path.rpartition("/")[0] + "/" for one in paths if not one.netloc and one.path.startswith("/")})


class _Reader(HTMLParser):
    """Gathers what a page makes a browser load, and where its forms go."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []
        self.led: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href"):
            self.led.append(given["href"].strip())
        if tag == "link" and not _LINKED & set(given.get("rel", "").lower().split()):
            return
        name = {"link": "href", "form": "action", **_LOADS}.get(tag, "")
        if given.get(name):
            self.urls.append(given[name].strip())


def _shape(path: str) -> str:
    """A path without what names one thing among many."""
    return re.sub(r"[0-9a-fA-F-]{8,}|\d+", "*", path)


def _cookie(value: str) -> Cookie:
    first, *rest = value.split(";")
    parts = (part.strip().partition("=") for part in rest)
    return Cookie(first.partition("=")[0].strip(), {name.lower(): content for name, _, content in parts})


class Site(ABC):
    """Asks the platform as a browser would, at the address at which everybody reaches it."""

    @property
    @abstractmethod
    def host(self) -> str:
        """The site's host."""

    @property
    @abstractmethod
    def is_secure(self) -> bool:
        """Whether it is reached over TLS."""

    @abstractmethod
    def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Answered:
        """One answer; NetworkTrouble if none comes, Missing where the declaration names no such address."""

    @abstractmethod
    def points(self) -> Sequence[tuple[str, str, bytes]]:
        """A few requests of nobody in particular that change nothing: method, path and body."""

    @abstractmethod
    def enter(self, person: Person) -> Answered:
        """Log somebody in as a browser does, so that a session begins; Missing where the driver does not know how."""

    def require_secure(self) -> None:
        """Missing where it is reached in plain: what a browser is told over TLS does not show there."""
        if not self.is_secure:
            raise Missing("the declaration names no address over TLS (tls.url), so what is told over TLS was not seen", Blame.DECLARATION)

    def pages(self) -> list[Answered]:
        """The first page and those of this site to which links lead from there, a few of each shape; PlatformTrouble if there is none."""
        found: dict[str, Answered] = {}
        waiting, shapes = ["/"], Counter[str]()
        while waiting and len(found) < _PAGES:
            path = waiting.pop(0)
            if path in found or shapes[_shape(path)] >= _OF_A_SHAPE:
                continue
            shapes[_shape(path)] += 1
            found[path] = self.ask("GET", path)
            waiting += found[path].links if found[path].accepted and found[path].is_page else []
        pages = [one for one in found.values() if one.accepted and one.is_page]
        if not pages:
            raise PlatformTrouble(f"The site shows no page: GET / gave {found['/'].status}.")
        return pages

    def require_alive(self, nowhere: str) -> None:
        """Raise PlatformTrouble where nothing is shown first, or ``nowhere`` is answered as if it were there."""
        first, none = self.ask("GET", "/"), self.ask("GET", nowhere)
        told_apart = first.is_page and (none.body == first.body or not none.is_page)  # one page for all, or a refusal of some form
        if not first.accepted or not (none.refused or told_apart):
            told = f"GET / gave {first.status}, and {nowhere}, which cannot exist, {none.status}"
            raise PlatformTrouble(f"The site does not answer as one that lives: {told}.")
