"""Where an address is said to be, and who holds it: the pinned tables of ``specs/registries``.

A table says what one source knew on one day. It never says where a server stands: registrations lag behind, one address may
answer from many places, and sources err. So at least two tables of different method are asked, each keeps its name and day, and
what follows from them is judged elsewhere (`tenderproof.domicile.judgement`).
"""

import hashlib
import ipaddress
import lzma
import socket
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from sys import intern

import yaml

from tenderproof.spec.clauses import SpecificationError
from tenderproof.spec.location import line_of

_FOLDER = "registries"
_SOURCES = "sources.yaml"
_UNKNOWN = "-"
_LARGEST = 64 * 1024 * 1024  # octets of one table; ours have thirteen million
_BLOCK = 16  # bits of an IPv4 address within its block
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True)
class Source:
    """What a table is made from: its name, method (zh, en), package and version, day of its data, licence, and whom to name."""

    name: str
    says: str
    method: Mapping[str, str]
    package: str
    version: str
    data_date: date
    licence: str
    attribution: str
    sha256: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """One source's table. `code` answers a million times a second; a part is read when it is first asked."""

    source: Source
    folder: Path

    def code(self, address: str) -> str | None:
        """What the table says of a textual address, None if it knows nothing; ValueError if that is no address."""
        try:
            if ":" in address:
                starts, codes = self._six
                number = int.from_bytes(socket.inet_pton(socket.AF_INET6, address))
            else:
                starts, codes, beginnings = self._blocks
                number = int.from_bytes(socket.inet_pton(socket.AF_INET, address))
                block = number >> _BLOCK
                return codes[bisect_right(starts, number, beginnings[block], beginnings[block + 1])]
        except OSError as error:
            raise ValueError(f"{address!r} is no address") from error
        return codes[bisect_right(starts, number)]

    @cached_property
    def _four(self) -> "_Ranges":
        return _ranges(self._text("4"))

    @cached_property
    def _blocks(self) -> tuple[list[int], list[str | None], list[int]]:
        """With where each block of 65536 IPv4 addresses begins among the starts: a look-up searches in its block alone."""
        starts, codes = self._four
        return starts, codes, [bisect_left(starts, block << _BLOCK) for block in range((1 << _BLOCK) + 1)]

    @cached_property
    def _six(self) -> "_Ranges":
        return _ranges(self._text("6"))

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The name of each code, where the source gives names; empty otherwise."""
        return dict(line.split(" ", 1) for line in self._text("names").splitlines()) if "names" in self.source.sha256 else {}

    def _text(self, part: str) -> str:
        file = self.folder / (f"{self.source.name}.names.xz" if part == "names" else f"{self.source.name}.v{part}.xz")
        try:
            content = file.read_bytes()
        except OSError as error:
            raise SpecificationError(f"{file}: it cannot be read ({error.strerror}); `make registries` writes it anew.") from error
        if hashlib.sha256(content).hexdigest() != self.source.sha256[part]:
            raise SpecificationError(
                f"{file}: it is not the table that {_SOURCES} names by its digest; `make registries` writes both anew."
            )
        return lzma.LZMADecompressor().decompress(content, _LARGEST).decode()


_Ranges = tuple[list[int], list[str | None]]


def _ranges(text: str) -> _Ranges:
    words = text.split()
    return [int(word, 16) for word in words[::2]], [None, *(None if word == _UNKNOWN else intern(word) for word in words[1::2])]


@dataclass(frozen=True)
class Said:
    """What one table says of one address: a place as ISO 3166-1 (CN, HK, MO and TW apart), None if it knows none, and of which day."""

    source: str
    place: str | None
    data_date: date


@dataclass(frozen=True)
class Holder:
    """Who announces an address: the number of the autonomous system, and its name ("" if it has none)."""

    number: str
    name: str


class Registries:
    """All tables of an edition."""

    def __init__(self, tables: Iterable[Table]) -> None:
        """The tables, those of places and those of holders."""
        self.tables = tuple(tables)
        self._places = tuple(table for table in self.tables if table.source.says == "place")
        self._holders = tuple(table for table in self.tables if table.source.says == "holder")

    def places(self, address: str) -> tuple[Said, ...]:
        """What every table of places says of it; nothing of an address that is not of the public network."""
        bare = public(address)
        if bare is None:
            return ()
        return tuple(Said(table.source.name, table.code(bare), table.source.data_date) for table in self._places)

    def holder(self, address: str) -> Holder | None:
        """Who announces it, if a table knows."""
        bare = public(address)
        for table in self._holders if bare else ():
            number = table.code(bare or "")
            if number:
                return Holder(number, table.names.get(number, ""))
        return None


def public(address: str) -> str | None:
    """The address as tables know it (an IPv4 address within an IPv6 one is taken out); None if it is not of the public network.

    ValueError if it is no address.
    """
    read: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(address)
    if isinstance(read, ipaddress.IPv6Address):
        if read.scope_id:
            return None
        inner = ipaddress.IPv4Address(int(read) & 0xFFFFFFFF) if read in _NAT64 else read.ipv4_mapped or read.sixtofour
        read = inner or read
    return str(read) if read.is_global and not read.is_multicast else None


@cache
def load_registries(specs: Path) -> Registries:
    """The tables under ``specs``; SpecificationError names file, line and key of what is not as it must be."""
    path = specs / _FOLDER / _SOURCES
    try:
        raw = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        tables = raw["tables"].items()
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise SpecificationError(f"{path}:1: it must be YAML that lists tables ({error}).") from error
    return Registries(Table(_source(path, name, entry), path.parent) for name, entry in tables)


def _source(path: Path, name: str, entry: object) -> Source:
    try:
        assert isinstance(entry, dict)  # noqa: S101 - what is no mapping is told below
        texts = {key: str(entry[key]) for key in ("says", "package", "version", "licence", "attribution")}
        day, digests, method = entry["data_date"], entry["sha256"], entry["method"]
        assert isinstance(day, date) and texts["says"] in {"place", "holder"} and {4, 6} <= digests.keys() and method.keys() == {"zh", "en"}  # noqa: S101, PT018
    except (AssertionError, KeyError, AttributeError) as error:
        line = line_of(path, ["tables", name])
        raise SpecificationError(
            f"{path}:{line}: tables.{name} must give says (place or holder), method (zh, en), package, version, data_date, licence, "
            f"attribution, and sha256 of 4 and 6."
        ) from error
    return Source(name=name, method=method, data_date=day, sha256={str(part): str(value) for part, value in digests.items()}, **texts)
