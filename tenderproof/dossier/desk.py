"""The desk on which papers are looked at: whose platform, which plan and clauses, whose keys, which day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from tenderproof import content
from tenderproof.dossier import kinds
from tenderproof.dossier.attachments import Attachments, Beside
from tenderproof.dossier.kinds import Kind
from tenderproof.dossier.people import Person
from tenderproof.spec.calendar import Calendar
from tenderproof.spec.clauses import Clause
from tenderproof.spec.plan import Plan


class Applicant(Protocol):
    """Who hands papers in: a candidate by its declaration, or what a run kept of one."""

    @property
    def file(self) -> Path:
        """The declaration; papers are named from its folder."""

    @property
    def name(self) -> str:
        """The platform."""

    @property
    def operator(self) -> Mapping[str, str]:
        """Name and uscc of who operates it."""

    @property
    def exemptions(self) -> Sequence[Mapping[str, str]]:
        """What the declaration asks to be exempted: item, ground, explanation."""

    @property
    def papers(self) -> Sequence[Path]:
        """The envelopes, by name."""

    @property
    def raw(self) -> Mapping[str, Any]:
        """The whole declaration."""


@dataclass(frozen=True)
class Desk:
    """What papers are held against. ``today`` is a day in China; ``version`` the one under test."""

    candidate: Applicant
    plan: Plan
    clauses: Mapping[str, Clause]
    calendar: Calendar
    known: tuple[Person, ...]
    version: str
    today: date
    attachments: Attachments = field(default_factory=Beside)

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """The kinds of paper, each after those that it builds on."""
        return kinds.load(content.specs_dir())
