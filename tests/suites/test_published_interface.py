"""The checks that everybody can make of a published interface: in how many ways a document may be written, and what shows a fault."""

import importlib.util
from typing import Any

import pytest

from tenderproof import content
from tenderproof.testing import Answer, File, Public, Record
from tenderproof.vocabulary import Missing

THINGS = {"get": {"responses": {"200": {"description": ""}}}}
GUARDED = {"get": {"security": [{"token": []}], "responses": {"200": {"description": ""}}}}


class Somebody(Public):
    """Anybody before a platform that publishes a document and answers at these addresses."""

    def __init__(self, document: dict[str, Any], *answering: str) -> None:
        self.document, self.answering, self.asked = document, answering, list[str]()

    def interface(self) -> Answer[Record]:
        return Answer("reading", Record(self.document), status=200)

    def file(self, url: str) -> Answer[File]:
        self.asked.append(url)
        return Answer(
            "reading", File({"octets": b"{}"}), None if url in self.answering else "no", status=200 if url in self.answering else 404
        )


@pytest.fixture(autouse=True)
def known_marks(pytestconfig: pytest.Config) -> None:
    """The marks of suites, which the engine's plugin makes known where suites are run."""
    pytestconfig.addinivalue_line("markers", "waits: begun before the others")


def checks() -> Any:
    """The module of the checks."""
    path = content.suites_dir() / "interface" / "test_published_interface.py"
    found = importlib.util.spec_from_file_location("published_interface", path)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def document(paths: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"openapi": "3.1.0", "paths": paths, **more}


def test_a_path_may_stand_elsewhere_in_the_document() -> None:
    written = document({"/things": {"$ref": "#/x-gathered/1/a"}}, **{"x-gathered": {"1": {"a": {"$ref": "#/x-gathered/2"}}, "2": THINGS}})
    public = Somebody(written, "/things")
    checks().test_everybody_can_read_the_whole_interface(public)
    checks().test_what_the_interface_offers_to_everybody_answers_as_it_is_described(public)

    assert public.asked == ["/things"]


def test_a_part_that_is_missing_shows() -> None:
    with pytest.raises(AssertionError):
        checks().test_everybody_can_read_the_whole_interface(Somebody(document({"/things": THINGS, "/other": {"$ref": "#/x-gathered/1"}})))


@pytest.mark.parametrize(
    ("more", "item"),
    [
        ({"servers": [{"url": "https://x/api/{v}", "variables": {"v": {"default": "v1"}}}]}, THINGS),
        ({}, {**THINGS, "servers": [{"url": "/api/v1/"}]}),
        ({"servers": [{"url": "/old"}]}, {"get": {**THINGS["get"], "servers": [{"url": "https://x/api/v1"}]}}),
    ],
    ids=["document", "path", "operation"],
)
def test_an_operation_is_called_where_its_server_is(more: dict[str, Any], item: dict[str, Any]) -> None:
    public = Somebody(document({"/things": item}, **more), "/api/v1/things")
    checks().test_what_the_interface_offers_to_everybody_answers_as_it_is_described(public)


def test_what_is_offered_and_does_not_answer_shows() -> None:
    with pytest.raises(AssertionError):
        checks().test_what_the_interface_offers_to_everybody_answers_as_it_is_described(Somebody(document({"/things": THINGS})))


def test_an_operation_whose_path_demands_a_parameter_is_not_called() -> None:
    demanding = {**THINGS, "parameters": [{"name": "q", "in": "query", "required": True}]}
    public = Somebody(document({"/things": demanding, "/other": THINGS}), "/other")
    checks().test_what_the_interface_offers_to_everybody_answers_as_it_is_described(public)

    assert public.asked == ["/other"]


def test_a_platform_that_offers_everything_to_those_who_log_in_is_not_convicted() -> None:
    with pytest.raises(Missing, match="needs a parameter or a log-in"):
        checks().test_what_the_interface_offers_to_everybody_answers_as_it_is_described(Somebody(document({"/things": GUARDED}), "/things"))
