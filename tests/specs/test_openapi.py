"""The published contract and the reference platform are held together, operation by operation and field by field."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from contract import document, operations
from federation.trading.wording import REFUSALS

from tenderproof import content

FEDERATION = content.fixtures_dir() / "federation" / "trading"
CONTRACT = content.specs_dir() / "openapi" / "trading.yaml"


@pytest.fixture(scope="module")
def contract() -> dict[str, Any]:
    """The contract as published."""
    found: dict[str, Any] = yaml.load(CONTRACT.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return found


@pytest.fixture(scope="module")
def reference() -> dict[str, Any]:
    """The contract as the reference serves it."""
    return operations.described()


def by_id(document: dict[str, Any]) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Each operation by its id: method, path, and what is said of it."""
    return {said["operationId"]: (method, path, said) for path, method, said in operations.operations(document["paths"])}


def references(part: Any) -> Iterator[str]:
    """Every reference in a part of the contract."""
    yield from re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(part))


def test_the_contract_is_what_the_generator_writes() -> None:
    written = document.written(document.document())

    assert document.written(yaml.load(written, Loader=yaml.CSafeLoader)) == written
    assert CONTRACT.read_text("utf-8") == written, "Run make contract."


def test_the_reference_serves_the_operations_of_the_contract_and_no_others(contract: dict[str, Any], reference: dict[str, Any]) -> None:
    published, served = by_id(contract), by_id(reference)

    assert {name: found[:2] for name, found in published.items()} == {name: found[:2] for name, found in served.items()}


def test_every_reference_resolves(contract: dict[str, Any]) -> None:
    for pointer in set(references(contract)):
        found: Any = contract
        for step in pointer.split("/"):
            found = found[step]
        assert found


def test_every_link_leads_to_an_operation_and_its_parameter(contract: dict[str, Any]) -> None:
    known = by_id(contract)
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
    assert used <= codes == set(REFUSALS)


def test_every_operation_names_codes_of_the_catalogue_and_no_code_is_for_nothing(contract: dict[str, Any]) -> None:
    catalogue = set(contract["components"]["schemas"]["Problem"]["properties"]["code"]["enum"])
    named = {name: {refusal["code"] for refusal in said["x-refusals"]} for name, (_, _, said) in by_id(contract).items()}

    assert all(codes <= catalogue for codes in named.values())
    assert catalogue - set().union(*named.values()) == {"method_not_allowed"}  # of the path, and of no operation


def test_every_operation_says_what_it_does_for_whom_and_how_it_refuses(contract: dict[str, Any]) -> None:
    tags = {tag["name"] for tag in contract["tags"]}
    for name, (_, _, operation) in by_id(contract).items():
        assert operation["summary"], name
        assert set(operation["tags"]) <= tags, name
        assert operation["x-roles"], name
        assert operation["responses"]["default"] == {"$ref": "#/components/responses/Refusal"}, name


def test_the_thirteen_function_groups_are_all_there(contract: dict[str, Any]) -> None:
    used = {tag for _, _, operation in by_id(contract).values() for tag in operation["tags"]}

    assert {f"5.{number}" for number in range(1, 14)} <= used
