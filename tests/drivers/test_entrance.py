"""Who is at the entrance: others side by side, a crowd alone."""

import threading
from pathlib import Path

from tenderproof.drivers.entrance import Entering


def test_workers_are_there_side_by_side_and_one_with_a_crowd_waits_until_they_have_left(tmp_path: Path) -> None:
    one, other, crowd = (Entering(tmp_path / "private") for _ in range(3))
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
    crowd, other = Entering(tmp_path), Entering(tmp_path)
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
