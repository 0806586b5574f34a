"""The data items as a JSON Schema (2020-12): a list of objects, each under its code; every value is a text, as in XML."""

import json
from collections.abc import Mapping
from typing import Any

from data_items.types import BLANKS, Type, name_of, types
from tenderproof.spec.data_items.catalogue import Catalogue, DataObject
from tenderproof.spec.data_items.notation import Kind

_NO_XML = "[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\ufffe\\uffff]"


def json_schema(catalogue: Catalogue) -> str:
    """The schema, as text."""
    objects = catalogue.objects
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://tenderproof.example/data-items/2015/objects.schema.json",
        "title": "交易平台数据项（检测技术规范 2015版 附件3） / Data items of a trading platform",
        "$comment": "Written by `make data-items` from specs/data-items and specs/codes: change those.",
        "type": "array",
        "minItems": 1,
        "items": {
            "type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": False,
            "properties": {code: {"$ref": f"#/$defs/{code}"} for code in objects},
        },
        "$defs": {code: _object(one) for code, one in objects.items()} | {one.name: _type(one) for one in types(catalogue)},
    }  # fmt: skip
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _object(one: DataObject) -> Mapping[str, Any]:
    return {
        "title": f"{one.name['zh']} / {one.name['en']}",
        "type": "object",
        "additionalProperties": False,
        "required": [field.id for field in one.fields if field.required],
        "properties": {field.id: {"$ref": f"#/$defs/{name_of(field)}", "title": field.name} for field in one.fields},
    }


def _type(one: Type) -> Mapping[str, Any]:
    if one.may_be_empty:
        return {"anyOf": [{"const": ""}, {"$ref": f"#/$defs/{one.base}"}]}
    found: dict[str, Any] = {"type": "string"}
    if one.base:
        found = {"$ref": f"#/$defs/{one.base}"}
    if one.notation and one.notation.kind is Kind.TEXT:
        found |= {"minLength": one.notation.shortest, "pattern": f"[^{BLANKS}]", "not": {"pattern": _NO_XML}}
        if one.notation.longest is not None:
            found["maxLength"] = one.notation.longest
    if one.pattern:
        found["pattern"] = f"^(?:{one.pattern})$(?![\\s\\S])"  # Python's $ also holds before a last line feed
    return found
