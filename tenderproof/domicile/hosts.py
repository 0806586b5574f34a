"""The hosts that a platform uses, as seen from outside: each with its addresses, what it is to the platform, and how it came to be seen."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tenderproof.domicile.judgement import Role
from tenderproof.domicile.names import Record, Told, is_address

_LONGEST_CHAIN = 16


class How(StrEnum):
    """How a host came to be seen."""

    DECLARED = "declared"
    ALIAS = "alias"
    """A declared name is another name for it (CNAME)."""
    NAMES = "names"
    """It answers for a zone of the platform's (NS)."""
    MAIL = "mail"
    """It takes the mail of a zone of the platform's (MX)."""
    REDIRECT = "redirect"
    """An answer of the platform leads there."""
    CERTIFICATE = "certificate"
    """The platform's certificate holds for it."""
    PAGE = "page"
    """A page of the platform's makes a browser contact it."""
    LINK = "link"
    """An answer or a page of the platform names it, and it lies in a zone of the platform's."""


@dataclass(frozen=True)
class Sighting:
    """A host with one of its addresses ("" if nobody said one), and where it was seen: a resolver, or the reading that led there."""

    host: str
    address: str
    role: Role
    how: How
    where: str

    @property
    def is_server(self) -> bool:
        """Whether it is one of the platform's own servers, at an address."""
        return self.role is Role.SERVER and bool(self.address)

    def __str__(self) -> str:
        return f"{self.host} {self.address} ({self.role.value}, {self.how.value}: {self.where})"


@dataclass(frozen=True)
class Named:
    """A host that was named, before anybody was asked for its addresses."""

    host: str
    how: How
    where: str


def sightings(named: Iterable[Named], told: Told) -> tuple[Sighting, ...]:
    """Each host that was named with its addresses by every resolver; its aliases; and who answers and takes mail for the zones.

    What a redirect leads to or a page contacts is the platform's own where it is declared or lies in one of its zones, and else another's.
    """
    found: dict[Sighting, None] = {}
    listed = list(named)
    declared = {one.host for one in listed if one.how is How.DECLARED}
    for one in listed:
        own = one.how not in {How.REDIRECT, How.PAGE} or one.host in declared or lies_in(one.host, zones(told))
        role = Role.SERVER if own else Role.THIRD_PARTY
        for sighting in [_itself(one, role)] if is_address(one.host) else _led(one, role, told):
            found.setdefault(sighting)
    for record in told.records:
        for kind, role, how in (("NS", Role.NAMES, How.NAMES), ("MX", Role.MAIL, How.MAIL)):
            if record.kind == kind:
                for address in _addresses(record.resolver, record.value, told.records) or [""]:
                    found.setdefault(Sighting(record.value, address, role, how, f"{record.name} @ {record.resolver}"))
    return tuple(found)


def _itself(one: Named, role: Role) -> Sighting:
    return Sighting(one.host, one.host.strip("[]"), role, one.how, one.where)


def _led(one: Named, role: Role, told: Told) -> Iterator[Sighting]:
    """A name is seen with the addresses that it leads to, each alias on the way as well; a name without any is seen all the same."""
    resolvers = dict.fromkeys(record.resolver for record in told.records)
    seen = False
    for resolver in resolvers:
        chain = _chain(resolver, one.host, told.records)
        for address in _addresses(resolver, one.host, told.records):
            for name in chain:
                seen = True
                how = one.how if name == one.host else How.ALIAS
                where = one.where if how is not How.ALIAS else f"{one.host} @ {resolver}"
                yield Sighting(name, address, role, how, where or resolver)
    if not seen:
        yield Sighting(one.host, "", role, one.how, one.where)


def _chain(resolver: str, name: str, records: Sequence[Record]) -> list[str]:
    chain = [name]
    aliases = {record.name: record.value for record in records if (record.resolver, record.kind) == (resolver, "CNAME")}
    while chain[-1] in aliases and aliases[chain[-1]] not in chain and len(chain) < _LONGEST_CHAIN:
        chain.append(aliases[chain[-1]])
    return chain


def _addresses(resolver: str, name: str, records: Sequence[Record]) -> list[str]:
    last = _chain(resolver, name, records)[-1]
    found = (record.value for record in records if (record.resolver, record.name) == (resolver, last) and record.kind in {"A", "AAAA"})
    return list(dict.fromkeys(found))


def zones(told: Told) -> frozenset[str]:
    """The zones for which somebody answers."""
    return frozenset(record.name for record in told.records if record.kind == "NS")


def lies_in(host: str, among: Iterable[str]) -> bool:
    """Whether a name is one of these or lies below one."""
    return any(host == zone or host.endswith(f".{zone}") for zone in among)
