"""An exchange ends at its deadline, whatever comes meanwhile."""

import socket
import threading

import pytest

from tenderproof.evidence.recorder import Recorder
from tenderproof.evidence.sink import NoSink
from tenderproof.evidence.wire import Limits, Request, Wire
from tenderproof.vocabulary import NetworkTrouble

from .server import plain, serving

TOTAL_S, TIMES = 0.6, 60  # the whole exchange may take less than a sixth of what such a platform has to tell
QUICK = Limits(connect_s=0.5, total_s=TOTAL_S)


@pytest.mark.parametrize(
    ("first", "again"),
    [(b"HTTP/1.1 200 OK\r\n", b"x-more: to come\r\n"), (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n")],
    ids=["headers that drip", "interim answers without end"],
)
def test_whoever_never_comes_to_the_body_is_left_at_the_deadline(first: bytes, again: bytes) -> None:
    left = threading.Event()

    def answer(connection: socket.socket, _: bytes) -> None:
        connection.sendall(first)
        for _time in range(TIMES):
            if left.wait(0.1):
                return
            connection.sendall(again)
        pytest.fail("it was heard to its end")

    wire = Wire(Recorder(NoSink()), QUICK)
    with serving(answer) as url:
        with pytest.raises(NetworkTrouble, match=r"timed out|in time"):
            wire.send(Request("GET", url))
        left.set()


def test_the_next_exchange_has_its_own_time() -> None:
    wire = Wire(Recorder(NoSink()), QUICK)
    with serving(plain(b"{}")) as url:
        first = wire.send(Request("GET", url)).status
        threading.Event().wait(TOTAL_S)
        assert (first, wire.send(Request("GET", url)).status) == (200, 200)
