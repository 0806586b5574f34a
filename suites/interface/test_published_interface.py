"""The data interface is open, and what it demands is published (开放数据接口、公布接口要求)."""

from collections.abc import Iterator
from typing import Any

import pytest

from tenderproof.testing import Budget, Interface, Plan, Public, clause

_SHAPES = {"$ref", "type", "properties", "items", "oneOf", "anyOf", "allOf", "enum", "const"}
_METHODS = {"get", "put", "post", "delete", "patch"}


@clause("EB-8-2", way="record")
def test_everybody_can_read_the_whole_interface(public: Public) -> None:
    """Without logging in one obtains a document that says of each operation what it answers, in what shape, and leaves out none of them."""
    answer = public.interface()

    assert answer.accepted, answer
    document = answer.value.raw
    operations = [operation for _, operation in _operations(document)]
    assert operations
    assert not [operation for operation in operations if not operation.get("operationId") or not operation.get("responses")]
    assert not [reference for reference in _references(document) if not _found(document, reference)]
    assert [path for path, operation in _operations(document, "get") if not list(_given(document, operation))] == []
    assert [path for path, operation in _operations(document) if not all(map(_shaped, _given(document, operation)))] == []


@clause("EB-8-2", way="record")
def test_what_the_interface_offers_to_everybody_answers_as_it_is_described(public: Public) -> None:
    """Each reading operation that needs neither a parameter nor a log-in is called: it answers with a status that is described."""
    answer = public.interface()

    assert answer.accepted, answer
    document = answer.value.raw
    base = str((document.get("servers") or [{"url": ""}])[0].get("url", "")).rstrip("/")
    offered = [(path, operation) for path, operation in _operations(document, "get") if _open_to_all(document, path, operation)]
    answers = {path: public.file(base + path) for path, _ in offered}

    assert offered
    assert [path for path, answer in answers.items() if answer.refused] == []
    assert [path for path, operation in offered if not {str(answers[path].status), "2XX", "default"} & set(operation["responses"])] == []


@clause("EB-8-2")
@pytest.mark.waits
def test_every_operation_answers_as_the_published_interface_says(interface: Interface, plan: Plan) -> None:
    """Lawful and wrong requests, made from the document for each operation and along its links, get answers that the document foresees."""
    budget = Budget(plan.whole("interface_examples"), plan.whole("interface_boundaries"), plan.whole("interface_walks"))

    found = interface.examined(budget)
    assert found.operations
    assert found.deviations == ()


def _open_to_all(document: Any, path: str, operation: dict[str, Any]) -> bool:
    demanded = [one for one in operation.get("parameters", []) if one.get("required", "$ref" in one)]
    guarded = operation.get("security", document.get("security")) or "public" not in operation.get("x-roles", ["public"])
    return not ("{" in path or demanded or guarded)


def _operations(document: Any, *methods: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods_of_path in document.get("paths", {}).items():
        for method in sorted(set(methods or _METHODS) & set(methods_of_path)):
            yield path, methods_of_path[method]


def _given(document: Any, operation: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What an operation gives where it succeeds: media type and schema."""
    for status, said in operation["responses"].items():
        answer = _resolved(document, said)
        if str(status).startswith("2") or status == "default":
            yield from ((kind, _resolved(document, content.get("schema"))) for kind, content in answer.get("content", {}).items())


def _shaped(given: tuple[str, dict[str, Any]]) -> bool:
    """Whether a program knows what it will read: octets and pages have no shape, data has one."""
    kind, schema = given
    return not ("json" in kind or "xml" in kind) or bool(_SHAPES & schema.keys())


def _resolved(document: Any, said: Any) -> dict[str, Any]:
    """A response or a schema, or the one to which it refers."""
    reference = said.get("$ref", "") if isinstance(said, dict) else ""
    for name in reference.removeprefix("#/").split("/") if reference else ():
        document = document.get(name, {}) if isinstance(document, dict) else {}
    found = document if reference else said
    return found if isinstance(found, dict) else {}


def _references(part: Any) -> Iterator[str]:
    match part:
        case {"$ref": str(reference)} if reference.startswith("#/"):
            yield reference
        case dict():
            for inner in part.values():
                yield from _references(inner)
        case list():
            for inner in part:
                yield from _references(inner)


def _found(document: Any, reference: str) -> bool:
    for name in reference.removeprefix("#/").split("/"):
        document = document.get(name.replace("~1", "/").replace("~0", "~")) if isinstance(document, dict) else None
    return document is not None
