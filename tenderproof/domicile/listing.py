"""The signed list of servers (服务器清单): which there are, at which sites, in which racks, by which contracts, and whose they are."""

import ipaddress
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tenderproof.domicile.earth import Point
from tenderproof.domicile.names import ascii_name
from tenderproof.spec.addresses import public
from tenderproof.vocabulary import WrongInput

ANY = "*"
"""In place of an address: whatever the host's name leads to (a content network, whose addresses change)."""
OWN = "-"
"""In place of a provider: the operator's own."""
_SERVER, _SITE = 6, 3


@dataclass(frozen=True)
class Site:
    """Where servers stand."""

    name: str
    place: Point


@dataclass(frozen=True)
class Server:
    """One line of the list; ``provider`` is the cloud provider whose machine it is, `OWN` for the operator's."""

    address: str
    host: str
    site: str
    rack: str
    contract: str
    provider: str


@dataclass(frozen=True)
class ServerList:
    """The whole list."""

    servers: tuple[Server, ...]
    sites: tuple[Site, ...]

    @classmethod
    def read(cls, facts: Mapping[str, Any]) -> "ServerList":
        """From the facts of a paper: ``servers`` and ``sites``, a line of text each; WrongInput says which line is none."""
        sites = tuple(_site(line) for line in facts["sites"])
        known = {site.name for site in sites}
        servers = tuple(_server(line) for line in facts["servers"])
        stray = next((server for server in servers if server.site not in known), None)
        if stray or not servers:
            raise WrongInput(f"no site is called {stray.site}" if stray else "it lists no server")
        return cls(servers, sites)

    def names(self, host: str, address: str) -> bool:
        """Whether the list has this address, or this host with whatever it leads to."""
        return bool(self._lines(host, address))

    def claimed(self, host: str, address: str) -> tuple[Point, ...]:
        """Where it is said to stand."""
        at = self.sites_of(host, address)
        return tuple(site.place for site in self.sites if site.name in at)

    def sites_of(self, host: str, address: str) -> tuple[str, ...]:
        """The names of these sites."""
        return tuple(dict.fromkeys(server.site for server in self._lines(host, address)))

    @property
    def clouds(self) -> Mapping[str, frozenset[str]]:
        """The cloud providers, each with the sites at which its machines are used."""
        found: dict[str, set[str]] = {}
        for server in self.servers:
            if server.provider != OWN:
                found.setdefault(server.provider, set()).add(server.site)
        return {provider: frozenset(sites) for provider, sites in found.items()}

    def _lines(self, host: str, address: str) -> list[Server]:
        bare = _bare(address) if address else ""
        return [server for server in self.servers if (server.host == host if server.address == ANY else server.address == bare)]


def _parts(line: str, count: int, what: str) -> Sequence[str]:
    parts = [part.strip() for part in line.replace("；", ";").split(";")]
    if len(parts) != count or not all(parts):
        raise WrongInput(f"{line!r} is no {what}")
    return parts


def _site(line: str) -> Site:
    name, latitude, longitude = _parts(line, _SITE, "site (name; latitude; longitude)")
    try:
        return Site(name, Point(float(latitude), float(longitude)))
    except ValueError as error:
        raise WrongInput(f"{line!r} is no site (name; latitude; longitude)") from error


def _server(line: str) -> Server:
    address, host, *rest = _parts(line, _SERVER, "server (address; host; site; rack; contract; provider)")
    try:
        return Server(ANY if address == ANY else _bare(address), ascii_name(host), *rest)
    except ValueError as error:
        raise WrongInput(f"{line!r}: {address} is no address") from error


def _bare(address: str) -> str:
    """An address in one form: an IPv4 address within an IPv6 one is the same server."""
    return public(address) or str(ipaddress.ip_address(address))
