"""Rules on records: each a pure function of one tender and the law, judged for every tender in one pass over the data.

A suite marks its function with `rule`, and its check asks `Records.decided`: that raises where nothing can be said, and else hands out
what was counted, for the check to assert.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import IO, Any

from tenderproof.records.data_set import DataSet
from tenderproof.records.law import Judgement, Kind, Law, undecided
from tenderproof.records.tender import Tender
from tenderproof.records.values import Moment, Money
from tenderproof.spec.calendar import NoCalendarData
from tenderproof.vocabulary import Blame, Missing, PlatformTrouble, Trouble

SHARE = "records_share_min"
FINDINGS = "findings.jsonl"
SUMMARY = "records.json"
_FIRST = 20  # findings that are kept of each rule, beside the file of all
_REASONS = 40  # reasons that are told apart
_OPEN = frozenset({Kind.UNDECIDED, Kind.BLIND})
_LONGEST = 200  # characters of a value that is told

Judge = Callable[[Tender, Law], Judgement]


@dataclass(frozen=True, eq=False)
class Rule:
    """A rule: how it judges, the facts that it looks at, and whether records show the whole of what its clauses ask.

    A rule that shows a part may convict and acquits nobody.
    """

    name: str
    judge: Judge
    facts: tuple[str, ...]
    whole: bool = True

    def __call__(self, tender: Tender, law: Law) -> Judgement:
        """What the rule says of a tender; what a strange row makes go wrong in it decides nothing."""
        try:
            return self.judge(tender, law)
        except NoCalendarData as error:
            return undecided(str(error.year))
        except (ArithmeticError, TypeError, ValueError, AttributeError, LookupError) as error:
            return undecided(f"{type(error).__name__}: {error}")

    def missing(self, tender: Tender) -> str:
        """The facts of the rule that a tender does not show."""
        return ", ".join(name for name in self.facts if getattr(tender, name) is None) or ", ".join(self.facts)


def rule(*facts: str, whole: bool = True) -> Callable[[Judge], Rule]:
    """Make a rule of a function; ``facts`` are the names of `Tender` that a finding shows."""

    def made(judge: Judge) -> Rule:
        return Rule(judge.__name__, judge, facts, whole)

    return made


@dataclass(frozen=True)
class Finding:
    """One tender that breaks a rule: where it stands, what was expected and observed, and the facts that the rule looked at."""

    rule: str
    checks: tuple[str, ...]
    clauses: tuple[str, ...]
    tender: str
    file: str
    at: str
    rows: int
    expected: str
    observed: str
    facts: Mapping[str, str]


@dataclass(repr=False)
class Tally:
    """What a rule said of all tenders: how many of each kind, the first findings, and why others were not decided."""

    counts: dict[Kind, int] = field(default_factory=lambda: dict.fromkeys(Kind, 0))
    first: list[Finding] = field(default_factory=list)
    why: dict[str, int] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"({self.told or f'{self.judged} tenders'})"

    def note(self, why: str) -> None:
        """Count why a tender was not decided; beyond some reasons, the others together."""
        known = why if why in self.why or len(self.why) < _REASONS else "…"
        self.why[known] = self.why.get(known, 0) + 1

    @property
    def judged(self) -> int:
        """Tenders of which the rule said kept or broken."""
        return self.counts[Kind.KEPT] + self.counts[Kind.BROKEN]

    @property
    def broken(self) -> int:
        """Tenders that break the rule."""
        return self.counts[Kind.BROKEN]

    @property
    def told(self) -> str:
        """The count and the first finding, in a line."""
        if not self.first:
            return ""
        one = self.first[0]
        return f"{self.broken} of {self.judged} tenders: {one.tender} ({one.file}, {one.at}): expected {one.expected}, found {one.observed}"


@dataclass(frozen=True)
class Binding:
    """What rests on a rule: the checks that ask it, and their clauses."""

    checks: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()


class Records:
    """A data set as checks hold it: every rule that is asked about is judged in one pass, which the first question begins."""

    def __init__(self, data: DataSet, law: Law, folder: Path) -> None:
        """Take the data, what they are held against, and the folder for findings and for what is put aside meanwhile."""
        self.data, self.law = data, law
        self._folder = folder
        self._bindings: Mapping[Rule, Binding] = {}
        self._tallies: dict[Rule, Tally] | None = None

    def bind(self, bindings: Mapping[Rule, Binding]) -> None:
        """Say which rules will be asked about."""
        self._bindings = bindings

    def decided(self, asked: Rule) -> Tally:
        """What the rule said of all tenders.

        If none breaks it, and not as many as the plan asks for could be judged: `Missing` where values are not there, a `Trouble`
        where rows could not be read, where a reading of the law decides, or a day is not known.
        """
        tally = self.judge()[asked]
        if tally.broken:
            return tally
        counts, told = tally.counts, self.data.told
        if not tally.judged and not counts[Kind.UNDECIDED]:
            raise Missing(f"no row shows it: {_listed(tally.why) or 'nothing there is concerned'}", Blame.PLATFORM)
        unseen = counts[Kind.UNDECIDED] + counts[Kind.BLIND] + told.unreadable
        if Fraction(tally.judged, tally.judged + unseen) < self.law.plan.fraction(SHARE):
            if counts[Kind.UNDECIDED]:
                raise Trouble(f"{counts[Kind.UNDECIDED]} of {tally.judged + unseen} tenders could not be decided: {_listed(tally.why)}")
            if told.unreadable:
                raise PlatformTrouble(f"{told.unreadable} rows could not be read, and {tally.judged} tenders keep it")
            raise Missing(f"{counts[Kind.BLIND]} of {tally.judged + unseen} tenders do not show it: {_listed(tally.why)}", Blame.PLATFORM)
        if not asked.whole:
            raise Missing(f"records show only a part of it, and {tally.judged} tenders keep that part")
        return tally

    def judge(self) -> Mapping[Rule, Tally]:
        """What every rule says of all tenders; the data are read the first time that this is asked."""
        if self._tallies is None:
            self._tallies = {bound: Tally() for bound in self._bindings}
            with self._findings() as findings:
                self._pass(self._tallies, findings)
            self._summarise()
        return self._tallies

    def _pass(self, tallies: Mapping[Rule, Tally], findings: IO[bytes]) -> None:
        work = list(tallies.items())
        for tender in self.data.tenders(self._folder):
            for one, tally in work:
                judgement = one(tender, self.law)
                kind = judgement.kind
                tally.counts[kind] += 1
                if kind is Kind.BROKEN:
                    self._keep(self._finding(one, tender, judgement), tally, findings)
                elif kind in _OPEN:
                    tally.note(judgement.why or one.missing(tender))

    def _finding(self, one: Rule, tender: Tender, judgement: Judgement) -> Finding:
        binding = self._bindings[one]
        shown = {name: _short(_shown(getattr(tender, name))) for name in one.facts}
        place = tender.places[0]
        return Finding(
            one.name, binding.checks, binding.clauses, tender.id, place.file, place.at, len(tender.places),
            _short(judgement.expected), _short(judgement.observed), {name: said for name, said in shown.items() if said},
        )  # fmt: skip

    def _keep(self, finding: Finding, tally: Tally, findings: IO[bytes]) -> None:
        if len(tally.first) < _FIRST:
            tally.first.append(finding)
        findings.write(json.dumps(asdict(finding), ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")

    @contextmanager
    def _findings(self) -> Iterator[IO[bytes]]:
        folder = self._folder / "artefacts"
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / FINDINGS).open("wb") as file:
            yield file

    def _summarise(self) -> None:
        """Write down what there is to tell, for the result document."""
        assert self._tallies is not None  # noqa: S101 - the caller has judged
        findings = self._folder / "artefacts" / FINDINGS
        with findings.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        told = self.data.told
        summary = {
            "files": [asdict(file) for file in told.files],
            "forms": dict(told.forms),
            "tenders": told.tenders,
            "unreadable": told.unreadable,
            "examples": [{"file": one.place.file, "at": one.place.at, "why": _short(one.why)} for one in told.examples],
            "first": told.first,
            "last": told.last,
            "findings_sha256": digest,
            "rules": [_of_rule(one, self._bindings[one], tally) for one, tally in self._tallies.items()],
        }
        written = json.dumps(summary, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")
        (self._folder / SUMMARY).write_bytes(written + b"\n")


def _of_rule(one: Rule, binding: Binding, tally: Tally) -> dict[str, Any]:
    return {
        "rule": one.name,
        "checks": list(binding.checks),
        "clauses": list(binding.clauses),
        "whole": one.whole,
        **{kind.value: count for kind, count in tally.counts.items()},
        "why": dict(sorted(tally.why.items(), key=lambda pair: -pair[1])[:_FIRST]),
        "first": [asdict(finding) for finding in tally.first],
    }


def _shown(value: Any) -> str:
    """A fact as a finding shows it: as it was written where it was one value, the silent items of a description, the parts of a list."""
    match value:
        case None:
            return ""
        case Moment():
            return value.text
        case Money():
            return f"{value.amount} {value.currency}".strip()
        case str() | int():
            return str(value)
        case tuple() | list():
            return "; ".join(filter(None, map(_shown, value)))
        case _:
            return _parts(value)


def _parts(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(name for name, said in value.items() if not said)
    parts = {name: _shown(getattr(value, name)) for name in type(value).__dataclass_fields__}
    return ", ".join(f"{name} {said}" for name, said in parts.items() if said)


def _short(said: str) -> str:
    return said if len(said) <= _LONGEST else said[:_LONGEST] + "…"


def _listed(why: Mapping[str, int]) -> str:
    most: Sequence[tuple[str, int]] = sorted(why.items(), key=lambda pair: -pair[1])[:3]
    return "; ".join(f"{reason} ({count})" for reason, count in most)
