"""Places (所在地): where hosts are said to be, by the pinned address tables."""

import ipaddress
import json
import socket
from datetime import timedelta

from tenderproof.domicile.judgement import Registered, registered
from tenderproof.evidence.chance import Chance
from tenderproof.spec.addresses import Registries
from tenderproof.vocabulary import WrongInput

_APART = frozenset({"HK", "MO", "TW"})


class Places:
    """Looks hosts up. ``within`` are the places that count as the territory (ISO 3166-1); a table older than ``oldest`` says nothing."""

    def __init__(self, registries: Registries, within: frozenset[str], oldest: timedelta, chance: Chance) -> None:
        self._registries, self._within, self._oldest, self._chance = registries, within, oldest, chance

    def outside(self, host: str) -> bool:
        """Whether the tables agree that an address of the host is outside; a name that does not resolve is not said to be anywhere."""
        return self.registered(host) is Registered.OUTSIDE

    def registered(self, host: str) -> Registered:
        """What the tables say of a host: *outside* if they place any of its addresses there; *parted* of a name that does not resolve."""
        today = self._chance.now().date()
        said = {registered(self._registries.places(address), self._within, today, self._oldest) for address in self.addresses(host)}
        if Registered.OUTSIDE in said:
            return Registered.OUTSIDE
        return said.pop() if len(said) == 1 else Registered.PARTED

    def current(self) -> bool:
        """Whether no table is older than the plan allows: one that is convicts nobody, so nobody is acquitted by its silence."""
        today = self._chance.now().date()
        return all(today - table.source.data_date <= self._oldest for table in self._registries.tables if table.source.says == "place")

    def said(self, address: str) -> dict[str, str]:
        """What each table says of an address, "" where it knows nothing; nothing of one that is not of the public network."""
        return {one.source: one.place or "" for one in self._registries.places(address)} if address else {}

    def holder(self, address: str) -> str:
        """Who announces an address, "" where no table knows."""
        found = self._registries.holder(address) if address else None
        return f"AS{found.number} {found.name}".strip() if found else ""

    def tables(self) -> dict[str, str]:
        """The tables of places, each with the day of its data."""
        return {table.source.name: table.source.data_date.isoformat() for table in self._registries.tables if table.source.says == "place"}

    @property
    def within(self) -> list[str]:
        """What counts as within the territory."""
        return sorted(self._within)

    @property
    def oldest(self) -> timedelta:
        """How old a table may be."""
        return self._oldest

    def addresses(self, host: str) -> tuple[str, ...]:
        """The addresses of a name, as this machine resolves it; none if it does not. What came is recorded."""
        try:
            return (str(ipaddress.ip_address(host.strip("[]"))),)
        except ValueError:
            found: list[str] = json.loads(self._chance.made("addresses", lambda: json.dumps(_resolved(host)).encode()))
            return tuple(found)


def counted(apart: str) -> tuple[str, ...]:
    """The areas that count besides the mainland, as the plan's figure names them; WrongInput if it names anything else.

    With any other place among them nobody there could be convicted.
    """
    named = tuple(apart.split())
    if strange := sorted(set(named) - _APART):
        raise WrongInput(f"territory_apart names {', '.join(strange)}; besides the mainland only {', '.join(sorted(_APART))} can count.")
    return named


def _resolved(host: str) -> list[str]:
    try:
        return sorted({str(one[4][0]) for one in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)})
    except (OSError, UnicodeError):
        return []
