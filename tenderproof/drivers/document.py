"""An OpenAPI document (3.0, 3.1) made ready for an examination: each operation named, at its own path from the host on.

What may be written in many ways stands in one way afterwards: path items that are referred to, servers of the document, of a path or of an
operation, with variables; links that name an operation by its place. The host is the declared one, whatever a document says.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from tenderproof.vocabulary import Blame, Missing

METHODS = frozenset({"get", "put", "post", "delete", "patch"})
_BANS = frozenset({"additionalProperties", "unevaluatedProperties"})
_NOBODYS = "nobodys-0z"  # in no notation a number, and none that a platform would give away
_NARROWED = frozenset({"enum", "const", "pattern", "format", "minLength", "maxLength"})
_AT_A_PATH = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace", "query", "servers", "$ref"})


def ready(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document in one form. Missing if a path lies in another file, which nobody has read."""
    found = _open(document)
    paths: dict[str, dict[str, Any]] = {}
    named: dict[tuple[str, str], str] = {}
    for path, item in found.get("paths", {}).items():
        whole = _referred(found, item)
        common = {name: value for name, value in whole.items() if name not in _AT_A_PATH}
        for method in sorted(METHODS & set(whole)):
            operation = {"operationId": f"{method} {path}", **whole[method]}
            servers = operation.pop("servers", None) or whole.get("servers") or found.get("servers")
            paths.setdefault(_root(servers) + path, dict(common))[method] = operation
            named[path, method] = operation["operationId"]
    rest = {name: value for name, value in found.items() if name != "servers"}
    made: dict[str, Any] = _asked_for(_linked({**rest, "paths": paths}, named))
    return made


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Path, method and description of each operation of a document that is ready."""
    for path, methods in document.get("paths", {}).items():
        for method in sorted(METHODS & set(methods)):
            yield path, method, methods[method]


def _open(part: Any) -> Any:
    """The document without its bans on further members: whoever tells more than was agreed does no harm, and readers pass over it.

    Forms that only such a ban kept apart may both fit then: of alternatives, one at least has to.
    """
    if isinstance(part, list):
        return [_open(inner) for inner in part]
    if not isinstance(part, Mapping):
        return part
    kept = {name: value for name, value in part.items() if not (name in _BANS and value is False)}
    if isinstance(kept.get("oneOf"), list):
        alternatives = kept.pop("oneOf")
        kept = {**kept, "allOf": [*kept.get("allOf", ()), {"anyOf": alternatives}]} if "anyOf" in kept else {**kept, "anyOf": alternatives}
    return {name: value if name == "not" else _open(value) for name, value in kept.items()}


def _referred(document: Mapping[str, Any], item: Mapping[str, Any]) -> dict[str, Any]:
    """A path item with what it refers to; what stands beside the reference comes first."""
    whole, seen = dict(item), set[str]()
    while "$ref" in whole:
        reference = str(whole.pop("$ref"))
        target = _at(document, reference) if reference not in seen else None
        seen.add(reference)
        if not isinstance(target, Mapping):
            raise Missing(f"the published document refers to {reference} for a path, and that is no path in it", Blame.TOOL)
        whole = {**target, **whole}
    return whole


def _at(document: Any, reference: str) -> Any:
    if not reference.startswith("#/"):
        return None
    for name in reference.removeprefix("#/").split("/"):
        document = document.get(name.replace("~1", "/").replace("~0", "~")) if isinstance(document, Mapping) else None
    return document


def _root(servers: Any) -> str:
    """The path of the first server, its variables at their defaults."""
    first = servers[0] if isinstance(servers, list) and servers and isinstance(servers[0], Mapping) else {}
    url = str(first.get("url", ""))
    for name, variable in (first.get("variables") or {}).items():
        url = url.replace(f"{{{name}}}", str(variable.get("default", "")))
    try:
        path = urlsplit(url).path.strip("/")
    except ValueError:
        return ""
    return f"/{path}" if path else ""


def _asked_for(part: Any) -> Any:
    """Every path parameter that may be any text has an example that is nobody's: it is asked for, whatever chance makes besides."""
    if isinstance(part, list):
        return [_asked_for(inner) for inner in part]
    if not isinstance(part, Mapping):
        return part
    whole = {name: _asked_for(inner) for name, inner in part.items()}
    schema = whole.get("schema")
    if whole.get("in") == "path" and isinstance(schema, Mapping) and schema.get("type") == "string" and not _NARROWED & set(schema):
        known = whole.get("examples")
        whole["examples"] = {**(known if isinstance(known, Mapping) else {}), "nobodys": {"value": _NOBODYS}}
    return whole


def _linked(part: Any, named: Mapping[tuple[str, str], str]) -> Any:
    """Links by place (``operationRef``) become links by name: the place has changed."""
    if isinstance(part, list):
        return [_linked(inner, named) for inner in part]
    if not isinstance(part, Mapping):
        return part
    whole = {name: _linked(inner, named) for name, inner in part.items()}
    place = str(whole.get("operationRef", "")).removeprefix("#/paths/").rpartition("/")
    operation = named.get((place[0].replace("~1", "/").replace("~0", "~"), place[2]))
    if operation is None:
        return whole
    return {**{name: value for name, value in whole.items() if name != "operationRef"}, "operationId": operation}
