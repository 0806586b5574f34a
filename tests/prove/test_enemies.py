"""An enemy earns nothing, with or without an honest face."""

from pathlib import Path

from tenderproof.prove import enemies


def test_null_earns_nothing_bare_or_introduced(tmp_path: Path) -> None:
    met = list(enemies.meet(tmp_path, 2, ("null", "null-introduced")))

    assert [(enemy.name, enemy.satisfied) for enemy in met] == [("null", ()), ("null-introduced", ())]
    assert all(enemy.clauses > 400 for enemy in met)


def test_each_enemy_comes_with_and_without_an_honest_face() -> None:
    assert {name.removesuffix("-introduced") for name in enemies.NAMES} == {"null", "mirror", "refuser", "stall"}
    assert len(enemies.NAMES) == 8
