"""A laboratory's yearly check of what was certified: as it is recorded, and as a sealed report of its own run."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tenderproof import result, surveillance
from tenderproof.certification import issuing
from tenderproof.certification.certificate import Certificate
from tenderproof.certification.change import Reported, Surveillance
from tenderproof.certification.follow_up import Followed
from tenderproof.certification.issuing import Tested
from tenderproof.dossier.months import add_months
from tenderproof.result import Result
from tenderproof.seal import sealing, signature
from tenderproof.spec.calendar import CHINA
from tenderproof.surveillance import Certified
from tests.reporting import results

from . import standard
from .bodies import House, finished_run, tested_result

SEEN = date(2027, 1, 15)
RECORDED = SEEN + timedelta(days=5)


def passed(certificate: Certificate, days: int = 52, **changes: Any) -> Surveillance:
    """A check that ended so many days after the decision."""
    finished = certificate.decided + timedelta(days=days)
    fields: dict[str, Any] = {
        "number": f"report-{days}", "laboratory": "示例软件检测中心", "key_sha256": "1" * 64, "result_sha256": f"{abs(days):064x}",
        "root": f"{abs(days):063x}f", "version": certificate.scope.version, "finished": finished,
        "surveillance_by": add_months(finished, 12),
    }  # fmt: skip
    return Surveillance(**fields | changes)


def reported(certificate: Certificate, days: int, **changes: Any) -> Reported:
    """A report of the holder, so many days after the decision."""
    return Reported(day=certificate.decided + timedelta(days=days), sha256="2" * 64, **changes)


def bundle(
    house: House,
    folder: Path,
    change: Callable[[Result], Result] | None = None,
    *,
    number: str = "TP-2026-001",
    by: str = "",
    **changes: Any,
) -> Path:
    """The sealed report of a surveillance of the house's platform (``change`` and ``changes`` are of the result before it is compared)."""
    with standard.used(house.standard), patch.object(results, "STARTED", datetime(2027, 1, 15, 9, tzinfo=CHINA)):
        kind = str(changes.get("kind", "surveillance_report"))
        found = tested_result(finished_run(folder / "run", kind=kind), **{"kind": kind} | changes)
        if kind == "surveillance_report":
            certified = house.tested()
            baseline = Certified(certified.result, certified.report.result_sha256, number)
            found = found.model_copy(update={"baseline": surveillance.against(baseline, found)})
        found = change(found) if change else found
        result.write(found, folder / "run" / "result.json")
        who = house.laboratory if not by else house.body
        sealer = signature.load_sealer(who.key, who.certificate)
        return sealing.seal(folder / "run", found, sealer, folder / "later.bundle.zip").path


def read(house: House, path: Path, *, by: str = "") -> Tested:
    """The report as the body reads it."""
    with standard.used(house.standard):
        return issuing.tested(path, [house.party if by else house.laboratory_party], ())


def followed(house: House, **changes: Any) -> Followed:
    """What the body follows up, on the day on which it records it."""
    fields: dict[str, Any] = {
        "certificate": house.certificate(), "changes": (), "certified": house.bundle, "day": RECORDED, "decided_by": "丁",
        "key": house.party,
    }  # fmt: skip
    return Followed(**fields | changes)
