"""The independent bodies of the reference's world, and what came of the papers that it hands in, as an audit of it has them."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

from tenderproof import audit, candidate, content, reference
from tenderproof.dossier import handed, people
from tenderproof.dossier.people import Person
from tenderproof.spec.calendar import CHINA
from tenderproof.spec.clauses import Clause, load_clauses
from tenderproof.spec.plan import Plan, load_plan

PLAN = "trading-3"


def known(declaration: Path) -> tuple[Person, ...]:
    """Whom an auditor would name; nobody where the platform has nobody beside it."""
    file = reference.known_signers(declaration)
    return people.independent(file) if file else ()


def papers(declaration: Path, folder: Path) -> Path:
    """What came of the papers beside a declaration, written into a run's folder."""
    declared, (plan, clauses) = candidate.load(declaration), _specification()
    return handed.write(audit.desk(declared, plan, clauses, known(declaration), "", datetime.now(CHINA)), folder / audit.HANDED)


@cache
def _specification() -> tuple[Plan, Mapping[str, Clause]]:
    return load_plan(PLAN, content.specs_dir()), load_clauses(content.specs_dir())
