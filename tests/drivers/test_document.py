"""A document may be written in many ways; afterwards it stands in one."""

from typing import Any

import pytest

from tenderproof.drivers.document import operations, ready
from tenderproof.vocabulary import Blame, Missing

ANSWERS = {"responses": {"200": {"description": ""}}}


def document(**more: Any) -> dict[str, Any]:
    """A document with one path, or with other ``paths``."""
    return {"openapi": "3.1.0", "paths": {"/things": {"get": ANSWERS}}, **more}


def paths(found: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What there is: path, method, name."""
    return [(path, method, operation["operationId"]) for path, method, operation in operations(found)]


def test_an_operation_without_a_name_is_called_by_method_and_path() -> None:
    found = ready(document(paths={"/things": {"get": ANSWERS, "post": {**ANSWERS, "operationId": "add"}, "head": ANSWERS}}))

    assert paths(found) == [("/things", "get", "get /things"), ("/things", "post", "add")]


@pytest.mark.parametrize(
    ("servers", "root"),
    [
        ([], ""),
        ([{"url": "/"}], ""),
        ([{"url": "api/"}], "/api"),
        ([{"url": "/api/v2/"}], "/api/v2"),
        ([{"url": "https://elsewhere.example:8443/api"}, {"url": "/other"}], "/api"),
        ([{"url": "{scheme}://{host}/{edition}", "variables": {n: {"default": d} for n, d in
          (("scheme", "https"), ("host", "h.example"), ("edition", "v2"))}}], "/v2"),
        ([{"url": "https://[broken/api"}], ""),
    ],
)  # fmt: skip
def test_operations_lie_under_the_path_of_the_first_server_and_not_on_its_host(servers: Any, root: str) -> None:
    found = ready(document(servers=servers))

    assert paths(found) == [(f"{root}/things", "get", "get /things")]
    assert "servers" not in found


def test_a_path_or_an_operation_may_have_servers_of_its_own() -> None:
    item = {"servers": [{"url": "/path"}], "get": ANSWERS, "post": {**ANSWERS, "servers": [{"url": "/operation"}]}, "parameters": ["p"]}
    found = ready(document(servers=[{"url": "/root"}], paths={"/a": item, "/b": {"get": ANSWERS}}))

    assert paths(found) == [("/path/a", "get", "get /a"), ("/operation/a", "post", "post /a"), ("/root/b", "get", "get /b")]
    assert [found["paths"][path]["parameters"] for path in ("/path/a", "/operation/a")] == [["p"], ["p"]]
    assert "servers" not in found["paths"]["/operation/a"]["post"]


def test_a_path_that_is_referred_to_is_read_where_it_stands() -> None:
    items = {"a~b": {"get": ANSWERS, "summary": "theirs"}, "more": {"$ref": "#/components/pathItems/a~0b"}}
    found = ready(
        document(paths={"/a": {"$ref": "#/components/pathItems/more", "summary": "ours"}}, components={"pathItems": items})
    )  # fmt: skip

    assert paths(found) == [("/a", "get", "get /a")]
    assert found["paths"]["/a"]["summary"] == "ours"


@pytest.mark.parametrize("reference", ["other.yaml#/paths/a", "#/nowhere", "#/paths/~1a"])
def test_a_path_that_nobody_has_read_is_no_verdict_on_the_platform(reference: str) -> None:
    with pytest.raises(Missing, match="for a path") as missing:
        ready(document(paths={"/a": {"$ref": reference}}))
    assert missing.value.blame is Blame.TOOL


def test_bans_on_further_members_are_lifted_and_what_only_they_kept_apart_may_both_fit() -> None:
    alternatives = [{"properties": {"a": {}}, "additionalProperties": False}, {"unevaluatedProperties": False, "additionalProperties": {}}]
    schema = {"oneOf": alternatives, "anyOf": [{"type": "object"}], "allOf": [{"minProperties": 1}], "not": {"additionalProperties": False}}
    found = ready(document(components={"schemas": {"A": schema, "B": {"properties": {"oneOf": {"oneOf": alternatives[:1]}}}}}))
    lifted = [{"properties": {"a": {}}}, {"additionalProperties": {}}]

    assert found["components"]["schemas"] == {
        "A": {
            "anyOf": [{"type": "object"}],
            "allOf": [{"minProperties": 1}, {"anyOf": lifted}],
            "not": {"additionalProperties": False},
        },
        "B": {"properties": {"oneOf": {"anyOf": lifted[:1]}}},
    }


def test_a_link_by_place_becomes_one_by_name() -> None:
    links = {
        "one": {"operationRef": "#/paths/~1a~1{id}/get", "parameters": {}},
        "other": {"operationRef": "https://x.example/#/paths/~1a/get"},
    }
    answers = {"responses": {"201": {"description": "", "links": links}}}
    found = ready(
        document(servers=[{"url": "/v1"}], paths={"/a": {"post": answers}, "/a/{id}": {"get": {**ANSWERS, "operationId": "a.get"}}})
    )
    made = found["paths"]["/v1/a"]["post"]["responses"]["201"]["links"]

    assert made == {"one": {"operationId": "a.get", "parameters": {}}, "other": links["other"]}


def test_an_identifier_that_is_nobodys_is_an_example_of_every_path_parameter_that_may_be_any_text() -> None:
    def parameter(where: str, **more: Any) -> dict[str, Any]:
        return {"name": "id", "in": where, "required": True, "schema": {"type": "string", **more}}

    shared = {"components": {"parameters": {"id": {**parameter("path"), "examples": {"own": {"value": "A1"}}}}}}
    free, narrow, query = parameter("path"), parameter("path", pattern="^[0-9]+$"), parameter("query")
    made = ready({"paths": {"/a/{id}": {"get": {"parameters": [free, narrow, query]}}}, **shared})

    found = made["paths"]["/a/{id}"]["get"]["parameters"]
    assert [sorted(one.get("examples", ())) for one in found] == [["nobodys"], [], []]
    assert sorted(made["components"]["parameters"]["id"]["examples"]) == ["nobodys", "own"]


def test_the_document_that_was_read_stays_as_it_is() -> None:
    given = document(components={"schemas": {"A": {"additionalProperties": False}}})
    ready(given)

    assert given == document(components={"schemas": {"A": {"additionalProperties": False}}})
