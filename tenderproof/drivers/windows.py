"""A window of a browser in which pages are read, and everything is noted that they ask for, tell and announce."""

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tenderproof.drivers import hints
from tenderproof.drivers.dead_end import DeadEnd
from tenderproof.testing.visits import Contact

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Request, Response, WebSocket

_STAY_MS = 60_000  # of the page's own time, let go by at once: what it does a minute later counts as well
_LONGER_MS = 1_740_000  # and once more, half an hour in all: each timer that is due goes off once
_FAR = 20_000  # how far down a page is scrolled, so that what is fetched only when it comes into sight is fetched
_SLICE_MS = 30
_QUIET_SLICES, _MOST_SLICES = 2, 100  # of real time, until nothing is on its way any more; three seconds at most
_PATIENCE_MS = 15_000
_BLANK = "about:blank"
# Last of all that is done when a page is left, so that what it kept until then can still be told, and nothing is left for the next one.
_WIPE = """() => {
  const wipe = () => { try { sessionStorage.clear(); } catch { } window.name = ''; };
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') wipe(); });
}"""
_KINDS = """paths => Promise.all(paths.map(async path => {
  try { const answer = await fetch(path); answer.body?.cancel(); return answer.headers.get('content-type') ?? ''; } catch { return ''; }
}))"""
# What waits until it comes into sight is fetched now: whether a slow machine has drawn it in time decides nothing.
_IN_SIGHT = """() => {
  scrollTo(0, document.documentElement.scrollHeight);
  for (const one of document.querySelectorAll('[loading=lazy]')) one.loading = 'eager';
}"""
_LINKS = "() => [...document.querySelectorAll('link[rel][href]')].map(one => [one.rel, one.href])"


