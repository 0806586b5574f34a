"""The site of a declared candidate: asked where everybody reaches it, with what the driver knows of it."""

from dataclasses import replace
from typing import Any

import pytest

from tenderproof.candidate import Candidate, Channel, Convention
from tenderproof.drivers.channel import Asked
from tenderproof.drivers.site import DeclaredSite
from tenderproof.drivers.turns import Turns
from tenderproof.evidence.wire import Request
from tenderproof.vocabulary import Missing

SOMEBODY: Any = object()


def site(candidate: Candidate, wire: Any, url: str = "", entering: Request | None = None) -> DeclaredSite:
    return DeclaredSite(
        replace(candidate, channel=Channel(url)),
        wire,
        (Asked("GET", "/"),),
        lambda _: entering,
        Turns(candidate.file.parent / "private" / "entrance.lock"),
    )


@pytest.mark.parametrize(("url", "asked"), [("https://www.test", "https://www.test/x?y=1"), ("", "http://platform.test/x?y=1")])
def test_it_is_asked_over_tls_where_that_is_declared(driver: Any, url: str, asked: str) -> None:
    driver.wire.answers = lambda _: (404, b"no")
    answer = site(driver.candidate, driver.wire, url).ask("POST", "/x?y=1", {"origin": "null"}, b"{}")

    assert driver.wire.last == Request("POST", asked, {"origin": "null"}, b"{}")
    assert (answer.asked, answer.status, answer.body, answer.refused) == ("POST /x?y=1", 404, b"no", True)


def test_the_host_is_that_of_the_address(driver: Any) -> None:
    assert site(driver.candidate, driver.wire, "https://www.test:8443").host == "www.test"
    assert site(driver.candidate, driver.wire).host == "platform.test"


def test_it_is_secure_where_its_address_says_so(driver: Any) -> None:
    assert site(driver.candidate, driver.wire, "https://www.test").is_secure
    assert not site(driver.candidate, driver.wire).is_secure


def test_points_are_those_that_the_driver_knows(driver: Any) -> None:
    assert site(driver.candidate, driver.wire).points() == (("GET", "/", b""),)


def test_somebody_enters_as_the_driver_says_and_otherwise_nobody_does(driver: Any) -> None:
    driver.wire.answers = lambda _: (303, b"")
    entered = site(driver.candidate, driver.wire, "https://www.test", Request("POST", "/log-in", {"a": "b"}, b"token=1")).enter(SOMEBODY)

    assert entered.status == 303
    assert driver.wire.last == Request("POST", "https://www.test/log-in", {"a": "b"}, b"token=1")
    with pytest.raises(Missing, match="begins a session"):
        site(driver.candidate, driver.wire).enter(SOMEBODY)


@pytest.mark.parametrize(("said", "refusal"), [({"code": 404}, True), ({"code": 0}, False), (b"<html>", False)])
def test_a_refusal_under_a_status_of_success_is_known_by_the_declared_convention(driver: Any, said: Any, refusal: bool) -> None:
    driver.wire.answers = lambda _: (200, said)
    declared = replace(driver.candidate, refusal_in_200=Convention(("code",), (0,)))

    assert site(declared, driver.wire).ask("GET", "/").refusal is refusal
