"""Data items as XML (specs/data-items/objects.xsd): written, read without trusting whoever wrote it, and held against the XSD.

What is read is UTF-8 without a document type, so that no entity is ever expanded, and bounded in octets and depth.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from xml.parsers import expat

from lxml import etree

NAMESPACE = "https://tenderproof.example/data-items/2015"
ROOT = f"{{{NAMESPACE}}}DataItems"
LARGEST = 16 * 1024 * 1024
"""Octets of a document."""
DEEPEST = 32
"""Elements within one another; a SOAP envelope around data items takes six."""


class Unreadable(ValueError):  # noqa: N818 - the field's word
    """What came is no document of data items: the message says why."""


def read_xml(octets: bytes, largest: int = LARGEST, deepest: int = DEEPEST) -> etree._Element:
    """The root of a document; ``Unreadable`` for what is too large, too deep, no UTF-8, no XML, or brings a document type."""
    if len(octets) > largest:
        raise Unreadable(f"the document has {len(octets)} octets, and {largest} is the most that is taken")
    try:
        octets.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable("the document is not in UTF-8") from error
    _require_harmless(octets, deepest)
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
    )  # fmt: skip
    try:
        return etree.fromstring(octets, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"the document is no XML: {error}") from error


def _require_harmless(octets: bytes, deepest: int) -> None:
    """Read through once with a parser that stops at a document type before anything in it is read."""
    parser, depth = expat.ParserCreate("utf-8"), 0

    def begun(_: str, __: Mapping[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > deepest:
            raise Unreadable(f"elements stand deeper than {deepest} in one another")

    def ended(_: str) -> None:
        nonlocal depth
        depth -= 1

    def document_type(*_: object) -> None:
        raise Unreadable("the document brings a document type (DOCTYPE), which is not taken")

    def declared(_: str, encoding: str | None, __: int) -> None:
        if encoding and encoding.lower() not in ("utf-8", "utf8"):
            raise Unreadable(f"the document calls itself {encoding}, and UTF-8 alone is taken")

    parser.StartElementHandler, parser.EndElementHandler = begun, ended
    parser.StartDoctypeDeclHandler, parser.XmlDeclHandler = document_type, declared
    try:
        parser.Parse(octets, True)  # noqa: FBT003 - expat names it isfinal and takes no keyword
    except expat.ExpatError as error:
        raise Unreadable(f"the document is no XML: {error}") from error


def objects_in(root: etree._Element) -> Iterator[tuple[str, dict[str, object]]]:
    """Each object below a DataItems element: its code, and its items by their numbers. An item with elements in it is no text: None."""
    for element in root.iterchildren(tag=etree.Element):
        items: dict[str, object] = {}
        for child in element.iterchildren(tag=etree.Element):
            items[etree.QName(child).localname] = None if len(child) else child.text or ""
        yield etree.QName(element).localname, items


def element_of(objects: Iterable[tuple[str, Mapping[str, str]]]) -> etree._Element:
    """Objects as a DataItems element; ``ValueError`` for a value that XML cannot carry."""
    root = etree.Element(ROOT, nsmap={None: NAMESPACE})
    for code, items in objects:
        element = etree.SubElement(root, f"{{{NAMESPACE}}}{code}")
        for item, value in items.items():
            etree.SubElement(element, f"{{{NAMESPACE}}}{item}").text = value
    return root


def write_xml(objects: Iterable[tuple[str, Mapping[str, str]]]) -> bytes:
    """Objects as a document."""
    written: bytes = etree.tostring(element_of(objects), xml_declaration=True, encoding="UTF-8")
    return written


def schema_faults(root: etree._Element, specs: Path) -> list[str]:
    """What the XSD says against an element, a sentence each; empty if it is valid."""
    schema = _schema(specs)
    if schema.validate(root):
        return []
    return [f"{entry.path}: {entry.message}" for entry in schema.error_log]


@cache
def _schema(specs: Path) -> Any:
    return etree.XMLSchema(etree.parse(specs / "data-items" / "objects.xsd"))
