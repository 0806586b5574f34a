"""Visits by Chromium, led by playwright: each page with a cold cache, everything that it asks for noted, the candidate alone reached."""

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tenderproof.drivers.browser import launched, telling
from tenderproof.evidence.chance import Chance
from tenderproof.evidence.wire import Request as WireRequest
from tenderproof.testing.actors import Person
from tenderproof.testing.tender import Tender
from tenderproof.testing.visits import Contact, Visits
from tenderproof.vocabulary import Blame, Missing

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request, WebSocket

Apart = Callable[[str], AbstractContextManager[None]]

_STAY_MS = 60_000  # of the page's own time, let go by at once: what it does a minute later counts as well
_FIRST = "/"
_LOG_IN = "async ([path, said]) => (await fetch(path, {...said, credentials: 'same-origin'})).url"
_SLICE_MS = 30
_QUIET_SLICES, _MOST_SLICES = 2, 100  # of real time, until nothing is on its way any more; three seconds at most
_BLANK = "about:blank"
_WIPE = "() => { try { sessionStorage.clear(); } catch { } window.name = ''; }"


class ChromiumVisits(Visits):
    """Pages of the candidate in a browser that can reach nobody else. What came is recorded; the same pages are visited once a worker.

    ``apart`` is what is done by nobody's check in particular (see `Driver.apart`); ``entering`` is by which request somebody logs in.
    """

    def __init__(
        self,
        base_url: str,
        pages: Callable[[Tender], Sequence[str]],
        chance: Chance,
        apart: Apart,
        *,
        own_root: bool = False,
        entering: Callable[[Person], WireRequest | None] = lambda _: None,
    ) -> None:
        self._base_url, self._pages, self._chance, self._apart, self._own_root = base_url, pages, chance, apart, own_root
        self._entering = entering
        self._known: dict[tuple[str, ...], tuple[Contact, ...]] = {}

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

    def entered(self, person: Person) -> tuple[Contact, ...]:
        """Whom the pages contact that come to somebody who has logged in: the one that the log-in leads to, and the first."""
        request = self._entering(person)
        if request is None:
            raise Missing("the driver does not know how a browser logs in, so no page of anybody's was opened", Blame.DECLARATION)
        with self._apart("visits of who logged in"):
            return self._recorded("own visits", lambda: self._inside(request))

    def _contacts(self, pages: tuple[str, ...]) -> tuple[Contact, ...]:
        if pages not in self._known:
            with self._apart("visits"):
                self._known[pages] = self._made(pages)
        return self._known[pages]

    def _made(self, pages: Sequence[str]) -> tuple[Contact, ...]:
        return self._recorded("visits", lambda: self._visited(pages))

    def _recorded(self, kind: str, visited: Callable[[], list[Contact]]) -> tuple[Contact, ...]:
        came = self._chance.made(kind, lambda: json.dumps([vars(one) for one in visited()], ensure_ascii=False).encode())
        return tuple(Contact(**one) for one in json.loads(came))

    def _visited(self, pages: Sequence[str]) -> list[Contact]:
        """Each page in the same window, of which nothing is left for the next: a process for each costs twice as much."""
        with ExitStack() as stack, telling(self._base_url):
            browser = launched(stack, only=_authority(self._base_url), own_root=self._own_root)
            context = browser.new_context(locale="zh-CN", service_workers="block")
            window = _Window(context.new_page(), self._base_url)
            for page in pages:
                window.read(page)
                window.forget()
            return window.found

    def _inside(self, entering: WireRequest) -> list[Contact]:
        """A browser logs in as its pages do, by a request of the same site, and is watched from then on."""
        with ExitStack() as stack, telling(self._base_url):
            browser = launched(stack, only=_authority(self._base_url), own_root=self._own_root)
            context = browser.new_context(locale="zh-CN", service_workers="block")
            door = context.new_page()
            door.goto(f"{self._base_url}{entering.url}")
            said = {"method": entering.method, "headers": entering.headers, "body": entering.body.decode()}
            led = door.evaluate(_LOG_IN, [entering.url, said])
            window = _Window(door, self._base_url)
            own = [str(led).removeprefix(self._base_url)] if str(led).startswith(f"{self._base_url}/") else []
            for page in dict.fromkeys([*own, _FIRST]):
                window.read(page)
            return window.found


class _Window:
    """A window in which pages are read one after the other, and everything is noted that they ask for.

    Before each page a blank one is opened, so that what the one before asks for is over. What a page sends when it is left is not seen.
    """

    def __init__(self, shown: "Page", base_url: str) -> None:
        self.found: list[Contact] = []
        self._shown, self._base_url, self._page, self._pending = shown, base_url, "", set["Request"]()
        self._shown.goto(_BLANK)
        self._devices = shown.context.new_cdp_session(shown)
        self._devices.send("Network.enable")
        self._devices.send("Network.setCacheDisabled", {"cacheDisabled": True})
        shown.on("request", self._asked)
        shown.on("websocket", self._connected)
        shown.on("requestfinished", self._over)
        shown.on("requestfailed", self._over)
        shown.clock.install()

    def read(self, page: str) -> None:
        """Open a page, let a minute of its time go by, and leave it."""
        self._page = page
        self._shown.goto(f"{self._base_url}{page}")
        self._shown.clock.run_for(_STAY_MS)
        self._settle()
        self._shown.evaluate(_WIPE)
        self._shown.goto(_BLANK)
        self._settle()

    def forget(self) -> None:
        """Leave nothing of the pages that were read: no cookie, no store."""
        self._shown.context.clear_cookies()
        self._devices.send("Storage.clearDataForOrigin", {"origin": self._base_url, "storageTypes": "all"})

    def _settle(self) -> None:
        """Wait until nothing is on its way any more."""
        quiet = 0
        for _ in range(_MOST_SLICES):
            self._shown.wait_for_timeout(_SLICE_MS)
            quiet = 0 if self._pending else quiet + 1
            if quiet == _QUIET_SLICES:
                return

    def _asked(self, request: "Request") -> None:
        if request.url == _BLANK:
            return
        self._pending.add(request)
        body = (request.post_data_buffer or b"").decode("utf-8", "replace")
        self.found.append(Contact(self._page, request.url, request.resource_type, body))

    def _over(self, request: "Request") -> None:
        self._pending.discard(request)

    def _connected(self, opened: "WebSocket") -> None:
        self.found.append(Contact(self._page, opened.url, "websocket"))


def _authority(url: str) -> str:
    """Host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port or (443 if parts.scheme == 'https' else 80)}"
