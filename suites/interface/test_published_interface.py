"""The data interface is open, and what it demands is published (开放数据接口、公布接口要求)."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from tenderproof.testing import Breach, Budget, Deviation, Ground, Interface, Plan, Public, clause

_METHODS = {"get", "put", "post", "delete", "patch"}
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
    base = urlsplit(str((document.get("servers") or [{}])[0].get("url", ""))).path.rstrip("/")  # of the declared host, whatever it names
    offered = [(path, operation) for path, operation in _operations(document, "get") if _open_to_all(document, path, operation)]
    answers = {path: public.file(base + path) for path, _ in offered}

    assert offered
    assert [path for path, answer in answers.items() if answer.refused] == []
    assert [path for path, operation in offered if not {str(answers[path].status), "2XX", "default"} & set(operation["responses"])] == []


@clause("EB-8-2", "EB-48-1", "EB-8-1", "EB-7-2", acquits=False)
@pytest.mark.waits
def test_every_operation_answers_as_the_published_interface_says(interface: Interface, plan: Plan, ground: Ground) -> None:
    """Lawful and wrong requests, made from the document for each operation and along its links, get answers that the document foresees."""
    budget = Budget(plan.whole("interface_examples"), plan.whole("interface_boundaries"), plan.whole("interface_walks"))

    found = interface.examined(budget)
    ground.narrow([_PUBLISHED])
    assert found.operations
    ground.narrow(_broken(found.deviations))
    assert found.deviations == ()


def _broken(deviations: Iterable[Deviation]) -> list[str]:
    """The clause of each deviation: data that are none, codes that are none, else what was published, for supervision or for all."""
    return [_BROKEN.get(one.breach, _SUPERVISED if one.roles == ("supervisor",) else _PUBLISHED) for one in deviations]


def _open_to_all(document: Any, path: str, operation: dict[str, Any]) -> bool:
    demanded = [one for one in operation.get("parameters", []) if one.get("required", "$ref" in one)]
    guarded = operation.get("security", document.get("security")) or "public" not in operation.get("x-roles", ["public"])
    return not ("{" in path or demanded or guarded)


def _operations(document: Any, *methods: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods_of_path in document.get("paths", {}).items():
        for method in sorted(set(methods or _METHODS) & set(methods_of_path)):
            yield path, methods_of_path[method]


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
    return document not in (None, {})
