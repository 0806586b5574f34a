import json
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote

import pytest

from tenderproof.drivers import ContractDriver
from tenderproof.drivers.contract import readings
from tenderproof.testing import Document, Project, Section, Tender, Tenderee, TenderProject, Verifier
from tenderproof.testing.tender import Facts, Times

NOTHING: dict[str, Any] = {"items": []}


@pytest.fixture
def world(driver: ContractDriver) -> Tender:
    facts, now = Facts(), driver.chance.now()
    told = Tender(facts, Times.of(facts, now), Tenderee(), Tenderee(), Verifier(), now)
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


@pytest.mark.parametrize(
    ("item", "ours"),
    [
        ({"section_id": "s2", "receipt": {"project_code": "PROJECT"}}, False),
        ({"section_id": None, "tender_project_id": "t2", "text": "PROJECT"}, False),
        ({"section_id": "s1", "tender_project_id": "t1"}, True),
        ({"section_id": None, "text": "of PROJECT"}, True),
        ({"section_id": "", "text": "of nothing"}, False),
        ("of PROJECT", True),
    ],
)
def test_what_another_section_of_the_same_project_is_told_is_left_out(
    driver: ContractDriver, world: Tender, wire: Any, item: object, ours: bool
) -> None:
    world.made[Project] = Project({"id": "p1", "code": "PROJECT"})
    wire.answers = lambda _: (200, {"items": [item]})
    (found,) = driver.readings(driver.public, world, frozenset({"messages"}))

    assert json.loads(found.body)["items"] == [item] * ours


def test_lists_that_grow_are_read_from_the_beginning_of_the_tender_by_the_platforms_own_clock(
    driver: ContractDriver, world: Tender, wire: Any
) -> None:
    ahead = (driver.chance.now() + timedelta(days=400)).isoformat()
    wire.answers = lambda request: (200, {"now": ahead, "source": "NTSC"} if request.url.endswith("/time") else NOTHING)
    list(driver.readings(driver.public, world, frozenset({"messages", "supervision/events"})))
    asked = [request.url for request in wire.requests]

    assert [url.partition("?")[0].rpartition("/api/v1/")[2] for url in asked] == ["time", "messages", "supervision/events"]
    since = {datetime.fromisoformat(unquote(url.partition("since=")[2])) for url in asked[1:]}
    assert len(since) == 1
    assert timedelta(0) < datetime.fromisoformat(ahead) - since.pop() < timedelta(minutes=2)


def test_a_platform_that_does_not_tell_its_time_is_read_whole(driver: ContractDriver, world: Tender, wire: Any) -> None:
    wire.answers = lambda request: (403, {"code": "not_permitted"}) if request.url.endswith("/time") else (200, NOTHING)
    list(driver.readings(driver.public, world, frozenset({"messages"})))

    assert wire.requests[-1].url.endswith("/messages")
