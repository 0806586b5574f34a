"""Visits by Chromium, led by playwright: each page with a cold cache, everything that it asks for noted, the candidate alone reached."""

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from functools import partial
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
    from playwright.sync_api import BrowserContext, Request, WebSocket

Apart = Callable[[str], AbstractContextManager[None]]

_STAY_MS = 60_000  # of the page's own time, let go by at once: what it does a minute later counts as well
_LOG_IN = "async ([path, said]) => (await fetch(path, {...said, credentials: 'same-origin'})).url"
_SETTLING_MS = 200  # of real time, for what is then on its way


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
        """Whom the first page contacts."""
        return self._contacts(("/",))

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
        found: list[Contact] = []
        with ExitStack() as stack, telling(self._base_url):
            browser = launched(stack, only=_authority(self._base_url), own_root=self._own_root)
            for page in pages:
                context = browser.new_context(locale="zh-CN", service_workers="block")
                self._read(context, page, found)
                context.close()
        return found

    def _inside(self, entering: WireRequest) -> list[Contact]:
        """A browser logs in as its pages do, by a request of the same site, and is watched from then on."""
        found: list[Contact] = []
        with ExitStack() as stack, telling(self._base_url):
            browser = launched(stack, only=_authority(self._base_url), own_root=self._own_root)
            context = browser.new_context(locale="zh-CN", service_workers="block")
            door = context.new_page()
            door.goto(f"{self._base_url}{entering.url}")
            said = {"method": entering.method, "headers": entering.headers, "body": entering.body.decode()}
            led = door.evaluate(_LOG_IN, [entering.url, said])
            door.close()
            own = [str(led).removeprefix(self._base_url)] if str(led).startswith(f"{self._base_url}/") else []
            for page in dict.fromkeys([*own, "/"]):
                self._read(context, page, found)
        return found

    def _read(self, context: "BrowserContext", page: str, found: list[Contact]) -> None:
        """Open a page and let a minute of its time go by."""
        opened = context.new_page()
        opened.on("request", partial(_noted, page, found))
        opened.on("websocket", partial(_connected, page, found))
        opened.clock.install()
        opened.goto(f"{self._base_url}{page}")
        opened.clock.run_for(_STAY_MS)
        opened.wait_for_timeout(_SETTLING_MS)
        opened.close()


def _noted(page: str, found: list[Contact], request: "Request") -> None:
    found.append(Contact(page, request.url, request.resource_type, (request.post_data_buffer or b"").decode("utf-8", "replace")))


def _connected(page: str, found: list[Contact], opened: "WebSocket") -> None:
    found.append(Contact(page, opened.url, "websocket"))


def _authority(url: str) -> str:
    """Host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port or (443 if parts.scheme == 'https' else 80)}"
