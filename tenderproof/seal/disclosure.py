"""Selective disclosure: a bundle without some of its records, under the same signature.

Of a withheld record the bundle keeps the hash alone. The salt goes with the content, so nobody can find out what it was by trying.
"""

import zlib
from collections.abc import Collection, Iterator
from pathlib import Path

from tenderproof.evidence import warc
from tenderproof.seal import leaves
from tenderproof.seal.archive import Reader, Writer
from tenderproof.seal.leaves import Listed, Unit
from tenderproof.seal.sealing import LISTS, list_of
from tenderproof.vocabulary import WrongInput


class DisclosureError(WrongInput):
    """What somebody wants to withhold is not there; the message is a sentence for the user."""


def withhold(bundle: Path, records: Collection[str], out: Path) -> int:
    """Write a bundle like this one without the named records (``check#ordinal``, or ``check`` for all of a check); how many were taken out.

    DisclosureError if a name fits no record. The bundle must have been verified.
    """
    with bundle.open("rb") as file:
        archive = Reader(file)
        hidden = {name: _chosen(archive, name, records) for name in archive.entries if leaves.unit_of(name) is Unit.OBSERVATION}
        _require_all_found(records, {label for chosen in hidden.values() for label in chosen.values()})
        with out.open("xb") as written:
            copy = Writer(written)
            for name in archive.entries:
                with copy.entry(name) as write:
                    for part in _copied(archive, name, hidden):
                        write(part)
            copy.close()
    return sum(len(chosen) for chosen in hidden.values())


def _copied(archive: Reader, name: str, hidden: dict[str, dict[int, str]]) -> Iterator[bytes]:
    listed = name.removeprefix(LISTS).removesuffix(".txt") if name.startswith(LISTS) else ""
    if listed in hidden:
        for number, leaf in enumerate(_listed(archive, listed)):
            yield Listed(leaf.hash).line() if number in hidden[listed] else leaf.line()
    elif name in hidden:
        for number, content in enumerate(_contents(archive, name)):
            if number not in hidden[name]:
                yield content
    else:
        yield from archive.parts(name)


def _chosen(archive: Reader, name: str, records: Collection[str]) -> dict[int, str]:
    """The leaves of an archive of exchanges that are to go: their number from zero, and the name by which they were asked for."""
    found = {}
    for number, content in enumerate(_contents(archive, name)):
        check, ordinal = _whose(content)
        asked = next((label for label in (check, f"{check}#{ordinal}") if label in records), None)
        if asked:
            found[number] = asked
    return found


def _whose(content: bytes) -> tuple[str, str]:
    """The check of a record and its ordinal there; empty where it is withheld already or a killed run left it unfinished."""
    try:
        head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(content)
    except zlib.error:
        return "", ""
    fields = warc.fields(head)
    return fields.get("Tenderproof-Check", ""), fields.get("Tenderproof-Ordinal", "")


def _listed(archive: Reader, name: str) -> Iterator[Listed]:
    yield from leaves.read_list(line + b"\n" for line in archive.content(list_of(name)).split(b"\n")[:-1])


def _contents(archive: Reader, name: str) -> Iterator[bytes]:
    """The content of each leaf, in order; empty for one that is withheld already."""
    parts, rest = archive.parts(name), b""
    for leaf in _listed(archive, name):
        length = 0 if leaf.withheld else leaf.length
        while len(rest) < length:
            rest += next(parts)
        content, rest = rest[:length], rest[length:]
        yield content


def _require_all_found(records: Collection[str], found: Collection[str]) -> None:
    missing = next((label for label in records if label not in found), None)
    if missing is not None:
        raise DisclosureError(f"The bundle has no record {missing}; say CHECK or CHECK#ORDINAL, as the records' Tenderproof-Check says it.")
