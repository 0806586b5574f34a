"""The listener hears what is opened, by purpose, and says so where nobody could come."""

import urllib.request
from collections.abc import Callable
from typing import Any

import pytest

from tenderproof.drivers.callbacks import LoopbackCallbacks
from tenderproof.evidence.recorder import Recorder
from tenderproof.evidence.sink import NoSink
from tenderproof.evidence.wire import Limits, Wire
from tenderproof.vocabulary import Missing


class Chance:
    """Chance that remembers what it made."""

    def __init__(self) -> None:
        self.kinds: list[str] = []

    def made(self, kind: str, produce: Callable[[], bytes], *, secret: bool = False) -> bytes:
        del secret
        self.kinds.append(kind)
        return produce()


@pytest.fixture
def wire() -> Wire:
    return Wire(Recorder(NoSink()), Limits(connect_s=1, total_s=2))


def test_who_opens_an_address_is_heard_by_its_purpose_and_nobody_else(wire: Any) -> None:
    chance: Any = Chance()
    with LoopbackCallbacks("http://127.0.0.1:9", wire, chance).listening() as ear:
        opened, other = ear.address("a title"), ear.address("a name")
        urllib.request.urlopen(opened, timeout=2).close()
        urllib.request.urlopen(f"{other}0", timeout=2).close()

        assert ear.heard() == ["a title"]
        assert opened != other
    assert chance.kinds.count("callbacks") == 2


def test_an_ear_that_nobody_comes_to_hears_nobody(wire: Any) -> None:
    with LoopbackCallbacks("http://127.0.0.1:9", wire, Chance()).listening() as ear:  # type: ignore[arg-type]
        ear.address("a title")

        assert ear.heard() == []


@pytest.mark.parametrize("base_url", ["https://sandbox.example.cn", "http://192.0.2.7:80"])
def test_a_candidate_elsewhere_is_said_to_be_out_of_reach(wire: Any, base_url: str) -> None:
    callbacks = LoopbackCallbacks(base_url, wire, Chance())  # type: ignore[arg-type]
    with pytest.raises(Missing, match="cannot reach a listener"), callbacks.listening():
        pytest.fail("it listened")


def test_afterwards_nobody_listens(wire: Any) -> None:
    with LoopbackCallbacks("http://localhost:9", wire, Chance()).listening() as ear:  # type: ignore[arg-type]
        address = ear.address("a title")
    with pytest.raises(OSError, match=r"refused|Connection"):
        urllib.request.urlopen(address, timeout=2)
