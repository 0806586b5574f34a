"""The published contract and the reference platform are held together, operation by operation and field by field."""

import json
import re
from typing import Any

import pytest
import yaml
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from federation.trading import routes

from tenderproof import content

FEDERATION = content.fixtures_dir() / "federation" / "trading"


@pytest.fixture(scope="module")
def contract() -> dict[str, Any]:
    """The contract as published."""
    text = (content.specs_dir() / "openapi" / "trading.yaml").read_text("utf-8")
    document: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return document


@pytest.fixture(scope="module")
def reference() -> dict[str, Any]:
    """The contract as the reference serves it."""
    app = FastAPI()
    for router in routes.routers():
        app.include_router(router)
    return get_openapi(title="reference", version="1", openapi_version="3.1.0", routes=app.routes)


def operations(document: dict[str, Any]) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Each operation by its id: method, path, and what is said of it."""
    found = [(method, path, said) for path, item in document["paths"].items() for method, said in item.items()]
    return {said["operationId"]: (method, path, said) for method, path, said in found}


def test_the_reference_serves_the_operations_of_the_contract_and_no_others(contract: dict[str, Any], reference: dict[str, Any]) -> None:
    published, served = operations(contract), operations(reference)

    assert {name: found[:2] for name, found in published.items()} == {name: found[:2] for name, found in served.items()}


def test_what_is_sent_has_the_same_fields_in_both(contract: dict[str, Any], reference: dict[str, Any]) -> None:
    ours, theirs = contract["components"]["schemas"], reference["components"]["schemas"]

    assert [name for name in theirs if "ValidationError" not in name and ours.get(name) != theirs[name]] == []


def test_every_reference_resolves(contract: dict[str, Any]) -> None:
    for pointer in set(re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(contract))):
        found: Any = contract
        for step in pointer.split("/"):
            found = found[step]
        assert found


def test_every_link_leads_to_an_operation_and_its_parameter(contract: dict[str, Any]) -> None:
    known = operations(contract)
    answers = [answer for _, _, operation in known.values() for answer in operation["responses"].values()]
    links = [link for answer in answers for link in answer.get("links", {}).values()]

    assert links
    for link in links:
        _, path, _ = known[link["operationId"]]
        assert all(f"{{{parameter}}}" in path for parameter in link["parameters"])


def test_every_code_that_the_reference_refuses_with_is_in_the_contract(contract: dict[str, Any]) -> None:
    codes = set(contract["components"]["schemas"]["Problem"]["properties"]["code"]["enum"])
    used = {code for path in FEDERATION.rglob("*.py") for code in re.findall(r'Refusal\("([a-z_]+)"', path.read_text("utf-8"))}

    assert used
    assert used <= codes


def test_every_operation_says_what_it_does_for_whom_and_how_it_refuses(contract: dict[str, Any]) -> None:
    tags = {tag["name"] for tag in contract["tags"]}
    for name, (_, _, operation) in operations(contract).items():
        assert operation["summary"], name
        assert set(operation["tags"]) <= tags, name
        assert operation["x-roles"], name
        assert operation["responses"]["default"] == {"$ref": "#/components/responses/Refusal"}, name


def test_the_thirteen_function_groups_are_all_there(contract: dict[str, Any]) -> None:
    used = {tag for _, _, operation in operations(contract).values() for tag in operation["tags"]}

    assert {f"5.{number}" for number in range(1, 14)} <= used
