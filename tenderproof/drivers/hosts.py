"""Hosts as resolvers, the platform's certificate and its answers name them; nobody but resolvers and the platform is asked."""

import json
import re
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin, urlsplit

from cryptography import x509

from tenderproof.candidate import Candidate
from tenderproof.domicile import names
from tenderproof.domicile.hosts import How, Named, Sighting, lies_in, sightings, zones
from tenderproof.domicile.names import Record, Resolver, Silence, Told
from tenderproof.evidence.chance import Chance
from tenderproof.testing.hosts import Hosts
from tenderproof.testing.tender import Tender
from tenderproof.testing.views import Reading
from tenderproof.vocabulary import WrongInput

Apart = Callable[[str], Any]

_ADDRESS = re.compile(rb"""https?://[^\s"'<>\\)]{1,300}""")
_PATIENCE_S = 5.0
_MOST_LINKS = 2000  # of one answer


@dataclass(frozen=True)
class _Found:
    """Which hosts were named, and what resolvers told of them."""

    named: Sequence[Named]
    told: Told


class SeenHosts(Hosts):
    """What was seen is recorded; the same tender is looked at once a worker. ``readings`` reads all that several people may read of it."""

    def __init__(self, candidate: Candidate, readings: Callable[[Tender], Iterable[Reading]], chance: Chance, apart: Apart) -> None:
        self._candidate, self._readings, self._chance, self._apart = candidate, readings, chance, apart
        self._known: dict[str, tuple[Sighting, ...]] = {}
        self._found: _Found | None = None

    def own(self) -> str:
        """The host of the base URL, as it travels."""
        return _plain(urlsplit(self._candidate.base_url).hostname or "")

    def seen(self, tender: Tender) -> tuple[Sighting, ...]:
        """Every host with every address that was seen."""
        if tender.section.id not in self._known:
            self._without_asking()
            with self._apart("hosts"):
                found = self._looked(list(self._read(tender)))
                self._known[tender.section.id] = sightings(found.named, found.told)
        return self._known[tender.section.id]

    def named(self) -> tuple[Sighting, ...]:
        """Every host with every address that is seen by what is declared, names and certificate."""
        found = self._without_asking()
        return sightings(found.named, found.told)

    def contacted(self, hosts: Iterable[str]) -> tuple[Sighting, ...]:
        """Hosts that pages contact; a stranger's name is asked of no declared resolver."""
        found = self._without_asking()
        wanted = [host for host in dict.fromkeys(map(_plain, hosts)) if host]
        own = self._own(found)
        known = {record.name for record in found.told.records} | {one.host for one in found.named}
        with self._apart("hosts of pages"):
            more = self._told([host for host in wanted if lies_in(host, own) and host not in known])
        told = Told((*found.told.records, *more.records), (*found.told.silences, *more.silences))
        declared = [one for one in found.named if one.how is How.DECLARED]
        paged = [Named(host, How.PAGE, "") for host in wanted if host not in {one.host for one in declared}]
        seen = sightings([*declared, *paged], told)
        return tuple(one for one in seen if one.host in wanted and one.how in {How.PAGE, How.DECLARED})

    def _own(self, found: "_Found") -> set[str]:
        """What is the platform's own: declared names and the zones of these."""
        return {*(one.host for one in found.named if one.how is How.DECLARED and not names.is_address(one.host)), *zones(found.told)}

    def _without_asking(self) -> "_Found":
        if self._found is None:
            with self._apart("hosts by name"):
                self._found = self._looked([])
        return self._found

    def _looked(self, read: Sequence[Named]) -> "_Found":
        """Those that are declared, that the certificate names, and that were read; each name is asked for once."""
        declared = [Named(host, How.DECLARED, "") for host in dict.fromkeys([self.own(), *map(_plain, self._candidate.domicile.hosts)])]
        found = self._found
        told = found.told if found else self._told([one.host for one in declared])
        certified = [] if found else [Named(host, How.CERTIFICATE, self.own()) for host in self._certified()]
        own = {*(one.host for one in declared if not names.is_address(one.host)), *zones(told)}
        further = [one for one in _once([*certified, *read]) if one.how is How.REDIRECT or lies_in(one.host, own)]
        known = {one.host for one in (found.named if found else declared)}
        more = self._told([one.host for one in further if one.host not in known])
        kept = found.named if found else declared
        return _Found([*kept, *further], Told((*told.records, *more.records), (*told.silences, *more.silences)))

    def _told(self, wanted: Sequence[str]) -> Told:
        """What the declared resolvers say of names; addresses are asked of nobody."""
        asked = [name for name in wanted if name and not names.is_address(name)]
        if not asked:
            return Told((), ())
        resolvers = [Resolver.read(text) for text in self._candidate.domicile.resolvers]
        came = json.loads(self._chance.made("names", lambda: _packed(names.asked(resolvers, asked))))
        return Told(tuple(Record(**one) for one in came["records"]), tuple(Silence(**one) for one in came["silences"]))

    def _certified(self) -> list[str]:
        """The names for which the certificate of the base URL holds."""
        url = urlsplit(self._candidate.base_url)
        if url.scheme != "https" or not url.hostname:
            return []
        host, port = url.hostname, url.port or 443
        found: list[str] = json.loads(self._chance.made("certificate names", lambda: json.dumps(certified(host, port)).encode()))
        return found

    def _read(self, tender: Tender) -> Iterator[Named]:
        for reading in self._readings(tender):
            yield from _led(reading, self._candidate.base_url)


def certified(host: str, port: int) -> list[str]:
    """The names for which the certificate holds that is shown there; none where nobody shows one. Whether it is believed is not asked."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with (
            socket.create_connection((host, port), _PATIENCE_S) as connection,
            context.wrap_socket(connection, server_hostname=host) as secured,
        ):
            shown = x509.load_der_x509_certificate(secured.getpeercert(binary_form=True) or b"")
        named = shown.extensions.get_extension_for_class(x509.SubjectAlternativeName).value.get_values_for_type(x509.DNSName)
    except (OSError, ValueError, x509.ExtensionNotFound):
        return []
    return [name for name in (_plain(one.removeprefix("*.")) for one in named) if name]


def _led(reading: Reading, base_url: str) -> Iterator[Named]:
    """Where an answer leads: by its status and location, and by the addresses that stand in it."""
    if reading.status in range(HTTPStatus.MULTIPLE_CHOICES, HTTPStatus.BAD_REQUEST):
        for name, value in reading.headers:
            if name.lower() == "location" and (host := _host(value, base_url)):
                yield Named(host, How.REDIRECT, reading.name)
    for found in _ADDRESS.findall(reading.body)[:_MOST_LINKS]:
        if host := _host(found.decode("utf-8", "replace")):
            yield Named(host, How.LINK, reading.name)


def _host(url: str, base_url: str = "") -> str:
    try:
        return _plain(urlsplit(urljoin(base_url, url)).hostname or "")
    except ValueError:
        return ""


def _plain(host: str) -> str:
    """A host as it travels; "" for what is none."""
    bare = host.strip("[]")
    if not bare or names.is_address(bare):
        return bare
    try:
        return names.ascii_name(bare)
    except WrongInput:
        return ""


def _once(named: Iterable[Named]) -> list[Named]:
    """The first that was seen of each host."""
    first: dict[str, Named] = {}
    for one in named:
        first.setdefault(one.host, one)
    return list(first.values())


def _packed(told: Told) -> bytes:
    records: Mapping[str, Any] = {"records": [vars(one) for one in told.records], "silences": [vars(one) for one in told.silences]}
    return json.dumps(records, ensure_ascii=False).encode()
