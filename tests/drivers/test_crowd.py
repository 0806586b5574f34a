"""A crowd at a declared entrance: only where it is named, as many as are said, and recorded."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tenderproof.candidate import Channel, Limits, Sandbox
from tenderproof.drivers.channel import Asked
from tenderproof.drivers.crowd import DeclaredCrowd, LogIn
from tenderproof.drivers.turns import Turns
from tenderproof.transport import crowding, guessing
from tenderproof.transport.crowding import Entrance, Filled, Slowed
from tenderproof.transport.guessing import Guessed
from tenderproof.vocabulary import Missing


class Drawing:
    """Chance whose tokens are known."""

    def __init__(self, given: Any) -> None:
        self.made = given.made

    def token(self, octets: int = 8) -> str:
        assert octets == 8
        return "ab"


LOG_IN: LogIn = ("/password", lambda name: {"login": name})


def crowd(
    driver: Any, folder: Path, *, named: bool = True, connections: int | None = 8, guesses: int | None = 4, log_in: LogIn | None = LOG_IN
) -> DeclaredCrowd:
    sandbox = Sandbox(enabled=True, floodable=frozenset({"connections", "log_in"} if named else ()))
    limits = replace(Limits(), connections=connections, failed_log_ins=guesses)
    declared = replace(driver.candidate, sandbox=sandbox, limits=limits, channel=Channel("https://platform.test"))
    asked = (Asked("GET", "/"), Asked("POST", "/log-in", b"{}"))
    return DeclaredCrowd(declared, Drawing(driver.chance), asked, log_in, Turns(folder / "entrance.lock"))  # type: ignore[arg-type]


@pytest.mark.parametrize("act", ["most", "fill", "dawdle", "guesses", "guess"])
def test_what_is_not_named_is_left_alone(driver: Any, tmp_path: Path, act: str) -> None:
    unnamed = crowd(driver, tmp_path, named=False)

    with pytest.raises(Missing, match=r"sandbox\.floodable"):
        _ = getattr(unnamed, act)(1)


def test_without_a_declared_number_nothing_is_filled(driver: Any, tmp_path: Path) -> None:
    with pytest.raises(Missing, match=r"limits\.connections"):
        crowd(driver, tmp_path, connections=None).fill(1)
    with pytest.raises(Missing, match=r"limits\.failed_log_ins"):
        crowd(driver, tmp_path, guesses=None).guess(1)
    with pytest.raises(Missing, match="does not know how one logs in"):
        crowd(driver, tmp_path, log_in=None).guess(1)


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


def test_it_guesses_as_often_as_is_said_and_more_each_time_under_another_name(
    driver: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def guessed(entrance: Entrance, path: str, content: Any, count: int) -> Guessed:
        asked.append((entrance.place.host, path, [content(number) for number in range(count)]))
        return Guessed((401, 429), others=None)

    monkeypatch.setattr(guessing, "guessed", guessed)

    assert crowd(driver, tmp_path).guess(2) == Guessed((401, 429), others=None)
    assert asked == [("platform.test", "/password", [{"login": f"ab{number}"} for number in range(6)])]
