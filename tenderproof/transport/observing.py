"""Looks at a channel: a hello for each version, one for each kind of weak suite, a word in plain, and whole handshakes."""

import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from tenderproof.transport.asking import Place, hello, in_plain
from tenderproof.transport.hello import SSL_3, TLCP, TLS_1_0, TLS_1_1, TLS_1_2, TLS_1_3, VERSIONS, Reply, Said, client_hello
from tenderproof.transport.observation import Observation
from tenderproof.transport.shaking import Shaken, shake
from tenderproof.transport.suites import CURRENT, FORMER, WEAK
from tenderproof.transport.suites import TLCP as SUITES_OF_TLCP

_ENOUGH = 2  # questions that nobody answers, after which no further one is asked
_MUTE = frozenset({Reply.SILENT, Reply.UNREACHABLE})


def observe(place: Place, authority: Path | None, at: datetime) -> Observation:
    """Some fifteen short connections, one after the other; whoever answers none of the first two is asked no more."""
    hellos: dict[str, Said] = {}
    mute = 0
    for name, version, suites in _questions():
        hellos[name] = hello(place, client_hello(version, suites, place.host, secrets.token_bytes(64)))
        mute += hellos[name].reply in _MUTE
        if mute >= _ENOUGH:
            return Observation(place.host, place.port, at, hellos, "", Shaken(trouble="nobody answered"))
    return Observation(place.host, place.port, at, hellos, in_plain(place), shake(place, authority))


def _questions() -> Iterator[tuple[str, int, tuple[int, ...]]]:
    """What is asked, in this order: names, versions and suites."""
    anything = (*FORMER, *(number for kind in WEAK.values() for number in kind))
    yield VERSIONS[TLS_1_3], TLS_1_3, tuple(CURRENT)
    for version in (TLS_1_2, TLS_1_1, TLS_1_0, SSL_3):
        yield VERSIONS[version], version, anything
    for kind, suites in WEAK.items():
        yield kind, TLS_1_2, tuple(suites)
    yield VERSIONS[TLCP], TLCP, tuple(SUITES_OF_TLCP)
