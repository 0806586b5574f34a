"""From outcomes to verdicts to the decision: pure functions, the whole of DESIGN's tables and nothing else.

Nothing here reads a file, a clock or a name of a candidate; the same outcomes give the same verdicts, live, resumed or replayed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tenderproof.vocabulary import OUT_OF_TIME, Blame, Decision, State, Verdict, Way

_WORST_FIRST = (State.FAILED, State.ERRORED, State.SKIPPED, State.PASSED)
NARROWED = frozenset({"area_not_chosen", "not_chosen", "dose_too_low"})


class Requirement(Protocol):
    """What a verdict asks of a clause."""

    @property
    def id(self) -> str:
        """The clause's id."""

    @property
    def keyword(self) -> str:
        """shall, shall_not or should."""

    @property
    def ways(self) -> Sequence[str]:
        """By which it can be decided."""

    @property
    def ways_needed(self) -> str:
        """All or any."""

    @property
    def stars(self) -> int | None:
        """1, 2, 3 for a certification item."""

    @property
    def exemptible(self) -> bool:
        """Whether it carries the # mark."""


@dataclass(frozen=True)
class Outcome:
    """What one check saw. ``observations`` counts what it recorded; ``where`` is the line whose assertion decided.

    One that does not ``acquit`` counts if it failed, and only then.
    """

    check: str
    clauses: tuple[str, ...]
    way: str
    state: State
    blame: Blame | None = None
    reason: str = ""
    detail: str = ""
    where: str = ""
    seconds: float = 0.0
    observations: int = 0
    attempt: int = 1
    acquits: bool = True


