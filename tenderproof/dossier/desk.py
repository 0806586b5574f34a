"""The desk on which papers are looked at: whose platform, which plan and clauses, whose keys, which day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tenderproof import content
from tenderproof.candidate import Candidate
from tenderproof.dossier import kinds
from tenderproof.dossier.kinds import Kind
from tenderproof.dossier.people import Person
from tenderproof.spec.calendar import Calendar
from tenderproof.spec.clauses import Clause
from tenderproof.spec.plan import Plan


@dataclass(frozen=True)
class Desk:
    """What papers are held against. ``today`` is a day in China; ``version`` the one under test."""

    candidate: Candidate
    plan: Plan
    clauses: Mapping[str, Clause]
    calendar: Calendar
    known: tuple[Person, ...]
    version: str
    today: date

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """The kinds of paper, each after those that it builds on."""
        return kinds.load(content.specs_dir())
