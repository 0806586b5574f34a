"""A crowd at a declared entrance: only where it is named, as many as are said, and recorded."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tenderproof.candidate import Channel, Limits, Sandbox
from tenderproof.drivers.channel import Asked
from tenderproof.drivers.crowd import DeclaredCrowd
from tenderproof.drivers.entrance import Entering
from tenderproof.transport import crowding
from tenderproof.transport.crowding import Entrance, Filled, Slowed
from tenderproof.vocabulary import Missing


def crowd(driver: Any, folder: Path, *, named: bool = True, connections: int | None = 8) -> DeclaredCrowd:
    sandbox = Sandbox(enabled=True, floodable=frozenset({"connections"} if named else ()))
    limits = replace(Limits(), connections=connections)
    declared = replace(driver.candidate, sandbox=sandbox, limits=limits, channel=Channel("https://platform.test"))
    return DeclaredCrowd(declared, driver.chance, (Asked("GET", "/"), Asked("POST", "/log-in", b"{}")), Entering(folder))


@pytest.mark.parametrize("act", ["most", "fill", "dawdle"])
def test_what_is_not_named_is_left_alone(driver: Any, tmp_path: Path, act: str) -> None:
    unnamed = crowd(driver, tmp_path, named=False)

    with pytest.raises(Missing, match=r"sandbox\.floodable"):
        _ = unnamed.most if act == "most" else unnamed.fill(1) if act == "fill" else unnamed.dawdle(1)


def test_without_a_declared_number_nothing_is_filled(driver: Any, tmp_path: Path) -> None:
    with pytest.raises(Missing, match=r"limits\.connections"):
        crowd(driver, tmp_path, connections=None).fill(1)


def test_it_holds_as_many_as_are_said_and_more_at_the_entrance(driver: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def filled(entrance: Entrance, most: int) -> Filled:
        asked.append((entrance.place.host, entrance.place.port, entrance.secure, most))
        return Filled(8, 3, afterwards=True)

    def slowed(entrance: Entrance, count: int, posting: str) -> Slowed:
        asked.append((entrance.place.host, count, posting))
        return Slowed(5, 4, 5)

    monkeypatch.setattr(crowding, "filled", filled)
    monkeypatch.setattr(crowding, "slowed", slowed)

    assert crowd(driver, tmp_path).fill(3) == Filled(8, 3, afterwards=True)
    assert crowd(driver, tmp_path).dawdle(20) == Slowed(5, 4, 5)
    assert asked == [("platform.test", 443, True, 11), ("platform.test", 20, "/log-in")]
