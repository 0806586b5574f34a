"""A certificate says what it must, and one that lacks something is none."""

from typing import Any

import pytest
from pydantic import ValidationError

from tenderproof.certification.certificate import Certificate

from .bodies import House

_NEEDED = (
    "number",
    "body",
    "decided_by",
    "decided",
    "valid_until",
    "surveillance_by",
    "holder",
    "scope",
    "plan",
    "edition",
    "level",
    "report",
)


def test_it_names_holder_platform_version_kind_basis_level_dates_body_and_report(settled: House) -> None:
    made = settled.certificate().model_dump(mode="json")

    assert made["holder"] == {"name": "示范招标服务有限公司", "uscc": "91110108MA01EXAMPL"}
    assert (made["scope"]["version"], made["scope"]["kind"]) == ("1.4.2", "trading")
    assert (made["plan"], made["level"], made["decided"], made["valid_until"]) == ("trading-3", 3, "2026-11-24", "2029-11-24")
    assert made["report"]["laboratory"] == "示例软件检测中心"


@pytest.mark.parametrize("name", _NEEDED)
def test_a_certificate_that_lacks_something_is_none(settled: House, name: str) -> None:
    made: dict[str, Any] = settled.certificate().model_dump(mode="json")
    del made[name]
    with pytest.raises(ValidationError, match=name):
        Certificate.model_validate(made)


@pytest.mark.parametrize("number", ["", "a-1", "../1", "TP 1", "T" * 41])
def test_a_number_can_be_a_file_and_an_address(settled: House, number: str) -> None:
    with pytest.raises(ValidationError, match="number"):
        Certificate.model_validate(settled.certificate().model_dump(mode="json") | {"number": number})


def test_its_mark_is_its_stars_and_its_number(settled: House) -> None:
    assert settled.certificate().mark == "★★★ TP-2026-001"
