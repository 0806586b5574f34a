"""What a finding shows to be broken is the narrowest of what it could be: a page, a code, an entrance, or what was published."""

from typing import Any

import pytest

from tenderproof.drivers.breaches import is_uncoded
from tenderproof.testing.interface import Breach
from tests.drivers.test_conformance import DOCUMENT, Platform, examined, told

REGION, INDUSTRY, PRICE, NAME = "A010003", "A010006", "A030005", "A010002"


def coded(item: str | list[str]) -> dict[str, Any]:
    """A schema whose place names data items."""
    return {"type": "string", "x-data-item": [item] if isinstance(item, str) else item}


def document(**properties: Any) -> dict[str, Any]:
    """The document of a platform whose things have these properties besides."""
    shape = {"type": "object", "required": ["id", *properties], "properties": {"id": {"type": "string"}, **properties}}
    answer = {"description": "", "content": {"application/json": {"schema": shape}}}
    refused = DOCUMENT["paths"]["/things"]["post"]["responses"]["4XX"]
    get = {"operationId": "thing.get", "responses": {"200": answer, "4XX": refused}}
    return {**{name: DOCUMENT[name] for name in ("openapi", "info", "servers")}, "paths": {"/one": {"get": get}}}


def breaches(answer: Any, of: dict[str, Any]) -> set[Breach]:
    """What is broken where the one operation answers so."""
    return {one.breach for one in examined(Platform(lambda _, __: answer), document=of).deviations}


@pytest.mark.parametrize(
    ("item", "value"),
    [
        (REGION, "北京市东城区"),
        (REGION, "99"),
        (INDUSTRY, "土木工程建筑业"),
        (PRICE, "十二万元"),
        (PRICE, "1,200.00"),
        ([REGION, "C050006"], "福建"),
    ],
)
def test_what_no_reading_of_the_standard_allows_is_uncoded(item: str | list[str], value: object) -> None:
    assert is_uncoded(coded(item), value)


@pytest.mark.parametrize(
    ("item", "value"),
    [
        (REGION, "110101"), (REGION, 350100), (REGION, None), (REGION, ["110101"]), (REGION, "110199"), (INDUSTRY, "E48"), (NAME, ""),
        (NAME, 7), (PRICE, 1200.5), (PRICE, "1200.505"), (["A010002", REGION], "北京市"), ("Z999999", "x"),
    ],
)  # fmt: skip
def test_what_some_reading_of_the_standard_allows_is_not(item: str | list[str], value: object) -> None:
    assert not is_uncoded(coded(item), value)


@pytest.mark.parametrize(
    ("value", "uncoded"), [(1764590000, True), ("明天", True), ("2026-12-01T09:00:00+08:00", False), ("20261201090000", False)]
)
def test_a_moment_may_be_written_as_the_annex_or_as_the_national_standard_has_it(value: object, *, uncoded: bool) -> None:
    assert is_uncoded(coded("A020006"), value) is uncoded


def test_a_place_that_names_no_item_is_not_coded() -> None:
    assert not is_uncoded({"type": "string"}, "x")
    assert not is_uncoded({"x-data-item": "A010003"}, "x")


def test_a_name_in_place_of_its_code_is_told_apart_from_another_shape() -> None:
    of = document(region={"type": "string", "pattern": "^[0-9]{6}$", "x-data-item": [REGION]}, size={"type": "integer"})

    assert breaches(told({"id": "t", "region": "北京市", "size": 1}), of) == {Breach.UNCODED}
    assert breaches(told({"id": "t", "region": "110101", "size": "1"}), of) == {Breach.UNPUBLISHED}
    assert breaches(told({"id": "t", "region": "110101", "size": 1}), of) == set()


def test_one_operation_may_break_both_and_each_is_told() -> None:
    of = document(region={"type": "string", "pattern": "^[0-9]{6}$", "x-data-item": [REGION]}, size={"type": "integer"})

    assert breaches(told({"id": "t", "region": "北京市", "size": "1"}), of) == {Breach.UNCODED, Breach.UNPUBLISHED}


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "image/png", "application/pdf"])
def test_a_page_or_picture_in_place_of_data_is_one_and_other_data_are_not(kind: str) -> None:
    assert Breach.PAGE in breaches(told({"id": "t"}, kind=kind), document())
    assert breaches(told({"id": "t"}, kind="application/vnd.it+json"), document()) == {Breach.UNPUBLISHED}


def test_a_page_that_refuses_or_that_is_shown_to_strangers_is_no_page_in_place_of_data() -> None:
    guarded = document()
    guarded["paths"]["/one"]["get"]["x-roles"] = ["nobody"]
    public = document()
    public["paths"]["/one"]["get"]["x-roles"] = ["public"]

    assert breaches(told({"code": "no"}, 404, "text/html"), document()) == {Breach.UNPUBLISHED}
    assert Breach.PAGE not in breaches(told({"id": "t"}, kind="text/html"), guarded)
    assert Breach.PAGE in breaches(told({"id": "t"}, kind="text/html"), public)


def test_what_breaks_off_is_closed() -> None:
    assert breaches(told({}, 500), document()) == {Breach.CLOSED, Breach.UNPUBLISHED}


def test_a_finding_names_the_roles_for_whom_its_operation_is() -> None:
    of = document(size={"type": "integer"})
    of["paths"]["/one"]["get"]["x-roles"] = ["supervisor"]
    found = examined(Platform(lambda _, __: told({"id": "t", "size": "1"})), document=of).deviations

    assert {one.roles for one in found} == {("supervisor",)}
