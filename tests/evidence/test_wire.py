"""The HTTP instrument is bounded, follows nobody, and records everything, also what went wrong."""

import json
import socket
import threading
from pathlib import Path
from typing import Any

import pytest

from tenderproof.evidence.guise import Guise
from tenderproof.evidence.observation import HttpObservation, Key, Observation
from tenderproof.evidence.recorder import Recorder
from tenderproof.evidence.wire import Limits, Request, Response, Wire, is_tried_again
from tenderproof.vocabulary import Blame, NetworkTrouble, PlatformTrouble

from .over_http2 import serving as serving_over_http2
from .server import Answer, plain, serving


class Memory:
    """A sink that remembers."""

    def __init__(self) -> None:
        self.kept: list[tuple[Key, Observation]] = []

    def observe(self, key: Key, observation: Observation) -> None:
        """Remember."""
        self.kept.append((key, observation))

    def close(self) -> None:
        """Nothing to close."""

    @property
    def last(self) -> HttpObservation:
        """The last exchange."""
        observation = self.kept[-1][1]
        assert isinstance(observation, HttpObservation)
        return observation


QUICK = Limits(connect_s=0.5, total_s=0.6, body_octets=10_000, silent_in_a_row=2, retry_after_s=30)


def wired(limits: Limits = QUICK) -> tuple[Wire, Memory]:
    """A wire into memory."""
    memory = Memory()
    return Wire(Recorder(memory), limits), memory


def test_an_exchange_is_recorded_as_sent_and_as_received() -> None:
    wire, memory = wired()
    with serving(plain(b'{"a":1}')) as url:
        response = wire.send(Request("POST", f"{url}/x", {"content-type": "application/json"}, b"{}"))

    assert (response.status, response.json(), response.header("Content-Type")) == (200, {"a": 1}, "application/json")
    assert (memory.last.method, memory.last.request_body, memory.last.status, memory.last.response_body) == (
        "POST",
        b"{}",
        200,
        b'{"a":1}',
    )
    assert response.peer in ("", url.partition("//")[2])


def drip(connection: socket.socket, _request: bytes) -> None:
    """One octet every tenth of a second, for ever (bounded)."""
    connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n")
    for _ in range(30):
        connection.sendall(b"x")
        threading.Event().wait(0.1)


