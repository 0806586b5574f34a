from pathlib import Path
from typing import Any

import pytest

from tenderproof.candidate import Counterpart, Secret
from tenderproof.drivers.counterpart import OtherEnd
from tenderproof.drivers.public_service import Intake
from tenderproof.testing import Content


def whatever(_: Any) -> bool:
    return True


ITEM = {
    "id": "1", "kind": "notice", "object": "n", "medium": "public_service", "content": {"text": {}}, "content_sha256": "0",
    "at": "2026-03-02T09:00:00+08:00", "received_at": "2026-03-02T09:00:00+08:00",
}  # fmt: skip


@pytest.fixture
def intake(wire: Any, tmp_path: Path) -> Intake:
    (tmp_path / "token").write_text("let-me-read\n")
    declared = Counterpart("http://intake.test", Secret(file=tmp_path / "token"), within_s=3)
    return Intake(OtherEnd("public_service", declared, wire))


@pytest.fixture
def pauses(wire: Any) -> list[float]:
    """The pauses that were made between questions; none is waited for."""
    made: list[float] = wire.pauses
    return made


def test_what_came_of_a_thing_is_read_with_our_token(intake: Intake, wire: Any) -> None:
    wire.answers = lambda _: (200, {"items": [ITEM]})

    assert [one.object for one in intake.provided("notice", "n/1")] == ["n"]
    assert wire.last.url == "http://intake.test/api/v1/provided?kind=notice&object=n%2F1"
    assert wire.last.headers == {"authorization": "Bearer let-me-read"}


PAPER = Content(
    role="bidder", name="甲", uscc="91", address="某路", agreement={"version": "1"}, certificate="PEM", encryption_certificate=""
)


def test_a_registration_is_handed_in_with_its_facts_apart_and_without_the_agreement(intake: Intake, wire: Any) -> None:
    wire.answers = lambda _: (201, {})
    intake.hold_registration(PAPER, "乙平台")
    own = {"role": "bidder", "name": "甲", "uscc": "91", "certificate": "PEM", "encryption_certificate": ""}

    assert (wire.last.method, wire.last.url) == ("POST", "http://intake.test/api/v1/registrations")
    assert wire.sent == {**own, "source": "乙平台", "content": {"address": "某路"}}
    assert wire.last.headers["authorization"] == "Bearer let-me-read"


def test_what_is_there_is_not_waited_for(intake: Intake, wire: Any, pauses: list[float]) -> None:
    wire.answers = lambda _: (200, {"items": [ITEM]})

    assert len(intake.awaited("notice", "n", 300, whatever)) == 1
    assert pauses == []


def test_it_is_asked_again_until_what_is_looked_for_is_there(intake: Intake, wire: Any, pauses: list[float]) -> None:
    wire.answers = lambda _: (200, {"items": [ITEM, {**ITEM, "medium": "press"}][: len(wire.requests) - 1]})

    assert [one.medium for one in intake.awaited("notice", "n", 300, lambda one: one.medium == "press")] == ["press"]
    assert len(pauses) == 2


@pytest.mark.parametrize(("within_s", "asked"), [(300, 7), (1, 3)])
def test_the_shorter_of_the_plans_and_the_declared_time_bounds_the_waiting(
    intake: Intake, wire: Any, pauses: list[float], within_s: int, asked: int
) -> None:
    wire.answers = lambda _: (200, {"items": []})

    assert intake.awaited("notice", "n", within_s, whatever) == ()
    assert len(wire.requests) == asked
    assert sum(pauses) == min(within_s, 3)
