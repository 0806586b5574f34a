"""Second bindings of the data items (specs/data-items/bindings): somebody's records and field names, and the items that they are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tenderproof.spec.data_items.catalogue import Catalogue, error, require_schema
from tenderproof.spec.data_items.code_rules import read


@dataclass(frozen=True)
class BoundField:
    """A field of a record: its name there, in Chinese, its format as written there, and the item that it is, by the object's code."""

    name: str
    zh: str
    format: str
    required: bool
    items: Mapping[str, str]


@dataclass(frozen=True)
class BoundRecord:
    """A record of a binding, and the objects of annex 3 that it stands for, if any."""

    code: str
    table: str
    name: str
    objects: tuple[str, ...]
    fields: tuple[BoundField, ...]

    def translated(self, row: Mapping[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
        """A row of this record as objects of annex 3: of each what the row says of it. Fields without a counterpart are left out."""
        for code in self.objects:
            yield code, {field.items[code]: row[field.name] for field in self.fields if code in field.items and field.name in row}


@dataclass(frozen=True)
class Binding:
    """A binding: where it is from, how far to trust it, and its records in their order (two may bear one name)."""

    title: str
    confidence: str
    records: tuple[BoundRecord, ...]

    def record(self, table: str) -> BoundRecord:
        """The record of a name; ``KeyError`` if there is none."""
        for one in self.records:
            if one.table == table:
                return one
        raise KeyError(table)


def load_binding(specs: Path, name: str, catalogue: Catalogue) -> Binding:
    """A binding by the name of its file; SpecificationError where it names an object or item that is not there."""
    path = specs / "data-items" / "bindings" / f"{name}.yaml"
    raw = read(path, "records")
    require_schema(path, raw, specs / "schemas" / "binding.schema.json")
    records = []
    for number, entry in enumerate(raw["records"]):
        fields = tuple(BoundField(one["name"], one["zh"], one["format"], one["required"], one.get("items", {})) for one in entry["fields"])
        for at, field in enumerate(fields):
            for code, item in field.items.items():
                if code not in entry["objects"] or item not in catalogue.objects[code].by_id:
                    where: list[str | int] = ["records", number, "fields", at, "items"]
                    raise error(path, where, f"{entry['table']}.{field.name}: {code} {item} is no item of the record's objects")
        records.append(BoundRecord(entry["code"], entry["table"], entry["name"], tuple(entry["objects"]), fields))
    return Binding(raw["source"]["title"], raw["source"]["confidence"], tuple(records))
