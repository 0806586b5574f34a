"""The threat model says what is: the files that it names are there, in both languages the same."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("threat-model.md", "threat-model.zh.md")
_NAMED = re.compile(r"`((?:suites|tests|fixtures|tenderproof)/[\w/.-]+|test_\w+\.py)`")


def named(page: str) -> set[str]:
    """The files and folders that a page names, and the records that it links to."""
    text = (ROOT / "docs" / page).read_text("utf-8")
    return set(_NAMED.findall(text)) | set(re.findall(r"\((decisions/[\w-]+\.md)\)", text))


@pytest.mark.parametrize("page", PAGES)
def test_what_the_page_names_is_there(page: str) -> None:
    tests = {path.name for path in (ROOT / "tests").rglob("test_*.py")}
    found = named(page)

    assert len(found) > 8
    assert [name for name in found if not (name in tests or (ROOT / name).exists() or (ROOT / "docs" / name).exists())] == []


def test_both_languages_name_the_same() -> None:
    one, other = (named(page) for page in PAGES)

    assert one == other


@pytest.mark.parametrize("page", PAGES)
def test_the_decisions_that_the_page_counts_are_there(page: str) -> None:
    numbers = re.findall(r"(?:decision |决定 )(\d{4})", (ROOT / "docs" / page).read_text("utf-8"))

    assert numbers
    assert [number for number in numbers if not list((ROOT / "docs" / "decisions").glob(f"{number}-*.md"))] == []
