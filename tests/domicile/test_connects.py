"""Timed connects, on servers of the loopback that answer, drip, hang up or lie."""

import hashlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tenderproof.domicile.connects import Target, timed
from tenderproof.domicile.discs import Method
from tenderproof.vocabulary import WrongInput
from tests.laboratory.vantages import certified


@contextmanager
def serving(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        over = threading.Event()

        def run() -> None:
            while not over.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    connection.settimeout(2)
                    try:
                        answer(connection)
                    except OSError:
                        continue

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            over.set()
            thread.join()


def page(body: bytes, after_s: float = 0.0, status: bytes = b"200 OK") -> Callable[[socket.socket], None]:
    def answer(connection: socket.socket) -> None:
        connection.recv(4096)
        time.sleep(after_s)
        connection.sendall(b"HTTP/1.1 " + status + b"\r\n\r\n" + body)

    return answer


def test_a_connection_is_timed_as_often_as_asked() -> None:
    with serving(lambda _: None) as port:
        found = timed(Target("127.0.0.1", port, Method.TCP), 5)

    assert (len(found.seconds), found.trouble) == (5, "")
    assert all(0 < one < 1 for one in found.seconds)


def test_a_challenge_is_timed_once_from_the_question_to_its_answer_and_tells_its_digest() -> None:
    with serving(page(b"fresh", after_s=0.05)) as port:
        found = timed(Target("127.0.0.1", port, Method.CHALLENGE, path="/fresh"), 5)

    assert [one >= 0.05 for one in found.seconds] == [True]
    assert found.answer_sha256 == hashlib.sha256(b"fresh").hexdigest()


def test_a_handshake_is_timed_whoever_the_certificate_is_of(tmp_path: Path) -> None:
    certificate, key = certified(tmp_path, "server")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def shake(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True):
            pass

    with serving(shake) as port:
        found = timed(Target("127.0.0.1", port, Method.TLS, server_name="elsewhere.example"), 2)

    assert (len(found.seconds), found.trouble) == (2, "")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (lambda _: None, "without an answer"),
        (page(b"", status=b"302 Found"), "not answered with 200"),
        (page(b"", status=b"500"), "not answered with 200"),
    ],
    ids=["hangs-up", "sends-elsewhere", "fails"],
)
def test_what_stands_in_the_way_is_told_and_nothing_is_made_of_it(answer: Callable[[socket.socket], None], told: str) -> None:
    with serving(answer) as port:
        found = timed(Target("127.0.0.1", port, Method.CHALLENGE, path="/fresh"), 3)

    assert found.seconds == ()
    assert told in found.trouble or "reset" in found.trouble


def test_a_closed_port_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    assert "refused" in timed(Target("127.0.0.1", port, Method.TCP), 1).trouble


SOUND: dict[str, Any] = {"address": "192.0.2.1", "port": 443, "method": "tls", "server_name": "a.example", "path": ""}


def test_a_target_reads_as_it_was_written() -> None:
    assert Target.read(SOUND).plain() == SOUND


@pytest.mark.parametrize(
    "change",
    [
        {"port": 0},
        {"port": 65536},
        {"port": "x"},
        {"method": "icmp"},
        {"method": "challenge"},
        {"path": "/x"},
        {"server_name": "a\r\nX: y"},
    ],
)
def test_what_is_no_target_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(WrongInput, match="a target"):
        Target.read({**SOUND, **change})


def test_a_target_that_lacks_something_is_refused() -> None:
    with pytest.raises(WrongInput, match="a target must give"):
        Target.read({"address": "192.0.2.1"})


def slowly(head: bytes, body: bytes) -> Callable[[socket.socket], None]:
    def answer(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(head)
        time.sleep(0.08)
        connection.sendall(body)

    return answer


def test_an_answer_lasts_until_the_words_have_come_that_it_must_hold() -> None:
    def asked(expected: str) -> float:
        with serving(slowly(b"HTTP/1.1 200 OK\r\n\r\n", b"planted")) as port:
            return timed(Target("127.0.0.1", port, Method.CHALLENGE, path="/", expected=expected), 1).seconds[0]

    assert asked("") < 0.08 <= asked("planted")


def test_words_that_lie_across_two_chunks_are_found() -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nplan\r\n"
    with serving(slowly(head, b"3\r\nted\r\n0\r\n\r\n")) as port:
        found = timed(Target("127.0.0.1", port, Method.CHALLENGE, path="/", expected="planted"), 1)

    assert (found.trouble, found.answer_sha256) == ("", hashlib.sha256(b"planted").hexdigest())
    assert found.seconds[0] >= 0.08


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (page(b"other words"), "words that were planted"),
        (slowly(b"200 planted\r\n", b""), "no answer of HTTP"),
        (slowly(b"HTTP/1.1 200 OK\r\nX: planted\r\n\r\n", b"words"), "words that were planted"),
        (slowly(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", b"planted"), "no answer of HTTP"),
    ],
    ids=["other words", "no HTTP", "in the head alone", "cut off"],
)
def test_an_answer_without_the_words_has_no_time(answer: Callable[[socket.socket], None], told: str) -> None:
    with serving(answer) as port:
        found = timed(Target("127.0.0.1", port, Method.CHALLENGE, path="/", expected="planted"), 1)

    assert found.seconds == ()
    assert told in found.trouble


def test_words_are_expected_of_challenges_alone() -> None:
    asked = {**SOUND, "server_name": "", "method": "challenge", "path": "/x", "expected": "w"}

    assert Target.read(asked).plain() == asked
    with pytest.raises(WrongInput, match="a target has"):
        Target.read({**SOUND, "expected": "w"})