@dataclass(frozen=True)
class Reason:
    """Why a verdict is what it is: a code of the wording catalogues, and what the sentence needs."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Statement:
    """A signed statement about a clause (声明) that holds: who, when, the words; for whom, by which key (SHA-256), with which documents."""

    person: str
    date: str
    words: str
    role: str = ""
    organisation: str = ""
    expires: str = ""
    key_sha256: str = ""
    documents: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Exemption:
    """An exemption by declaration (#): one of the two lawful grounds, and the explanation."""

    ground: str
    explanation: str


@dataclass(frozen=True)
class Waiver:
    """A signed waiver (准予偏离) that holds: what it covers, why, who asked, who else approved, and from when to when."""

    scope: str
    reason: str
    author: str
    approver: str
    date: str
    expires: str
    author_key_sha256: str = ""
    approver_key_sha256: str = ""


@dataclass(frozen=True)
class Circumstances:
    """What besides the outcomes decides.

    ``attestable``: clauses whose basis the plan marks as self-declared or as proof by the public service platform.
    ``waivers`` stand beside a verdict and never change it.
    ``left_out``: check → why the run did not select it (a reason code); ``checks``: clause → checks that exist for it.
    """

    statements: Mapping[str, Statement] = field(default_factory=dict)
    exemptions: Mapping[str, Exemption] = field(default_factory=dict)
    waivers: Mapping[str, Waiver] = field(default_factory=dict)
    attestable: frozenset[str] = frozenset()
    checks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    unobservable: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ClauseVerdict:
    """The verdict on one clause, with its reason, whose turn it is, and the outcomes behind it.

    ``waiver`` is given for a violated clause only; ``contradicted``: it was stated that the clause is kept, and a check saw it broken.
    """

    clause: str
    verdict: Verdict
    reason: Reason
    blame: Blame | None
    outcomes: tuple[Outcome, ...]
    statement: Statement | None = None
    waiver: Waiver | None = None

    @property
    def contradicted(self) -> bool:
        """Whether what was declared is not what was measured (CERT-STAR-5)."""
        return self.statement is not None and any(outcome.state is State.FAILED for outcome in self.outcomes)


def judge(clause: Requirement, outcomes: Iterable[Outcome], circumstances: Circumstances) -> ClauseVerdict:
    """The verdict on one clause."""
    mine = tuple(sorted((o for o in outcomes if clause.id in o.clauses), key=lambda o: o.check))
    statement = circumstances.statements.get(clause.id)
    verdict, reason, blame = _observed(clause, mine)
    if verdict is Verdict.SATISFIED and (why := _narrowed(clause, circumstances)):
        verdict, reason, blame = Verdict.NOT_TESTED, Reason(why), Blame.DECLARATION
    cut = next((o for o in mine if o.reason == OUT_OF_TIME), None)
    if verdict is Verdict.SATISFIED and cut:  # it might have convicted
        verdict, reason, blame = Verdict.INCONCLUSIVE, Reason("check_errored", {"check": cut.check, "what": cut.reason}), cut.blame
    if verdict is None:
        verdict, reason, blame = _unobserved(clause, circumstances, statement, looked=bool(mine))
    elif verdict is Verdict.NOT_TESTED and statement and clause.id in circumstances.attestable:
        verdict, reason, blame = (
            Verdict.ATTESTED,
            Reason("attested", {"person": statement.person, "date": statement.date}),
            None,
        )
    exemption = circumstances.exemptions.get(clause.id)
    if exemption and clause.exemptible and verdict is not Verdict.SATISFIED:
        values = {"ground": exemption.ground, "explanation": exemption.explanation, "observed": verdict.value}
        verdict, reason, blame = Verdict.NOT_APPLICABLE, Reason("exempted", values), None
    waiver = circumstances.waivers.get(clause.id) if verdict is Verdict.VIOLATED else None
    return ClauseVerdict(clause.id, verdict, reason, blame, mine, statement, waiver)


def _narrowed(clause: Requirement, circumstances: Circumstances) -> str | None:
    """Why a run was narrowed that did not perform all checks of the clause; the ones left out might have convicted, so nothing acquits."""
    left_out = (circumstances.left_out.get(check) for check in circumstances.checks.get(clause.id, ()))
    return next((why for why in left_out if why in NARROWED), None)


def _observed(clause: Requirement, outcomes: tuple[Outcome, ...]) -> tuple[Verdict | None, Reason, Blame | None]:
    outcomes = tuple(o for o in outcomes if o.acquits or o.state is State.FAILED)
    if not outcomes:
        return None, Reason("not_selected"), None
    failed = next((o for o in outcomes if o.state is State.FAILED), None)
    if failed:
        return Verdict.VIOLATED, Reason("check_failed", {"check": failed.check, "what": failed.reason}), Blame.PLATFORM
    seen = {way: _worst([o for o in outcomes if o.way == way]) for way in clause.ways if any(o.way == way for o in outcomes)}
    passed = [way for way, outcome in seen.items() if outcome.state is State.PASSED]
    if passed and (clause.ways_needed == "any" or len(passed) == len(seen) == len(_needed(clause))):
        return Verdict.SATISFIED, Reason("checks_passed", {"ways": ", ".join(sorted(passed))}), None
    return _undecided(clause, seen)


def _undecided(clause: Requirement, seen: Mapping[str, Outcome]) -> tuple[Verdict, Reason, Blame | None]:
    """Nothing failed, and not all that is needed passed. A way that the clause does not name may convict, never acquit."""
    worst = _worst(list(seen.values())) if seen else None
    if worst is not None and worst.state is State.ERRORED:
        return Verdict.INCONCLUSIVE, Reason("check_errored", {"check": worst.check, "what": worst.reason}), worst.blame
    if worst is not None and worst.state is State.SKIPPED:
        return Verdict.NOT_TESTED, Reason("prerequisite_missing", {"check": worst.check, "what": worst.reason}), worst.blame
    unseen = [way for way in _needed(clause) if way not in seen]
    return Verdict.NOT_TESTED, Reason("way_not_observed", {"ways": ", ".join(unseen)}), Blame.TOOL


def _needed(clause: Requirement) -> list[str]:
    """The ways that outcomes can come by; an attestation is no outcome."""
    return [way for way in clause.ways if way != Way.ATTESTATION]


def _worst(outcomes: Sequence[Outcome]) -> Outcome:
    return min(outcomes, key=lambda o: (_WORST_FIRST.index(o.state), o.check))


def _unobserved(
    clause: Requirement, circumstances: Circumstances, statement: Statement | None, *, looked: bool
) -> tuple[Verdict, Reason, Blame | None]:
    if statement and clause.id in circumstances.attestable:
        return Verdict.ATTESTED, Reason("attested", {"person": statement.person, "date": statement.date}), None
    if clause.id in circumstances.attestable:
        return Verdict.NOT_TESTED, Reason("to_attest"), Blame.DECLARATION
    known = circumstances.checks.get(clause.id, ())
    why = next((circumstances.left_out[check] for check in known if check in circumstances.left_out), None)
    if why:
        return Verdict.NOT_TESTED, Reason(why), Blame.DECLARATION
    if clause.id in circumstances.unobservable:
        return Verdict.NOT_TESTED, Reason("unobservable"), Blame.TOOL
    if set(clause.ways) <= {Way.DOCUMENT, Way.ATTESTATION}:
        return Verdict.NOT_TESTED, Reason("document_waits"), Blame.DECLARATION
    return Verdict.NOT_TESTED, Reason("convicts_only" if looked else "no_check_yet"), Blame.TOOL


@dataclass(frozen=True)
class Readiness:
    """How far a star level is: counts of its items. ``attested`` count as ``met`` do; ``unknown`` are inconclusive or not tested.

    ``waived`` are violated items with a waiver: CTS-EBS01 knows no star with a deviation, so they keep a level from being reached.
    """

    level: int
    met: int
    violated: int
    exempt: int
    waived: int
    attested: int
    to_attest: int
    unknown: int

    @property
    def reached(self) -> bool:
        """Whether there are items and none of them is open."""
        closed = self.met + self.exempt + self.attested
        return bool(closed) and not (self.violated or self.waived or self.to_attest or self.unknown)


@dataclass(frozen=True)
class Conclusion:
    """The decision with the clauses that made it so, and the readiness of each star level; ``level`` is the highest reached, 0 for none.

    ``deviations`` are violated and waived: they are printed with the decision and do not make it non-conformant.
    """

    decision: Decision
    violated: tuple[str, ...]
    deviations: tuple[str, ...]
    undecided: tuple[str, ...]
    readiness: tuple[Readiness, ...]
    level: int


def conclude(clauses: Mapping[str, Requirement], verdicts: Iterable[ClauseVerdict], levels: Sequence[int]) -> Conclusion:
    """The decision over the clauses of a plan; a *should* clause never changes it."""
    found = {v.clause: v for v in verdicts}
    mandatory = [found[c.id] for c in clauses.values() if c.keyword != "should"]
    violated = tuple(sorted(v.clause for v in mandatory if v.verdict is Verdict.VIOLATED and not v.waiver))
    deviations = tuple(sorted(v.clause for v in mandatory if v.waiver))
    undecided = tuple(sorted(v.clause for v in mandatory if v.verdict in (Verdict.INCONCLUSIVE, Verdict.NOT_TESTED)))
    decision = Decision.NON_CONFORMANT if violated else Decision.INCONCLUSIVE if undecided or not mandatory else Decision.CONFORMANT
    readiness = tuple(_readiness(level, clauses, found) for level in levels)
    reached = 0
    for level in readiness:
        if not level.reached:
            break
        reached = level.level
    return Conclusion(decision, violated, deviations, undecided, readiness, reached)


def _readiness(level: int, clauses: Mapping[str, Requirement], found: Mapping[str, ClauseVerdict]) -> Readiness:
    items = [found[c.id] for c in clauses.values() if c.stars is not None and c.stars <= level]
    open_statements = sum(v.reason.code == "to_attest" for v in items)
    counts = {verdict: sum(v.verdict is verdict for v in items) for verdict in Verdict}
    waived = sum(v.waiver is not None for v in items)
    return Readiness(
        level,
        counts[Verdict.SATISFIED],
        counts[Verdict.VIOLATED] - waived,
        counts[Verdict.NOT_APPLICABLE],
        waived,
        counts[Verdict.ATTESTED],
        open_statements,
        counts[Verdict.INCONCLUSIVE] + counts[Verdict.NOT_TESTED] - open_statements,
    )
