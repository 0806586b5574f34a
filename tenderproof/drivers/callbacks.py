"""Listens on the loopback for whatever a candidate on this machine opens that it was not asked to open."""

import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from threading import Thread
from typing import Any, Self
from urllib.parse import urlsplit

from tenderproof.evidence.chance import Chance
from tenderproof.evidence.wire import Request, Wire
from tenderproof.testing.callbacks import Callbacks, Ear
from tenderproof.vocabulary import Blame, Missing, NetworkTrouble

_OCTETS = 16
_ON_THEIR_WAY_S = 0.8
_PATIENCE_S = 2
_MOST = 1000  # of what is remembered: whoever comes more often says nothing more by it
_OURSELVES = "ourselves"


class LoopbackCallbacks(Callbacks):
    """For a candidate on the loopback; one elsewhere would have to be let in from outside, which nobody has asked for."""

    def __init__(self, base_url: str, wire: Wire, chance: Chance) -> None:
        self._host, self._wire, self._chance = urlsplit(base_url).hostname or "", wire, chance

    @contextmanager
    def listening(self) -> Iterator[Ear]:
        """See :meth:`Callbacks.listening`."""
        if not _is_loopback(self._host):
            told = f"the candidate at {self._host} cannot reach a listener of ours on this machine, so nothing is heard of what it opens"
            raise Missing(told, Blame.DECLARATION)
        with Listener() as listener:
            ear = OpenEar(listener, self._host, self._wire, self._chance)
            ear.require_hearing()
            yield ear


class OpenEar(Ear):
    """Addresses by purpose, and which of them somebody opened; both are recorded as inputs."""

    def __init__(self, listener: "Listener", host: str, wire: Wire, chance: Chance) -> None:
        self._listener, self._host, self._wire, self._chance = listener, host, wire, chance
        self._purposes: dict[str, str] = {}

    def address(self, of: str) -> str:
        """See :meth:`Ear.address`."""
        made = self._chance.made("callback", self._fresh)
        self._purposes[urlsplit(made.decode()).path] = of
        return made.decode()

    def _fresh(self) -> bytes:
        return f"http://{self._host}:{self._listener.port}/{secrets.token_hex(_OCTETS)}".encode()

    def heard(self) -> Sequence[str]:
        """See :meth:`Ear.heard`."""
        self._wire.pause(_ON_THEIR_WAY_S)
        return sorted(self._came() - {_OURSELVES})

    def require_hearing(self) -> None:
        """Open an address ourselves: an ear that does not hear that hears nobody."""
        self._wire.admit(self._host, self._listener.port)
        self._wire.send(Request("GET", self.address(_OURSELVES)))
        if _OURSELVES not in self._came():
            raise NetworkTrouble("A listener of ours on this machine does not hear ourselves; something stands between.")

    def _came(self) -> set[str]:
        came = json.loads(self._chance.made("callbacks", self._listener.told))
        return {self._purposes[path] for path in came if path in self._purposes}


class Listener:
    """A server that answers with nothing, and remembers which paths were opened."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        opened = self.opened

        class Handler(BaseHTTPRequestHandler):
            timeout = _PATIENCE_S

            def do_GET(self) -> None:
                if len(opened) < _MOST:
                    opened.append(urlsplit(self.path).path)
                self.send_response(204)
                self.send_header("content-length", "0")
                self.end_headers()

            do_POST = do_PUT = do_HEAD = do_OPTIONS = do_GET  # noqa: N815 - the names that the server looks for

            def log_message(self, *_: Any) -> None:
                """Nothing is printed."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]

    def told(self) -> bytes:
        """The paths that were opened by now."""
        return json.dumps(self.opened).encode()

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
