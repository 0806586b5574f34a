from typing import Any

import pytest
import rfc8785

from tenderproof.candidate import Convention
from tenderproof.drivers import ContractDriver, signing
from tenderproof.drivers.contract.caller import segment
from tenderproof.drivers.contract.driver import ContractPerson
from tenderproof.testing import PlatformTrouble, Project, Section, signatures
from tenderproof.testing.identities import Identities, Identity

SECTION = Section({"id": "s/1"})
REFUSAL = {"code": "deadline_passed", "detail": "已截止", "errors": [{"field": "at", "reason": "late"}]}


def test_a_refusal_is_an_answer_with_its_code_words_and_fields(person: ContractPerson, wire: Any) -> None:
    wire.answers = lambda _: (409, REFUSAL)
    answer = person.section(SECTION)

    assert (answer.refused_because, answer.words, set(answer.faulty_fields), answer.status) == ("deadline_passed", "已截止", {"at"}, 409)
    assert "bidder 投标人甲 GET /sections/s%2F1" in repr(answer)


@pytest.mark.parametrize("status", [400, 403, 409, 410, 422])
def test_the_code_counts_and_not_the_status(person: ContractPerson, wire: Any, status: int) -> None:
    wire.answers = lambda _: (status, REFUSAL)

    assert person.section(SECTION).refused_because == "deadline_passed"


@pytest.mark.parametrize(
    ("status", "content"),
    [
        (500, {"code": "deadline_passed"}),
        (503, b"<html>"),
        (302, {}),
        (200, b"<html>"),
        (200, b"[]"),
        (200, {}),
        (200, []),
        (404, b"<html>Not Found"),
        (404, {"detail": "Not Found"}),
        (409, {"code": ""}),
        (409, {"code": 7}),
        (409, []),
    ],
)
def test_what_is_no_answer_is_the_platforms_trouble_at_once(person: ContractPerson, wire: Any, status: int, content: Any) -> None:
    wire.answers = lambda _: (status, content)

    with pytest.raises(PlatformTrouble):
        person.section(SECTION)


def test_a_list_is_read_to_its_end(person: ContractPerson, wire: Any) -> None:
    pages = iter([{"items": [{"id": "1"}], "next": "two"}, {"items": [{"id": "2"}], "next": None}])
    wire.answers = lambda _: (200, next(pages))

    assert [found.id for found in person.projects().value] == ["1", "2"]
    assert wire.last.url.endswith("/projects?cursor=two")


def test_a_list_that_does_not_end_is_the_platforms_trouble(person: ContractPerson, wire: Any) -> None:
    wire.answers = lambda _: (200, {"items": [], "next": "more"})

    with pytest.raises(PlatformTrouble, match="does not end"):
        person.projects()


@pytest.mark.parametrize("content", [{}, {"items": {}}, [], {"items": [{}], "next": None}])
def test_what_is_no_list_is_the_platforms_trouble(person: ContractPerson, wire: Any, content: Any) -> None:
    wire.answers = lambda _: (200, content)

    with pytest.raises(PlatformTrouble):
        person.projects()


def test_a_list_can_be_refused(person: ContractPerson, wire: Any) -> None:
    wire.answers = lambda _: (403, {"code": "not_permitted"})

    assert person.projects().refused_because == "not_permitted"


def test_an_act_with_legal_effect_is_signed_over_all_that_is_sent(person: ContractPerson, wire: Any) -> None:
    person.file_objection(SECTION, "opening", "异议")
    sent = wire.sent

    assert (sent["act"], sent["object"]) == ("objection.file", "s/1")
    signature = signatures.holds(sent, [])
    assert signature is not None
    assert signature.name == person.identity.name


def test_a_check_can_leave_out_borrow_or_spoil_the_signature(person: ContractPerson, wire: Any, identities: Identities) -> None:
    stranger = identities.fresh("bidder")
    person.signing_as(None).file_objection(SECTION, "opening", "异议")
    assert "signature" not in wire.sent

    person.signing_as(stranger).file_objection(SECTION, "opening", "异议")
    borrowed = signatures.holds(wire.sent, [])
    assert borrowed is not None
    assert borrowed.name == stranger.name

    person.signing_wrongly().file_objection(SECTION, "opening", "异议")
    assert wire.sent["object"] == "s/1"
    assert signatures.holds(wire.sent, []) is None

    person.file_objection(SECTION, "opening", "异议")
    assert signatures.holds(wire.sent, []) is not None


def test_a_session_is_opened_once_and_renewed_once_when_it_has_ended(person: ContractPerson, wire: Any) -> None:
    ended = {"Bearer token-1"}
    wire.answers = lambda request: (401, {"code": "not_authenticated"}) if request.headers["authorization"] in ended else (200, {"id": "a"})

    assert person.me().accepted
    assert person.me().accepted
    assert [request.url.rpartition("/")[2] for request in wire.requests] == [
        "challenges",
        "sessions",
        "me",
        "challenges",
        "sessions",
        "me",
        "me",
    ]
    assert wire.shared == ["token:bidder-1", "session:bidder-1"] * 2


