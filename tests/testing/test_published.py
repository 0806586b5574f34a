from itertools import islice
from typing import Any

from tenderproof.testing import Notice, Public, Section, published
from tenderproof.testing.answers import Answer
from tenderproof.testing.records import PublishedSection

SAID = {"must": {"compulsory": True}, "need not": {"compulsory": False}, "does not say": {}}


class Board(Public):
    """A platform that has published a tender notice on each of these sections."""

    def __init__(self, *sections: str) -> None:
        self.sections, self.read = sections, 0

    def published_notices(self, *, at_most: int | None = None, **filters: str) -> Answer[tuple[Notice, ...]]:
        assert filters == {"type": "tender"}
        return Answer("list", tuple(Notice({"id": name}) for name in self.sections[:at_most]))

    def published_notice(self, notice_id: str) -> Answer[Notice]:
        self.read += 1
        return Answer("read", Notice({"id": notice_id, "section_ids": [notice_id]}))

    def published_section(self, section: Section) -> Answer[PublishedSection]:
        said: dict[str, Any] = {"id": section.id, "tender_project": SAID[section.id]}
        return Answer("read", PublishedSection(said))


def found(board: Board) -> list[str]:
    return [notice.id for notice in published.of_compulsory_projects(board, "tender")]


def test_only_what_says_that_it_must_be_tendered_is_found() -> None:
    assert found(Board("need not", "must", "does not say")) == ["must"]


def test_it_is_found_behind_many_others_but_not_behind_any_number() -> None:
    assert found(Board(*["need not"] * 299, "must")) == ["must"]
    assert found(Board(*["need not"] * 300, "must")) == []


def test_no_more_is_read_than_is_asked_for() -> None:
    board = Board(*["must"] * 20)
    list(islice(published.of_compulsory_projects(board, "tender"), 3))

    assert board.read == 3
