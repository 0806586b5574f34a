from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tenderproof.testing import Content
from tenderproof.testing.contents import plain

NOTICE = Content(title="公告", content={"tenderee": {"name": "甲", "phone": "1"}, "scale": "3公里"}, media=["a"])


def test_one_field_is_left_out_and_the_rest_stands() -> None:
    spoilt = NOTICE.without("content.tenderee.phone", "media")

    assert plain(spoilt) == {"title": "公告", "content": {"tenderee": {"name": "甲"}, "scale": "3公里"}}
    assert plain(NOTICE)["content"]["tenderee"]["phone"] == "1"


@pytest.mark.parametrize("path", ["nothing", "content.nothing", "nothing.at.all"])
def test_leaving_out_what_is_not_there_is_an_error_for_it_would_try_nothing(path: str) -> None:
    with pytest.raises(KeyError):
        NOTICE.without(path)


def test_another_value_is_put_at_a_path_that_may_be_new() -> None:
    changed = NOTICE.putting("content.scale", "4公里").putting("content.agency.name", "乙").but(title="更正")

    assert (changed.at("content.scale"), changed.at("content.agency.name"), changed["title"]) == ("4公里", "乙", "更正")
    assert len(changed) == len(NOTICE)


def test_moments_and_amounts_are_written_as_the_contract_has_them() -> None:
    content = Content(at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), price=Decimal("1234.5"), parts=(Content(a=1),))

    assert plain(content) == {"at": "2026-01-02T03:04:05+00:00", "price": "1234.50", "parts": [{"a": 1}]}
