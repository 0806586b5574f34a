import base64
import fcntl
import os
from pathlib import Path
from typing import Any

import pytest

from tenderproof.candidate import Counterpart, Secret
from tenderproof.candidate import Exchange as Declared
from tenderproof.drivers.counterpart import OtherEnd
from tenderproof.drivers.exchange import WatchedExchange
from tenderproof.vocabulary import NetworkTrouble

RECORD = {"arrival": 7, "id": "r", "data_set": "A03", "state": "accepted", "content": "<a/>"}
CONNECTION = {"ordinal": 3, "face": "genuine", "outcome": "secured"}
ROOT = "http://intake.test/api/v1/exchange"


@pytest.fixture
def exchange(wire: Any, tmp_path: Path) -> WatchedExchange:
    (tmp_path / "token").write_text("let-me-in\n")
    declared = Counterpart("http://intake.test", Secret(file=tmp_path / "token"), 3, Declared(2))
    return WatchedExchange(OtherEnd("public_service", declared, wire), Declared(2), tmp_path / "private")


def test_records_and_connections_are_asked_for_with_our_token(exchange: WatchedExchange, wire: Any) -> None:
    wire.answers = lambda _: (200, {"items": [RECORD]})
    assert [one.data_set for one in exchange.records("A11 甲", 5)] == ["A03"]
    assert (wire.last.url, wire.last.headers) == (f"{ROOT}/records?about=A11+%E7%94%B2&since=5", {"authorization": "Bearer let-me-in"})

    wire.answers = lambda _: (200, {"items": [CONNECTION]})
    assert [one.face for one in exchange.connections(2)] == ["genuine"]
    assert wire.last.url == f"{ROOT}/connections?since=2"


def test_each_request_is_read_with_its_octets(exchange: WatchedExchange, wire: Any) -> None:
    whole = {"ordinal": 4, "octets": base64.b64encode(b"<a/>").decode()}
    wire.answers = lambda asked: (200, whole if asked.url.split("?")[0].endswith("/arrivals/4") else {"items": [{"ordinal": 4}], "last": 9})

    assert [one.octets for one in exchange.requests("x")] == [b"<a/>"]


def test_what_came_last_is_known_by_its_number(exchange: WatchedExchange, wire: Any) -> None:
    wire.answers = lambda _: (200, {"items": [], "last": 9})

    assert (exchange.last(), exchange.last_connection()) == (9, 9)
    assert wire.last.url.startswith(f"{ROOT}/connections?")


@pytest.mark.parametrize("answer", [(200, {"items": []}), (200, {"last": "9"}), (200, [1]), (200, b"<html>"), (500, {})])
def test_what_the_other_end_does_wrong_is_no_fault_of_the_candidate(exchange: WatchedExchange, wire: Any, answer: tuple[int, Any]) -> None:
    wire.answers = lambda _: answer

    with pytest.raises(NetworkTrouble):
        exchange.last()


def test_something_is_waited_for_as_long_as_it_may_take(exchange: WatchedExchange, wire: Any) -> None:
    left = [False, False, True]

    assert exchange.eventually(lambda: left.pop(0), 1)
    assert not exchange.eventually(lambda: False, 1)
    assert wire.pauses == [0.2] * 7
    assert (exchange.within_s, exchange.again_within_s) == (3, 2)


def test_it_is_told_how_to_behave(exchange: WatchedExchange, wire: Any) -> None:
    wire.answers = lambda asked: (201 if asked.method == "POST" else 200, {})
    exchange.order("refuse", "甲", times=2, words="理由")
    assert (wire.last.url, wire.sent) == (f"{ROOT}/orders", {"do": "refuse", "about": "甲", "times": 2, "seconds": 0.0, "words": "理由"})

    exchange.present("expired", down=True)
    assert (wire.last.method, wire.last.url, wire.sent) == ("PUT", f"{ROOT}/presence", {"face": "expired", "down": True})


def test_who_was_alone_puts_everything_in_order_whatever_happened(exchange: WatchedExchange, wire: Any) -> None:
    wire.answers = lambda _: (200, {})
    with pytest.raises(ZeroDivisionError), exchange.alone():
        raise ZeroDivisionError

    assert wire.sent == {"face": "genuine", "down": False}


def test_one_is_alone_or_several_are_in_service(exchange: WatchedExchange, wire: Any, tmp_path: Path) -> None:
    wire.answers = lambda _: (200, {})

    def free(how: int) -> bool:
        descriptor = os.open(tmp_path / "private" / "exchange.lock", os.O_RDWR)
        try:
            fcntl.flock(descriptor, how | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(descriptor)
        return True

    with exchange.in_service():
        assert (free(fcntl.LOCK_SH), free(fcntl.LOCK_EX)) == (True, False)
    with exchange.alone():
        assert (free(fcntl.LOCK_SH), free(fcntl.LOCK_EX)) == (False, False)
