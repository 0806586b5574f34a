"""The clock of a tender project, by the contract (clock.get, clock.move): whoever created the project keeps it."""

from datetime import datetime
from typing import TYPE_CHECKING

from tenderproof.drivers.contract.caller import Caller, segment
from tenderproof.testing.answers import Answer
from tenderproof.testing.clock import Clock, Timed
from tenderproof.testing.records import PlatformTime
from tenderproof.vocabulary import Missing

if TYPE_CHECKING:
    from tenderproof.drivers.contract import ContractDriver


class ProjectClock(Clock):
    """One clock a tender project, in the sandbox."""

    def __init__(self, driver: "ContractDriver", earliest: datetime | None) -> None:
        self._driver, self.earliest = driver, earliest

    def read(self, tender: Timed) -> Answer[PlatformTime]:
        """What the project's clock says."""
        return self._keeper(tender).get(_path(tender), PlatformTime.read)

    def set(self, tender: Timed, instant: datetime) -> Answer[PlatformTime]:
        """Ask for an instant, as it stands."""
        return self._keeper(tender).send("POST", _path(tender), PlatformTime.read, {"now": instant})

    def _keeper(self, tender: Timed) -> Caller:
        if tender.tender_project_id not in self._driver.clock_keepers:
            raise Missing("the clock of a tender that is not ours cannot be set")
        return self._driver.clock_keepers[tender.tender_project_id]


def _path(tender: Timed) -> str:
    return f"/sandbox/tender-projects/{segment(tender.tender_project_id)}/clock"
