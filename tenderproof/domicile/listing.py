"""The signed list of servers (服务器清单): which there are, at which sites, in which racks, by which contracts, and whose they are."""

import ipaddress
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tenderproof.domicile.earth import Point
from tenderproof.domicile.hosts import Sighting, lies_in
from tenderproof.domicile.judgement import Listed, Role
from tenderproof.domicile.names import ascii_name, is_address
from tenderproof.spec.addresses import public
from tenderproof.vocabulary import Undecided, WrongInput

ANY = "*"
"""In place of an address: whatever the host's name leads to (a content network, whose addresses change)."""
OWN = "-"
"""In place of a provider: the operator's own. As the only line of services: there is none."""
_SERVER, _SITE, _SERVICE = 6, 3, 3
_SOMEBODYS = re.compile(r"(?!(?:ac|co|com|edu|gov|net|org)\.[a-z]+$)[a-z0-9_-]*[a-z0-9](?:\.[a-z0-9_-]*[a-z0-9])+")


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
    """The whole list; ``services`` are others' hosts that pages contact, None where the list says nothing of them."""

    servers: tuple[Server, ...]
    sites: tuple[Site, ...]
    services: tuple[str, ...] | None = None

    @classmethod
    def read(cls, facts: Mapping[str, Any]) -> "ServerList":
        """From the facts of a paper: ``servers``, ``sites``, perhaps ``services``, a line of text each; WrongInput says which is none."""
        sites = tuple(_site(line) for line in facts["sites"])
        known = {site.name for site in sites}
        servers = tuple(_server(line) for line in facts["servers"])
        stray = next((server for server in servers if server.site not in known), None)
        if stray or not servers:
            raise WrongInput(f"no site is called {stray.site}" if stray else "it lists no server")
        return cls(servers, sites, _services(facts["services"]) if "services" in facts else None)

    def names(self, host: str, address: str) -> bool:
        """Whether the list has this address, or this host with whatever it leads to."""
        return bool(self._lines(host, address))

    def leaves_out(self, one: Sighting) -> bool:
        """Whether it is false if a page contacts this: an own server stands on no line of it, or another's host among no services."""
        if one.role is Role.SERVER:
            return one.is_server and not self.names(one.host, one.address)
        return self.says_of_another(one.host, one.address) is Listed.MISSING

    def require_declared(self, contacted: Iterable[Sighting]) -> None:
        """Undecided where pages contact others' hosts and it says nothing of services."""
        others = sorted({one.host for one in contacted if one.role is Role.THIRD_PARTY})
        if undeclared := [host for host in others if self.says_of_another(host, "") is Listed.NO_LIST]:
            raise Undecided(f"pages contact hosts of which nobody has declared whose they are: {', '.join(undeclared)}")

    def says_of_another(self, host: str, address: str) -> Listed:
        """What it says of another's host that pages contact: a service that is listed stands for the names below it as well."""
        if self.names(host, address) or lies_in(host, self.services or ()):
            return Listed.LISTED
        return Listed.NO_LIST if self.services is None else Listed.MISSING

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


def _services(lines: Sequence[str]) -> tuple[str, ...]:
    if [line.strip() for line in lines] == [OWN]:
        return ()
    return tuple(_host(_parts(line, _SERVICE, "service (host; whose; what for)")[0]) for line in lines)


def _host(text: str) -> str:
    """Somebody's host; WrongInput for what is none, and for a name under which anybody may have one (``com``, ``com.cn``)."""
    if is_address(text):
        return str(ipaddress.ip_address(text.strip("[]")))
    name = ascii_name(text)
    if not _SOMEBODYS.fullmatch(name):
        raise WrongInput(f"{text!r} is no name of somebody's host")
    return name


def _bare(address: str) -> str:
    """An address in one form: an IPv4 address within an IPv6 one is the same server."""
    return public(address) or str(ipaddress.ip_address(address))
