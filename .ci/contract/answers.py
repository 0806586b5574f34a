"""What an operation answers: a schema, a page of them, whichever is for the reader, a file, or nothing."""

from typing import Any

from contract.operations import Content

_NEXT = {"type": ["string", "null"]}


def schema(told: Any) -> Content:
    """The schema of an answer, as answers.yaml tells of it."""
    match told:
        case str(name):
            return _named(name)
        case {"list": str(name)}:
            properties = {"items": {"type": "array", "items": _named(name)}, "next": _NEXT}
            return {"type": "object", "required": ["items", "next"], "properties": properties, "additionalProperties": False}
        case {"either": list(names)}:
            return {"anyOf": [_named(name) for name in names]}
        case _:
            return {"type": "string"}


def answer(told: Any) -> Content:
    """The accepted answer of an operation."""
    if told is None:
        return {"description": "Done 完成"}
    media = told["media_type"] if isinstance(told, dict) and "media_type" in told else "application/json"
    return {"description": "Accepted 接受", "content": {media: {"schema": schema(told)}}}


def _named(name: str) -> Content:
    return {"$ref": f"#/components/schemas/{name}"}
