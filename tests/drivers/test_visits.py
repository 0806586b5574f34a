"""Visits in a real browser: everything that a page asks for is noted, and nobody but the candidate is reached."""

import json
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from unittest.mock import Mock

import pytest

from tenderproof.drivers.visits import ChromiumVisits
from tenderproof.testing.visits import Contact, Visitors, Walk
from tenderproof.vocabulary import Missing, NetworkTrouble

TENDER: Any = None  # the pages here are no tender's
PAGE = """<!DOCTYPE html><link rel=icon href=data:,>
<style>@font-face {{ font-family: f; src: url(http://127.0.0.2:{other}/font.woff2) }} body {{ font-family: f }}</style>
<p>text</p><img src=/moved><img src="https://192.0.2.7/i.png">
<script>
  fetch("http://127.0.0.1:{other}/data", {{method: "POST", body: "said"}}).catch(() => 0);
  setTimeout(() => navigator.sendBeacon("https://192.0.2.8/beacon", "late"), 50000);
  new WebSocket("ws://127.0.0.1:{other}/socket");
</script>"""


class Site:
    """A server of the loopback that counts who came."""

    def __init__(self, page: str, moved_to: str = "") -> None:
        self.asked: list[str] = []
        site = self

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                self.send_response(302 if self.path == "/moved" else 200)
                if self.path == "/moved":
                    self.send_header("location", moved_to)
                self.send_header("content-type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(page.encode())

            do_POST = do_GET  # noqa: N815 - the library's name

            def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def sites() -> Iterator[tuple[Site, Site]]:
    other = Site("other")
    own = Site(PAGE.format(other=other.port), f"http://127.0.0.1:{other.port}/redirected")
    yield own, other
    own.close()
    other.close()


@pytest.fixture
def seen(sites: tuple[Site, Site], driver: Any) -> tuple[Contact, ...]:
    if shutil.which("chromium") is None:
        pytest.skip("no chromium on this machine")
    return ChromiumVisits(f"http://127.0.0.1:{sites[0].port}", lambda _: ["/"], driver.chance, driver.apart).contacts(TENDER)


def test_everything_that_a_page_asks_for_is_noted_and_nobody_else_is_reached(seen: tuple[Contact, ...], sites: tuple[Site, Site]) -> None:
    own, other = sites
    noted = {(one.kind, one.url) for one in seen}
    elsewhere = f"http://127.0.0.1:{other.port}"

    assert ("document", f"http://127.0.0.1:{own.port}/") in noted
    assert ("font", f"http://127.0.0.2:{other.port}/font.woff2") in noted
    assert ("image", f"{elsewhere}/redirected") in noted
    assert ("image", "https://192.0.2.7/i.png") in noted
    assert ("fetch", f"{elsewhere}/data") in noted
    assert ("ping", "https://192.0.2.8/beacon") in noted
    assert ("websocket", f"ws://127.0.0.1:{other.port}/socket") in noted
    assert other.asked == []
    assert "/moved" in own.asked


def test_what_is_sent_is_noted(seen: tuple[Contact, ...]) -> None:
    sent = {one.kind: one.body for one in seen if one.body}

    assert sent["fetch"] == "said"
    assert sent["ping"] == "late"


def test_a_driver_that_knows_no_pages_visits_none(driver: Any) -> None:
    with pytest.raises(Missing, match="knows no page"):
        ChromiumVisits("http://127.0.0.1:1", lambda _: [], driver.chance, driver.apart).contacts(TENDER)


def test_a_page_that_does_not_open_is_the_networks_trouble(driver: Any) -> None:
    if shutil.which("chromium") is None:
        pytest.skip("no chromium on this machine")
    with pytest.raises(NetworkTrouble, match="could not be opened"):
        ChromiumVisits("http://127.0.0.1:1", lambda _: ["/"], driver.chance, driver.apart).contacts(TENDER)


def test_the_same_pages_are_visited_once(driver: Any) -> None:
    made = Mock(return_value=b'[{"page": "/", "url": "http://p.test/", "kind": "document", "body": ""}]')
    visits = ChromiumVisits("http://p.test", lambda _: ["/"], Mock(made=made), driver.apart)

    assert visits.contacts(TENDER) == visits.contacts(TENDER) == (Contact("/", "http://p.test/", "document"),)
    assert made.call_count == 1


def test_the_first_page_is_visited_without_a_tender(driver: Any) -> None:
    made = Mock(return_value=b'[{"page": "/", "url": "http://p.test/", "kind": "document", "body": ""}]')

    assert ChromiumVisits("http://p.test", lambda _: [], Mock(made=made), driver.apart).first_page() == (
        Contact("/", "http://p.test/", "document"),
    )


REMEMBERS = """<!DOCTYPE html><link rel=icon href=data:,><script>
  const known = [document.cookie, localStorage.n, sessionStorage.n, window.name].filter(Boolean).join();
  document.cookie = "n=1"; localStorage.n = sessionStorage.n = window.name = "1";
  fetch("http://192.0.2.9/count?known=" + known, {mode: "no-cors"}).catch(() => 0);
  fetch("/slow").then(() => fetch("http://192.0.2.9/later", {mode: "no-cors"})).catch(() => 0);
</script>"""


def test_each_public_page_is_read_with_nothing_remembered_and_until_nothing_is_on_its_way(driver: Any) -> None:
    if shutil.which("chromium") is None:
        pytest.skip("no chromium on this machine")
    site = Site(REMEMBERS)
    try:
        visits = ChromiumVisits(f"http://127.0.0.1:{site.port}", lambda _: ["/one", "/two"], driver.chance, driver.apart)
        seen = {(one.page, one.url.removeprefix("http://192.0.2.9/")) for one in visits.contacts(TENDER) if "192.0.2.9" in one.url}
    finally:
        site.close()

    assert seen == {(page, told) for page in ("/one", "/two") for told in ("count?known=", "later")}


def test_the_first_page_is_not_read_again_where_the_public_pages_were_read(driver: Any) -> None:
    came = [{"page": page, "url": f"http://p.test{page}", "kind": "document", "body": ""} for page in ("/", "/two")]
    made = Mock(return_value=json.dumps(came).encode())
    visits = ChromiumVisits("http://p.test", lambda _: ["/", "/two"], Mock(made=made), driver.apart)
    visits.contacts(TENDER)

    assert visits.first_page() == (Contact("/", "http://p.test/", "document"),)
    assert made.call_count == 1


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "http://[::1]:1"])
def test_the_browser_is_told_of_the_candidates_own_address_whatever_its_version(url: str, driver: Any) -> None:
    if shutil.which("chromium") is None:
        pytest.skip("no chromium on this machine")
    with pytest.raises(NetworkTrouble, match=r"ERR_CONNECTION_REFUSED|ERR_UNSAFE_PORT|ERR_ADDRESS"):
        ChromiumVisits(url, lambda _: ["/"], driver.chance, driver.apart).contacts(TENDER)


