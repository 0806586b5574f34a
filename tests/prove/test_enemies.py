"""An enemy earns nothing, with or without an honest face."""

import tomllib
from pathlib import Path

import pytest

from tenderproof.prove import enemies


def test_null_earns_nothing_bare_or_introduced(tmp_path: Path) -> None:
    met = list(enemies.meet(tmp_path, 2, ("null", "null-introduced")))

    assert [(enemy.name, enemy.satisfied) for enemy in met] == [("null", ()), ("null-introduced", ())]
    assert all(enemy.clauses > 400 for enemy in met)


def test_each_enemy_comes_with_and_without_an_honest_face() -> None:
    assert {name.removesuffix("-introduced") for name in enemies.NAMES} == {"null", "mirror", "refuser", "stall"}
    assert len(enemies.NAMES) == 8


@pytest.mark.parametrize("declared", ["[platform]\n", "[limits]\nparallel = 3\n\n[claims]\n"])
def test_an_enemy_that_stalls_is_not_waited_for(tmp_path: Path, declared: str) -> None:
    file = tmp_path / "candidate.toml"
    file.write_text(declared, "utf-8")
    limits = tomllib.loads(enemies.hurried(file).read_text("utf-8"))["limits"]

    assert (limits["connect_s"], limits["total_s"]) == (1.0, 1.0)
