"""The signed statement on where data are stored and what is sent abroad (数据存储与出境说明), line by line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tenderproof.domicile.earth import Point
from tenderproof.vocabulary import WrongInput

NOTHING = "-"
_STORE, _EXPORT = 4, 4


class Ground(StrEnum):
    """On what ground something is sent abroad (个人信息保护法 38)."""

    SECURITY_ASSESSMENT = "security_assessment"
    STANDARD_CONTRACT = "standard_contract"
    CERTIFICATION = "certification"
    NONE = "none"


@dataclass(frozen=True)
class Store:
    """What is stored, at which site, and where that stands."""

    what: str
    site: str
    place: Point

    def __str__(self) -> str:
        return f"{self.what} @ {self.site} ({self.place.latitude}, {self.place.longitude})"


@dataclass(frozen=True)
class Export:
    """What is sent abroad, to whom, on which ground, and the ground's number ("" if it has none)."""

    what: str
    recipient: str
    ground: Ground
    number: str

    @property
    def assessed(self) -> bool:
        """Whether a security assessment is named by its number."""
        return self.ground is Ground.SECURITY_ASSESSMENT and bool(self.number)

    def __str__(self) -> str:
        return f"{self.what} → {self.recipient} ({self.ground.value})"


@dataclass(frozen=True)
class Keeping:
    """The whole statement; ``critical`` is whether the platform is critical information infrastructure by its operator's word."""

    critical: bool
    stores: tuple[Store, ...]
    exports: tuple[Export, ...]

    @classmethod
    def read(cls, facts: Mapping[str, Any]) -> "Keeping":
        """From the facts of a paper: ``critical``, ``stores``, ``exports``; WrongInput says which line is none."""
        stores = tuple(map(_store, facts["stores"]))
        if not stores:
            raise WrongInput("it says of nothing where it is stored")
        lines = [line.strip() for line in facts["exports"]]
        return cls(facts["critical"] == "yes", stores, () if lines == [NOTHING] else tuple(map(_export, lines)))


def _parts(line: str, count: int, what: str) -> Sequence[str]:
    parts = [part.strip() for part in line.replace("；", ";").split(";")]
    if len(parts) != count or not all(parts):
        raise WrongInput(f"{line!r} is no {what}")
    return parts


def _store(line: str) -> Store:
    what, site, latitude, longitude = _parts(line, _STORE, "store (what; site; latitude; longitude)")
    try:
        return Store(what, site, Point(float(latitude), float(longitude)))
    except ValueError as error:
        raise WrongInput(f"{line!r} is no store (what; site; latitude; longitude)") from error


def _export(line: str) -> Export:
    what, recipient, ground, number = _parts(line, _EXPORT, "export (what; to whom; ground; number or -)")
    try:
        return Export(what, recipient, Ground(ground), "" if number == NOTHING else number)
    except ValueError as error:
        raise WrongInput(f"{line!r}: a ground is one of {', '.join(Ground)}") from error
