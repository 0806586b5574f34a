"""Beside an act strangers try the same: what they are told or change is found, what a platform does by itself is not laid at their door."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tenderproof.drivers import ContractDriver
from tenderproof.drivers.contract.access import CONTRACT, disguised
from tenderproof.drivers.contract.caller import Sent
from tenderproof.evidence.wire import Request
from tenderproof.testing import Kind, Matrix, Person, PlatformTrouble, Registration
from tenderproof.testing.identities import Identities

EVERY = set(Kind) - {Kind.DISGUISED}
REFUSAL = 403, {"code": "not_permitted"}


class Desk:
    """A platform with one registration: its owner reads and changes it; ``lets`` says who else does, and what becomes of it."""

    def __init__(self, owner: str) -> None:
        self.owner, self.address, self.pushed = owner, "北京市东城区检测路1号", 0
        self.lets: Callable[[Request], tuple[int, Any] | None] = lambda _: None
        self.pushes = False

    def shown(self) -> dict[str, Any]:
        return {"id": "0123456789abcdef", "address": self.address, "public_service_push": {"state": str(self.pushed)}}

    def __call__(self, request: Request) -> tuple[int, Any]:
        self.pushed += self.pushes
        path = request.url.removeprefix("http://platform.test/api/v1")
        if path == "/me":
            return 200, {"id": "a", "registration_id": "r", "role": "bidder"}
        if not path.startswith("/registrations/r"):
            return 404, {"code": "not_found"}
        if request.headers.get("authorization") != f"Bearer {self.owner}":
            return self.lets(request) or REFUSAL
        if request.method == "PATCH":
            self.address = json.loads(request.body)["address"]
        return 200, self.shown()


@pytest.fixture
def owner(driver: ContractDriver) -> Person:
    return driver.declared("bidder")[0]


@pytest.fixture
def desk(wire: Any, driver: ContractDriver, owner: Person) -> Desk:
    found = Desk(driver.sessions.of(owner.identity))
    wire.answers = found
    return found


@pytest.fixture
def tried(driver: ContractDriver, owner: Person, identities: Identities) -> Callable[..., Matrix]:
    """What comes of it when somebody changes an address while others try the same."""

    def of(kinds: set[Kind] = EVERY, address: str = "北京市西城区检测路9号") -> Matrix:
        strangers = {"tenderee": driver.acting(identities.fresh("tenderee")), "expert": driver.acting(identities.fresh("expert"))}
        return driver.access.beside(lambda: owner.change_registration({"address": address}).require(), strangers, kinds)

    return of


def test_refusals_of_everybody_else_are_no_finding(desk: Desk, tried: Callable[..., Matrix]) -> None:
    matrix = tried()

    assert matrix.findings == []
    assert matrix.decided == {"registration.edit", "registration.get", "certificate.list"}
    assert matrix.counts["nobody: refused"] == matrix.counts["tampered token: refused"] == len(matrix.decided)
    assert matrix.counts["another party: refused"]
    assert matrix.counts["another role: refused"]
    assert desk.address == "北京市西城区检测路9号"


def test_a_refusal_that_comes_with_200_is_one(desk: Desk, tried: Callable[..., Matrix]) -> None:
    desk.lets = lambda _: (200, {"success": False, "message": "无此权限"})

    assert tried().findings == []


def test_whoever_is_told_what_is_the_owners_is_found_whatever_the_status(desk: Desk, tried: Callable[..., Matrix]) -> None:
    desk.lets = lambda request: (403, {"code": "not_permitted", "was": desk.shown()}) if "authorization" not in request.headers else None
    findings = tried().findings

    assert findings
    assert {finding.partition(" (")[0] for finding in findings} == {
        f"{name} by public" for name in ("registration.edit", "registration.get", "certificate.list")
    }


def test_a_change_behind_a_refusal_is_found(desk: Desk, tried: Callable[..., Matrix]) -> None:
    def lets(request: Request) -> tuple[int, Any]:
        if request.method == "PATCH":
            desk.address = json.loads(request.body)["address"]
        return REFUSAL

    desk.lets = lets

    assert any("changed" in finding for finding in tried().findings)


def test_what_a_platform_hands_over_by_itself_is_no_strangers_doing(desk: Desk, tried: Callable[..., Matrix]) -> None:
    desk.pushes = True

    assert tried().findings == []


def test_an_answer_that_broke_off_decides_nothing(desk: Desk, tried: Callable[..., Matrix]) -> None:
    desk.lets = lambda _: (500, {"address": desk.address})
    matrix = tried()

    assert matrix.findings == []
    assert matrix.decided == frozenset()


def test_an_act_that_its_owner_cannot_do_decides_nothing(wire: Any, driver: ContractDriver, tried: Callable[..., Matrix]) -> None:
    wire.answers = lambda request: (200, {"id": "a", "registration_id": "r"}) if request.url.endswith("/me") else REFUSAL

    with pytest.raises(PlatformTrouble):
        tried()
    assert driver.bystander is None


def test_only_the_kinds_that_are_asked_for_try(desk: Desk, tried: Callable[..., Matrix]) -> None:
    assert desk.owner
    assert {name.partition(":")[0] for name in tried({Kind.NOBODY}).counts} == {"trials", "operations", "nobody"}


def test_an_ended_session_is_tried_where_it_is_nobody_elses(wire: Any, driver: ContractDriver, identities: Identities) -> None:
    fresh = driver.acting(identities.fresh("bidder"))
    wire.answers = lambda _: (200, {"id": "a", "registration_id": "r"})
    matrix = driver.access.beside(lambda: fresh.submit_registration().require(), {}, {Kind.ENDED})

    assert any(request.method == "DELETE" and request.url.endswith("/sessions/current") for request in wire.requests)
    assert matrix.counts["trials"] > 0


def test_what_was_tried_is_counted_in_the_record(
    desk: Desk, driver: ContractDriver, tried: Callable[..., Matrix], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: dict[str, bytes] = {}

    def keeping(kind: str, produce: Callable[[], bytes], **_: Any) -> bytes:
        made[kind] = produce()
        return made[kind]

    monkeypatch.setattr(driver.chance, "made", keeping)
    matrix = tried({Kind.NOBODY})

    assert desk.owner
    assert json.loads(made["access matrix"]) == dict(matrix.counts)


def test_the_contract_is_where_it_is_looked_for(driver: ContractDriver, owner: Person) -> None:
    assert CONTRACT.endswith("trading.yaml")
    matrix = driver.access.beside(lambda: owner.registration_of(Registration({"id": "r"})), {}, EVERY)  # type: ignore[attr-defined]
    assert matrix.trials == ()


def test_a_request_in_disguise_asks_for_the_same_in_other_ways() -> None:
    sent = Sent("PATCH", "/registrations/r", {"address": "x"})
    asked = [repr(one) for one in disguised(sent, "http://platform.test/api/v1")]

    assert len(asked) == len(set(asked))
    assert {
        "PATCH http://platform.test/api/v1/registrations/r/", "PATCH http://platform.test/api/v1/REGISTRATIONS/r",
        "PATCH http://platform.test/api/v1/%72egistrations/r", "POST /registrations/r x-http-method-override: PATCH",
        "POST /registrations/r?_method=PATCH", "GET /time x-original-url: /api/v1/registrations/r",
    } <= set(asked)  # fmt: skip
    assert not any("override" in one for one in map(repr, disguised(Sent("GET", "/registrations/r", None), "")))


def test_what_a_disguise_opens_is_found(driver: ContractDriver, desk: Desk, owner: Person, identities: Identities) -> None:
    desk.lets = lambda request: (200, desk.shown()) if request.headers.get("x-forwarded-for") == "127.0.0.1" else None
    strangers = {"bidder": driver.acting(identities.fresh("bidder"))}
    matrix = driver.access.beside(lambda: owner.change_registration({"address": "新址"}).require(), strangers, {Kind.DISGUISED})

    assert any("x-forwarded-for" in finding for finding in matrix.findings)
    assert {name.partition(":")[0] for name in matrix.counts} == {"trials", "operations", "in disguise"}


def test_a_tenderees_project_is_asked_for_by_another(driver: ContractDriver, wire: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver.stories, "created", lambda: None)
    wire.answers = lambda _: (200, {"items": []})
    matrix = driver.access.of_ones_own()

    assert matrix.trials == ()
    assert {request.url.removeprefix("http://platform.test") for request in wire.requests if request.method == "GET"} <= {
        "/api/v1/projects"
    }
