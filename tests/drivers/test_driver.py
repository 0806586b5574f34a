from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from tenderproof.candidate import Domicile
from tenderproof.drivers import ContractDriver
from tenderproof.testing import Section
from tenderproof.vocabulary import DeclarationTrouble, Missing


def test_identities_come_from_the_declared_authority(driver: ContractDriver) -> None:
    assert "BEGIN CERTIFICATE" in driver.identities.fresh("bidder").certificate


def test_stories_views_and_identities_are_one_each(driver: ContractDriver) -> None:
    assert driver.stories is driver.stories
    assert driver.views is driver.views
    assert driver.identities is driver.identities


def test_a_broken_authority_is_the_declarations_fault(driver: ContractDriver, folder: Path) -> None:
    (folder / "ca.key").write_text("no key")

    with pytest.raises(DeclarationTrouble, match=r"sandbox\.authority"):
        driver.identities  # noqa: B018 - asking is the point


def test_what_is_shared_is_recorded_apart(driver: ContractDriver, wire: Any) -> None:
    with driver.apart("finished"):
        pass

    assert wire.shared == ["finished"]


def test_a_bid_tool_is_the_declared_command_or_missing(declare: Any, wire: Any, tmp_path: Path, driver: ContractDriver) -> None:
    with pytest.raises(Missing, match=r"driver\.bid_tool"):
        driver.bid_tool.workspace()
    declared = ContractDriver(declare({"name": "contract", "bid_tool": ["tool"]}), wire, driver.chance, tmp_path / "private")
    assert Path(declared.bid_tool.workspace()).parent == tmp_path / "private"


def test_an_expert_base_that_is_not_declared_is_missing_and_says_which(driver: ContractDriver) -> None:
    assert list(driver.expert_bases) == ["expert_base", "public_service"]
    for name, base in driver.expert_bases.items():
        with pytest.raises(Missing, match=name):
            base.draws(Section({"id": "s"}))


def test_a_notice_is_asked_for_where_the_declaration_says_and_else_below_the_base_url(driver: ContractDriver) -> None:
    tender: Any = Mock(notice=Mock(id="a/1"))
    driver.candidate = replace(
        driver.candidate, base_url="https://p.test/ebid/", domicile=Domicile(("files.test",), (), {"files.test": "/n/{notice}.html"})
    )

    assert driver.question(tender, "files.test") == "/n/a%2F1.html"
    assert driver.question(tender, "p.test") == "/ebid/api/v1/public/notices/a%2F1"
    driver.notice_path = lambda _: None  # type: ignore[method-assign,assignment,return-value]
    assert driver.question(tender, "p.test") is None
