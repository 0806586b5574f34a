"""The gate for CI: a finished run held against a baseline.

It passes no judgement on the candidate: verdicts and decision stay what they are. What is listed and was not looked at never passes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tenderproof.baseline import Baseline, Known
from tenderproof.result import Clause, Result
from tenderproof.vocabulary import State, Verdict

_DECIDED = (Verdict.SATISFIED, Verdict.VIOLATED)
_STATE = {Verdict.VIOLATED: State.FAILED, Verdict.INCONCLUSIVE: State.ERRORED}


class Kind(StrEnum):
    """What the gate finds; the first four fail it, the rest leave it without an answer."""

    NEW = "new"
    PASSING = "passing"
    EXPIRED = "expired"
    OTHER_WORDS = "other_words"
    UNDECIDED = "undecided"
    UNSEEN = "unseen"
    FEWER = "fewer"
    INTERRUPTED = "interrupted"


FAILING = frozenset({Kind.NEW, Kind.PASSING, Kind.EXPIRED, Kind.OTHER_WORDS})


@dataclass(frozen=True)
class Finding:
    """One thing that keeps the gate shut: the clause and the check that it concerns ("" for the whole run), and values for the sentence."""

    kind: Kind
    clause: str = ""
    check: str = ""
    values: tuple[tuple[str, str], ...] = ()


def examine(result: Result, baseline: Baseline, today: date) -> list[Finding]:
    """All that keeps the gate shut on ``today``; empty where it opens."""
    known = {(entry.clause, entry.verdict): entry for entry in baseline.known}
    clauses = {clause.id: clause for clause in result.clauses}
    found = [finding for clause in result.clauses for finding in _not_listed(result, clause, known)]
    found += [finding for entry in baseline.known for finding in _of_entry(result, entry, clauses.get(entry.clause), today)]
    return found + list(_of_run(result, baseline))


def written(result: Result, kept: Baseline | None) -> Baseline:
    """The baseline that lists what this run shows; what an earlier one says of the same clause, verdict and words is kept."""
    before = {(entry.clause, entry.verdict, entry.words_sha256): entry for entry in kept.known} if kept else {}
    blank = Known("", Verdict.VIOLATED, (), "", "", None)
    entries = []
    for clause in result.clauses:
        if clause.verdict in _STATE:
            old = before.get((clause.id, clause.verdict, clause.words_sha256), blank)
            checks = tuple(_bad(result, clause))
            entries.append(Known(clause.id, clause.verdict, checks, clause.words_sha256, old.reason, old.until))
    return Baseline(result.basis.plan, _decided(result), tuple(entries))


def _bad(result: Result, clause: Clause) -> list[str]:
    """The checks behind a clause that is violated or inconclusive."""
    return [check.id for check in result.checks_of(clause) if check.state is _STATE.get(clause.verdict)]


def _not_listed(result: Result, clause: Clause, known: Mapping[tuple[str, Verdict], Known]) -> Iterator[Finding]:
    if clause.verdict not in _STATE:
        return
    entry = known.get((clause.id, clause.verdict))
    kind = Kind.NEW if clause.verdict is Verdict.VIOLATED else Kind.UNDECIDED
    listed = entry.checks if entry else ()
    bad = _bad(result, clause)
    if entry is None and not bad:
        yield Finding(kind, clause.id)
    yield from (Finding(kind, clause.id, check) for check in bad if check not in listed)


def _of_entry(result: Result, entry: Known, clause: Clause | None, today: date) -> Iterator[Finding]:
    if clause is None or clause.verdict in (Verdict.SATISFIED, Verdict.ATTESTED, Verdict.NOT_APPLICABLE):
        yield Finding(Kind.PASSING, entry.clause)
        return
    if entry.words_sha256 != clause.words_sha256:
        yield Finding(Kind.OTHER_WORDS, entry.clause)
    if entry.until is None or entry.until < today:
        yield Finding(Kind.EXPIRED, entry.clause, values=(("until", entry.until.isoformat() if entry.until else ""),))
    if not entry.checks and clause.verdict not in _STATE:
        yield Finding(Kind.UNSEEN, entry.clause)
    states = {check.id: check.state for check in result.checks}
    for check in entry.checks:
        state = states.get(check)
        if state is State.PASSED:
            yield Finding(Kind.PASSING, entry.clause, check)
        elif state not in (_STATE[entry.verdict], State.FAILED):
            yield Finding(Kind.UNSEEN, entry.clause, check)


def _of_run(result: Result, baseline: Baseline) -> Iterator[Finding]:
    if result.run.interrupted:
        yield Finding(Kind.INTERRUPTED)
    if (decided := _decided(result)) < baseline.decided:
        yield Finding(Kind.FEWER, values=(("decided", str(decided)), ("before", str(baseline.decided))))


def _decided(result: Result) -> int:
    return sum(clause.verdict in _DECIDED for clause in result.clauses)
