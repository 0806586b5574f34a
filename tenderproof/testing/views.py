"""What somebody can see of a section: every reading operation and every page, in a form that two worlds can be compared in."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus
from typing import Any, Protocol

from tenderproof.testing import moments, wordings
from tenderproof.testing.actors.public import Public
from tenderproof.testing.answers import Answer
from tenderproof.testing.wordings import Wording
from tenderproof.vocabulary import PlatformTrouble

_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True)
class Reading:
    """One answer to one reading operation, as it came: status, header fields, octets."""

    name: str
    status: int
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    body: bytes = field(repr=False)


class World(Protocol):
    """What the comparison needs of a tender: the names and codes by which platforms speak of it."""

    @property
    def names(self) -> Mapping[str, str]:
        """Identifiers and codes of this world, each with the word that stands for it (so that worlds differ in no mere name)."""


class Reader(Protocol):
    """What a driver gives: it reads everything that an actor may ask for about a section."""

    def readings(self, actor: Public, world: Any, only: frozenset[str] | None = None) -> Iterable[Reading]:
        """Every reading operation and page, or ``only`` those of these names; refusals are answers too.

        Lists of the whole platform are narrowed to the section.
        """


@dataclass(frozen=True)
class View:
    """One answer, leaf by leaf: ``leaves`` maps a path to what stands there; shape counts as much as content."""

    leaves: Mapping[str, str] = field(repr=False)

    def __getitem__(self, path: str) -> str:
        return self.leaves[path]


@dataclass(frozen=True)
class Difference:
    """Where two worlds can be told apart."""

    operation: str
    path: str
    one: str | None
    other: str | None

    def __str__(self) -> str:
        return f"{self.operation} {self.path}: {self.one!r} / {self.other!r}"


Everything = Mapping[str, View]
Mask = Mapping[tuple[str, str], Wording | None]
"""What tells nothing (operation, path): all of it, or all but the wording that its runs have in common."""
_NOTHING: Mask = {}
Orders = Mapping[tuple[str, str], tuple[str, ...]]
"""What stands in each list (operation, path), in its order: an item by its identifier, or as it is if it has none."""


class Views:
    """Compares what actors see of two sections that are alike but for their secret bids."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def everything(self, actor: Public, world: World, only: frozenset[str] | None = None) -> Everything:
        """What the actor sees of a world, by operation; ``only`` of these operations, if they are named."""
        return {reading.name: _view(reading, world.names) for reading in self._reader.readings(actor, world, only)}

    @staticmethod
    def answered(answers: Mapping[str, Answer[Any]], world: World, at: datetime) -> Everything:
        """What acts in a world were answered, by act, in the form of :meth:`everything`. ``at`` is our own time of the last of them."""
        date = format_datetime(at.astimezone(UTC), usegmt=True)
        told = {act: json.dumps(answer.raw, ensure_ascii=False) for act, answer in answers.items()}
        shown = {act: moments.mask(_renamed(text, world.names), date) for act, text in told.items()}
        return {act: View({"status": str(answers[act].status), **dict(_leaves("$", json.loads(text)))}) for act, text in shown.items()}

    def told_apart(self, one: tuple[Public, World], other: tuple[Public, World], again: tuple[Public, World]) -> list[Difference]:
        """Where two worlds can be told apart, but for what varies between ``one`` and another run of it, ``again``.

        That run is read where the two differ, and only there: elsewhere there is nothing to mask.
        """
        first, second = self.everything(*one), self.everything(*other)
        where = frozenset(found.operation for found in self.differences(first, second))
        if not where:
            return []
        return self.differences(first, second, self.varying(first, self.everything(*again, where)))

    def changes(self, before: Everything, after: Everything, actor: Public, world: World) -> list[Difference]:
        """What somebody sees otherwise than before, but for what varies from one reading to the next (read where it differs)."""
        where = frozenset(found.operation for found in self.differences(before, after))
        if not where:
            return []
        return self.differences(before, after, self.varying(after, self.everything(actor, world, where)))

    def orders(self, actor: Public, world: World, only: frozenset[str] | None = None) -> Orders:
        """In what order each list in JSON comes that the actor may read of a world; ``only`` from these operations, if they are named."""
        return {
            (reading.name, path): order
            for reading in self._reader.readings(actor, world, only)
            if reading.status < HTTPStatus.BAD_REQUEST
            for path, order in _lists("$", _json(reading))
        }

    @staticmethod
    def reordered(one: Orders, other: Orders) -> frozenset[tuple[str, str]]:
        """The lists in which what stands in both stands in another order; what came new or went tells nothing here."""
        return frozenset(place for place in one.keys() & other.keys() if _kept(one[place], other[place]) != _kept(other[place], one[place]))

    @staticmethod
    def varying(one: Everything, *again: Everything) -> Mask:
        """What varies between runs of one world, and therefore tells nothing: the mask.

        Where a text says the same in each of them but for a token, a number, a moment, what it says otherwise is not masked.
        """
        mask: dict[tuple[str, str], Wording | None] = {}
        for other in again:
            for found in _differences(one, other):
                place = found.operation, found.path
                common = None if found.one is None or found.other is None else wordings.common(found.one, found.other)
                known = mask.get(place, common)
                mask[place] = None if common is None or known is None else known.within(common)
        return mask

    @staticmethod
    def differences(one: Everything, other: Everything, masked: Mask = _NOTHING) -> list[Difference]:
        """Where two worlds can be told apart, the mask left out. Empty means: they look the same."""
        return [found for found in _differences(one, other) if not _hidden(found, masked)]


