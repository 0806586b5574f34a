"""Every clause on the harness names tests that exist, or says what waits."""

import ast
import shutil
from pathlib import Path

import pytest

from tenderproof import content
from tenderproof.spec.clauses import SpecificationError, load_clauses
from tenderproof.spec.own import HARNESS, load_own

ROOT = Path(__file__).parents[2]
CLAUSES = load_clauses(content.specs_dir())
OWN = load_own(content.specs_dir(), CLAUSES)


def test_every_clause_on_the_harness_is_listed_once() -> None:
    assert sorted(own.clause.id for own in OWN) == sorted(clause.id for clause in CLAUSES.values() if HARNESS in clause.applies_to)


@pytest.mark.parametrize("name", sorted({name for own in OWN for name in own.tests}))
def test_every_test_that_is_named_exists(name: str) -> None:
    file, _, function = name.partition("::")
    found = {node.name for node in ast.parse((ROOT / file).read_text("utf-8")).body if isinstance(node, ast.FunctionDef)}

    assert function in found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("CERT-STAR-1:", "CERT-STAR-9:", r"own-clauses.yaml:\d+: CERT-STAR-1 is a clause on the harness and is left out"),
        ("HN-3.3-04:", "HN-3.3-04:\n  tests: []\nA-01:", r"A-01 is no clause on the harness"),
        ("HN-3.3-04:\n  tests:\n", "HN-3.3-04:\n  others:\n", r"HN-3.3-04 must name its tests"),
        ("HN-3.3-04:\n", "HN-3.3-04:\n  waits: {zh: 尚未实现。, fr: Pas encore.}\n", r"HN-3.3-04 must name its tests"),
        ("CERT-CAR-21:", "[", r"own-clauses.yaml:1: it cannot be read"),
    ],
)
def test_a_wrong_list_is_refused_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    shutil.copy(content.specs_dir() / "own-clauses.yaml", tmp_path)
    path = tmp_path / "own-clauses.yaml"
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")

    with pytest.raises(SpecificationError, match=said):
        load_own(tmp_path, CLAUSES)
