"""Requests made from a document: what deviates from it is named once, and nothing is sent past the wire."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from tenderproof.candidate import Convention
from tenderproof.drivers.conformance import Conformance, Speakers
from tenderproof.evidence.chance import RecordedChance
from tenderproof.evidence.recorder import Recorder
from tenderproof.evidence.sink import NoSink
from tenderproof.evidence.wire import Request, Response, Wire
from tenderproof.testing.actors import Person
from tenderproof.testing.interface import Budget, Examination
from tenderproof.vocabulary import Blame, DeclarationTrouble, Missing, NetworkTrouble, PlatformTrouble

BUDGET = Budget(examples=3, boundaries=2, walks=2)
THING = {"type": "object", "required": ["id", "size"], "properties": {"id": {"type": "string"}, "size": {"type": "integer"}}}
NAMED = {"name": "thing_id", "in": "path", "required": True, "schema": {"type": "string"}}
CREATED = {"thing": {"operationId": "thing.get", "parameters": {"thing_id": "$response.body#/id"}}}


def _answers(status: str, schema: Any, **more: Any) -> dict[str, Any]:
    said = {"description": "", "content": {"application/json": {"schema": schema}}} | more
    return {status: said, "4XX": {"description": "", "content": {"application/problem+json": {"schema": {"type": "object"}}}}}


DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "servers": [{"url": "https://elsewhere.example/api"}],
    "paths": {
        "/things": {
            "get": {"operationId": "thing.list", "x-roles": ["verifier"], "responses": _answers("200", {"type": "array", "items": THING})},
            "post": {
                "operationId": "thing.create", "x-roles": ["tenderee", "verifier"],
                "requestBody": {"required": True, "content": {"application/json": {"schema": {
                    "type": "object", "required": ["size"], "additionalProperties": False,
                    "properties": {"size": {"type": "integer", "minimum": 1, "maximum": 9}},
                }}}},
                "responses": _answers("201", THING | {"additionalProperties": False}, links=CREATED),
            },
        },
        "/things/{thing_id}": {
            "get": {
                "operationId": "thing.get", "parameters": [NAMED],
                "responses": _answers("200", THING),
            },
            "delete": {
                "operationId": "thing.delete", "x-roles": ["verifier"],
                "parameters": [NAMED],
                "responses": {"204": {"description": ""}, "4XX": {"description": ""}},
            },
        },
    },
}  # fmt: skip


class Platform(Wire):
    """Keeps the document; ``otherwise`` may answer in its stead."""

    def __init__(self, otherwise: Callable[[Request, int], Response | None] = lambda _, __: None) -> None:
        self.sent: list[Request] = []
        self._otherwise, self._things, self.paused = otherwise, 0, 0.0

    def send(self, request: Request) -> Response:
        """One answer."""
        self.sent.append(request)
        return self._otherwise(request, len(self.sent)) or self._lawful(request)

    def pause(self, seconds: float) -> None:
        """It waits for nobody."""
        self.paused += seconds

    def _lawful(self, request: Request) -> Response:
        path = request.url.partition("/api")[2].partition("?")[0]
        if path == "/things" and request.method == "GET":
            return told([])
        if path == "/things":
            try:
                size = json.loads(request.body)["size"]
            except (ValueError, KeyError, TypeError):
                return refused()
            if isinstance(size, bool) or not isinstance(size, int) or not 1 <= size <= 9:
                return refused()
            self._things += 1
            return told({"id": f"t{self._things}", "size": size, "more": "than was agreed"}, 201)
        if path.removeprefix("/things/").startswith("t"):
            return told({"id": "t1", "size": 1}) if request.method == "GET" else Response(204, (), b"", 0.0, "")
        return refused(404)


def told(content: Any, status: int = 200, kind: str = "application/json") -> Response:
    """An answer."""
    return Response(status, (("Content-Type", kind),), json.dumps(content).encode(), 0.001, "")


def refused(status: int = 422) -> Response:
    """A refusal."""
    return told({"code": "invalid"}, status, "application/problem+json")


def _bearing(person: Person) -> Mapping[str, str]:
    return {"authorization": f"Bearer {person}"}


def examined(platform: Platform, budget: Budget = BUDGET, document: Any = None, **more: Any) -> Examination:
    """The platform examined; a tenderee may act, a verifier may read."""
    chance = RecordedChance("seed", Recorder(NoSink()))
    people: Any = {"tenderee": "tenderee"}
    readers: Any = {"verifier": "verifier"}
    speakers = Speakers(people, readers)
    made = Conformance(platform, "http://127.0.0.1:9", lambda: document or DOCUMENT, lambda: speakers, _bearing, chance, **more)
    return made.examined(budget)


def test_a_platform_that_does_what_it_says_deviates_in_nothing() -> None:
    platform = Platform()
    found = examined(platform)

    assert found.deviations == ()
    assert (found.operations, found.cases, found.left_out) == (4, len(platform.sent), ())
    assert {request.method for request in platform.sent} >= {"GET", "POST", "DELETE"}


def test_the_host_is_the_declared_one_whatever_the_document_says() -> None:
    platform = Platform()
    examined(platform)

    assert all(request.url.startswith("http://127.0.0.1:9/api/") for request in platform.sent)


def test_lawful_and_wrong_requests_are_made_and_links_are_followed() -> None:
    platform = Platform()
    examined(platform)
    bodies = [request.body for request in platform.sent if request.method == "POST"]

    assert any(b'"size"' in body for body in bodies)
    assert any(Platform()._lawful(request).status == 422 for request in platform.sent if request.method == "POST")
    assert any(request.url.endswith("/things/t1") for request in platform.sent)


@pytest.mark.parametrize(
    ("instead", "kind"),
    [
        (told({"id": "t1", "size": "1"}), "violates schema"),
        (told({"id": "t1", "size": 1}, kind="text/html"), "content-type"),
        (told({"id": "t1", "size": 1}, 202), "status code"),
        (Response(500, (("Content-Type", "text/plain"),), b"oops", 0.0, ""), "Server error"),
    ],
)
def test_what_deviates_is_named_once_with_the_command_that_repeats_it(instead: Response, kind: str) -> None:
    found = examined(Platform(lambda request, _: instead if request.method == "GET" and "/things/" in request.url else None))

    (deviation,) = [one for one in found.deviations if kind.lower() in one.kind.lower()]
    assert deviation.operation == "GET /api/things/{thing_id}"
    assert deviation.repeat.startswith("curl -X GET")
    assert {one.operation for one in found.deviations} == {"GET /api/things/{thing_id}"}


def test_an_error_that_does_not_come_again_is_no_finding() -> None:
    broken = Response(500, (), b"", 0.0, "")
    platform = Platform(lambda _, number: broken if number == 3 else None)

    assert examined(platform).deviations == ()
    assert platform.sent[2] == platform.sent[3]
    assert platform.paused > 0


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_platform_that_does_not_bear_the_requests_is_not_judged(status: int) -> None:
    platform = Platform(lambda _, number: Response(status, (), b"", 0.0, "") if number == 5 else None)
    with pytest.raises(PlatformTrouble, match=f"{status}; the platform does not bear"):
        examined(platform)
    assert len(platform.sent) == 5


def test_a_platform_that_is_gone_is_asked_no_more() -> None:
    def gone(_: Request, number: int) -> Response | None:
        if number == 4:
            raise NetworkTrouble("No whole answer")
        return None

    platform = Platform(gone)
    with pytest.raises(NetworkTrouble, match="No whole answer"):
        examined(platform)
    assert len(platform.sent) == 4


def test_who_may_act_acts_who_may_read_reads_and_nobody_does_the_rest() -> None:
    platform = Platform()
    examined(platform)
    who = {(r.method, "/things/" in r.url): r.headers.get("authorization") for r in platform.sent}

    assert who == {
        ("GET", False): "Bearer verifier", ("POST", False): "Bearer tenderee", ("GET", True): None, ("DELETE", True): None,
    }  # fmt: skip


def test_an_act_after_which_nobody_is_known_is_sent_by_nobody() -> None:
    platform = Platform()
    examined(platform, ending=["thing.create"])

    assert all("authorization" not in request.headers for request in platform.sent if request.method == "POST")


def test_what_the_declaration_keeps_from_us_is_left_out_and_said() -> None:
    platform = Platform()
    found = examined(platform, left_out=["thing.create", "no.such"])

    assert (found.operations, found.left_out) == (3, ("thing.create",))
    assert all(request.method != "POST" for request in platform.sent)


def test_nothing_that_only_reads_can_be_kept_from_us() -> None:
    with pytest.raises(DeclarationTrouble, match=r"leave_out names thing\.get, which only reads"):
        examined(Platform(), left_out=["thing.get"])


def test_the_same_seed_and_answers_make_the_same_requests() -> None:
    first, second = Platform(), Platform()
    examined(first)
    examined(second)

    assert first.sent == second.sent


def test_a_larger_budget_tries_more() -> None:
    small, large = examined(Platform(), Budget(1, 0, 1)), examined(Platform(), Budget(8, 4, 4))

    assert small.cases < large.cases


def test_operations_without_a_name_are_called_by_method_and_path() -> None:
    document = json.loads(json.dumps(DOCUMENT))
    for methods in document["paths"].values():
        for operation in methods.values():
            del operation["operationId"]
    document["paths"]["/things"]["post"]["responses"]["201"].pop("links")
    found = examined(Platform(), document=document, left_out=["delete /things/{thing_id}"])

    assert (found.operations, found.left_out, found.deviations) == (3, ("delete /things/{thing_id}",), ())


def test_a_document_without_links_deviates_in_nothing() -> None:
    document = json.loads(json.dumps(DOCUMENT))
    document["paths"]["/things"]["post"]["responses"]["201"].pop("links")

    assert examined(Platform(), document=document).deviations == ()


def test_what_our_own_tool_cannot_follow_convicts_nobody() -> None:
    document = json.loads(json.dumps(DOCUMENT))
    body = document["paths"]["/things"]["post"]["requestBody"]
    body["content"] = {"application/x-nobody-knows": {"schema": {"type": "object"}}}
    document["paths"]["/things"]["post"]["responses"]["201"].pop("links")
    with pytest.raises(Missing, match=r"POST /api/things .* could not be made") as missing:
        examined(Platform(), document=document)
    assert missing.value.blame is Blame.TOOL


def test_an_operation_that_asks_for_a_log_in_and_for_no_role_is_sent_by_the_first_who_may() -> None:
    document = json.loads(json.dumps(DOCUMENT))
    document["paths"]["/things/{thing_id}"]["get"]["security"] = [{"session": []}]
    document["components"] = {"securitySchemes": {"session": {"type": "http", "scheme": "bearer"}}}
    platform = Platform()
    examined(platform, document=document)

    assert {r.headers.get("authorization") for r in platform.sent if r.method == "GET" and "/things/" in r.url} == {"Bearer verifier"}


def test_an_operation_that_asks_for_no_log_in_is_sent_by_nobody() -> None:
    document = json.loads(json.dumps(DOCUMENT))
    document["security"] = [{"session": []}]
    nobody: tuple[list[Any], ...] = ([], [{}])
    for security in nobody:
        document["paths"]["/things/{thing_id}"]["get"]["security"] = security
        platform = Platform()
        examined(platform, document=document)
        assert {r.headers.get("authorization") for r in platform.sent if r.method == "GET" and "/things/" in r.url} == {None}


def test_the_command_that_repeats_has_a_place_for_what_its_sender_was_known_by_and_does_not_tell_it() -> None:
    found = examined(Platform(lambda request, _: told([1]) if request.method == "GET" and request.url.endswith("/things") else None))

    assert {one.repeat for one in found.deviations} == {
        'curl -H "authorization: $CREDENTIAL" -X GET http://127.0.0.1:9/api/things'
    }  # fmt: skip


def test_a_session_in_a_cookie_stands_beside_the_cookies_of_a_request() -> None:
    document = json.loads(json.dumps(DOCUMENT))
    theme = {"name": "theme", "in": "cookie", "required": True, "schema": {"type": "string", "enum": ["dark"]}}
    document["paths"]["/things"]["get"]["parameters"] = [theme]
    platform, speakers = Platform(), Speakers({}, {"verifier": "v"})  # type: ignore[dict-item]
    chance = RecordedChance("seed", Recorder(NoSink()))
    Conformance(platform, "http://x", lambda: document, lambda: speakers, lambda _: {"cookie": "sid=1"}, chance).examined(BUDGET)
    cookies = {r.headers.get("cookie") or r.headers.get("Cookie") for r in platform.sent if r.method == "GET" and r.url.endswith("/things")}

    assert "sid=1; theme=dark" in cookies
    assert all(str(cookie).startswith("sid=1") for cookie in cookies)


def test_a_refusal_with_status_200_is_no_deviation_where_the_declaration_says_that_refusals_come_so() -> None:
    def polite(request: Request, _: int) -> Response | None:
        lawful = Platform()._lawful(request)
        return told({"result": 1, "why": "no"}) if lawful.status == 422 else None

    convention = Convention(("result",), (0, None))
    assert examined(Platform(polite), convention=convention).deviations == ()
    assert [one.operation for one in examined(Platform(polite)).deviations]


def test_a_platform_that_takes_long_to_answer_is_waited_for_as_long_as_was_said_and_judged_by_what_was_seen() -> None:
    slow = Platform(lambda request, _: replace(told([{"id": 1}]), elapsed=2.0) if request.method == "GET" else None)
    whole, cut = examined(Platform()), examined(slow, replace(BUDGET, seconds=7.0))

    assert not whole.cut_short
    assert cut.cut_short
    assert sum(request.method == "GET" for request in slow.sent) == 4
    assert {one.operation for one in cut.deviations} == {"GET /api/things", "GET /api/things/{thing_id}"}
