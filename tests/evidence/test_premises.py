"""A platform does not lead us into somebody's own network; the declaration may."""

import socket

import pytest

from tenderproof.evidence.premises import Inside, Premises
from tenderproof.evidence.recorder import Recorder
from tenderproof.evidence.sink import NoSink
from tenderproof.evidence.wire import Limits, Request, Wire
from tenderproof.vocabulary import NetworkTrouble

from .server import plain, serving

QUICK = Limits(connect_s=0.5, total_s=1.0)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.7", "169.254.169.254", "::1", "fe80::1", "::ffff:10.0.0.7", "0.0.0.0"])  # noqa: S104 - nobody listens there
def test_what_is_inside_is_asked_only_if_it_is_declared(host: str) -> None:
    with pytest.raises(Inside, match=r"domicile\.hosts"):
        Premises({"sandbox.example"}).require_open(host, 80)
    Premises({host}).require_open(host, 80)


def test_a_declared_place_is_that_port_alone_and_a_place_of_ours_is_admitted() -> None:
    premises = Premises({"127.0.0.1:8443"})
    premises.require_open("127.0.0.1", 8443)
    with pytest.raises(Inside, match=r"127\.0\.0\.1:22 "):
        premises.require_open("127.0.0.1", 22)
    premises.admit("127.0.0.1", 22)
    premises.require_open("127.0.0.1", 22)


@pytest.mark.parametrize("host", ["8.8.8.8", "2001:4860:4860::8888"])
def test_the_open_network_is_open(host: str) -> None:
    Premises({"sandbox.example"}).require_open(host, 80)


def test_a_wire_sends_nothing_to_where_a_platform_alone_leads() -> None:
    asked: list[bytes] = []

    def answer(connection: socket.socket, request: bytes) -> None:
        asked.append(request)
        plain(b"{}")(connection, request)

    with serving(answer) as url:
        with pytest.raises(NetworkTrouble, match="not on the open network"):
            Wire(Recorder(NoSink()), QUICK, declared={"sandbox.example"}).send(Request("GET", url))
        nothing = list(asked)
        assert Wire(Recorder(NoSink()), QUICK, declared={"127.0.0.1"}).send(Request("GET", url)).status == 200

    assert nothing == []
    assert len(asked) == 1
