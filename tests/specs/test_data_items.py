"""XSD and JSON Schema of the data items are what is written from the data."""

from data_items.json_schema import json_schema
from data_items.xsd import xsd
from lxml import etree

from tests.data_items import FOLDER, catalogue

XS = "{http://www.w3.org/2001/XMLSchema}"


def test_the_xsd_is_what_is_written_from_the_data() -> None:
    assert (FOLDER / "objects.xsd").read_text("utf-8") == xsd(catalogue()), "write it anew: make data-items"


def test_the_json_schema_is_what_is_written_from_the_data() -> None:
    assert (FOLDER / "objects.schema.json").read_text("utf-8") == json_schema(catalogue()), "write it anew: make data-items"


def test_the_xsd_has_every_object_and_every_item() -> None:
    root = etree.parse(FOLDER / "objects.xsd").getroot()
    items = {one.get("name"): {item.get("name") for item in one.iter(f"{XS}element")} for one in root.iterchildren(f"{XS}complexType")}

    assert items == {code: set(kind.by_id) for code, kind in catalogue().objects.items()}
    assert {one.get("name") for one in root.iterchildren(f"{XS}element")} == {*catalogue().objects, "DataItems"}
