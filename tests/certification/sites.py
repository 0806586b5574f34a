"""A body's folder with certificates in every status, and the register that is made of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tenderproof.certification import credential, register, site, status

from . import surveys
from .bodies import DAY, House

MADE = DAY + timedelta(days=400)
STEPS: dict[str, tuple[tuple[str, str, int], ...]] = {
    "TP-1-VALID": (("valid", "surveillance_passed", 360),),
    "TP-2-BACK": (("suspended", "violation_found", 5), ("valid", "corrected", 9), ("valid", "surveillance_passed", 360)),
    "TP-3-SUSPENDED": (("suspended", "surveillance_refused", 380),),
    "TP-4-WITHDRAWN": (("suspended", "no_longer_conforming", 5), ("withdrawn", "not_corrected", 100)),
    "TP-6-CANCELLED": (("cancelled", "no_longer_operated", 7),),
    "TP-7-OVERDUE": (),
}
EXPIRED = "TP-5-EXPIRED"
WANTED = {
    "TP-1-VALID": "valid", "TP-2-BACK": "valid", "TP-3-SUSPENDED": "suspended", "TP-4-WITHDRAWN": "withdrawn", EXPIRED: "expired",
    "TP-6-CANCELLED": "cancelled", "TP-7-OVERDUE": "overdue",
}  # fmt: skip


@dataclass(frozen=True)
class Site:
    """The body's folder and the published register."""

    certificates: Path
    published: Path
    house: House


def certificates(house: House, folder: Path) -> Path:
    """The folder of a body with a certificate in every status on ``MADE``."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, steps in STEPS.items():
        _one(house, folder, number, DAY, steps)
    _expired(house, folder)
    (folder / "TP-1-VALID.pdf").write_bytes(b"%PDF-1.7 paper")
    return folder


def published(house: House, folder: Path, made: date = MADE) -> Site:
    """The register of such a folder, made on a day and to be believed for 30."""
    kept = certificates(house, folder / "certificates")
    site.write(register.entries(kept, house.party), house.pen, folder / "site", made, 30)
    return Site(kept, folder / "site", house)


def _one(house: House, folder: Path, number: str, day: date, steps: tuple[tuple[str, str, int], ...]) -> None:
    made = house.certificate(number=number, day=day)
    chain = [credential.sign(made, house.pen)]
    (folder / f"{number}.jwt").write_text(f"{chain[0]}\n", "ascii")
    for at, (now, ground, days) in enumerate(steps, 1):
        seen = surveys.passed(made, days) if ground == "surveillance_passed" else None
        on = day + timedelta(days=days)
        token = status.change(made, chain, house.pen, status=now, ground=ground, day=on, decided_by="丁", surveillance=seen)
        chain.append(token)
        register.change_file(folder, number, at).write_text(f"{token}\n", "ascii")


def _expired(house: House, folder: Path) -> None:
    """One whose time was a year; a plan may say so."""
    made = house.certificate(number=EXPIRED).model_copy(update={"valid_until": DAY + timedelta(days=365)})
    (folder / f"{EXPIRED}.jwt").write_text(f"{credential.sign(made, house.pen)}\n", "ascii")
