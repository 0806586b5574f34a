"""An OpenAPI document that lies in several files, gathered into one: each further file stands in it, and references to it lead there.

Nothing is followed but what is offered with the document: files of the folder in which it lies, or addresses of the same origin (scheme,
host and port). How many files, octets and members, and how deeply they stand in one another, is bounded; files that refer to each other in
a circle are read once. Afterwards no reference leads out of the document, so that whoever reads it fetches nothing by itself.
"""

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from os.path import normpath
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import SplitResult, unquote, urldefrag, urljoin, urlsplit

import yaml

from tenderproof.vocabulary import Blame, DeclarationTrouble, Missing, PlatformTrouble

PARTS = "x-gathered"
"""Where the further files stand, by number, in the order in which they were met."""
MOST_FILES, MOST_OCTETS, MOST_MEMBERS, DEEPEST = 300, 20 * 2**20, 2_000_000, 200

_REFERENCES = frozenset({"$ref", "$dynamicRef", "$recursiveRef", "operationRef"})
_OF_DATA = frozenset({"example", "default", "const", "enum", "value"})  # what stands there refers to nothing
_FETCHED_BY_OTHERS = frozenset({"externalValue"})
_DIALECTS = ("http://json-schema.org/", "https://json-schema.org/", "https://spec.openapis.org/")
_BY_NAME = frozenset({  # what stands under these is named by the document's author, whatever the names are
    "properties", "patternProperties", "dependentSchemas", "$defs", "definitions", "schemas", "responses", "parameters", "examples",
    "requestBodies", "headers", "securitySchemes", "links", "callbacks", "pathItems", "paths", "webhooks", "content", "encoding",
    "variables",
})  # fmt: skip
_ODD = re.compile(r"[\x00-\x20\\\x7f]")  # readers of addresses differ about these
_UNWRITTEN = re.compile(r"[\x00-\x1f\\\x7f]")  # in no name of a file
_PORTS = {"http": 80, "https": 443}


class Shelf(Protocol):
    """Where a document lies, and what is offered with it."""

    root: str

    def named(self, base: str, reference: str) -> str:
        """The name of the file that a reference (without its fragment) in a file means; Missing if it is not offered with the document."""

    def read(self, name: str) -> bytes | None:
        """What it contains; None if it is not there."""


class Site:
    """Addresses of the origin at which the document lies; ``fetch`` gives what lies at one, None if nothing does."""

    def __init__(self, address: str, fetch: Callable[[str], bytes | None]) -> None:
        self.root, self.read = urldefrag(address).url, fetch
        self._origin = _origin(urlsplit(self.root))

    def named(self, base: str, reference: str) -> str:
        """See :meth:`Shelf.named`."""
        try:
            whole = urlsplit(urldefrag(urljoin(base, reference)).url)
            near = _origin(whole) == self._origin and whole.username is None and not _ODD.search(reference)
        except ValueError:
            near = False
        if not near:
            raise Missing(f"the document refers to {reference[:200]}, which is not at its own origin and is not followed", Blame.TOOL)
        return whole.geturl()


class Folder:
    """The folder of a document. ``made`` records what is read, so that a replay, which has no such folder, is told the same."""

    def __init__(self, document: Path, made: Callable[[Callable[[], bytes]], bytes]) -> None:
        self.root, self._made = normpath(document), made

    def named(self, base: str, reference: str) -> str:
        """See :meth:`Shelf.named`."""
        parts = urlsplit(reference)
        path = unquote(parts.path)
        name = normpath(Path(base).parent / path)
        if parts.scheme or parts.netloc or parts.query or _UNWRITTEN.search(path) or not self._holds(Path(name)):
            raise self._outside(reference)
        return name

    def read(self, name: str) -> bytes:
        """See :meth:`Shelf.read`; DeclarationTrouble if it is not there. No device is read, nor what a link leads out to."""
        return self._made(lambda: self._octets(Path(name)))

    def _octets(self, path: Path) -> bytes:
        try:
            if str(path) != self.root and not path.resolve().is_relative_to(Path(self.root).parent.resolve()):
                raise self._outside(path.name)
            if not path.is_file():
                raise DeclarationTrouble(f"{path}, a file of the interface's document, is not there.")
            if path.stat().st_size > MOST_OCTETS:
                raise _beyond(f"a file of more than {MOST_OCTETS} octets")
            return path.read_bytes()
        except OSError as error:
            raise DeclarationTrouble(f"{path}, a file of the interface's document, cannot be read: {error.strerror}.") from error

    def _holds(self, path: Path) -> bool:
        return path.is_relative_to(Path(self.root).parent)

    def _outside(self, reference: str) -> Missing:
        return Missing(f"the document refers to {reference[:200]}, which is no file of its folder and is not followed", Blame.DECLARATION)


