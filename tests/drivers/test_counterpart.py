from pathlib import Path
from typing import Any

import pytest

from tenderproof.candidate import Counterpart, Secret
from tenderproof.drivers.counterpart import OtherEnd
from tenderproof.testing import BaseDraw
from tenderproof.vocabulary import DeclarationTrouble, NetworkTrouble

DRAW = {"experts": [{"number": "1"}], "notified_at": "2026-03-02T09:00:00+08:00", "notified_by": "sms"}


@pytest.fixture
def other_end(wire: Any, tmp_path: Path) -> OtherEnd:
    (tmp_path / "token").write_text("let-me-read\n")
    return OtherEnd("expert_base", Counterpart("http://base.test", Secret(file=tmp_path / "token")), wire)


def test_a_list_is_read_with_our_token(other_end: OtherEnd, wire: Any) -> None:
    wire.answers = lambda _: (200, {"items": [DRAW]})

    assert [one.notified_by for one in other_end.listed("/expert-draws", BaseDraw, {"object": "s/1"})] == ["sms"]
    assert (wire.last.method, wire.last.url) == ("GET", "http://base.test/api/v1/expert-draws?object=s%2F1")
    assert wire.last.headers == {"authorization": "Bearer let-me-read"}


def test_what_is_handed_in_is_sent_with_our_token(other_end: OtherEnd, wire: Any) -> None:
    wire.answers = lambda _: (201, {})
    other_end.hand_in("/experts", {"name": "甲"})

    assert (wire.last.method, wire.last.url, wire.sent) == ("POST", "http://base.test/api/v1/experts", {"name": "甲"})
    assert wire.last.headers["authorization"] == "Bearer let-me-read"


def test_one_thing_is_read_and_changed_with_our_token(other_end: OtherEnd, wire: Any) -> None:
    wire.answers = lambda _: (200, {"last": 1})

    assert other_end.told("/exchange/arrivals", {"since": "1"}) == {"last": 1}
    assert (wire.last.method, wire.last.url) == ("GET", "http://base.test/api/v1/exchange/arrivals?since=1")
    other_end.set("/exchange/presence", {"down": True})
    assert (wire.last.method, wire.last.url, wire.sent) == ("PUT", "http://base.test/api/v1/exchange/presence", {"down": True})
    assert wire.last.headers["authorization"] == "Bearer let-me-read"


@pytest.mark.parametrize("status", [401, 403])
def test_a_token_that_is_not_taken_is_the_declarations_fault(other_end: OtherEnd, wire: Any, status: int) -> None:
    wire.answers = lambda _: (status, {"code": "not_authenticated"})

    with pytest.raises(DeclarationTrouble, match=r"counterparts\.expert_base"):
        other_end.listed("/expert-draws", BaseDraw, {})
    with pytest.raises(DeclarationTrouble, match=r"counterparts\.expert_base"):
        other_end.hand_in("/experts", {})


@pytest.mark.parametrize(
    "answer", [(500, {}), (404, {"code": "not_found"}), (200, {"rows": []}), (200, [1]), (200, b"<html>"), (200, {"items": [{"id": "1"}]})]
)
def test_what_the_other_end_does_wrong_is_no_fault_of_the_candidate(other_end: OtherEnd, wire: Any, answer: tuple[int, Any]) -> None:
    wire.answers = lambda _: answer

    with pytest.raises(NetworkTrouble):
        other_end.listed("/expert-draws", BaseDraw, {})
    with pytest.raises(NetworkTrouble):
        other_end.hand_in("/experts", {})
