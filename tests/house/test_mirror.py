"""tests/ mirrors tenderproof/ file by file, so that whoever reads a module knows where its rules are tested."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Folders of tests/ that speak of something else than a module of the engine.
OTHERS = ("benchmarks", "docs", "fixtures", "house", "laboratory", "reports", "specs", "suites")


def test_every_module_has_its_tests() -> None:
    assert _wanted() - _present() == set()


def test_every_file_of_tests_has_its_module() -> None:
    assert _present() - _wanted() == set()


@pytest.mark.parametrize(
    ("source", "only"),
    [
        ('"""Docstring."""', True),
        ('from a.b import C\n\n__all__ = ["C"]', True),
        ("VERSION = 1", False),
        ("def f() -> None: ...", False),
    ],
)
def test_a_package_that_only_exports_again_needs_no_tests(source: str, only: bool) -> None:
    assert _only_exports(source) is only


def _wanted() -> set[str]:
    engine = ROOT / "tenderproof"
    modules = (path for path in engine.rglob("*.py") if path.name != "__init__.py" or not _only_exports(path.read_text()))
    return {str(path.relative_to(engine).with_name(f"test_{path.stem.strip('_')}.py")) for path in modules}


def _present() -> set[str]:
    tests = ROOT / "tests"
    found = (path.relative_to(tests) for path in tests.rglob("test_*.py"))
    return {str(path) for path in found if path.parts[0] not in OTHERS}


def _only_exports(source: str) -> bool:
    return all(_is_export(statement) for statement in ast.parse(source).body)


def _is_export(statement: ast.stmt) -> bool:
    match statement:
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return True
        case _:
            return False
