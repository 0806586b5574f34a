"""Sound data objects for tests, and the voices that judge them beside ours: XSD and JSON Schema, by two libraries each."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import xmlschema
from jsonschema import Draft202012Validator
from lxml import etree

from tenderproof import content
from tenderproof.spec.data_items.catalogue import Catalogue, Field, load_catalogue
from tenderproof.spec.data_items.xml_binding import NAMESPACE

SPECS = content.specs_dir()
VECTORS = SPECS / "vectors"
FOLDER = SPECS / "data-items"
# Longest and shortest of each notation that decides, worked out by hand from what the annex says of its notation.
TEXTS = {
    "C..ul": (1, None), "C..4": (1, 4), "C..18": (1, 18), "C..20": (1, 20), "C..30": (1, 30), "C..36": (1, 36), "C..50": (1, 50),
    "C..100": (1, 100), "C..128": (1, 128), "C..200": (1, 200), "C..500": (1, 500), "C..600": (1, 600), "C..1000": (1, 1000),
    "C2..20": (2, 20), "C2..50": (2, 50), "C2..100": (2, 100), "C5..50": (5, 50), "C1": (1, 1), "C2": (2, 2), "C3": (3, 3), "C6": (6, 6),
    "C7": (7, 7), "C10": (10, 10), "C11": (11, 11), "C17": (17, 17), "C18": (18, 18), "C20": (20, 20), "C23": (23, 23), "C32": (32, 32),
}  # fmt: skip
NUMBERS = {"N..2": ("99", "100"), "N..3": ("999", "1000"), "N..4": ("9999", "10000"), "N..5": ("99999", "100000"),
           "N..10": ("9999999999", "10000000000"), "N..20": ("9" * 20, "1" + "0" * 20),
           "N..20,2": ("9" * 18 + ".99", "9" * 18 + ".999")}  # fmt: skip
TIMES = {
    "YYYYMMDD": ("20240229", ("20230229", "2024022", "202402291")),
    "YYYYMMDDhhmmss": ("20240229235959", ("20240229236059", "2024022923595", "202402292359590")),
}


@cache
def catalogue() -> Catalogue:
    """The catalogue, read once."""
    return load_catalogue(SPECS)


@cache
def codes() -> Mapping[str, Mapping[str, Any]]:
    """The shared vectors of codes, by code."""
    read = json.loads((VECTORS / "data-item-codes.json").read_text("utf-8"))
    return {one["code"]: one for one in read["codes"]}


def fields() -> list[tuple[str, Field]]:
    """Every field of every object."""
    return [(code, field) for code, kind in catalogue().objects.items() for field in kind.fields]


def taken(field: Field) -> list[str]:
    """Values on the allowed side of a field's bounds: the shortest, the longest."""
    if field.code and field.code.id in codes():
        return [code for code in codes()[field.code.id]["taken"] if fits(field, code)]
    written = field.notation.written
    if written in TEXTS:
        shortest, longest = TEXTS[written]
        return ["标" * shortest, "段" * (longest or 100_000)]
    return ["0", NUMBERS[written][0]] if written in NUMBERS else [TIMES[written][0]]


def refused(field: Field) -> list[str]:
    """Values on the other side of a field's bounds, each of which shows to a schema as well."""
    if field.code and field.code.id in codes():
        return [code for code, why in codes()[field.code.id]["refused"] if why == "code"]
    written = field.notation.written
    if written in TEXTS:
        shortest, longest = TEXTS[written]
        return ["标" * (shortest - 1)] * (shortest > 1) + (["段" * (longest + 1)] if longest else ["   "])
    below = ["-1"] if field.least == 0 else []
    return [NUMBERS[written][1], "一", "1 ", *below] if written in NUMBERS else list(TIMES[written][1])


def fits(field: Field, code: str) -> bool:
    """Whether a code has a length that the field's notation allows."""
    shortest, longest = TEXTS[field.notation.written]
    return shortest <= len(code) and (longest is None or len(code) <= longest)


@cache
def _sound(code: str) -> dict[str, str]:
    return {field.id: taken(field)[0] for field in catalogue().objects[code].fields}


def sound(code: str, **but: Any) -> dict[str, Any]:
    """An object against which nothing speaks, but for what is named; ``None`` leaves an item out."""
    items = {**_sound(code), **but}
    return {item: value for item, value in items.items() if value is not None}


@cache
def _by_lxml() -> Any:
    return etree.XMLSchema(etree.parse(FOLDER / "objects.xsd"))


@cache
def _by_xmlschema() -> Any:
    return xmlschema.XMLSchema(str(FOLDER / "objects.xsd"))


@cache
def _json_schema() -> Any:
    return json.loads(Path(FOLDER / "objects.schema.json").read_text("utf-8"))


@cache
def _by_jsonschema() -> Any:
    return Draft202012Validator(_json_schema())


@cache
def _by_jsonschema_rs() -> Any:
    return jsonschema_rs.validator_for(_json_schema())


def written(code: str, items: Mapping[str, Any]) -> bytes | None:
    """An object as an XML document, by lxml's own tree; None where XML cannot carry it."""
    root = etree.Element(f"{{{NAMESPACE}}}DataItems")
    element = etree.SubElement(root, f"{{{NAMESPACE}}}{code}")
    try:
        for item, value in items.items():
            etree.SubElement(element, f"{{{NAMESPACE}}}{item}").text = value
    except ValueError:
        return None
    octets: bytes = etree.tostring(root, encoding="UTF-8")
    return octets


def xsd_takes(code: str, items: Mapping[str, Any]) -> bool:
    """Whether libxml2 finds an object valid by the XSD."""
    octets = written(code, items)
    return octets is not None and bool(_by_lxml().validate(etree.fromstring(octets)))


def other_xsd_takes(code: str, items: Mapping[str, Any]) -> bool:
    """Whether the package xmlschema does."""
    octets = written(code, items)
    return octets is not None and bool(_by_xmlschema().is_valid(octets.decode()))


def json_schema_takes(code: str, items: Mapping[str, Any]) -> bool:
    """Whether jsonschema-rs finds an object valid by the JSON Schema."""
    return bool(_by_jsonschema_rs().is_valid([{code: dict(items)}]))


def other_json_schema_takes(code: str, items: Mapping[str, Any]) -> bool:
    """Whether the package jsonschema does."""
    return bool(_by_jsonschema().is_valid([{code: dict(items)}]))