def test_a_token_that_is_shown_as_it_is_is_never_renewed(person: ContractPerson, wire: Any) -> None:
    wire.answers = lambda _: (401, {})
    answer = person.bearing("dead").me()

    assert answer.refused_because == "not_authenticated"
    assert [request.headers.get("authorization") for request in wire.requests] == ["Bearer dead"]


def test_nobody_in_particular_shows_no_session(driver: ContractDriver, wire: Any) -> None:
    wire.answers = lambda _: (401, {"code": "not_authenticated"})

    assert driver.public.time().refused_because == "not_authenticated"
    assert "authorization" not in wire.last.headers


CONVENTION = Convention(("status",), ("ok", 0), ("reason",))


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        ({"status": "ok", "id": "1"}, None),
        ({"status": 0, "id": "1"}, None),
        ({"status": "no", "reason": "deadline_passed"}, "deadline_passed"),
    ],
)
def test_a_refusal_with_status_200_is_a_refusal_where_the_declaration_says_so(
    declare: Any, wire: Any, tmp_path: Any, content: Any, refused: str | None
) -> None:
    platform = ContractDriver(declare(convention=CONVENTION), wire, None, tmp_path / "private")  # type: ignore[arg-type]
    wire.answers = lambda _: (200, content)

    assert ContractPerson(platform).bearing("t").project(Project({"id": "1"})).refused_because == refused


def test_an_answer_that_keeps_to_no_convention_is_the_platforms_trouble(declare: Any, wire: Any, tmp_path: Any) -> None:
    platform = ContractDriver(declare(convention=CONVENTION), wire, None, tmp_path / "private")  # type: ignore[arg-type]
    wire.answers = lambda _: (200, {"id": "1"})

    with pytest.raises(PlatformTrouble, match="neither success nor refusal"):
        ContractPerson(platform).bearing("t").project(Project({"id": "1"}))


def test_identifiers_cannot_leave_their_place_in_a_path() -> None:
    assert segment("../x?y=1") == "..%2Fx%3Fy%3D1"


def test_files_and_pages_come_as_they_are(driver: ContractDriver, wire: Any) -> None:
    wire.answers = lambda _: (200, b"<html>")
    page = driver.public.file("/notices")

    assert page.value.octets == b"<html>"
    assert wire.last.url == "http://platform.test/notices"


def test_a_session_is_shown_to_the_platform_and_to_nobody_else(person: ContractPerson, wire: Any) -> None:
    wire.answers = lambda _: (200, b"%PDF")
    person.file("http://platform.test/report.pdf")
    assert "authorization" in wire.last.headers
    for elsewhere in ("http://elsewhere.test/report.pdf", "http://platform.test.evil/report.pdf"):
        person.file(elsewhere)
        assert wire.last.url == elsewhere
        assert "authorization" not in wire.last.headers


def test_a_detached_signature_is_over_the_canonical_form(identity: Identity) -> None:
    signature = signing.detached(identity, {"b": 1, "a": 2})

    assert signatures.holds({"a": 2, "b": 1, "signature": signature}, []) is not None
    assert rfc8785.dumps({"b": 1, "a": 2}) == b'{"a":2,"b":1}'


def test_what_is_added_goes_beside_what_is_asked_anyway(person: ContractPerson, wire: Any) -> None:
    wire.answers = lambda _: (200, {"items": [], "next": None})
    person.bearing("t").adding({"x-debug": "1"}, {"debug": "1"}).registrations(q="a")

    assert (wire.last.headers["x-debug"], wire.last.headers["authorization"]) == ("1", "Bearer t")
    assert wire.last.url.endswith("?q=a&debug=1")
    person.bearing("t").registrations(q="a")
    assert "x-debug" not in wire.last.headers


def test_a_page_where_a_public_file_was_asked_for_is_a_refusal_without_a_code(person: ContractPerson, wire: Any) -> None:
    wire.answers = lambda _: (404, b"<p>nothing here</p>")
    answer = person.bearing("t").file("/nowhere")

    assert (answer.refused, answer.status) == (True, 404)
    with pytest.raises(PlatformTrouble):
        person.bearing("t").octets("/nowhere")


def test_what_was_sent_is_told(person: ContractPerson, wire: Any) -> None:
    wire.answers = lambda _: (200, {"token": "t", "account": {}})

    assert person.bearing("t").log_in_with_password("name", "secret").sent == b'{"login":"name","password":"secret","otp":""}'


def test_a_body_can_be_handed_in_as_it_stands(person: ContractPerson, wire: Any) -> None:
    wire.answers = lambda _: (422, {"code": "invalid_content"})
    answer = person.bearing("t").register_as("application/xml", b"<a/>")

    assert answer.refused_because == "invalid_content"
    assert (wire.last.method, wire.last.body, wire.last.headers["content-type"]) == ("POST", b"<a/>", "application/xml")


def test_a_file_tells_in_which_headers_it_came(driver: ContractDriver, wire: Any) -> None:
    wire.answers = lambda _: (200, b"%PDF")
    file = driver.public.file("/report.pdf").value

    assert file.header("Content-Type") == "application/octet-stream"
    assert file.header("x-other") is None
