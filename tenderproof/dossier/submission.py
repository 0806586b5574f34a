"""What a vendor still lacks for submission (送检材料): documents, statements, exemptions, and the items of each star level."""

from dataclasses import dataclass

from tenderproof.dossier import drafting
from tenderproof.dossier.desk import Desk
from tenderproof.dossier.examination import Taken
from tenderproof.dossier.kinds import Kind
from tenderproof.result import Because, Paper, Result
from tenderproof.spec.clauses import Clause
from tenderproof.vocabulary import Verdict, WrongInput

_CLOSED = frozenset({Verdict.SATISFIED, Verdict.ATTESTED, Verdict.NOT_APPLICABLE})


class OtherRun(WrongInput):
    """The run that was named is of another plan or another platform."""


@dataclass(frozen=True)
class Needed:
    """A document that every submission needs: there if ``faults`` is None; else why each one that was handed in counts as absent."""

    kind: Kind
    faults: tuple[Because, ...] | None


@dataclass(frozen=True)
class Star:
    """The items of a level: how many, which are open (None without a run), and which only the public service platform can show (no #)."""

    level: int
    items: int
    exempt: tuple[str, ...]
    open: tuple[str, ...] | None
    needs_public_service: tuple[str, ...]


@dataclass(frozen=True)
class Submission:
    """The whole list. ``statements`` are clauses that nobody has attested; ``absent`` the other papers that count as absent."""

    documents: tuple[Needed, ...]
    statements: tuple[str, ...]
    absent: tuple[Paper, ...]
    levels: tuple[Star, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing that we know of is lacking; without a run the items are not known."""
        lacking = any(needed.faults is not None for needed in self.documents)
        return not (lacking or self.statements or self.absent or any(level.open for level in self.levels))


def submission(desk: Desk, taken: Taken, run: Result | None) -> Submission:
    """The list for a plan and what was taken of the papers; `OtherRun` if the run is not of this plan and platform."""
    if run is not None and (run.basis.plan, run.sample.name) != (desk.plan.id, desk.candidate.name):
        raise OtherRun(
            f"The run is of {run.sample.name} and plan {run.basis.plan}, not of {desk.candidate.name} and {desk.plan.id}; "
            f"name another with --run."
        )
    asked = [kind for kind in desk.kinds.values() if kind.asked_for and desk.plan.kind in kind.platforms]
    kinds = {kind.id for kind in asked}
    return Submission(
        tuple(Needed(kind, _faults(kind, taken)) for kind in asked),
        tuple(drafting.open_statements(desk, taken)),
        tuple(paper for paper in taken.papers if paper.fault is not None and paper.kind not in kinds),
        tuple(_star(level, desk, taken, run) for level in range(1, (desk.plan.level or 0) + 1)),
    )


def _faults(kind: Kind, taken: Taken) -> tuple[Because, ...] | None:
    if kind.id in taken.documents:
        return None
    return tuple(paper.fault for paper in taken.papers if paper.kind == kind.id and paper.fault is not None)


def _star(level: int, desk: Desk, taken: Taken, run: Result | None) -> Star:
    items = [clause for clause in desk.plan.select(desk.clauses.values()) if clause.stars is not None and clause.stars <= level]
    return Star(
        level,
        len(items),
        tuple(item.id for item in items if item.id in taken.exemptions),
        None if run is None else tuple(item.id for item in items if _is_open(item, run)),
        tuple(item.id for item in items if item.needs_public_service_platform and not item.exemptible),
    )


def _is_open(item: Clause, run: Result) -> bool:
    found = run.clause(item.id)
    return found is None or found.verdict not in _CLOSED
