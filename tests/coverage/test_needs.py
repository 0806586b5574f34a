"""What a check needs of a driver is read from its source, the stories that it asks for, and no further."""

from functools import cached_property
from pathlib import Path

import pytest

from tenderproof import content, inventory
from tenderproof.coverage import needs
from tenderproof.coverage.needs import Needs
from tenderproof.drivers import Driver
from tenderproof.inventory import Check
from tenderproof.vocabulary import Way

HEAD = "from tenderproof.testing import Owner, Stories, clause, papers, published\n\n\n"


def needed(tmp_path: Path, source: str) -> Needs:
    """What the check ``test_it`` of a suite of this source needs."""
    file = f"area/test_{len(list(tmp_path.rglob('*.py')))}.py"
    (tmp_path / "area").mkdir(exist_ok=True)
    (tmp_path / file).write_text(HEAD + source)
    check = Check("area/module::test_it", ("X-1",), Way.SANDBOX, "", file, 1)
    return needs.of([check], tmp_path)[check.id]


def test_what_is_called_is_needed_and_what_a_record_is_called_by_is_not(tmp_path: Path) -> None:
    found = needed(tmp_path, "def test_it(stories, bidder):\n    bidder.withdraw(tender.notice)\n    assert tender.opening.bids\n")

    assert found == Needs({"withdraw"}, set())


def test_what_a_helper_or_a_fixture_of_the_module_calls_is_needed_too(tmp_path: Path) -> None:
    source = (
        "def helper(x):\n    return x.ask(1)\n\n\ndef prepared(verifier):\n    return verifier.registrations()\n\n\n"
        "class Told:\n    def more(self):\n        return self.of.downloads(1)\n\n\n"
        "def other(y):\n    return y.bonds(1)\n\n\ndef test_it(prepared):\n    helper(1)\n    Told().more()\n"
    )

    assert needed(tmp_path, source).operations == {"ask", "registrations", "downloads"}


def test_what_somebody_tries_is_needed(tmp_path: Path) -> None:
    assert needed(tmp_path, "def test_it(expert):\n    expert.tries(Owner.open_bids, 1)\n").operations == {"open_bids"}


def test_a_stage_needs_all_that_leads_to_it_and_nothing_after_it(tmp_path: Path) -> None:
    found = needed(tmp_path, "def test_it(stories):\n    stories.sealed(bidders=3)\n")

    assert {"create_project", "announce", "publish_document", "download", "deliver"} <= found.operations
    assert not {"open_bids", "release_key", "sign_attendance", "invite", "pay_bond", "authorise"} & found.operations
    assert found.instruments == {"clock"}


@pytest.mark.parametrize(
    ("chosen", "operation"),
    [('mode="invited"', "invite"), ("pay_bonds=True", "pay_bond"), ('organisation="agency"', "authorise")],
)  # fmt: skip
def test_what_only_some_tenders_need_is_needed_by_a_check_that_chooses_such_a_tender(tmp_path: Path, chosen: str, operation: str) -> None:
    assert operation in needed(tmp_path, f"def test_it(stories):\n    stories.sealed({chosen})\n").operations


def test_a_tender_that_is_known_needs_what_leads_to_its_stage(tmp_path: Path) -> None:
    assert "make_archive" in needed(tmp_path, "def test_it(stories):\n    stories.finished()\n").operations
    assert "make_archive" not in needed(tmp_path, 'def test_it(stories):\n    stories.known("opened")\n').operations


def test_instruments_are_needed_by_their_names_and_what_they_can_is_no_operation(tmp_path: Path) -> None:
    found = needed(tmp_path, "def test_it(views, clock, bid_tool):\n    views.orders(1, 2)\n    clock.read(1)\n")

    assert found == Needs(set(), {"views", "clock", "bid_tool"})


def test_what_the_engine_reads_for_suites_is_needed(tmp_path: Path) -> None:
    found = needed(tmp_path, 'def test_it(public):\n    list(published.of_compulsory_projects(public, "tender"))\n')

    assert found.operations == {"published_notices", "published_notice", "published_section"}


def test_of_every_check_it_can_be_told() -> None:
    checks = inventory.checks(content.suites_dir())
    found = needs.of(checks, content.suites_dir())

    assert found.keys() == {check.id for check in checks}
    assert [check for check, need in found.items() if not need.operations and not need.instruments] == []


def test_whoever_walks_lives_needs_what_living_one_takes(tmp_path: Path) -> None:
    found = needed(tmp_path, "def test_it(lives):\n    lives.walked(1)\n")

    assert {"deliver", "withdraw", "open_bids", "decide_award", "announce"} <= found.operations
    assert "clock" in found.instruments


def test_every_instrument_of_a_driver_is_known() -> None:
    own = {name for name, value in vars(Driver).items() if isinstance(value, property | cached_property)}

    assert own - {"public", "stories"} == set(needs.INSTRUMENTS)
