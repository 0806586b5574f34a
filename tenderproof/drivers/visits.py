"""Visits by Chromium, led by playwright: each page with a cold cache, everything that it asks for noted, the candidate alone reached."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tenderproof.drivers.browser import launched, telling
from tenderproof.drivers.dead_end import DeadEnd
from tenderproof.drivers.walks import Manners, walked
from tenderproof.drivers.windows import Window
from tenderproof.evidence.chance import Chance
from tenderproof.evidence.wire import Request as WireRequest
from tenderproof.testing.actors import Person
from tenderproof.testing.tender import Tender
from tenderproof.testing.visits import Contact, Visitors, Visits, Walk
from tenderproof.vocabulary import Blame, Missing

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

Apart = Callable[[str], AbstractContextManager[None]]

_FIRST = "/"
_LATE_MS = 300  # for what the last page sends after it was left


class ChromiumVisits(Visits):
    """Pages of the candidate in a browser that can reach nobody else. What came is recorded; the same pages are visited once a worker.

    ``apart`` is what is done by nobody's check in particular (see `Driver.apart`); ``entering`` is by which request somebody logs in;
    ``hosts`` are reached besides that of the base URL; ``filling`` tells what fields of forms are filled with for a tender, by their names;
    ``harmless`` whether handing a form in there changes nothing that others could miss.
    """

    def __init__(
        self,
        base_url: str,
        pages: Callable[[Tender], Sequence[str]],
        chance: Chance,
        apart: Apart,
        *,
        own_root: bool = False,
        hosts: Sequence[str] = (),
        entering: Callable[[Person], WireRequest | None] = lambda _: None,
        filling: Callable[[Tender], Mapping[str, str]] = lambda _: {},
        harmless: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self._base_url, self._pages, self._chance, self._apart, self._own_root = base_url, pages, chance, apart, own_root
        self._hosts, self._entering, self._filling, self._harmless = tuple(hosts), entering, filling, harmless
        self._known: dict[tuple[str, ...], tuple[Contact, ...]] = {}
        self._walks: tuple[Walk, ...] | None = None

    def contacts(self, tender: Tender) -> tuple[Contact, ...]:
        """Whom the public pages contact."""
        pages = tuple(self._pages(tender))
        if not pages:
            raise Missing("the driver knows no page of the platform for people, so none was opened in a browser", Blame.DECLARATION)
        return self._contacts(pages)

    def first_page(self) -> tuple[Contact, ...]:
        """Whom the first page contacts; where the public pages were read already, it is one of these."""
        read = next((found for pages, found in self._known.items() if _FIRST in pages), None)
        if read is None:
            return self._contacts((_FIRST,))
        return tuple(one for one in read if one.page == _FIRST)

    def walks(self, begun: Callable[[], Visitors]) -> tuple[Walk, ...]:
        """What each visitor came by; they walk once a worker, in one browser, and know nothing of one another."""
        if self._walks is None:
            with self._apart("walks"):
                visitors = begun()
                people = [(one, True) for one in visitors.own] + [(one, False) for one in visitors.declared]
                entering = [self._request_of(person) for person, _ in people]
                pages, filling = tuple(self._pages(visitors.tender)), dict(self._filling(visitors.tender))
                manners = [Manners(person.identity.name, filling, own, self._harmless, pages) for person, own in people]
                came = self._chance.made("walks", lambda: self._packed([person for person, _ in people], entering, manners))
                self._walks = tuple(Walk.read(one) for one in json.loads(came))
        return self._walks

    def _request_of(self, person: Person) -> WireRequest:
        request = self._entering(person)
        if request is None:
            raise Missing("the driver does not know how a browser logs in, so no page of anybody's was opened", Blame.DECLARATION)
        return request

    def _packed(self, people: Sequence[Person], entering: Sequence[WireRequest], manners: Sequence[Manners]) -> bytes:
        found = []
        with self._browsing() as (browser, elsewhere):
            for person, request, manner in zip(people, entering, manners, strict=True):
                context = _like_anybody(browser)
                names = (person.identity.name if manner.own else "", person.identity.uscc)  # a declared name may be a common word
                who = person.identity.role, tuple(filter(None, names))
                found.append(walked(context, self._base_url, elsewhere, request, manner, who).plain())
                context.close()
        return json.dumps(found, ensure_ascii=False).encode()

    def _contacts(self, pages: tuple[str, ...]) -> tuple[Contact, ...]:
        if pages not in self._known:
            with self._apart("visits"):
                came = self._chance.made(
                    "visits", lambda: json.dumps([vars(one) for one in self._visited(pages)], ensure_ascii=False).encode()
                )
                self._known[pages] = tuple(Contact(**one) for one in json.loads(came))
        return self._known[pages]

    def _visited(self, pages: Sequence[str]) -> list[Contact]:
        """Each page in the same window, of which nothing is left for the next: a process for each costs twice as much."""
        with self._browsing() as (browser, elsewhere):
            window = Window(_like_anybody(browser), self._base_url, elsewhere)
            for page in pages:
                window.read(page)
                window.forget()
            window.shown.wait_for_timeout(_LATE_MS)
            window.collect()
            return window.found

    @contextmanager
    def _browsing(self) -> "Iterator[tuple[Browser, DeadEnd]]":
        with ExitStack() as stack, telling(self._base_url):
            elsewhere = stack.enter_context(DeadEnd())
            reached = [_authority(self._base_url), *self._hosts]
            yield launched(stack, reached, elsewhere=elsewhere, own_root=self._own_root), elsewhere


def _like_anybody(browser: "Browser") -> "BrowserContext":
    """A browser's context that does not say that nobody sits before it: who spares an automaton would be acquitted (decision 0052)."""
    version = browser.version.split(".")[0]
    agent = f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version}.0.0.0 Safari/537.36"
    return browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", user_agent=agent)


def _authority(url: str) -> str:
    """Host and port of an address; an address of version 6 in its brackets."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{host}:{parts.port or (443 if parts.scheme == 'https' else 80)}"
