# ruff: noqa: INP001 - a script, no package
"""Write specs/data-items/objects.xsd and objects.schema.json anew from the data beside them."""

from data_items.json_schema import json_schema
from data_items.xsd import xsd

from tenderproof import content
from tenderproof.spec.data_items.catalogue import load_catalogue

if __name__ == "__main__":
    catalogue = load_catalogue(content.specs_dir())
    folder = content.specs_dir() / "data-items"
    (folder / "objects.xsd").write_text(xsd(catalogue), encoding="utf-8")
    (folder / "objects.schema.json").write_text(json_schema(catalogue), encoding="utf-8")
