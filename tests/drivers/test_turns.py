"""At what workers share they are side by side, or one is alone (with a crowd at the entrance, say)."""

import threading
from pathlib import Path

from tenderproof.drivers.turns import Turns


def test_workers_are_there_side_by_side_and_one_with_a_crowd_waits_until_they_have_left(tmp_path: Path) -> None:
    one, other, crowd = (Turns(tmp_path / "private" / "entrance.lock") for _ in range(3))
    order: list[str] = []

    def come() -> None:
        with crowd.alone():
            order.append("crowd")

    with one.beside_others(), other.beside_others():
        waiting = threading.Thread(target=come)
        waiting.start()
        waiting.join(0.2)
        order.append("others")
    waiting.join(5)

    assert order == ["others", "crowd"]


def test_nobody_comes_beside_a_crowd(tmp_path: Path) -> None:
    crowd, other = Turns(tmp_path / "entrance.lock"), Turns(tmp_path / "entrance.lock")
    order: list[str] = []

    def come() -> None:
        with other.beside_others():
            order.append("other")

    with crowd.alone():
        waiting = threading.Thread(target=come)
        waiting.start()
        waiting.join(0.2)
        order.append("crowd")
    waiting.join(5)

    assert order == ["crowd", "other"]
