"""What fields are called in both languages, and which data items of the testing specification they are."""

from typing import Any

from contract.operations import Content


def termed(schemas: Content, words: Content) -> Content:
    """The schemas with the term of each field."""
    return {name: _termed(name, schema, words) for name, schema in schemas.items()}


def parameter(said: Content, words: Content) -> Content:
    """A parameter with its term."""
    return {**said, **_term("", said["name"], words)}


def _termed(owner: str, part: Any, words: Content) -> Any:
    if isinstance(part, list):
        return [_termed(owner, inner, words) for inner in part]
    if not isinstance(part, dict):
        return part
    return {name: _fields(owner, inner, words) if name == "properties" else _termed(owner, inner, words) for name, inner in part.items()}


def _fields(owner: str, found: Content, words: Content) -> Content:
    return {name: {**_termed(owner, schema, words), **_term(owner, name, words)} for name, schema in found.items()}


def _term(owner: str, name: str, words: Content) -> Content:
    """The term of a field: its schema's own, or the one that holds everywhere."""
    found = words.get(f"{owner}.{name}") or words[name]
    items = {"x-data-item": found["items"]} if "items" in found else {}
    return {"description": f"{found['zh']} / {found['en']}", "x-term-zh": found["zh"], **items}
