"""The files that papers are signed with: as they lie beside the papers, or as an audit found them, where they themselves were not kept."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from tenderproof.dossier import traces
from tenderproof.dossier.envelope import PaperFault
from tenderproof.result import Because


class Attachments(Protocol):
    """What of attached files a paper is held against."""

    def digest(self, paper: Path, name: str) -> str:
        """SHA-256 (hex) of a file beside a paper; empty if there is none in that folder."""

    def require_traced(self, paper: Path, cases: Sequence[str], names: Sequence[str], begin: date, end: date) -> None:
        """`PaperFault` unless each case has its trace among these files."""


class Beside:
    """Attachments that lie beside their papers."""

    def digest(self, paper: Path, name: str) -> str:
        """Read anew each time."""
        path = paper.parent / name
        if not path.is_file() or not path.resolve().is_relative_to(paper.parent.resolve()):
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def require_traced(self, paper: Path, cases: Sequence[str], names: Sequence[str], begin: date, end: date) -> None:
        """The traces are opened."""
        traces.require_traced(cases, {name: paper.parent / name for name in names}, begin, end)


@dataclass(frozen=True)
class Noted:
    """What an audit noted of attachments: their digests by name, and by the name of a paper why its traces did not hold."""

    digests: Mapping[str, str]
    untraced: Mapping[str, Because]

    def digest(self, paper: Path, name: str) -> str:  # noqa: ARG002 - all papers of a candidate lie in one folder
        """As it was noted."""
        return self.digests.get(name, "")

    def require_traced(self, paper: Path, cases: Sequence[str], names: Sequence[str], begin: date, end: date) -> None:  # noqa: ARG002
        """As it was noted: the archives of tenders stay with the laboratory."""
        if because := self.untraced.get(paper.name):
            raise PaperFault(because.code, **because.values)
