"""A walk on real pages: through the form of the log-in, to what the role sees, with all that it may do there."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from tenderproof.drivers.browser import launched
from tenderproof.drivers.dead_end import DeadEnd
from tenderproof.drivers.walks import Manners, pattern, walked
from tenderproof.evidence.wire import Request
from tenderproof.testing.visits import Walk

FORM = "application/x-www-form-urlencoded"
ENTERING = Request("POST", "/log-in", {"content-type": FORM}, b"token=a-secret-of-somebody")
HEAD = "<!DOCTYPE html><meta charset=utf-8><link rel=icon href=data:,>"
PAGES = {
    "/log-in": "<form method=post action=/log-in><input name=token type=password><button>in</button></form>",
    "/": "<p>first</p>",
    "/me": """<p>{who}</p><a href=/inner/1>one</a><a href=/inner/2>two</a><a href=/data.json>data</a><a href=/log-out>out</a>
      <form method=post action=/ask><input name=text><input name=region type=number><input name=kept type=hidden value=h>
        <select name=kind><option value=''>-<option value=k>k</select><textarea name=more></textarea><input type=file name=file>
        <button>ask</button></form>
      <form method=get action=/find><input name=q><button>find</button></form>
      <form method=get action=https://192.0.2.4/search><input name=q value=fixed><button>elsewhere</button></form>
      <form method=post action=/log-out><button>log out</button></form>
      <button onclick="fetch('http://192.0.2.1/pressed?n=' + who, {{mode: 'no-cors'}}).catch(() => 0)">press</button>
      <script>
        const who = document.querySelector('p').textContent;
        document.forms[0].addEventListener('submit', () => navigator.sendBeacon('https://192.0.2.9/sent', who));
      </script>""",
    "/inner/1": "<p>inner</p><script>fetch('https://192.0.2.2/inner', {{mode: 'no-cors'}}).catch(() => 0)</script>",
    "/ask": "<p>asked</p>",
    "/find": "<p>found</p>",
    "/log-out": "<p>gone</p><script>fetch('https://192.0.2.3/out', {{mode: 'no-cors'}}).catch(() => 0)</script>",
}  # fmt: skip


class House:
    """A site that lets in whoever has the token, and keeps what is handed in."""

    def __init__(self, login: str = PAGES["/log-in"]) -> None:
        self.asked: list[str] = []
        self.handed_in: list[tuple[str, str]] = []
        house = self

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = urlsplit(self.path).path
                inside = "session=t" in (self.headers.get("cookie") or "")
                house.asked.append(f"{self.path} {'in' if inside else 'out'}")
                if path.endswith(".json"):
                    self._say(200, b"{}", {"content-type": "application/json"})
                else:
                    page = login if path == "/log-in" else PAGES.get(path, "").format(who="Wang Xiaoming" if inside else "nobody")
                    self._say(200, f"{HEAD}{page}".encode())

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                house.handed_in.append((self.path, body))
                right = self.path == "/log-in" and "a-secret-of-somebody" in body
                led = {"/log-in": "/me", "/ask": "/ask", "/log-out": "/log-out"}[self.path]
                self._say(303, b"", {"location": led, **({"set-cookie": "session=t; HttpOnly; SameSite=Strict"} if right else {})})

            def _say(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
                self.send_response(status)
                for name, value in {"content-type": "text/html; charset=utf-8", **(headers or {})}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def walk(house: House, *, own: bool, harmless: str = "-") -> Walk:
    if shutil.which("chromium") is None:
        pytest.skip("no chromium on this machine")
    with ExitStack() as stack:
        elsewhere = stack.enter_context(DeadEnd())
        browser = launched(stack, [f"127.0.0.1:{house.port}"], elsewhere=elsewhere)
        manners = Manners("Wang Xiaoming", {"region": "410100"}, own, lambda action: action == harmless)
        return walked(browser.new_context(), f"http://127.0.0.1:{house.port}", elsewhere, ENTERING, manners, ("bidder", ("Wang Xiaoming",)))


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    one = House()
    yield one
    one.close()


@pytest.fixture(scope="module")
def own(house: House) -> Walk:
    return walk(house, own=True)


def told(seen: Walk) -> set[tuple[str, str]]:
    """Whom something was told, and what: on a slow machine what a page sends when it is left may count to the next one."""
    return {(one.url, one.body) for one in seen.contacts if "192.0.2." in one.url}


def test_somebody_logs_in_by_the_form_of_the_page_and_looks_at_one_page_of_a_kind(own: Walk, house: House) -> None:
    assert house.handed_in[0] == ("/log-in", "token=a-secret-of-somebody")
    assert own.inside
    assert own.pages == ("/me", "/", "/inner/*")
    assert "/inner/1 in" in house.asked
    assert "/inner/2 in" not in house.asked


def test_forms_are_filled_in_and_handed_in_and_buttons_pressed(own: Walk, house: House) -> None:
    assert own.acts == ("POST /log-in", "POST /ask", "GET /find", "GET /search", "/me press", "POST /log-out")
    asked = {name: values[0] for name, values in parse_qs(dict(house.handed_in)["/ask"]).items()}
    assert asked == {
        "text": "Wang Xiaoming", "region": "410100", "kept": "h", "kind": "k", "more": "Wang Xiaoming", "file": "one.txt"
    }  # fmt: skip
    assert any(asked.startswith("/find?q=Wang") for asked in house.asked)


def test_what_is_told_behind_the_log_in_at_an_act_and_at_the_end_is_seen(own: Walk) -> None:
    assert {
        ("https://192.0.2.2/inner", ""),
        ("https://192.0.2.9/sent", "Wang Xiaoming"),
        ("http://192.0.2.1/pressed?n=Wang%20Xiaoming", ""),
        ("https://192.0.2.3/out", ""),
        ("https://192.0.2.4/search?q=fixed", ""),
    } == told(own)


def test_what_leads_to_anothers_site_and_tells_nothing_there_is_a_link(own: Walk) -> None:
    assert [one.reaches for one in own.contacts if one.url.startswith("https://192.0.2.4/")] == [False]
    assert [one.kind for one in own.contacts if one.url.startswith("https://192.0.2.4/")] == ["link"]


def test_what_opens_the_session_is_not_noted(own: Walk) -> None:
    assert "a-secret-of-somebody" not in repr(own)
    assert [one.body for one in own.contacts if one.url.endswith("/log-in") and one.body] == ["token=…"]


def test_of_others_nothing_is_done_that_they_would_miss(house: House) -> None:
    house.handed_in.clear()
    seen = walk(house, own=False)

    assert [path for path, _ in house.handed_in] == ["/log-in"]
    assert set(seen.left) == {"POST /ask", "GET /search", "/me press", "POST /log-out"}
    assert "GET /find" in seen.acts


def test_what_harms_nobody_is_done_by_others_as_well(house: House) -> None:
    house.handed_in.clear()
    seen = walk(house, own=False, harmless="/ask")

    assert [path for path, _ in house.handed_in] == ["/log-in", "/ask"]
    assert "POST /ask" in seen.acts


def test_where_the_page_has_no_such_form_the_request_itself_is_made_in_the_page() -> None:
    bare = House("<p>door</p>")
    try:
        seen = walk(bare, own=False)
    finally:
        bare.close()

    assert seen.inside
    assert seen.pages[0] == "/me"
    assert "POST /log-in" not in seen.acts


def test_who_does_not_get_in_is_not_called_inside() -> None:
    shut = House("<form method=post action=/log-in><input name=token type=password maxlength=3><button disabled>in</button></form>")
    try:
        PAGES["/me"], kept = PAGES["/me"].replace("{who}", "door"), PAGES["/me"]
        seen = walk(shut, own=False)
    finally:
        PAGES["/me"] = kept
        shut.close()

    assert not seen.inside


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/", "/"),
        ("http://p.test/notices/a58e6d9679ca413e905b82f72246f9d4", "/notices/*"),
        ("/me/projects", "/me/projects"),
        ("/list?page=2&kind=", "/list?kind&page"),
    ],
)
def test_a_pattern_has_a_star_for_what_differs(address: str, kind: str) -> None:
    assert pattern(address) == kind
