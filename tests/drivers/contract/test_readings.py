import json
from typing import Any

import pytest

from tenderproof.drivers import ContractDriver
from tenderproof.drivers.contract import readings
from tenderproof.testing import Document, Section, Tender, Tenderee, TenderProject, Verifier
from tenderproof.testing.tender import Facts, Times


@pytest.fixture
def world(driver: ContractDriver) -> Tender:
    facts = Facts()
    told = Tender(facts, Times.of(facts, driver.chance.now()), Tenderee(), Tenderee(), Verifier())
    told.made = {
        Section: Section({"id": "s1", "code": "CODE"}),
        TenderProject: TenderProject({"id": "t1"}),
        Document: Document({"id": "d1"}),
    }
    return told


def test_names_of_readings_tell_worlds_not_apart(world: Tender) -> None:
    found = list(readings.paths(world))

    assert all("s1" not in name and "t1" not in name and "CODE" not in name for name, _ in found)
    assert len({name for name, _ in found}) == len({path for _, path in found}) == len(found)
    assert {"/sections/s1/bids/mine", "/public/sections/s1", "/messages", "/documents/d1", "/audit/entries?object=s1"} <= {
        path for _, path in found
    }


def test_refusals_are_readings_too(driver: ContractDriver, world: Tender, wire: Any) -> None:
    wire.answers = lambda _: (403, {"code": "not_permitted"})
    found = list(driver.readings(driver.public, world))

    assert {reading.status for reading in found} == {403}
    assert len(found) == len(list(readings.paths(world)))


def test_a_list_of_the_whole_platform_is_narrowed_to_the_section(driver: ContractDriver, world: Tender, wire: Any) -> None:
    wire.answers = lambda _: (200, {"items": [{"section_id": "s1"}, {"section_id": "s2"}], "total": 17})
    found = {reading.name: json.loads(reading.body) for reading in driver.readings(driver.public, world)}

    assert found["messages"] == {"items": [{"section_id": "s1"}]}
    assert found["sections/*"]["total"] == 17
