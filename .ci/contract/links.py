"""Where one can go from an answer: which operations follow, and where what they need is found."""

import re

from contract.operations import Content, operations

_NEEDED = re.compile(r"{(\w+)}")
_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


def link(paths: Content, schemas: Content, onward: dict[str, list[str]]) -> None:
    """Write into the answers of operations how to go on to others."""
    known = {said["operationId"]: (path, said) for path, _, said in operations(paths)}
    for name, targets in onward.items():
        path, said = known[name]
        answer = next(answer for status, answer in said["responses"].items() if status.startswith("2"))
        answer["links"] = {target: _link(target, known[target][0], path, answered(answer), schemas) for target in targets}


def answered(answer: Content) -> str:
    """The schema of an answer by name, or "" where it is a page or a file."""
    schema: Content = answer.get("content", {}).get("application/json", {}).get("schema", {})
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _link(target: str, needs: str, path: str, schema: str, schemas: Content) -> Content:
    fields = set(schemas.get(schema, {}).get("properties", {}))
    found = {name: _source(name, path, schema, fields) for name in _NEEDED.findall(needs)}
    return {"operationId": target, **({"parameters": found} if found else {})}


def _source(name: str, path: str, schema: str, fields: set[str]) -> str:
    """Where a parameter comes from: the very thing that was answered, another that it names, or the request's path."""
    own = f"{_CAPITAL.sub('_', schema).lower()}_id" == name
    if not own and name in fields:
        return f"$response.body#/{name}"
    if not own and name in _NEEDED.findall(path):
        return f"$request.path.{name}"
    return "$response.body#/id"
