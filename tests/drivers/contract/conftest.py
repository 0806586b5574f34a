import json
from collections.abc import Callable
from typing import Any

import pytest

from tenderproof.drivers.contract.driver import ContractDriver, ContractPerson
from tenderproof.testing import Answer

Asked = Callable[[Callable[[ContractPerson], Answer[Any]]], tuple[str, str, dict[str, Any]]]


@pytest.fixture
def person(driver: ContractDriver) -> ContractPerson:
    found = driver.declared("bidder")[0]
    assert isinstance(found, ContractPerson)
    return found


@pytest.fixture
def asked(person: ContractPerson, wire: Any) -> Asked:
    """What an operation sends: method, path under the contract's base with its query, body without its signature."""

    def of(call: Callable[[ContractPerson], Answer[Any]]) -> tuple[str, str, dict[str, Any]]:
        call(person)
        request = wire.last
        path = request.url.removeprefix("http://platform.test/api/v1")
        is_json = request.headers.get("content-type") == "application/json"
        body = json.loads(request.body) if is_json else {}
        body.pop("signature", None)
        return request.method, path, body

    return of


@pytest.fixture
def listing(wire: Any) -> None:
    """The platform answers with an empty list."""
    wire.answers = lambda _: (200, {"items": [], "next": None})
