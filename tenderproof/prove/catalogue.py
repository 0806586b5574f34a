"""The mutants that there are, as the package in fixtures/ lists them; it is asked in a process of its own and never imported."""

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tenderproof import reference
from tenderproof.spec.plan import Value


class CatalogueError(Exception):
    """The mutants could not be listed; the message carries what was said."""


@dataclass(frozen=True)
class Mutant:
    """A mutant, as far as the matrix must know: its clauses, its declared collateral (clauses), what it does wrong.

    ``figures`` are those of the plan under which it is tried, if they differ from the plan's own.
    """

    name: str
    clauses: tuple[str, ...]
    kind: str
    says: str
    collateral: tuple[str, ...]
    figures: Mapping[str, Value] = field(default_factory=dict, hash=False)

    @property
    def module(self) -> str:
        """The subject of the file in which it stands."""
        return self.name.partition(".")[0]


def mutants() -> tuple[Mutant, ...]:
    """All mutants, in the order of their names."""
    asked = subprocess.run([sys.executable, "-m", "mutants"], env=reference.environment(), capture_output=True, text=True, check=False)
    if asked.returncode:
        raise CatalogueError(f"The mutants could not be listed:\n{asked.stderr[-2000:]}")
    listed = json.loads(asked.stdout)
    return tuple(Mutant(m["name"], tuple(m["clauses"]), m["kind"], m["says"], tuple(m["collateral"]), m["figures"]) for m in listed)


def by_clause(known: Iterable[Mutant] | None = None) -> dict[str, tuple[str, ...]]:
    """Clause → the names of its mutants, among these or all of the federation's."""
    found: dict[str, list[str]] = {}
    for mutant in mutants() if known is None else known:
        for clause in mutant.clauses:
            found.setdefault(clause, []).append(mutant.name)
    return {clause: tuple(names) for clause, names in found.items()}
