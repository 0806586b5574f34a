"""The check on conditions in a search, held to a firewall that stops what is always true, and to a database that works it out."""

import importlib.util
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from tenderproof import content

Found = Callable[[str, str], bool]


class Board:
    """A board of notices: what is announced has the title that was asked for, and is found as ``finds`` says."""

    def __init__(self, finds: Found, stopped: str = "") -> None:
        self._finds, self._stopped, self._title = finds, re.compile(stopped) if stopped else None, ""

    def announced(self, notice_facts: dict[str, str]) -> Any:
        """A tender whose notice bears the title."""
        self._title = notice_facts["title"]
        return SimpleNamespace(notice=SimpleNamespace(id="1"))

    def published_notices(self, q: str) -> Any:
        """What is found; nothing where something before the platform stops the request."""
        stopped = self._stopped is not None and self._stopped.search(q) is not None
        return SimpleNamespace(accepted=not stopped, value=[SimpleNamespace(id="1")] if self._finds(q, self._title) else [])


class Drawn:
    """Chance that draws another token each time."""

    def __init__(self) -> None:
        self._number = 0

    def token(self, octets: int) -> str:
        """Characters of which no two are alike."""
        self._number += 1
        return f"{self._number:0{2 * octets}x}"


def check(board: Board) -> None:
    """Perform the check."""
    spec = importlib.util.spec_from_file_location("injection_suite", content.suites_dir() / "security" / "test_injection.py")
    assert spec is not None
    assert spec.loader is not None
    suite: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(suite)
    suite.test_what_is_searched_for_is_no_condition(board, board, Drawn())


def by_any_word(words: str, title: str) -> bool:
    """A search that takes what stands between quotes and blanks for words, and is content with one of them."""
    return any(word and word in title for word in re.split(r"[\s'%=]+", words))


def worked_out(words: str, title: str) -> bool:
    """A search that puts what is typed into a condition as it is."""
    text, _, rest = words.partition("'")
    held = "'1'='1" in rest or "1=1" in rest
    return held if " OR " in rest else text.rstrip("%") in title and (" AND " not in rest or held)


TAUTOLOGY = r"(\w+)'?='?\1"  # such as rules of firewalls look for


@pytest.mark.parametrize("stopped", ["", TAUTOLOGY, "'"])
def test_a_search_by_words_is_not_charged_whatever_a_firewall_stops(stopped: str) -> None:
    check(Board(by_any_word, stopped))
    check(Board(lambda words, title: words in title, stopped))


@pytest.mark.parametrize("stopped", ["", "union"])
def test_a_condition_that_is_worked_out_is_found(stopped: str) -> None:
    with pytest.raises(AssertionError, match="has become a condition"):
        check(Board(worked_out, stopped))
