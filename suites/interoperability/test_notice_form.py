"""Notices are drawn up in one form, as data that a program reads (公告标准化、格式化)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from tenderproof.testing import Missing, Notice, Public, Stories, clause, papers, published

_AT_MOST = 30
_MOMENTS = ("document_from", "document_until", "bid_deadline", "opening_at")
_NAMED = ("project_name", "content", "scope", "scale", "place", "funding_source", "qualification", "document_method")


def form(notice: Notice) -> list[tuple[str, str]]:
    """The fields of a notice with their kinds, in order."""
    return sorted(_fields(notice.raw["content"], ""))


def _fields(content: Any, path: str) -> Iterator[tuple[str, str]]:
    if not isinstance(content, Mapping):
        yield path, type(content).__name__
        return
    for name, value in content.items():
        yield from _fields(value, f"{path}.{name}")


def unreadable(notice: Notice) -> list[str]:
    """The moments of a notice that are no moments, the items that are no words."""
    moments = [name for name in _MOMENTS if not _moment(notice.get(f"content.{name}"))]
    return moments + [name for name in _NAMED if not isinstance(notice.get(f"content.{name}"), str) or not notice.says(f"content.{name}")]


def _moment(said: Any) -> bool:
    try:
        return datetime.fromisoformat(str(said)).tzinfo is not None
    except ValueError:
        return False


@clause("NOT-7-1")
def test_notices_of_different_tenders_have_one_form_whose_values_a_program_reads(stories: Stories, public: Public) -> None:
    """A road and a purchase of goods are announced in the same fields and chapters; each moment and item is the value that was given."""
    roads = stories.announced()
    goods = stories.announced(category="goods", notice_facts={"title": "城东设备采购招标公告", "content.content": "城东设备采购"})
    one, other = (public.published_notice(tender.notice.id).value for tender in (roads, goods))
    given = papers.notice(goods)

    assert unreadable(one) == unreadable(other) == []
    assert form(one) == form(other)
    assert other.get("content.content") == "城东设备采购"
    assert {name: datetime.fromisoformat(other.get(f"content.{name}")) for name in _MOMENTS} == {
        name: given.at(f"content.{name}") for name in _MOMENTS
    }
    assert {name: other.get(f"content.{name}") for name in _NAMED} == {name: given.at(f"content.{name}") for name in _NAMED}


@clause("NOT-7-1", way="record")
def test_every_published_tender_notice_is_data_that_a_program_reads(public: Public) -> None:
    """No published notice is a picture or one piece of prose: its moments are moments, its items stand apart."""
    notices = list(islice(published.of_compulsory_projects(public, "tender"), _AT_MOST))
    if not notices:
        raise Missing("no tender notice of a compulsory project is published")

    assert {notice.id: unreadable(notice) for notice in notices if unreadable(notice)} == {}
