"""The data interface is open, and what it demands is published (开放数据接口、公布接口要求)."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from tenderproof.testing import Breach, Budget, Deviation, Ground, Interface, Missing, Plan, Public, clause

_METHODS = {"get", "put", "post", "delete", "patch"}
_DEEP = 20  # from one reference to the next
_PUBLISHED, _SUPERVISED = "EB-8-2", "EB-48-1"
_BROKEN = {Breach.PAGE: "EB-7-2", Breach.UNCODED: "EB-8-1"}


@clause("EB-8-2", way="record")
def test_everybody_can_read_the_whole_interface(public: Public) -> None:
    """Without logging in one obtains a document that says what each operation answers; no shape to which it refers is missing or empty."""
    answer = public.interface()

    assert answer.accepted, answer
    document = answer.value.raw
    operations = [operation for _, operation in _operations(document)]
    assert operations
    assert not [operation for operation in operations if not operation.get("responses")]
    assert not [reference for reference in _references(document) if not _found(document, reference)]


@clause("EB-8-2", way="record")
def test_what_the_interface_offers_to_everybody_answers_as_it_is_described(public: Public) -> None:
    """Each reading operation that needs neither a parameter nor a log-in is called: it answers with a status that is described."""
    answer = public.interface()

    assert answer.accepted, answer
    document = answer.value.raw
    offered = [(path, operation) for path, operation in _operations(document, "get") if _open_to_all(document, path, operation)]
    if not offered:
        raise Missing("every reading operation of the published interface needs a parameter or a log-in")
    answers = {path: public.file(path) for path, _ in offered}

    assert [path for path, answer in answers.items() if answer.refused] == []
    assert [path for path, operation in offered if not {str(answers[path].status), "2XX", "default"} & set(operation["responses"])] == []


@clause("EB-8-2", "EB-48-1", "EB-8-1", "EB-7-2", acquits=False)
@pytest.mark.waits
def test_every_operation_answers_as_the_published_interface_says(interface: Interface, plan: Plan, ground: Ground) -> None:
    """Lawful and wrong requests, made from the document for each operation and along its links, get answers that the document foresees."""
    tried = plan.whole("interface_examples"), plan.whole("interface_boundaries"), plan.whole("interface_walks")
    budget = Budget(*tried, plan.whole("interface_seconds"))

    found = interface.examined(budget)
    ground.narrow([_PUBLISHED])
    assert found.operations
    ground.narrow(_broken(found.deviations))
    assert found.deviations == ()
    if found.cut_short:
        raise Missing(
            "the platform took so long to answer that not every request was made (interface_seconds); what was seen is as published"
        )


def _broken(deviations: Iterable[Deviation]) -> list[str]:
    """The clause of each deviation: data that are none, codes that are none, else what was published, for supervision or for all."""
    return [_BROKEN.get(one.breach, _SUPERVISED if one.roles == ("supervisor",) else _PUBLISHED) for one in deviations]


def _open_to_all(document: Any, path: str, operation: dict[str, Any]) -> bool:
    demanded = [one for one in operation.get("parameters", []) if one.get("required", "$ref" in one)]
    guarded = operation.get("security", document.get("security")) or "public" not in operation.get("x-roles", ["public"])
    return not ("{" in path or demanded or guarded)


def _operations(document: Any, *methods: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each operation by its path from the host on, which is the declared one, whatever the document names."""
    for path, item in document.get("paths", {}).items():
        whole = _whole(document, item)
        for method in sorted(set(methods or _METHODS) & set(whole)):
            operation = whole[method]
            servers = operation.get("servers") or whole.get("servers") or document.get("servers") or [{}]
            yield _base(servers[0]) + path, {**operation, "parameters": [*whole.get("parameters", []), *operation.get("parameters", [])]}


def _base(server: Any) -> str:
    url = str(server.get("url", ""))
    for name, variable in (server.get("variables") or {}).items():
        url = url.replace(f"{{{name}}}", str(variable.get("default", "")))
    return urlsplit(url).path.rstrip("/")


def _whole(document: Any, item: Any) -> dict[str, Any]:
    """A path with what it refers to, if that stands elsewhere in the document; what leads nowhere is found by whoever looks for that."""
    for _ in range(_DEEP):
        target = _at(document, item["$ref"]) if isinstance(item, dict) and str(item.get("$ref", "")).startswith("#/") else None
        if not isinstance(target, dict):
            break
        item = {**target, **{name: inner for name, inner in item.items() if name != "$ref"}}
    return item if isinstance(item, dict) else {}


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
    return _at(document, reference) not in (None, {})


def _at(document: Any, reference: str) -> Any:
    for name in reference.removeprefix("#/").split("/"):
        document = document.get(name.replace("~1", "/").replace("~0", "~")) if isinstance(document, dict) else None
    return document
