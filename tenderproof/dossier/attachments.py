"""The files that papers are signed with: as they lie beside the papers, or as an audit found them, where they themselves were not kept."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from tenderproof.dossier import seals, traces
from tenderproof.dossier.envelope import PaperFault
from tenderproof.dossier.people import Person
from tenderproof.result import Because

TRACE, SEAL = "trace_", "seal_"  # how the codes of what attached files do not keep begin


class Attachments(Protocol):
    """What of attached files a paper is held against."""

    def digest(self, paper: Path, name: str) -> str:
        """SHA-256 (hex) of a file beside a paper; empty if there is none in that folder."""

    def require_traced(self, paper: Path, cases: Sequence[str], names: Sequence[str], begin: date, end: date) -> None:
        """`PaperFault` unless each case has its trace among these files."""

    def require_sealed(self, paper: Path, issuer: str, names: Sequence[str], until: date, known: Sequence[Person]) -> None:
        """`PaperFault` unless each PDF among these files bears the issuer's seal, and there is one."""


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

    def require_sealed(self, paper: Path, issuer: str, names: Sequence[str], until: date, known: Sequence[Person]) -> None:
        """The files are opened."""
        seals.require_sealed({name: paper.parent / name for name in names}, issuer, until, known)


@dataclass(frozen=True)
class Noted:
    """What an audit noted of attachments: their digests by name, and by the name of a paper why its traces or seals did not hold."""

    digests: Mapping[str, str]
    faults: Mapping[str, Because]

    def digest(self, paper: Path, name: str) -> str:  # noqa: ARG002 - all papers of a candidate lie in one folder
        """As it was noted."""
        return self.digests.get(name, "")

    def require_traced(self, paper: Path, cases: Sequence[str], names: Sequence[str], begin: date, end: date) -> None:  # noqa: ARG002
        """As it was noted: the archives of tenders stay with the laboratory."""
        self._require_no(TRACE, paper)

    def require_sealed(self, paper: Path, issuer: str, names: Sequence[str], until: date, known: Sequence[Person]) -> None:  # noqa: ARG002
        """As it was noted: the files stay with the laboratory."""
        self._require_no(SEAL, paper)

    def _require_no(self, what: str, paper: Path) -> None:
        because = self.faults.get(paper.name)
        if because is not None and because.code.startswith(what):
            raise PaperFault(because.code, **because.values)
