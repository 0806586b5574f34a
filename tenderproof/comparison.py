"""Two runs side by side: what was fixed, what was broken, what is new, gone, or no longer run. Pure functions over two result documents.

What is not looked at any more is never called fixed: only *violated* that is now *satisfied* is (a check: *failed* that now *passed*).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tenderproof.result import Because, Check, Clause, Result
from tenderproof.vocabulary import State, Verdict


class Change(StrEnum):
    """What became of a clause or a check from the earlier run to the later one."""

    FIXED = "fixed"
    BROKEN = "broken"
    NEW = "new"
    GONE = "gone"
    NO_LONGER_RUN = "no_longer_run"
    OTHERWISE = "otherwise"
    STILL_VIOLATED = "still_violated"
    SAME = "same"


@dataclass(frozen=True)
class Changed:
    """One clause or check: its id, what became of it, verdict or state in each run ("" where it is not), and why it is so in the later.

    ``other_words``: the clause's words are not those of the earlier run, so that the two verdicts are not on the same ground.
    """

    id: str
    change: Change
    before: str
    after: str
    because: Because | None = None
    observed: Check | None = None
    other_words: bool = False


@dataclass(frozen=True)
class Comparison:
    """The changes of all clauses and of all checks, in the order of the documents, and why the runs may not be alike (codes)."""

    clauses: tuple[Changed, ...]
    checks: tuple[Changed, ...]
    unlike: tuple[tuple[str, str, str], ...]


def compare(earlier: Result, later: Result) -> Comparison:
    """What became of everything from the earlier run to the later one."""
    return Comparison(tuple(_clauses(earlier, later)), tuple(_checks(earlier, later)), tuple(_unlike(earlier, later)))


def counted(changes: Iterable[Changed]) -> Mapping[Change, int]:
    """How many of each."""
    found = dict.fromkeys(Change, 0)
    for changed in changes:
        found[changed.change] += 1
    return found


def of_clause(before: Verdict | None, after: Verdict | None) -> Change:
    """What became of a clause with these two verdicts; None where the run does not have it."""
    tried = (Verdict.SATISFIED, Verdict.VIOLATED, Verdict.INCONCLUSIVE)
    if before is None:
        return Change.NEW
    if after is None:
        return Change.GONE
    if before is after:
        return Change.STILL_VIOLATED if after is Verdict.VIOLATED else Change.SAME
    if after is Verdict.VIOLATED:
        return Change.BROKEN
    if before is Verdict.VIOLATED and after is Verdict.SATISFIED:
        return Change.FIXED
    return Change.NO_LONGER_RUN if before in tried and after is Verdict.NOT_TESTED else Change.OTHERWISE


def of_check(before: State | None, after: State | None, *, same_sources: bool) -> Change:
    """What became of a check with these two states; one that is not there was not run where the sources are the same, else it is gone."""
    if before is None:
        return Change.NEW
    if after is None:
        return Change.NO_LONGER_RUN if same_sources else Change.GONE
    if before is after:
        return Change.STILL_VIOLATED if after is State.FAILED else Change.SAME
    if after is State.FAILED:
        return Change.BROKEN
    if before is State.FAILED and after is State.PASSED:
        return Change.FIXED
    return Change.NO_LONGER_RUN if after is State.SKIPPED else Change.OTHERWISE


def _clauses(earlier: Result, later: Result) -> Iterator[Changed]:
    was, now = ({clause.id: clause for clause in run.clauses} for run in (earlier, later))
    for identifier in {**now, **was}:
        before, after = was.get(identifier), now.get(identifier)
        change = of_clause(before.verdict if before else None, after.verdict if after else None)
        yield Changed(
            identifier, change, before.verdict.value if before else "", after.verdict.value if after else "",
            because=_reason(before, after),
            other_words=_other_words(before, after),
        )  # fmt: skip


def _reason(before: Clause | None, after: Clause | None) -> Because | None:
    clause = after or before
    return clause.reason if clause else None


def _other_words(before: Clause | None, after: Clause | None) -> bool:
    return before is not None and after is not None and before.words_sha256 != after.words_sha256


def _checks(earlier: Result, later: Result) -> Iterator[Changed]:
    was, now = ({check.id: check for check in run.checks} for run in (earlier, later))
    same_sources = _sources(earlier) == _sources(later)
    for identifier in {**now, **was}:
        before, after = was.get(identifier), now.get(identifier)
        change = of_check(before.state if before else None, after.state if after else None, same_sources=same_sources)
        yield Changed(identifier, change, before.state.value if before else "", after.state.value if after else "", observed=after)


def _sources(of: Result) -> tuple[str, str]:
    return of.tool.source_sha256, of.sample.driver_sha256


def _unlike(earlier: Result, later: Result) -> Iterator[tuple[str, str, str]]:
    """What is not the same of both runs: a code, its value in the earlier run, its value in the later."""
    pairs = {
        "plan": (earlier.basis.plan, later.basis.plan),
        "edition": (earlier.basis.edition, later.basis.edition),
        "sample": (earlier.sample.name, later.sample.name),
        "address": (earlier.sample.base_url, later.sample.base_url),
        "declaration": (earlier.sample.declaration_sha256[:12], later.sample.declaration_sha256[:12]),
        "version": (earlier.sample.stated_version, later.sample.stated_version),
        "build": (earlier.sample.stated_build, later.sample.stated_build),
        "seed": (earlier.run.seed, later.run.seed),
        "driver": (earlier.sample.driver_sha256[:12], later.sample.driver_sha256[:12]),
        "sources": (earlier.tool.source_sha256[:12], later.tool.source_sha256[:12]),
        "interrupted": (str(earlier.run.interrupted).lower(), str(later.run.interrupted).lower()),
    }
    yield from ((code, before, after) for code, (before, after) in pairs.items() if before != after)