def test_where_nobody_knows_how_to_log_in_nobody_walks(driver: Any) -> None:
    visitors = Visitors(TENDER, [Mock()], [])
    with pytest.raises(Missing, match="how a browser logs in"):
        ChromiumVisits("http://127.0.0.1:1", lambda _: [], driver.chance, driver.apart).walks(lambda: visitors)


def test_visitors_walk_once_and_what_they_came_by_is_recorded(driver: Any) -> None:
    walk = Walk("bidder", ("Wang", "91"), (Contact("/me", "http://p.test/me", "document"),), ("/me",), ("POST /log-in",), inside=True)
    made = Mock(return_value=json.dumps([walk.plain()]).encode())
    begun = Mock(return_value=Visitors(TENDER, [], []))
    visits = ChromiumVisits("http://p.test", lambda _: [], Mock(made=made), driver.apart)

    assert visits.walks(begun) == visits.walks(begun) == (walk,)
    assert (made.call_count, begun.call_count) == (1, 1)


SPARES = """<!DOCTYPE html><link rel=icon href=data:,><script>
  fetch(`http://192.0.2.9/${navigator.webdriver}/${/Headless/.test(navigator.userAgent)}/${Intl.DateTimeFormat().resolvedOptions().timeZone}`,
    {mode: "no-cors"});
</script>"""


def test_a_page_is_not_told_that_nobody_sits_before_the_browser(driver: Any) -> None:
    if shutil.which("chromium") is None:
        pytest.skip("no chromium on this machine")
    site = Site(SPARES)
    try:
        visits = ChromiumVisits(f"http://127.0.0.1:{site.port}", lambda _: ["/"], driver.chance, driver.apart)
        told = [one.url.removeprefix("http://192.0.2.9/") for one in visits.contacts(TENDER) if "192.0.2.9" in one.url]
    finally:
        site.close()

    assert told == ["false/false/Asia/Shanghai"]
