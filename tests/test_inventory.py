"""Checks are read from source, without importing a suite."""

from pathlib import Path

import pytest

from tenderproof.inventory import Check, InventoryError, base, check_id, checks, record_checks
from tenderproof.vocabulary import Dose, Way

SUITE = '''
from tenderproof.testing import clause

raise SystemExit("a suite is never imported to see what it decides")

@clause("EB-27-3", "B-018")
@clause("A-92", way="record")
def test_a_late_bid_is_refused(section):
    """A bid that arrives late
    is refused.

    More.
    """

def helper():
    pass
'''


def suite(folder: Path, text: str) -> Path:
    """A suites folder with one module in area ``function``."""
    path = folder / "function" / "test_bidding.py"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    return folder


def test_a_check_names_its_clauses_its_way_and_its_place(tmp_path: Path) -> None:
    (check,) = checks(suite(tmp_path, SUITE))

    assert check == Check(
        "function/bidding::test_a_late_bid_is_refused", ("EB-27-3", "B-018", "A-92"), Way.SANDBOX, "A bid that arrives late is refused.",
        "function/test_bidding.py", 8,
    )  # fmt: skip
    assert check.area == "function"


@pytest.mark.parametrize(
    ("marks", "acquits"),
    [("@clause('A')", True), ("@clause('A', acquits=True)", True), ("@clause('A', acquits=False)", False),
     ("@clause('A')\n@clause('B', acquits=False)", False)],
)  # fmt: skip
def test_a_check_that_never_acquits_says_so_in_one_of_its_marks(tmp_path: Path, marks: str, acquits: bool) -> None:
    (check,) = checks(suite(tmp_path, f"{marks}\ndef test_x(): pass\n"))

    assert check.acquits is acquits


@pytest.mark.parametrize(("marks", "waits"), [("@clause('A')", False), ("@pytest.mark.waits\n@clause('A')", True)])
def test_a_check_that_takes_long_says_so(tmp_path: Path, marks: str, *, waits: bool) -> None:
    (check,) = checks(suite(tmp_path, f"{marks}\ndef test_x(): pass\n"))

    assert check.waits is waits
    assert check.module == "bidding"


@pytest.mark.parametrize(
    ("mark", "dose"),
    [
        ("@clause('A')", Dose.STANDARD),
        ("@clause('A', way='record')", Dose.PASSIVE),
        ("@clause('A', way='network')", Dose.PASSIVE),
        ("@clause('A', dose='intrusive')", Dose.INTRUSIVE),
        ("@clause('A')\n@clause('B', dose='intrusive')", Dose.INTRUSIVE),
    ],
)
def test_the_dose_of_a_check_is_said_or_follows_from_its_way(tmp_path: Path, mark: str, dose: Dose) -> None:
    (check,) = checks(suite(tmp_path, f"{mark}\ndef test_x(): pass\n"))

    assert check.dose is dose


def test_a_check_that_takes_records_is_one_of_data_sets_and_no_platforms(tmp_path: Path) -> None:
    text = '@clause("A")\ndef test_x(records): pass\n\n@clause("B")\ndef test_y(public): pass\n'
    suites = suite(tmp_path, text)

    assert [check.id for check in checks(suites)] == ["function/bidding::test_y"]
    assert [(check.id, check.of_records) for check in record_checks(suites)] == [("function/bidding::test_x", True)]


def test_a_check_without_a_clause_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InventoryError, match="line 1: test_x names no clause"):
        checks(suite(tmp_path, "def test_x(): pass\n"))


@pytest.mark.parametrize("mark", ["clause(NAME)", "clause('A', way='guess')", "clause('A', way=WAY)"])
def test_a_mark_that_is_no_literal_or_no_way_is_refused(tmp_path: Path, mark: str) -> None:
    with pytest.raises(InventoryError, match="line 1"):
        checks(suite(tmp_path, f"@{mark}\ndef test_x(): pass\n"))


def test_a_suite_that_is_no_python_is_named(tmp_path: Path) -> None:
    with pytest.raises(InventoryError, match=r"test_bidding\.py, line 1: this suite cannot be read"):
        checks(suite(tmp_path, "def test_x(:\n"))


def test_the_id_of_a_check_is_the_same_for_source_and_pytest() -> None:
    assert check_id("function/test_bidding.py::test_x") == "function/bidding::test_x"


def test_the_case_of_a_check_belongs_to_the_check() -> None:
    assert [base(check) for check in ("a/b::test_c", "a/b::test_c[x[1]]")] == ["a/b::test_c"] * 2
