"""Everybody registers, logs in and reads what is public, free and at once (免费注册登录和获取公开信息)."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from tenderproof.testing import Identities, Public, Stories, clause

_TIMES = 20  # more often than somebody who compares a few notices reads one


@clause("EB-9-1")
@pytest.mark.parametrize("role", ["tenderee", "agency", "bidder"])
def test_whoever_registers_logs_in_at_once_and_reads_what_is_public(
    stories: Stories, identities: Identities, public: Public, role: str
) -> None:
    """An entity that nobody has approved logs in and reads a notice as its owner wrote it; a stranger to the platform does not log in."""
    notice, identity = stories.announced().notice, identities.fresh(role)
    applied = public.register(stories.registration(identity))
    entering = public.log_in(identity)
    reader = public.bearing(entering.value.token) if entering.accepted else public
    read = reader.published_notice(notice.id)

    assert applied.accepted
    assert entering.accepted
    assert entering.value.account.role == role
    assert read.accepted
    assert read.value.content.raw == public.published_notice(notice.id).value.content.raw
    assert public.log_in(identities.fresh(role)).refused


@clause("EB-9-1")
@pytest.mark.parametrize("category", ["engineering", "goods", "services"])
def test_who_has_not_logged_in_reads_every_notice_whole_and_as_often_as_it_likes(stories: Stories, public: Public, category: str) -> None:
    """It finds the notice, reads every item that its owner wrote, and the last time as the first."""
    tender = stories.announced(category=category)
    written = tender.owner.notice(tender.notice).value
    reading = [public.published_notice(tender.notice.id) for _ in range(_TIMES)]
    found = public.published_notices(q=written.title)

    assert [one.refused_because for one in reading] == [None] * _TIMES
    assert [told(one.value.content.raw) == told(written.content.raw) for one in reading] == [True] * _TIMES
    assert tender.notice.id in {one.id for one in found.value}


def told(content: Any) -> Any:
    """The same with every moment as what it is: in which zone a platform writes it is its own matter."""
    if isinstance(content, Mapping):
        return {name: told(part) for name, part in content.items()}
    if isinstance(content, list):
        return [told(part) for part in content]
    try:
        moment = datetime.fromisoformat(content) if isinstance(content, str) else None
    except ValueError:
        return content
    return content if moment is None or moment.tzinfo is None else moment.astimezone(UTC)


@clause("EB-9-1")
def test_who_has_not_logged_in_reads_how_a_tender_went(stories: Stories, public: Public) -> None:
    """Section, opening record, candidates and result of a finished tender are open to everybody."""
    tender = stories.finished()
    reading = {
        "section": public.published_section(tender.section).refused_because,
        "opening record": public.published_opening_record(tender.section).refused_because,
        "candidates": public.published_candidates(tender.section).refused_because,
        "result": public.published_result(tender.section).refused_because,
    }

    assert reading == dict.fromkeys(reading)
