from datetime import UTC, datetime
from typing import Any

import pytest

from tenderproof.drivers import ContractDriver
from tenderproof.drivers.contract.driver import ContractPerson
from tenderproof.testing import Content, Missing, Project, Section

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def test_whoever_created_a_tender_project_moves_its_clock(driver: ContractDriver, person: ContractPerson, wire: Any) -> None:
    tender_project = person.create_tender_project(Project({"id": "p"}), Content()).value
    section = Section({"id": "s", "tender_project_id": tender_project.id})
    driver.clock.move_to(section, NOON)

    assert wire.last.url == "http://platform.test/api/v1/sandbox/tender-projects/x/clock"
    assert wire.sent == {"now": "2026-12-01T12:00:00+00:00"}
    assert driver.clock.now(section).isoformat() == "2026-01-01T00:00:00+08:00"


def test_the_clock_of_a_tender_that_is_not_ours_cannot_be_set(driver: ContractDriver) -> None:
    with pytest.raises(Missing, match="not ours"):
        driver.clock.now(Section({"id": "s", "tender_project_id": "other"}))


def test_a_sandbox_without_a_project_clock_has_none(declare: Any, wire: Any, tmp_path: Any) -> None:
    chance: Any = None
    for offered in ("none", "platform"):
        clock = ContractDriver(declare(clock=offered), wire, chance, tmp_path / offered).clock
        with pytest.raises(Missing, match="no clock"):
            clock.now(Section({"id": "s", "tender_project_id": "x"}))


def test_a_clock_can_begin_where_the_declaration_says(declare: Any, wire: Any, tmp_path: Any) -> None:
    chance: Any = None
    candidate = declare(raw={"sandbox": {"clock_from": "2026-01-05T08:00:00+08:00"}})

    assert ContractDriver(candidate, wire, chance, tmp_path / "private").clock.earliest == datetime(2026, 1, 5, tzinfo=UTC)
