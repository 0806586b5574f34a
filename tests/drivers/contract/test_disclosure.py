from collections.abc import Callable
from typing import Any

import pytest

from tenderproof.drivers.contract.driver import ContractPerson
from tenderproof.testing import Section

SECTION = Section({"id": "s"})


@pytest.mark.parametrize(
    ("call", "method", "path", "body"),
    [
        (lambda person: person.platform(), "GET", "/platform", {}),
        (lambda person: person.time(), "GET", "/time", {}),
        (lambda person: person.interface(), "GET", "/interface", {}),
        (lambda person: person.agreement("bidder"), "GET", "/agreements/bidder", {}),
        (lambda person: person.published_notice("n"), "GET", "/public/notices/n", {}),
        (lambda person: person.published_candidates(SECTION), "GET", "/public/sections/s/candidates", {}),
        (lambda person: person.published_result(SECTION), "GET", "/public/sections/s/result", {}),
        (lambda person: person.published_opening_record(SECTION), "GET", "/public/sections/s/opening-record", {}),
        (
            lambda person: person.published_opening_record(SECTION, "application"),
            "GET",
            "/public/sections/s/application-opening-record",
            {},
        ),
    ],
)
def test_the_public_reads_where_the_contract_says(
    asked: Any, call: Callable[[Any], Any], method: str, path: str, body: dict[str, Any]
) -> None:
    assert asked(call) == (method, path, body)


@pytest.mark.usefixtures("listing")
def test_published_notices_can_be_searched(asked: Any) -> None:
    assert asked(lambda person: person.published_notices(type="tender", q="道路"))[1] == "/public/notices?type=tender&q=%E9%81%93%E8%B7%AF"


def test_the_newest_of_endlessly_many_notices_can_be_read(person: ContractPerson, wire: Any) -> None:
    wire.answers = lambda _: (200, {"items": [{"id": "n1"}, {"id": "n2"}], "next": "more"})

    assert [found.id for found in person.published_notices(at_most=3).value] == ["n1", "n2", "n1"]


def test_the_public_record_of_a_section_names_it(person: Any, wire: Any) -> None:
    wire.answers = lambda _: (200, {"section_code": "S"})

    assert person.published_section(SECTION).value.section_code == "S"
