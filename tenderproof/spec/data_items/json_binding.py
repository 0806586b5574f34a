"""Data items as JSON (specs/data-items/objects.schema.json): a list of objects, each under its code, every value a text."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tenderproof.spec.data_items.xml_binding import LARGEST, Unreadable


def read_json(octets: bytes, largest: int = LARGEST) -> list[Any]:
    """The list of a document; ``Unreadable`` for what is too large or deep, no JSON in UTF-8, names a member twice, or is no list."""
    if len(octets) > largest:
        raise Unreadable(f"the document has {len(octets)} octets, and {largest} is the most that is taken")
    try:
        found = json.loads(octets.decode("utf-8"), object_pairs_hook=_once)
    except RecursionError as error:
        raise Unreadable("the document is nested too deep") from error
    except ValueError as error:
        raise Unreadable(f"the document is no JSON: {error}") from error
    if not isinstance(found, list):
        raise Unreadable("the document is no list of data objects")
    return found


def _once(members: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(members)
    if len(found) != len(members):
        raise ValueError("a member stands twice in one object")
    return found


def objects_of(document: Iterable[object]) -> Iterator[tuple[str, dict[str, object]]]:
    """Each object of a document: its code, and its items by their numbers; what is no such object comes with the code ""."""
    for one in document:
        if isinstance(one, Mapping) and len(one) == 1:
            code, items = next(iter(one.items()))
            if isinstance(items, Mapping):
                yield str(code), dict(items)
                continue
        yield "", {}


def write_json(objects: Iterable[tuple[str, Mapping[str, str]]]) -> bytes:
    """Objects as a document."""
    return json.dumps([{code: dict(items)} for code, items in objects], ensure_ascii=False).encode()


def schema_faults(document: object, specs: Path) -> list[str]:
    """What the JSON Schema says against a document, a sentence each; empty if it is valid."""
    return [f"{'/'.join(map(str, fault.absolute_path))}: {fault.message}" for fault in _validator(specs).iter_errors(document)]


@cache
def _validator(specs: Path) -> Any:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - slow to import

    return Draft202012Validator(json.loads((specs / "data-items" / "objects.schema.json").read_text("utf-8")))
