"""A window notes what no notes of the browser's own tell of: what is sent when a page is left, by workers, through sockets, in files."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tenderproof.drivers.browser import launched
from tenderproof.drivers.dead_end import DeadEnd
from tenderproof.drivers.windows import Window
from tenderproof.testing.visits import Contact

PAGE = """<!DOCTYPE html><meta charset=utf-8><link rel=icon href=data:,>
<link rel=preconnect href=https://pre.test><link rel=dns-prefetch href=//names.test><p>text</p>
<script>
  sessionStorage.kept = "Wang";
  addEventListener("pagehide", () => navigator.sendBeacon("https://192.0.2.1/hide", new Blob(["kept " + sessionStorage.kept])));
  document.addEventListener("visibilitychange", () =>
    fetch("http://192.0.2.2/seen", {method: "POST", body: "k " + sessionStorage.kept, keepalive: true, mode: "no-cors"}));
  const form = new FormData(); form.append("f", new File(["file of Wang"], "a.txt"));
  fetch("https://192.0.2.3/file", {method: "POST", body: form, mode: "no-cors"});
  fetch("https://192.0.2.4/json", {method: "PUT", headers: {"content-type": "application/json"}, body: '{"n": "Wang"}'}).catch(() => 0);
  const line = new WebSocket("wss://192.0.2.5/live"); line.onopen = () => line.send("frame of Wang");
  new Worker("/worker.js"); navigator.serviceWorker.register("/service.js");
  new Image().src = "/own.png"; setTimeout(() => navigator.sendBeacon("https://192.0.2.10/late", "late"), 1_200_000); open("https://192.0.2.9/opened");
</script><div style="height: 9000px"></div><img loading=lazy src=https://192.0.2.11/far.png>"""
WORKER = "fetch('https://192.0.2.6/worker', {method: 'POST', body: 'worker of Wang', mode: 'no-cors'});"
SERVICE = "self.oninstall = () => fetch('https://192.0.2.7/service', {method: 'POST', body: 'service', mode: 'no-cors'});"
HEADERS = {
    "content-security-policy-report-only": "img-src 'none'; report-uri https://192.0.2.8/report",
    "link": "<//linked.test>; rel=preconnect",
}


class Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        script = {"/worker.js": WORKER, "/service.js": SERVICE}.get(self.path)
        self.send_response(200)
        self.send_header("content-type", "text/javascript" if script else "text/html; charset=utf-8")
        for name, value in {} if script else HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write((script or PAGE).encode())

    def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002


@pytest.fixture(scope="module")
def noted() -> Iterator[list[Contact]]:
    if shutil.which("chromium") is None:
        pytest.skip("no chromium on this machine")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    with ExitStack() as stack:
        elsewhere = stack.enter_context(DeadEnd())
        browser = launched(stack, [f"127.0.0.1:{server.server_address[1]}"], elsewhere=elsewhere)
        window = Window(browser.new_context(), f"http://127.0.0.1:{server.server_address[1]}", elsewhere)
        window.read("/one")
        window.forget()
        window.read("/two")
        window.shown.wait_for_timeout(300)
        window.collect()
        yield window.found
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("url", "kind", "body"),
    [
        ("https://192.0.2.1/hide", "fetch", "kept Wang"),
        ("http://192.0.2.2/seen", "fetch", "k Wang"),
        ("https://192.0.2.4/json", "fetch", '{"n": "Wang"}'),
        ("wss://192.0.2.5/live", "websocket", "frame of Wang"),
        ("https://192.0.2.6/worker", "fetch", "worker of Wang"),
        ("https://192.0.2.7/service", "fetch", "service"),
        ("https://192.0.2.8/report", "report", ""),
        ("https://192.0.2.9/opened", "document", ""),
        ("https://192.0.2.10/late", "ping", "late"),
        ("https://192.0.2.11/far.png", "image", ""),
        ("https://pre.test/", "preconnect", ""),
        ("http://linked.test", "preconnect", ""),
        ("http://names.test/", "dns-prefetch", ""),
    ],
)
def test_it_is_noted(noted: list[Contact], url: str, kind: str, body: str) -> None:
    assert {(one.url, one.body) for one in noted if one.kind == kind} >= {(url, body)}


def test_what_stands_in_a_file_is_noted(noted: list[Contact]) -> None:
    assert [one for one in noted if one.url == "https://192.0.2.3/file" and "file of Wang" in one.body]


def test_what_a_policy_reports_is_noted(noted: list[Contact]) -> None:
    assert [one for one in noted if one.url == "https://192.0.2.8/report" and "own.png" in one.body]


def test_what_the_browser_asks_for_itself_is_not_the_pages(noted: list[Contact]) -> None:
    ours = ("127.0.0.1", "192.0.2.", "pre.test", "linked.test", "names.test")
    assert [one.url for one in noted if one.host and not one.host.startswith(ours)] == []
