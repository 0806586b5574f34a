"""How we look: the wire, the names and the pace, and that all is as before afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tenderproof.drivers.looks import WornLooks
from tenderproof.evidence.guise import ELSEWHERE, MARKED, Guise


class Dressing:
    """A wire that remembers how it was dressed, and how long it waited."""

    def __init__(self) -> None:
        self.worn: list[Guise] = []
        self.waited: list[float] = []

    @contextmanager
    def dressed(self, guise: Guise) -> Iterator[None]:
        self.worn.append(guise)
        yield

    def pause(self, seconds: float) -> None:
        self.waited.append(seconds)


class Drawing:
    """Chance of which each draw is said."""

    def __init__(self, *octets: bytes) -> None:
        self._octets = list(octets)

    def made(self, kind: str, produce: Any, *, secret: bool = False) -> bytes:
        del kind, produce, secret
        return self._octets.pop(0)


@pytest.fixture
def wire() -> Dressing:
    return Dressing()


def test_an_audit_says_so_hurries_and_marks_names_and_afterwards_nothing_is_marked(wire: Any, identities: Any) -> None:
    looks = WornLooks(wire, identities, Drawing())  # type: ignore[arg-type]
    with looks.of_an_audit() as look:
        looks.tarry(look)
        marked = identities.fresh("bidder").name

    assert wire.worn == [MARKED]
    assert wire.waited == []
    assert marked.startswith("检测")
    assert not identities.fresh("bidder").name.startswith("检测")


def test_anybody_bears_no_mark_and_takes_time(wire: Any, identities: Any) -> None:
    identities.mark = "检测"
    looks = WornLooks(wire, identities, Drawing())  # type: ignore[arg-type]
    with looks.of_anybody() as look:
        looks.tarry(look)
        name = identities.fresh("bidder").name

    assert wire.worn == [ELSEWHERE]
    assert wire.waited == [look.tarries_s]
    assert look.tarries_s > 0
    assert not name.startswith("检测")
    assert identities.mark == "检测"


def test_what_is_chosen_follows_the_draw_and_nothing_else(wire: Any, identities: Any) -> None:
    def chosen(octets: bytes) -> list[int]:
        return WornLooks(wire, identities, Drawing(octets)).chosen(range(20), 5)  # type: ignore[arg-type]

    assert chosen(b"a" * 16) == chosen(b"a" * 16)
    assert len({tuple(chosen(bytes([number]) * 16)) for number in range(20)}) > 10
    assert len(set(chosen(b"b" * 16))) == 5
