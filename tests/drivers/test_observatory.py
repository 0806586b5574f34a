"""Reports are collected once, recorded as they came, and believed from the record."""

import json
import socket
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from tenderproof.domicile import laboratory
from tenderproof.domicile.discs import Method
from tenderproof.drivers.observatory import Observatory
from tenderproof.testing.whereabouts import Question
from tests.laboratory import channels
from tests.laboratory.vantages import certified, listed, posted

OWN = {"127.0.0.1": "127.0.0.1"}
ASKED = {"127.0.0.1": [Question("/notices/1", "3f9a")]}


@pytest.fixture(scope="module")
def vantages(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with laboratory.vantages(tmp_path_factory.mktemp("laboratory")) as found:
        yield found


def observatory(file: Path | None, port: int, made: Callable[[str, Callable[[], bytes]], bytes] | None = None) -> Observatory:
    chance: Any = Mock(made=made or (lambda _, produce: produce()))
    return Observatory(file, f"http://127.0.0.1:{port}", chance)


def test_without_vantage_points_nothing_is_measured() -> None:
    found = observatory(None, 1).measured(OWN, {})

    assert (found.timings, found.rejected) == ((), ())


def test_a_laboratory_times_the_loopback_and_nothing_else(vantages: Path) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=128) as server:
        found = observatory(vantages, server.getsockname()[1]).measured({**OWN, "8.8.8.8": "a.test", "192.0.2.1": "b.test"}, {})

    assert [(timing.vantage, timing.address) for timing in found.timings] == [("laboratory", "127.0.0.1")]


def test_where_nothing_may_be_asked_nobody_is(vantages: Path) -> None:
    assert observatory(vantages, 1).measured({"8.8.8.8": "a.test"}, {}).timings == ()


def test_vantage_points_of_the_world_are_not_asked_for_the_loopback(tmp_path: Path) -> None:
    certified(tmp_path, "auditor")
    with posted(tmp_path, "zhengzhou", 34.75, 113.62) as post:
        assert observatory(listed(tmp_path, post.entry), 1).measured(OWN, {}).timings == ()


def recorded(vantages: Path, server: socket.socket) -> bytes:
    kept: list[bytes] = []

    def made(_: str, produce: Callable[[], bytes]) -> bytes:
        kept.append(produce())
        return kept[-1]

    assert observatory(vantages, server.getsockname()[1], made).measured(OWN, {}).timings
    return kept[0]


def test_what_was_recorded_is_believed_again_and_what_was_changed_in_it_is_not(vantages: Path) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=128) as server:
        kept = recorded(vantages, server)
        other = recorded(vantages, server)
    (one,), (another,) = json.loads(kept), json.loads(other)

    def judged(*came: Any) -> tuple[int, list[str]]:
        found = observatory(None, 1, lambda *_: json.dumps(came).encode()).measured({}, {})
        return len(found.timings), [rejected.code for rejected in found.rejected]

    assert judged(one) == (1, [])
    assert judged({**one, "report": another["report"]}) == (0, ["other_order"])
    assert judged({**one, "report": one["report"].replace('"sig": "', '"sig": "AA')}) == (0, ["bad_signature"])
    assert judged({**one, "report": "x"}) == (0, ["no_report"])
    assert judged({**one, "latitude": 39.9}) == (0, ["stands_elsewhere"])
    assert judged({**one, "at": "2020-01-01T00:00:00+00:00"}) == (0, ["skewed_clock"])


def test_a_vantage_point_that_is_gone_is_told_with_its_reason(tmp_path: Path) -> None:
    with ExitStack() as stack:
        gone = stack.enter_context(laboratory.vantages(tmp_path))
        stack.close()
        found = observatory(gone, 1).measured(OWN, {})

    assert [(one.vantage, one.code) for one in found.rejected] == [("laboratory", "unreachable")]


def answering(body: bytes) -> Callable[[socket.socket], None]:
    def answer(connection: socket.socket) -> None:
        if connection.recv(4096):
            connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n" + body)

    return answer


@pytest.mark.parametrize(("body", "methods"), [(b"no. 3f9a", {Method.TCP, Method.CHALLENGE}), (b"no. 0000", {Method.TCP})])
def test_an_answer_to_a_question_counts_only_with_the_words_that_were_planted(vantages: Path, body: bytes, methods: set[Method]) -> None:
    with channels.listening(answering(body)) as port:
        found = observatory(vantages, port).measured(OWN, ASKED)

    assert {timing.method for timing in found.timings} == methods


def test_over_tls_handshakes_are_timed_as_well_and_questions_are_asked_there(vantages: Path, tmp_path: Path) -> None:
    with channels.serving(channels.context(channels.certified(tmp_path, channels.Wanted()))) as port:
        chance: Any = Mock(made=lambda _, produce: produce())
        found = Observatory(vantages, f"https://127.0.0.1:{port}", chance).measured(OWN, {"127.0.0.1": [Question("/", "ok")]})

    assert {timing.method: timing.samples for timing in found.timings} == {Method.TCP: 20, Method.TLS: 20, Method.CHALLENGE: 1}


def test_as_many_questions_are_wanted_as_there_are_vantage_points_and_addresses_that_may_be_asked(vantages: Path) -> None:
    assert observatory(vantages, 1).wanted(["127.0.0.1", "::1", "8.8.8.8"]) == {"127.0.0.1": 1, "::1": 1}
    assert observatory(None, 1).wanted(["127.0.0.1"]) == {}


def test_beyond_what_can_be_planted_an_address_is_asked_nothing_and_is_told(vantages: Path) -> None:
    wanted = observatory(vantages, 1).wanted([f"127.0.0.{number}" for number in range(1, 51)])

    assert (len(wanted), sum(wanted.values())) == (50, 48)
    assert (wanted["127.0.0.48"], wanted["127.0.0.49"]) == (1, 0)


def test_a_question_is_asked_by_its_path_whatever_the_base_url(vantages: Path) -> None:
    asked: list[bytes] = []

    def answer(connection: socket.socket) -> None:
        if question := connection.recv(4096):
            asked.append(question.split(b" ")[1])
            connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n3f9a")

    with channels.listening(answer) as port:
        chance: Any = Mock(made=lambda _, produce: produce())
        found = Observatory(vantages, f"http://127.0.0.1:{port}/ebid/", chance).measured(OWN, ASKED)

    assert asked == [b"/notices/1"]
    assert Method.CHALLENGE in {timing.method for timing in found.timings}
