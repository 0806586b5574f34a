"""What resolvers say of names: their addresses and the aliases that lead there, who answers for their zone (NS), who takes its mail (MX).

Every resolver is asked by itself, since a platform may tell each of them something else. One that is silent is told, and the rest goes on.
"""

import ipaddress
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import dns.exception
import dns.message
import dns.name
import dns.rdatatype
import dns.resolver

from tenderproof.vocabulary import WrongInput

MOST_NAMES = 64
_MOST_VALUES = 16  # of one kind: what a zone says beyond them is not followed
_PATIENCE_S = 3.0
_FEWEST_LABELS = 3  # of a zone that can be somebody's own, the root's empty one included
_PORT = 53


@dataclass(frozen=True)
class Resolver:
    """Whom to ask; `SYSTEM` is whom this machine asks."""

    address: str
    port: int = _PORT

    @classmethod
    def read(cls, text: str) -> "Resolver":
        """From ``192.0.2.1``, ``192.0.2.1:5353`` or ``[2001:db8::1]:53``; WrongInput if it is none."""
        host, colon, port = (text, "", "") if text.count(":") > 1 and not text.startswith("[") else text.rpartition(":")
        try:
            address = str(ipaddress.ip_address((host if colon else text).strip("[]")))
            number = int(port) if colon else _PORT
        except ValueError as error:
            raise WrongInput(f"{text!r} is no resolver: say an address, and a port if need be, for example 192.0.2.1:53.") from error
        if not 0 < number < 1 << 16:
            raise WrongInput(f"{text!r} is no resolver: a port is from 1 to 65535.")
        return cls(address, number)

    def __str__(self) -> str:
        return f"[{self.address}]:{self.port}" if ":" in self.address else f"{self.address}:{self.port}"


@dataclass(frozen=True)
class Record:
    """One thing that a resolver says: of a name, of a kind (A, AAAA, CNAME, NS, MX); names as they travel, without the last dot."""

    resolver: str
    name: str
    kind: str
    value: str


@dataclass(frozen=True)
class Silence:
    """A resolver did not say what it was asked, and why."""

    resolver: str
    name: str
    why: str


@dataclass(frozen=True)
class Told:
    """All that resolvers said, and what they did not say."""

    records: tuple[Record, ...]
    silences: tuple[Silence, ...]


def ascii_name(name: str) -> str:
    """A name as it travels (招标.example as xn--otu08i.example); WrongInput if it is none."""
    try:
        return _plain(dns.name.from_text(name.strip().lower(), idna_codec=dns.name.IDNA_2008_UTS_46))
    except (dns.exception.DNSException, UnicodeError) as error:
        raise WrongInput(f"{name!r} is no name of a host ({error}).") from error


def is_address(host: str) -> bool:
    """Whether a host is given by its address."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def asked(resolvers: Sequence[Resolver], names: Sequence[str]) -> Told:
    """Ask every resolver (this machine's own, if none is named) for every name, and for the zones that these lie in."""
    found = [_asked(resolver, names) for resolver in resolvers or (None,)]
    return Told(tuple(record for one in found for record in one.records), tuple(silence for one in found for silence in one.silences))


def _asked(resolver: Resolver | None, names: Sequence[str]) -> Told:
    one = _Asking(resolver)
    for name in names[:MOST_NAMES]:
        one.follow(name)
    for zone in one.zones():
        for kind in ("NS", "MX"):
            for value in one.values(zone, kind):
                one.follow(value)
    silences = [Silence(one.called, name, "too_many") for name in names[MOST_NAMES:]]
    return Told(tuple(dict.fromkeys(one.records)), (*one.silences, *silences))


class _Asking:
    """One resolver, and what it has said so far; one that once let the time run out is not asked again."""

    def __init__(self, resolver: Resolver | None) -> None:
        self.called = str(resolver) if resolver else "system"
        self.records: list[Record] = []
        self.silences: list[Silence] = []
        self._dead = ""
        self._followed: dict[str, bool] = {}
        try:
            self._resolver = dns.resolver.Resolver(configure=resolver is None)
        except dns.exception.DNSException as error:
            self._resolver, self._dead = dns.resolver.Resolver(configure=False), str(error)
        if resolver:
            self._resolver.nameservers, self._resolver.port = [resolver.address], resolver.port
        self._resolver.lifetime = self._resolver.timeout = _PATIENCE_S

    def follow(self, name: str) -> None:
        """Ask for the addresses of a name."""
        if name not in self._followed:
            known = [list(self.values(name, kind)) for kind in ("A", "AAAA")]
            self._followed[name] = any(known)

    def zones(self) -> list[str]:
        """The zones of the names that have addresses."""
        found = {}
        for name in [name for name, known in self._followed.items() if known]:
            zone = self._zone(name)
            if zone is not None and len(zone.labels) >= _FEWEST_LABELS:
                found[_plain(zone)] = True
        return list(found)

    def values(self, name: str, kind: str) -> Iterator[str]:
        """What is said of a name; aliases on the way are noted."""
        answer = self._answer(name, kind)
        if answer is None:
            return
        for alias in answer.chaining_result.cnames:
            self.records.append(Record(self.called, _plain(alias.name), "CNAME", _plain(alias[0].target)))
        for value in list(answer.rrset or ())[:_MOST_VALUES]:
            text = _text(kind, value)
            if text:
                self.records.append(Record(self.called, _plain(answer.canonical_name), kind, text))
                yield text

    def _answer(self, name: str, kind: str) -> dns.resolver.Answer | None:
        try:
            if not self._dead:
                return self._resolver.resolve(name, kind, raise_on_no_answer=False, search=False)
        except dns.resolver.NXDOMAIN:
            self.silences.append(Silence(self.called, name, "no_such_name"))
            return None
        except dns.exception.Timeout:
            self._dead = "silent"
        except (dns.exception.DNSException, OSError) as error:
            self.silences.append(Silence(self.called, name, (str(error) or type(error).__name__).splitlines()[0][:200]))
            return None
        self.silences.append(Silence(self.called, name, self._dead))
        return None

    def _zone(self, name: str) -> dns.name.Name | None:
        try:
            return None if self._dead else dns.resolver.zone_for_name(name, resolver=self._resolver)
        except (dns.exception.DNSException, OSError) as error:
            self.silences.append(Silence(self.called, name, str(error).splitlines()[0][:200] if str(error) else type(error).__name__))
            return None


def _text(kind: str, value: object) -> str:
    """A value as text; "" for a zone that says that it takes no mail (RFC 7505)."""
    match kind:
        case "NS":
            return _plain(value.target)  # type: ignore[attr-defined]  # by its kind
        case "MX":
            return _plain(value.exchange)  # type: ignore[attr-defined]  # by its kind
        case _:
            return str(value.address)  # type: ignore[attr-defined]  # by its kind


def _plain(name: dns.name.Name) -> str:
    return name.to_text(omit_final_dot=True).lower().rstrip(".")
