from pathlib import Path
from typing import Any

import pytest

from tenderproof.drivers import ContractDriver
from tenderproof.vocabulary import DeclarationTrouble


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