def _hidden(found: Difference, masked: Mask) -> bool:
    place = found.operation, found.path
    if place not in masked:
        return False
    common = masked[place]
    return common is None or (found.other is not None and common.is_said_by(found.other))


def _differences(one: Everything, other: Everything) -> list[Difference]:
    found = []
    for operation in sorted({*one, *other}):
        left = one[operation].leaves if operation in one else {}
        right = other[operation].leaves if operation in other else {}
        found += [
            Difference(operation, path, left.get(path), right.get(path))
            for path in sorted({*left, *right})
            if left.get(path) != right.get(path)
        ]
    return found


def _view(reading: Reading, names: Mapping[str, str]) -> View:
    if reading.status >= HTTPStatus.INTERNAL_SERVER_ERROR:  # what is broken alike in both worlds shows nothing of either
        raise PlatformTrouble(f"The platform answered {reading.status} to {reading.name}: what somebody sees there cannot be compared.")
    leaves = {"status": str(reading.status)}
    for name, value in reading.headers:
        if name.lower() not in {"date", "content-length"}:
            leaves[f"header {name.lower()}"] = _renamed(value, names)
    media_type = next((value for name, value in reading.headers if name.lower() == "content-type"), "")
    date = next((value for name, value in reading.headers if name.lower() == "date"), None)
    text = moments.mask(_renamed(reading.body.decode("utf-8", "replace"), names), date)
    if "json" in media_type:
        try:
            leaves.update(_leaves("$", json.loads(text)))
        except (ValueError, RecursionError):
            leaves["body"] = text
    else:
        leaves["size"] = str(len(text))
        leaves.update({f"word {number}": word for number, word in enumerate(_WORD.findall(text))})
    return View(leaves)


def _json(reading: Reading) -> Any:
    try:
        return json.loads(reading.body)
    except (ValueError, RecursionError):
        return None


def _lists(path: str, value: Any) -> Iterable[tuple[str, tuple[str, ...]]]:
    match value:
        case dict():
            for name, part in value.items():
                yield from _lists(f"{path}.{name}", part)
        case list():
            yield path, tuple(_called(part) for part in value)
            for part in value:
                yield from _lists(f"{path}[{_called(part)}]", part)


def _called(item: Any) -> str:
    """What an item is known by, whatever else changes in it."""
    known = item.get("id") if isinstance(item, dict) else None
    return json.dumps(item if known is None else known, sort_keys=True, ensure_ascii=False)


def _kept(items: tuple[str, ...], others: tuple[str, ...]) -> list[str]:
    known = set(others)
    return [item for item in items if item in known]


def _renamed(text: str, names: Mapping[str, str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, names[name])
    return text


def _leaves(path: str, value: Any) -> Iterable[tuple[str, str]]:
    """Each leaf by its path. What stands in a list counts as often as it stands there; its order does not (a list may come in any)."""
    found: dict[str, list[str]] = {}
    for at, leaf in _within(path, value):
        found.setdefault(at, []).append(leaf)
    return [(at, "\n".join(sorted(leaves))) for at, leaves in found.items()]


def _within(path: str, value: Any) -> Iterable[tuple[str, str]]:
    match value:
        case dict():
            yield f"{path} keys", ",".join(sorted(value))
            for name, part in value.items():
                yield from _within(f"{path}.{name}", part)
        case list():
            yield f"{path} length", str(len(value))
            for part in value:
                yield from _within(f"{path}[*]", part)
        case _:
            yield path, json.dumps(value, ensure_ascii=False)