class Window:
    """Notes what comes of the pages that are opened in it, one after the other, and of the windows that these open.

    Before each page a blank one is opened, so that what the one before asks for is over. ``elsewhere`` is where all comes that goes to
    others. ``secrets`` open somebody's session: they are kept out of the notes. The window
    of a ``walker`` (the name) keeps from page to page what a tab keeps; that it is led to another's site is a link that
    somebody follows, unless the name goes there.
    """

    def __init__(
        self, context: "BrowserContext", base_url: str, elsewhere: DeadEnd, secrets: Iterable[str] = (), *, walker: str = ""
    ) -> None:
        self.found: list[Contact] = []
        self._base_url, self._elsewhere, self._secrets = base_url, elsewhere, tuple(secrets)
        self._walker, self._remembers = walker, bool(walker)
        self._page, self._pending, self._ours = "", set["Request"](), False
        self._bodies: dict[tuple[str, str], set[str]] = {}
        self.shown = context.new_page()
        self.shown.set_default_timeout(_PATIENCE_MS)
        self.shown.goto(_BLANK)
        self._devices = context.new_cdp_session(self.shown)
        self._devices.send("Network.enable")
        self._devices.send("Network.setCacheDisabled", {"cacheDisabled": True})
        context.on("request", self._asked)
        context.on("requestfinished", self._over)
        context.on("requestfailed", self._over)
        context.on("response", self._answered)
        context.on("page", self._watched)
        self._watched(self.shown)
        self.shown.clock.install()

    def read(self, page: str) -> None:
        """Open a page, let a minute of its time go by, and leave it."""
        self.open(page)
        self.leave()

    def open(self, page: str) -> bool:
        """Open a page and let a minute of its time go by; whether it is a page, and not a file or data."""
        self._page = page
        answer = self.shown.goto(f"{self._base_url}{page}")
        if answer is not None and "html" not in answer.headers.get("content-type", "html"):
            return False
        self.stay()
        return True

    def go_on(self, page: str) -> None:
        """What comes from now on is this page's, to which the one before has led by itself."""
        self.collect()
        self._page = page

    def stay(self) -> None:
        """Let a minute of the page's time go by, and what it asked for come to its end."""
        from playwright.sync_api import Error  # noqa: PLC0415 - slow to import

        self.shown.mouse.move(200, 200)
        self.shown.mouse.wheel(0, _FAR)
        with suppress(Error):  # a page that is just leading somewhere else is scrolled there by nobody
            self.shown.evaluate(_IN_SIGHT)
        self.shown.clock.run_for(_STAY_MS)
        if not self._remembers:  # who has logged in would be logged out by then
            self.shown.clock.fast_forward(_LONGER_MS)
        self._settle()
        for kind, url in hints.linked(self.shown.evaluate(_LINKS), self.shown.url):
            self._note(url, kind)

    def leave(self) -> None:
        """Leave the page: what it sends then is noted as well."""
        if not self._remembers:
            self.shown.evaluate(_WIPE)
        self.shown.goto(_BLANK)
        self._settle()
        for other in self.shown.context.pages:
            if other is not self.shown:
                other.close()
        self.collect()

    def collect(self) -> None:
        """Note what came to the dead end and no notes of the browser's own tell of."""
        hosts = {one.host for one in self.found if one.page == self._page}
        for one in self._elsewhere.heard():
            if one.by_a_page or (urlsplit(one.url).hostname or "") in hosts:
                self._note(one.url, one.kind, one.body)

    def kinds(self, paths: list[str]) -> list[str]:
        """The media type of what stands at each of these paths of the page's own site, "" where it cannot be told; we ask, not the page."""
        self._ours = True
        try:
            found: list[str] = self.shown.evaluate(_KINDS, paths)
        finally:
            self._ours = False
        return found

    def forget(self) -> None:
        """Leave nothing of the pages that were read: no cookie, no store, no worker."""
        self.shown.context.clear_cookies()
        self._devices.send("Storage.clearDataForOrigin", {"origin": self._base_url, "storageTypes": "all"})

    def _settle(self) -> None:
        """Wait until nothing is on its way any more."""
        quiet = 0
        for _ in range(_MOST_SLICES):
            self.shown.wait_for_timeout(_SLICE_MS)
            quiet = 0 if self._pending or self._elsewhere.busy else quiet + 1
            if quiet == _QUIET_SLICES:
                return

    def _note(self, url: str, kind: str, body: str = "") -> None:
        """Note once what was asked for with this body, whoever tells of it."""
        for secret in self._secrets:
            url, body = url.replace(secret, "…"), body.replace(secret, "…")
        known = self._bodies.setdefault((self._page, url.partition("#")[0]), set())
        if body not in known and (body or not known):
            known.add(body)
            self.found.append(Contact(self._page, url, kind, body))

    def _asked(self, request: "Request") -> None:
        if request.url == _BLANK or self._ours:
            return
        self._pending.add(request)
        body = (request.post_data_buffer or b"").decode("utf-8", "replace")
        self._note(request.url, "link" if self._is_followed(request, body) else request.resource_type, body)

    def _is_followed(self, request: "Request", body: str) -> bool:
        """Whether somebody who walks is led to another's site, and nothing is told there."""
        if not self._walker or request.method != "GET" or not request.is_navigation_request() or request.url.startswith(self._base_url):
            return False
        return request.frame.parent_frame is None and not Contact("", request.url, "", body).tells([self._walker])

    def _over(self, request: "Request") -> None:
        self._pending.discard(request)

    def _answered(self, answer: "Response") -> None:
        if answer.request.resource_type == "document" and not self._is_followed(answer.request, ""):
            for kind, url in hints.headed(answer.headers, answer.url):
                self._note(url, kind)

    def _watched(self, opened: "Page") -> None:
        opened.on("websocket", self._connected)

    def _connected(self, opened: "WebSocket") -> None:
        def sent(said: Any) -> None:
            self._note(opened.url, "websocket", said if isinstance(said, str) else said.decode("utf-8", "replace"))

        self._note(opened.url, "websocket")
        opened.on("framesent", sent)
