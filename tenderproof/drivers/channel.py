"""The channel of the declared candidate: looked at once a worker, and recorded."""

from collections.abc import Sequence
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from tenderproof.candidate import Candidate
from tenderproof.drivers.turns import Turns
from tenderproof.evidence.chance import Chance
from tenderproof.evidence.wire import Outcome, Request, Response, Wire
from tenderproof.testing.channel import InPlain, Watched
from tenderproof.transport import second
from tenderproof.transport.asking import Place
from tenderproof.transport.hello import Reply
from tenderproof.transport.observation import Observation
from tenderproof.transport.observing import observe
from tenderproof.transport.second import Second
from tenderproof.vocabulary import Blame, Missing

_HTTPS, _HTTP = 443, 80
_LOCAL = "localhost"


class Asked(NamedTuple):
    """A request of nobody in particular, without its address: method, path, and JSON as octets."""

    method: str
    path: str
    body: bytes = b""


class DeclaredChannel(Watched):
    """Where the declaration says that everybody reaches the platform; ``asked`` is what the plain entrance is tried with."""

    def __init__(self, candidate: Candidate, wire: Wire, chance: Chance, asked: Sequence[Asked], there: Turns) -> None:
        self._candidate, self._wire, self._chance, self._asked, self._there = candidate, wire, chance, asked, there
        self._known: Observation | None = None

    def observed(self) -> Observation:
        """Look, the first time."""
        place = self._place()
        if self._known is None:
            with self._wire.apart("channel"), self._there.beside_others():
                moment = self._chance.now()
                authority = self._candidate.tls_authority
                self._known = Observation.read(self._chance.made("channel", lambda: observe(place, authority, moment).octets()))
        if self._candidate.channel.tlcp and not any(said.reply is Reply.AGREED for said in self._known.hellos.values()):
            raise Missing("the platform is declared to be reached over TLCP (GB/T 38636), which no instrument here can speak", Blame.TOOL)
        return self._known

    def second_look(self) -> Second:
        """Let sslyze look."""
        place = self._place()
        with self._there.beside_others():
            return Second.read(self._chance.made("second instrument", lambda: second.look(place).octets()))

    def asked_in_plain(self) -> Sequence[InPlain]:
        """Each request at both entrances; what posts something only in a sandbox."""
        channel = self._candidate.channel
        self._place()
        if not channel.plain:
            return ()
        posts = self._candidate.sandbox.enabled
        return [self._both(asked, channel.url, channel.plain) for asked in self._asked if posts or not asked.body]

    def _both(self, asked: Asked, secure: str, plain: str) -> InPlain:
        with self._there.beside_others():
            over_tls = _came(self._wire.send(_request(asked, secure)))
            in_plain = _came(self._wire.alone(_request(asked, plain)))
        return InPlain(f"{asked.method} {asked.path}", over_tls or (0, b""), in_plain)

    def _place(self) -> Place:
        """The declared secure address; a plain one that is reached over a network is looked at as what it is."""
        parts = urlsplit(self._candidate.channel.url or self._candidate.base_url)
        if not self._candidate.channel.url and is_here(parts.hostname or ""):
            told = "the declaration names no address over TLS (tls.url), and what is sent to base_url does not leave this machine"
            raise Missing(told, Blame.DECLARATION)
        port = parts.port or (_HTTPS if parts.scheme == "https" else _HTTP)
        return Place(parts.hostname or "", port, self._candidate.limits.connect_s)


def _request(asked: Asked, address: str) -> Request:
    headers = {"content-type": "application/json"} if asked.body else {}
    return Request(asked.method, f"{address}{asked.path}", headers, asked.body)


def _came(outcome: Outcome) -> tuple[int, bytes] | None:
    return (outcome.status, outcome.body) if isinstance(outcome, Response) else None


def is_here(host: str) -> bool:
    """Whether a host is this machine itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == _LOCAL or host.endswith(f".{_LOCAL}")
