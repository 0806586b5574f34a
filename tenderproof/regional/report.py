"""The yearly report of a region as a document (``tenderproof-region/1``), and its figures, each computed from the results alone.

HN-3.3-04 asks a lead unit for a summary of the year and the plan of the next one, from 1 to 10 December. The figures are the summary; the
plan is the unit's own words, which nobody can compute.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from tenderproof.result import Bilingual
from tenderproof.vocabulary import Decision, Verdict

FORM = "tenderproof-region/1"
WINDOW = (date(2000, 12, 1), date(2000, 12, 10))  # every December's first ten days (HN-3.3-04)
_Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
_Words = Annotated[str, Field(pattern=r"\S")]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Heading(_Model):
    """What the unit itself says: whose report it is, of which year, its day, and the plan for the year after (its own words)."""

    region: _Words
    unit: Annotated[_Words, Field(description="The lead unit that files it")]
    year: Annotated[int, Field(ge=2000, le=9998)]
    day: date
    next_year: Annotated[_Words, Field(description="The plan of work for the year after, in the unit's own words")]

    @property
    def in_time(self) -> bool:
        """Whether its day is one of the ten on which the year's report is filed."""
        first, last = (day.replace(year=self.year) for day in WINDOW)
        return first <= self.day <= last


class Platform(_Model):
    """A platform's result: whose, of which day, who answers for it, and the verdict on every clause of its plan."""

    name: str
    kind: str
    operator: str
    uscc: str
    version: str
    build: str
    run: str
    finished: date
    plan: str
    edition: str
    report: Annotated[str, Field(description="Kind of its report")]
    laboratory: str
    sealed: Annotated[bool, Field(description="Whether it came in a bundle that holds")]
    signer: Annotated[str, Field(description="Who sealed it")]
    trusted: Annotated[bool, Field(description="Whether the signer is one of those named to be trusted")]
    result_sha256: _Sha256
    decision: Decision
    level: int
    violated: Annotated[list[str], Field(description="Clauses that make it non-conformant")]
    deviations: list[str]
    verdicts: dict[str, Verdict]

    @property
    def identity(self) -> tuple[str, str, str]:
        """Which platform it is; one operator may have two."""
        return self.uscc, self.kind, self.name


class ClauseCount(_Model):
    """How many platforms keep a clause (satisfied), state it (attested), violate it, leave it open (undecided, not tested), or need not."""

    id: str
    words: Bilingual
    kept: int
    stated: int
    violated: int
    open: int
    not_applicable: int

    @property
    def platforms(self) -> int:
        """In how many platforms' plans it is."""
        return self.kept + self.stated + self.violated + self.open + self.not_applicable


class Totals(_Model):
    """The region in figures; ``levels``: star level (0: none) → platforms."""

    platforms: int
    sealed: int
    trusted: Annotated[int, Field(description="Sealed by somebody whom the unit trusts; nobody else's word is a laboratory's")]
    decisions: dict[Decision, int]
    levels: dict[int, int]


class Issued(_Model):
    """A certificate of one of the platforms: its status on the day of the register, and whether it rests on the result here."""

    number: str
    platform: str
    uscc: str
    kind: str
    status: str
    level: int
    valid_until: date
    surveillance_by: date
    register_of: date
    same_result: bool


class Moved(_Model):
    """A platform whose decision, level or presence is not what it was; None where the report does not have it."""

    name: str
    uscc: str
    kind: str
    before: Decision | None
    after: Decision | None
    level_before: int | None
    level_after: int | None


class Shifted(_Model):
    """A clause that other platforms violate or leave open than the year before: how many then, how many now."""

    id: str
    violated_before: int
    violated_after: int
    open_before: int
    open_after: int


class Since(_Model):
    """What changed against the report of the year before, named by its SHA-256."""

    year: int
    sha256: _Sha256
    platforms: list[Moved]
    clauses: list[Shifted]


class LeftOut(_Model):
    """What was handed in and not believed: the file's name, and why (a code of the catalogue ``region`` with its values)."""

    file: str
    code: str
    values: dict[str, str]


class Yearly(_Model):
    """The whole."""

    form: Literal["tenderproof-region/1"] = "tenderproof-region/1"
    heading: Heading
    in_time: Annotated[bool, Field(description="Whether its day is from 1 to 10 December of its year")]
    totals: Totals
    platforms: list[Platform]
    clauses: list[ClauseCount]
    certificates: Annotated[list[Issued] | None, Field(description="None where no register was named")]
    since: Annotated[Since | None, Field(description="None where no earlier report was named")]
    left_out: list[LeftOut]


def totals(platforms: Sequence[Platform]) -> Totals:
    """The region in figures."""
    decisions, levels = Counter(one.decision for one in platforms), Counter(one.level for one in platforms)
    return Totals(
        platforms=len(platforms),
        sealed=sum(one.sealed for one in platforms),
        trusted=sum(one.trusted for one in platforms),
        decisions={decision: decisions[decision] for decision in Decision},
        levels={level: levels[level] for level in range(4)},
    )


def counted(platforms: Iterable[Platform], words: Mapping[str, Bilingual]) -> list[ClauseCount]:
    """Every clause of any platform's plan, by how many violate it, then leave it open, then by its id."""
    found: dict[str, Counter[Verdict]] = {}
    for platform in platforms:
        for clause, verdict in platform.verdicts.items():
            found.setdefault(clause, Counter())[verdict] += 1
    counts = [
        ClauseCount(
            id=clause, words=words[clause], kept=of[Verdict.SATISFIED], stated=of[Verdict.ATTESTED], violated=of[Verdict.VIOLATED],
            open=of[Verdict.INCONCLUSIVE] + of[Verdict.NOT_TESTED], not_applicable=of[Verdict.NOT_APPLICABLE],
        )
        for clause, of in found.items()
    ]  # fmt: skip
    return sorted(counts, key=lambda count: (-count.violated, -count.open, count.id))


def since(earlier: Yearly, sha256: str, platforms: Sequence[Platform], clauses: Sequence[ClauseCount]) -> Since:
    """What is otherwise than in the report of the year before; what is the same is left out."""
    was, now = ({one.identity: one for one in of} for of in (earlier.platforms, platforms))
    moved = [_moved(was.get(key), now.get(key)) for key in sorted({*was, *now})]
    before, after = ({one.id: one for one in of} for of in (earlier.clauses, clauses))
    shifted = [_shifted(key, before.get(key), after.get(key)) for key in sorted({*before, *after})]
    return Since(
        year=earlier.heading.year, sha256=sha256,
        platforms=[one for one in moved if (one.before, one.level_before) != (one.after, one.level_after)],
        clauses=[one for one in shifted if (one.violated_before, one.open_before) != (one.violated_after, one.open_after)],
    )  # fmt: skip


def _moved(before: Platform | None, after: Platform | None) -> Moved:
    either = after or before
    assert either is not None  # noqa: S101 - for the type checker; one of the two has it
    return Moved(
        name=either.name, uscc=either.uscc, kind=either.kind,
        before=before.decision if before else None, after=after.decision if after else None,
        level_before=before.level if before else None, level_after=after.level if after else None,
    )  # fmt: skip


def _shifted(clause: str, before: ClauseCount | None, after: ClauseCount | None) -> Shifted:
    return Shifted(
        id=clause,
        violated_before=before.violated if before else 0, violated_after=after.violated if after else 0,
        open_before=before.open if before else 0, open_after=after.open if after else 0,
    )  # fmt: skip


def schema() -> dict[str, object]:
    """The JSON Schema of the document."""
    return Yearly.model_json_schema(mode="serialization")
