import base64
from collections.abc import Callable
from typing import Any

import pytest

from tenderproof.testing import Content, Entry, Message, ReceivedRegistration, Registration

REGISTRATION, RECEIVED = Registration({"id": "r"}), ReceivedRegistration({"id": "e"})


@pytest.mark.parametrize(
    ("call", "method", "path", "body"),
    [
        (lambda person: person.register(Content(name="甲")), "POST", "/registrations", {"name": "甲"}),
        (
            lambda person: person.verify(REGISTRATION, "rejected", "工商", "不符"),
            "POST",
            "/registrations/r/verification",
            {"outcome": "rejected", "source": "工商", "remark": "不符"},
        ),
        (
            lambda person: person.set_status(REGISTRATION, "suspended", "x"),
            "POST",
            "/registrations/r/status",
            {"status": "suspended", "reason": "x"},
        ),
        (
            lambda person: person.correct_received(RECEIVED, {"address": "x"}),
            "PATCH",
            "/received-registrations/e",
            {"address": "x"},
        ),
        (
            lambda person: person.decide_received(RECEIVED, "rejected", "工商"),
            "POST",
            "/received-registrations/e/decision",
            {"outcome": "rejected", "source": "工商"},
        ),
        (lambda person: person.registration_of(REGISTRATION), "GET", "/registrations/r", {}),
        (lambda person: person.entity_record("bidders", Entry({"id": "r"})), "GET", "/library/bidders/records/r", {}),
        (lambda person: person.acknowledge(Message({"id": "m"})), "POST", "/messages/m/acknowledgement", {}),
        (lambda person: person.add_relation("a", "b", "holding"), "POST", "/library/relations", {"a": "a", "b": "b", "kind": "holding"}),
        (lambda person: person.import_revocation_list("CRL"), "POST", "/revocation-lists", {"crl": "CRL"}),
        (lambda person: person.add_conduct(Content(kind="reward")), "POST", "/library/conduct", {"kind": "reward"}),
        (lambda person: person.change_conduct(Entry({"id": "c"}), {"text": "x"}), "PATCH", "/library/conduct/c", {"text": "x"}),
        (lambda person: person.add_to_blacklist(Content(name="甲")), "POST", "/library/blacklist", {"name": "甲"}),
        (
            lambda person: person.log_in_with_password("u", "p", "1"),
            "POST",
            "/sessions/password",
            {"login": "u", "password": "p", "otp": "1"},
        ),
        (
            lambda person: person.set_password("u", "p", "old"),
            "PUT",
            "/me/password",
            {"login": "u", "password": "p", "current_password": "old"},
        ),
        (lambda person: person.log_out(), "DELETE", "/sessions/current", {}),
    ],
)
def test_registrations_and_their_certificates_are_handled_where_the_contract_says(
    asked: Any, call: Callable[[Any], Any], method: str, path: str, body: dict[str, Any]
) -> None:
    assert asked(call) == (method, path, body)


def test_logging_in_signs_the_challenge_and_nothing_else(driver: Any, identity: Any, wire: Any) -> None:
    opened = driver.public.log_in(identity)
    header, payload, _ = wire.sent["signature"].split(".")

    assert opened.value.token == "token-1"
    assert wire.sent["challenge_id"] == "c"
    assert base64.urlsafe_b64decode(payload + "==") == b"nonce"
    assert b"x5c" in base64.urlsafe_b64decode(header + "==")


def test_a_challenge_that_is_refused_is_the_answer_to_the_log_in(
    driver: Any, identity: Any, wire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "_session", lambda _: None)
    wire.answers = lambda _: (422, {"code": "certificate_expired"})

    assert driver.public.log_in(identity).refused_because == "certificate_expired"


@pytest.mark.usefixtures("listing")
def test_what_the_public_service_platform_tells_is_received_by_role_and_code(asked: Any) -> None:
    assert asked(lambda person: person.receive_registrations("agency", "91")) == (
        "POST",
        "/received-registrations",
        {"role": "agency", "uscc": "91"},
    )


@pytest.mark.usefixtures("listing")
def test_libraries_are_asked_by_kind(asked: Any) -> None:
    assert asked(lambda person: person.library("experts", q="桥"))[1] == "/library/experts?q=%E6%A1%A5"
    assert asked(lambda person: person.find_bidders(region="110101"))[1] == "/library/bidders?region=110101"
    assert asked(lambda person: person.entity_statistics("bidders", q="b"))[1] == "/library/bidders/statistics?q=b"
    assert asked(lambda person: person.registrations(role="bidder"))[1] == "/registrations?role=bidder"
