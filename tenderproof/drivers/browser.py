"""Chromium, led by playwright. It runs on this machine, takes a clock that is not this machine's, and opens nothing but the candidate."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tenderproof.drivers.dead_end import DeadEnd, pin
from tenderproof.evidence.chance import Chance
from tenderproof.testing.browser import Browser, Page
from tenderproof.vocabulary import Blame, Missing, NetworkTrouble

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Led
    from playwright.sync_api import Page as Shown

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_PATIENCE_S = 15
_ELSEWHERE = "America/New_York"  # so that a page which shows the machine's own time shows another one


class Chromium(Browser):
    """Started anew for each page, so that no page knows of another. That a page opened, and what is read of it, is recorded."""

    def __init__(self, base_url: str, chance: Chance, *, own_root: bool = False) -> None:
        """``own_root``: the declaration names a root of the sandbox's own (see :func:`launched`)."""
        self._base_url, self._chance, self._own_root = base_url, chance, own_root

    @contextmanager
    def page(self, path: str, ahead: timedelta = timedelta(0)) -> Iterator[Page]:
        """A page; NetworkTrouble if it does not open, Missing if there is no Chromium here."""
        moment = self._chance.now() + ahead
        with ExitStack() as stack:
            page = OpenPage(self._chance, own_root=self._own_root)
            self._chance.made("page", lambda: page.open(f"{self._base_url}{path}", moment, stack))
            yield page


class OpenPage(Page):
    """A page that Chromium shows; on a replay, one that is shown no more."""

    def __init__(self, chance: Chance, *, own_root: bool = False) -> None:
        self._chance, self._own_root = chance, own_root
        self._shown: Shown | None = None

    def open(self, url: str, moment: datetime, stack: ExitStack) -> bytes:
        """Show an address at a moment, until the stack is left; the address that came of it."""
        with telling(url):
            browser = launched(stack, own_root=self._own_root)
            self._shown = browser.new_context(timezone_id=_ELSEWHERE, locale="zh-CN").new_page()
            self._shown.set_default_timeout(_PATIENCE_S * 1000)
            self._shown.clock.install(time=moment)
            self._shown.goto(url)
        return self._shown.url.encode()

    def text(self) -> str:
        """The text of the page as it is laid out."""
        return self._chance.made("page text", self._text).decode()

    def wait(self, seconds: float) -> None:
        """Let time go by; the page goes on."""
        if self._shown:
            self._shown.wait_for_timeout(seconds * 1000)

    def _text(self) -> bytes:
        assert self._shown is not None  # noqa: S101 - made only where it was opened
        with telling(self._shown.url):
            return self._shown.inner_text("body").encode()


def launched(stack: ExitStack, only: Iterable[str] = (), *, elsewhere: DeadEnd | None = None, own_root: bool = False) -> "Led":
    """A Chromium that ends with the stack; Missing if there is none here.

    With ``elsewhere`` it reaches nobody but ``only`` (each a host, or host:port): whatever else a page asks for comes to its end there,
    also what a redirect leads to. Where the sandbox has a root of its
    own, which a browser cannot be told, it looks at no certificate: whom we
    believe is decided by the wire.
    """
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        raise Missing("no Chromium is installed on this machine, so no page was opened in a browser", Blame.TOOL)
    from playwright.sync_api import ProxySettings, sync_playwright  # noqa: PLC0415 - slow to import

    playwright = stack.enter_context(sync_playwright())
    unprotected = ["--no-sandbox"] if os.geteuid() == 0 else []  # for root Chromium does not start otherwise
    unprotected.append("--disable-gpu")  # nobody looks; a process less
    if own_root:
        unprotected.append("--ignore-certificate-errors")
    proxy = None
    if elsewhere:
        proxy = ProxySettings(server=elsewhere.address, bypass=",".join(["<-loopback>", *only]))
        unprotected.append("--force-webrtc-ip-handling-policy=disable_non_proxied_udp")
        unprotected.append("--disable-blink-features=AutomationControlled")  # else pages are told that nobody sits before it
        unprotected.append(f"--ignore-certificate-errors-spki-list={pin()}")
    browser = playwright.chromium.launch(executable_path=found, args=unprotected, proxy=proxy)
    stack.callback(browser.close)
    return browser


@contextmanager
def telling(url: str) -> Iterator[None]:
    """What the browser does not manage is the network's trouble, in one line."""
    from playwright.sync_api import Error  # noqa: PLC0415 - slow to import

    try:
        yield
    except Error as error:
        raise NetworkTrouble(f"The page {url} could not be opened in a browser: {error.message.splitlines()[0]}") from error
