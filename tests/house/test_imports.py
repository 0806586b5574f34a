"""Who may know whom, where import-linter does not look: suites and fixtures are content, not packages of the engine."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FACE = "tenderproof.testing"
_DRIVERS = "drivers"


def test_suites_know_the_engine_by_its_public_face_alone() -> None:
    known = {name for name in _imported_by("suites") if _is_engine(name)}

    assert {name for name in known if not _is_face(name)} == set()


def test_suites_know_nothing_of_the_platform_that_they_probe() -> None:
    players = {path.name for path in (ROOT / "fixtures").iterdir()}

    assert {name for name in _imported_by("suites") if _top(name) in players} == set()


def test_fixtures_know_nothing_of_the_engine() -> None:
    players = (path.name for path in (ROOT / "fixtures").iterdir() if path.name != _DRIVERS)
    assert {name for player in players for name in _imported_by(f"fixtures/{player}") if _is_engine(name)} == set()


def test_a_driver_knows_the_engine_by_its_faces_alone_and_the_platform_by_nothing() -> None:
    known = _imported_by(f"fixtures/{_DRIVERS}")
    engine = {name.rpartition(".")[0] for name in known if _is_engine(name)}
    players = {path.name for path in (ROOT / "fixtures").iterdir()}

    assert engine == {"tenderproof.drivers", FACE}
    assert {name for name in known if _top(name) in players} == set()
    assert not {"sqlalchemy", "fastapi", "starlette"} & {_top(name) for name in known}


@pytest.mark.parametrize(
    ("source", "allowed"),
    [
        ("import tenderproof", False),
        ("import tenderproof.testing as face", True),
        ("from tenderproof import testing", True),
        ("from tenderproof import testing, verdict", False),
        ("from tenderproof.testing.actors import Bidder", True),
        ("def late():\n    from tenderproof.spec import plan", False),
        ("from tenderproof.testing_of_another_kind import x", False),
        ("import httpx2", True),
    ],
)
def test_an_import_is_seen_in_whatever_form_it_is_written(source: str, allowed: bool) -> None:
    assert all(_is_face(name) for name in _imported(source) if _is_engine(name)) is allowed


def _imported_by(folder: str) -> set[str]:
    return {name for path in (ROOT / folder).rglob("*.py") for name in _imported(path.read_text("utf-8"))}


def _imported(source: str) -> Iterator[str]:
    """The modules that a source names, each as precisely as it names them: ``from a import b`` is ``a.b``."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _top(name: str) -> str:
    return name.partition(".")[0]


def _is_engine(name: str) -> bool:
    return _top(name) == "tenderproof"


def _is_face(name: str) -> bool:
    return name == FACE or name.startswith(f"{FACE}.")