def gathered(document: Mapping[str, Any], shelf: Shelf) -> dict[str, Any]:
    """The document with whatever it refers to in it, in ``x-gathered``; where a file is not there, a reference leads nowhere.

    Missing if it refers to what is not offered with it, or to more than is followed; PlatformTrouble if a file is neither JSON nor YAML.
    """
    return _Gathering(shelf).whole(document)


def loaded(octets: bytes, where: str) -> Any:
    """What is written in JSON or YAML; PlatformTrouble if neither is."""
    with suppress(ValueError, RecursionError):
        return json.loads(octets)  # a tenth of the time that the same takes as YAML
    try:
        return yaml.load(octets, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise PlatformTrouble(f"What lies at {where} is neither JSON nor YAML: {str(error)[:200]}") from error


class _Gathering:
    """One document being gathered: which files it has, by name, and what was read of them."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._places = {shelf.root: ""}
        self._parts: dict[str, Any] = {}
        self._octets = self._members = 0

    def whole(self, document: Mapping[str, Any]) -> dict[str, Any]:
        made: dict[str, Any] = self._within(document, self._shelf.root)
        for name in iter(self._unread, None):
            octets = self._shelf.read(name)
            self._octets += len(octets or b"")
            if self._octets > MOST_OCTETS:
                raise _beyond(f"more than {MOST_OCTETS} octets")
            self._parts[name] = None if octets is None else self._within(loaded(octets, name), name)
        parts = {place.rpartition("/")[2]: self._parts[name] for name, place in self._places.items() if place}
        there = {number: part for number, part in parts.items() if part is not None}
        return {**made, PARTS: there} if there else made

    def _unread(self) -> str | None:
        return next((name for name, place in self._places.items() if place and name not in self._parts), None)

    def _within(self, part: Any, base: str, depth: int = 0, *, by_name: bool = False) -> Any:
        """A part of a file with its references made to lead within; ``by_name``: its members are named by the author."""
        self._members += 1
        if self._members > MOST_MEMBERS or depth > DEEPEST:
            raise _beyond(f"more than {MOST_MEMBERS} members or {DEEPEST} levels")
        if isinstance(part, list):
            return [self._within(inner, base, depth + 1) for inner in part]
        if not isinstance(part, Mapping):
            return part
        members = part.items() if by_name else (pair for pair in part.items() if not _is_fetched(*pair))
        return {name: self._member(name, inner, base, depth, by_name=by_name) for name, inner in members}

    def _member(self, name: Any, inner: Any, base: str, depth: int, *, by_name: bool) -> Any:
        if by_name:
            return self._within(inner, base, depth + 1)
        if name in _REFERENCES and isinstance(inner, str):
            return self._led(inner, base)
        if name == "mapping" and isinstance(inner, Mapping):
            return {kind: self._led(one, base) if isinstance(one, str) and {"/", "."} & set(one) else one for kind, one in inner.items()}
        if name in _OF_DATA or str(name).startswith("x-"):
            return self._counted(inner, depth + 1)
        return self._within(inner, base, depth + 1, by_name=name in _BY_NAME)

    def _led(self, reference: str, base: str) -> str:
        """The reference as it leads within the gathered document."""
        name, mark, fragment = reference.partition("#")
        target = self._shelf.named(base, name) if name else base
        if target not in self._places:
            if len(self._places) > MOST_FILES:
                raise _beyond(f"more than {MOST_FILES} files")
            self._places[target] = f"/{PARTS}/{len(self._places)}"
        return f"#{self._places[target]}{fragment if mark else ''}"

    def _counted(self, part: Any, depth: int) -> Any:
        """Data as they are; they count all the same."""
        self._members += 1
        if self._members > MOST_MEMBERS or depth > DEEPEST:
            raise _beyond(f"more than {MOST_MEMBERS} members or {DEEPEST} levels")
        for inner in part.values() if isinstance(part, Mapping) else part if isinstance(part, list) else ():
            self._counted(inner, depth + 1)
        return part


def _is_fetched(name: Any, value: Any) -> bool:
    """Whether a member would have its reader fetch something: an example elsewhere, the rules of a dialect that nobody knows."""
    return name in _FETCHED_BY_OTHERS or (name == "$schema" and not str(value).startswith(_DIALECTS))


def _origin(address: SplitResult) -> tuple[str, str | None, int | None]:
    scheme = address.scheme.lower()
    return scheme, address.hostname, address.port or _PORTS.get(scheme)


def _beyond(what: str) -> Missing:
    return Missing(f"the document has {what}; so much is not followed", Blame.TOOL)