def endless(connection: socket.socket, _request: bytes) -> None:
    """More than anybody wants."""
    connection.sendall(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
    for _ in range(100):
        connection.sendall(b"3e8\r\n" + b"x" * 1000 + b"\r\n")


def silent(_connection: socket.socket, _: bytes) -> None:
    """Says nothing for a while."""
    threading.Event().wait(1)


def garbage(connection: socket.socket, _: bytes) -> None:
    """Not HTTP."""
    connection.sendall(b"\x00\x01\x02 hello\r\n\r\n")


def cut(connection: socket.socket, _: bytes) -> None:
    """Promises more than it sends."""
    connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf")


@pytest.mark.parametrize("answer", [drip, endless, silent, garbage, cut], ids=lambda f: f.__name__)
def test_no_whole_answer_is_a_trouble_of_the_network_and_is_recorded(answer: Answer) -> None:
    wire, memory = wired()
    with serving(answer) as url, pytest.raises(NetworkTrouble) as caught:
        wire.send(Request("GET", url))

    assert caught.value.blame is Blame.NETWORK
    assert memory.last.status is None
    assert memory.last.trouble


def test_nobody_there_is_a_trouble_of_the_network() -> None:
    wire, _ = wired()
    with pytest.raises(NetworkTrouble):
        wire.send(Request("GET", "http://127.0.0.1:1"))


def test_a_platform_that_stays_silent_is_not_asked_again_and_again() -> None:
    wire, memory = wired()
    for _ in range(2):
        with pytest.raises(NetworkTrouble):
            wire.send(Request("GET", "http://127.0.0.1:1"))

    with pytest.raises(NetworkTrouble, match="has not answered the last 2 requests"):
        wire.send(Request("GET", "http://127.0.0.1:1"))
    troubles = [kept.trouble.partition(":")[0] for _, kept in memory.kept if isinstance(kept, HttpObservation)]
    assert troubles == ["ConnectError", "ConnectError", "HeldBack"]


def test_an_exchange_of_its_own_is_recorded_and_counted_against_nobody() -> None:
    wire, memory = wired()
    with serving(plain(b'{"a":1}')) as url:
        nobody = [wire.alone(Request("GET", "http://127.0.0.1:1/x")) for _ in range(3)]
        somebody, again = wire.alone(Request("POST", f"{url}/y", {}, b"{}")), wire.send(Request("GET", url))

    assert [type(one) for one in nobody] == [NetworkTrouble] * 3
    assert isinstance(somebody, Response)
    assert (somebody.status, again.status) == (200, 200)
    kept = [one for _, one in memory.kept if isinstance(one, HttpObservation)]
    assert [(one.method, one.request_body, one.status) for one in kept[2:4]] == [("GET", b"", None), ("POST", b"{}", 200)]


def test_a_redirect_is_never_followed() -> None:
    wire, _ = wired()
    with serving(plain(b"", "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\n")) as url:
        assert wire.send(Request("GET", url)).status == 302


def test_a_cookie_is_nobodys_but_of_whoever_sends_it() -> None:
    heads: list[bytes] = []

    def handing_out(connection: socket.socket, request: bytes) -> None:
        heads.append(request.lower())
        plain(b"{}", "HTTP/1.1 200 OK\r\nset-cookie: session=of-the-first; Path=/\r\n")(connection, request)

    with serving(handing_out) as url:
        wire, _ = wired()
        wire.send(Request("GET", url))
        wire.send(Request("GET", url))
        wire.send(Request("GET", url, {"cookie": "session=my-own"}))

    assert [b"of-the-first" in head for head in heads] == [False] * 3
    assert b"cookie: session=my-own" in heads[2]


def test_a_body_that_is_no_json_is_a_trouble_of_the_platform() -> None:
    with pytest.raises(PlatformTrouble, match="no JSON"):
        Response(200, (), b"<html>", 0.0, "").json()


def test_half_a_surrogate_pair_is_no_text_that_could_be_kept() -> None:
    with pytest.raises(PlatformTrouble, match="no JSON"):
        Response(200, (), rb'{"name": "\ud83d"}', 0.0, "").json()
    assert Response(200, (), rb'{"name": "\ud83d\ude00"}', 0.0, "").json() == {"name": "\U0001f600"}


def test_what_is_shared_by_checks_is_kept_apart() -> None:
    memory = Memory()
    recorder = Recorder(memory)
    wire = Wire(recorder, QUICK)
    recorder.enter("a/b::test_c", 1)
    with serving(plain(b"{}")) as url:
        wire.send(Request("GET", url))
        with wire.apart("session:bidder-1"):
            wire.send(Request("GET", url))
        wire.send(Request("GET", url))

    assert [(key.check, key.ordinal) for key, _ in memory.kept] == [
        ("a/b::test_c", 1),
        ("shared::session:bidder-1", 1),
        ("a/b::test_c", 2),
    ]


async def counting(scope: Any, receive: Any, send: Any) -> None:
    """Answers with the length of what came."""
    if scope["type"] != "http":
        return
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": json.dumps(len(body)).encode()})


def test_http_2_is_spoken_where_it_is_offered_and_no_request_meets_the_end_of_a_connection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tenderproof.evidence.wire._STREAMS", 4)
    memory = Memory()
    with serving_over_http2(counting, tmp_path, at_most=5) as (url, believed):
        wire = Wire(Recorder(memory), Limits(), believed)
        answers = [wire.send(Request("POST", url, {}, b"x" * number)) for number in range(1, 14)]
        wire.close()

    assert [answer.json() for answer in answers] == list(range(1, 14))
    assert {answer.protocol for answer in answers} == {"HTTP/2"}
    assert [one.protocol for _, one in memory.kept if isinstance(one, HttpObservation)] == ["HTTP/2"] * 13


@pytest.mark.parametrize(
    ("method", "trouble", "again"),
    [
        ("POST", "LocalProtocolError: Invalid input ConnectionInputs.SEND_HEADERS in state ConnectionState.CLOSED", True),
        ("POST", "LocalProtocolError: Too little data for declared Content-Length", False),
        ("POST", "RemoteProtocolError: <ConnectionTerminated error_code:0, last_stream_id:2001, additional_data:None>", False),
        ("GET", "RemoteProtocolError: <ConnectionTerminated error_code:0, last_stream_id:2001, additional_data:None>", True),
    ],
)
def test_only_what_was_never_sent_or_changes_nothing_is_sent_again(method: str, trouble: str, again: bool) -> None:
    assert is_tried_again(Request(method, "http://x/"), trouble) is again


def heard_by(url_answers: list[bytes]) -> Answer:
    """Answers, and keeps what it was asked."""

    def answer(connection: socket.socket, request: bytes) -> None:
        url_answers.append(request)
        plain(b"{}")(connection, request)

    return answer


def test_a_client_shows_itself_as_its_guise_says_and_afterwards_as_before() -> None:
    heard: list[bytes] = []
    wire = Wire(Recorder(Memory()), QUICK, guise=Guise({"user-agent": "first"}))
    with serving(heard_by(heard)) as url:
        wire.send(Request("GET", url))
        with wire.dressed(Guise({"accept-language": "zh", "user-agent": "second"})):
            wire.send(Request("GET", url))
        wire.send(Request("GET", url))

    shown = [[line for line in one.split(b"\r\n") if line.lower().startswith((b"user-agent", b"accept-language"))] for one in heard]
    assert shown == [[b"user-agent: first"], [b"accept-language: zh", b"user-agent: second"], [b"user-agent: first"]]
    assert not [one for one in heard if b"tenderproof" in one.lower() or b"python" in one.lower()]
