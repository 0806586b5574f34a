"""The line is disturbed as it is said, and the record has it as it was."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from tenderproof.drivers.line import WireLine
from tenderproof.evidence.observation import HttpObservation, Key, Observation
from tenderproof.evidence.recorder import BETWEEN, Recorder
from tenderproof.evidence.replayed import Following, ReplayedWire
from tenderproof.evidence.sink import NoSink
from tenderproof.evidence.wire import Limits, Request, Response, Wire
from tenderproof.vocabulary import Blame, Missing, NotReplayable

BODY = b"0123456789" * 100


class Memory:
    """A sink that remembers, and a record of it."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, int], Observation] = {}

    def observe(self, key: Key, observation: Observation) -> None:
        self.kept[key.check, key.ordinal] = observation

    def observation(self, check: str, ordinal: int) -> Observation:
        if (check, ordinal) not in self.kept:
            raise NotReplayable("nothing there")
        return self.kept[check, ordinal]

    def close(self) -> None:
        """Nothing to close."""

    @property
    def exchanges(self) -> list[HttpObservation]:
        return [one for one in self.kept.values() if isinstance(one, HttpObservation)]


class Counter:
    """A platform that keeps what came to it, when, and how much of it."""

    def __init__(self, silent: bytes = b"", together: int = 1) -> None:
        self.whole: list[bytes] = []
        self.begun: list[float] = []
        self.ended: list[float] = []
        self.broken: list[int] = []
        self.silent = silent
        self.gathered = threading.Barrier(together)

    def serve(self, connection: socket.socket) -> None:
        self.begun.append(time.monotonic())
        octets = b""
        while b"\r\n\r\n" not in octets:
            octets += connection.recv(65536)
        self.gathered.wait(5)
        head, _, body = octets.partition(b"\r\n\r\n")
        length = int(next(line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")))
        while len(body) < length:
            more = connection.recv(65536)
            if not more:
                self.broken.append(len(body))
                return
            body += more
        self.ended.append(time.monotonic())
        self.whole.append(body)
        if self.silent and self.silent in body:
            return
        connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}")


@contextmanager
def serving(platform: Counter) -> Iterator[str]:
    """The platform, on a port of its own, a thread a connection."""
    listener = socket.create_server(("127.0.0.1", 0))

    def one(connection: socket.socket) -> None:
        with connection:
            connection.settimeout(5)
            platform.serve(connection)

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=one, args=(connection,), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def wired(memory: Memory) -> Wire:
    return Wire(Recorder(memory), Limits(connect_s=2, total_s=5))


def replayed(memory: Memory) -> ReplayedWire:
    recorder = Recorder(NoSink())
    return ReplayedWire(recorder, Following(memory, recorder))


def test_all_are_under_way_at_once_and_recorded_in_their_order() -> None:
    memory, platform = Memory(), Counter(together=5)
    wire = wired(memory)
    with serving(platform) as url:
        requests = [Request("POST", url, {}, BODY + bytes([number])) for number in range(5)]
        answers = WireLine(wire).at_once(*(lambda r=request: wire.send(r) for request in requests))

    assert [answer.status if answer else None for answer in answers] == [200] * 5
    assert [one.request_body for one in memory.exchanges] == [request.body for request in requests]


def test_one_who_gets_no_answer_is_told_from_the_others() -> None:
    memory, platform = Memory(), Counter(silent=b"!")
    wire = wired(memory)
    with serving(platform) as url:
        acts = [lambda b=body: wire.send(Request("POST", url, {}, b)) for body in (b"one", b"two!", b"three")]
        answers = WireLine(wire).at_once(*acts)

    assert [answer is None for answer in answers] == [False, True, False]
    assert [one.status for one in memory.exchanges] == [200, None, 200]


def test_something_happens_while_half_of_it_is_under_way() -> None:
    memory, platform, moments = Memory(), Counter(), []
    wire = wired(memory)
    with serving(platform) as url:

        def meanwhile() -> None:
            moments.append(time.monotonic())
            wire.send(Request("POST", url, {}, b"meanwhile"))

        answer = WireLine(wire).midway(lambda: wire.send(Request("POST", url, {}, BODY)), meanwhile)

    assert answer is not None
    assert platform.begun[0] < moments[0] < platform.ended[-1]
    assert platform.whole == [b"meanwhile", BODY]
    assert [one.request_body for one in memory.exchanges] == [b"meanwhile", BODY]


def test_what_is_cut_is_half_there_and_its_connection_is_ended() -> None:
    memory, platform = Memory(), Counter()
    wire = wired(memory)
    with serving(platform) as url:
        answer = WireLine(wire).cut(lambda: wire.send(Request("POST", url, {}, BODY)))
        for _ in range(100):
            if platform.broken:
                break
            time.sleep(0.02)

    assert answer is None
    assert (platform.broken, platform.whole) == ([len(BODY) // 2], [])
    assert memory.exchanges[0].trouble == f"BrokenOff: we ended the connection after {len(BODY) // 2} of {len(BODY)} octets"


def test_an_act_that_sends_no_content_cannot_be_disturbed() -> None:
    wire = wired(Memory())
    with serving(Counter()) as url, pytest.raises(Missing) as missing:
        WireLine(wire).cut(lambda: wire.send(Request("POST", url, {}, b"small")))

    assert missing.value.blame is Blame.TOOL


def test_what_belongs_to_no_check_is_sent_by_itself() -> None:
    memory, platform = Memory(), Counter()
    wire = wired(memory)
    with serving(platform) as url:

        def act() -> Response:
            with wire.apart("session"):
                wire.send(Request("POST", url, {}, BODY))
            return wire.send(Request("POST", url, {}, BODY))

        assert WireLine(wire).cut(act) is None

    assert platform.whole == [BODY]


def test_a_replay_finds_each_disturbance_as_it_was() -> None:
    memory, platform = Memory(), Counter(silent=b"!")
    told: list[list[object]] = []
    between: list[int] = []
    with serving(platform) as url:
        for wire in (wired(memory), replayed(memory)):
            line = WireLine(wire)

            def send(body: bytes, wire: Wire = wire) -> int:
                return wire.send(Request("POST", url, {}, body)).status

            told.append(
                [
                    line.at_once(lambda: send(b"a"), lambda: send(b"b!"), lambda: send(b"c")),
                    line.midway(lambda: send(BODY), lambda: between.append(send(b"between"))),
                    line.cut(lambda: send(BODY)),
                    send(b"after"),
                ]
            )

    assert told[0] == told[1] == [[200, None, 200], 200, None, 200]
    assert len(memory.exchanges) == len(memory.kept) == 7
    assert all((BETWEEN, number) in memory.kept for number in range(1, 8))


def test_a_replay_judges_no_other_disturbance() -> None:
    memory = Memory()
    asked = Request("POST", "http://127.0.0.1:1/", {}, BODY)
    memory.observe(Key(BETWEEN, 1, 1), HttpObservation("POST", asked.url, (), b"other", 200, (), b"{}", 0.1, ""))
    wire = replayed(memory)

    with pytest.raises(NotReplayable, match="with another body"):
        WireLine(wire).cut(lambda: wire.send(replace(asked)))


def test_an_exchange_of_its_own_is_answered_from_the_record() -> None:
    memory, platform = Memory(), Counter()
    wire = wired(memory)
    with serving(platform) as url:
        requests = [Request("POST", url, {}, BODY), Request("GET", "http://127.0.0.1:1/")]
        lived = [wire.alone(request) for request in requests]

    again = replayed(memory)
    outcomes = [again.alone(request) for request in requests]
    assert [one.status if isinstance(one, Response) else str(one) for one in outcomes] == [
        one.status if isinstance(one, Response) else str(one) for one in lived
    ]
