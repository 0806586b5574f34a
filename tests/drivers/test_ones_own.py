"""Two accounts of a role on a platform in memory: what one finds of its own the other does not read, or it is found."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tenderproof.candidate import Convention
from tenderproof.drivers.document import ready
from tenderproof.drivers.ones_own import Account, OnesOwn, identifiers
from tenderproof.evidence.wire import Request, Response
from tenderproof.testing import Matrix
from tenderproof.vocabulary import DeclarationTrouble, NetworkTrouble

DOCUMENT = {
    "openapi": "3.1.0",
    "servers": [{"url": "/v1"}],
    "paths": {
        "/orders": {"get": {"operationId": "order.list"}},
        "/orders/{order_id}": {"get": {"operationId": "order.get"}, "delete": {"operationId": "order.drop"}},
    },
}
ORDERS = {"Bearer aaaaaa": ["a-0000001"], "Bearer bbbbbb": ["b-0000001"]}
Allowed = Callable[[str | None, str], bool]


class Shop:
    """Each account lists its own orders; ``allows`` says who reads which, ``refusal`` how everybody else is refused."""

    def __init__(self) -> None:
        self.allows: Allowed = lambda who, order: order in ORDERS.get(str(who), ())
        self.refusal: tuple[int, Any] = (404, {"code": "not_found"})
        self.sent: list[Request] = []

    def send(self, request: Request) -> Response:
        self.sent.append(request)
        who, path = request.headers.get("authorization"), request.url.removeprefix("http://shop.test/v1")
        if path == "/orders":
            return answer(200, {"data": {"items": [{"orderId": order} for order in ORDERS.get(str(who), ())]}}) if who else answer(401, {})
        order = path.rpartition("/")[2]
        return answer(200, {"id": order, "account": f"6222-{order}"}) if self.allows(who, order) else answer(*self.refusal)


def answer(status: int, content: Any) -> Response:
    return Response(status, (("content-type", "application/json"),), json.dumps(content).encode(), 0.0, "")


@pytest.fixture
def shop() -> Shop:
    return Shop()


def tried(shop: Shop, private: tuple[str, ...] = ("order.get",), convention: Convention | None = None) -> Matrix:
    accounts = [Account("bidder", {"authorization": who}) for who in ORDERS]
    return OnesOwn(shop, "http://shop.test", convention).matrix(ready(DOCUMENT), private, accounts)  # type: ignore[arg-type]


def test_what_is_read_by_its_owner_alone_is_no_finding(shop: Shop) -> None:
    matrix = tried(shop)

    assert matrix.findings == []
    assert matrix.counts == {
        "trials": 6, "operations": 1, "another party: refused": 2, "nobody: refused": 2, "tampered token: refused": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("allows", "kind"),
    [
        (lambda who, _: who in ORDERS, "another party"),
        (lambda who, order: who is None or order in ORDERS.get(who, ()), "nobody"),
        (lambda who, order: who is not None and order[0] == who[7], "tampered token"),
    ],
)
def test_whoever_reads_anothers_is_found(shop: Shop, allows: Allowed, kind: str) -> None:
    shop.allows = allows
    findings = tried(shop).findings

    assert findings
    assert {finding.partition("(")[2].partition(")")[0] for finding in findings} == {kind}


def test_data_behind_a_refusal_are_found_whatever_the_status(shop: Shop) -> None:
    shop.refusal = 403, {"code": "not_permitted", "order": "6222-a-0000001"}

    assert any("6222-a-0000001" in finding for finding in tried(shop).findings)


def test_a_refusal_by_convention_is_one(shop: Shop) -> None:
    shop.refusal = 200, {"success": False}
    convention = Convention(("success",), (True, None))

    assert tried(shop, convention=convention).findings == []


def test_what_its_owner_cannot_read_and_what_breaks_off_tells_nothing(shop: Shop) -> None:
    shop.allows = lambda _, __: False
    assert tried(shop).trials == ()
    shop.allows, shop.refusal = (lambda who, order: order in ORDERS.get(str(who), ())), (500, {})
    assert tried(shop).decided == frozenset()


class Silent(Shop):
    """Nobody answers."""

    def send(self, request: Request) -> Response:
        raise NetworkTrouble(f"silence at {request.url}")


def test_no_answer_tells_nothing() -> None:
    assert tried(Silent()).trials == ()


@pytest.mark.parametrize("name", ["order.list", "order.drop", "order.buy"])
def test_an_operation_that_reads_nothing_out_of_a_list_is_said_to_be_none(shop: Shop, name: str) -> None:
    with pytest.raises(DeclarationTrouble, match=name):
        tried(shop, (name,))


@pytest.mark.parametrize("item", [{"id": "7"}, {"order_id": "7"}, {"orderId": 7}])
def test_things_in_a_list_are_known_by_whatever_they_are_called(item: Mapping[str, Any]) -> None:
    assert list(identifiers({"data": {"rows": [item, {"name": "x"}, 3]}}, "order_id")) == ["7"]
