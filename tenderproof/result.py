"""The result document: one for all writers; its JSON Schema is published as specs/schemas/result.schema.json.

It holds data and codes only. Words for people come from the wording catalogues and from the clauses themselves, so that no writer and
no language can change a verdict.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tenderproof.vocabulary import OUT_OF_TIME, Blame, Decision, Dose, State, Verdict


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Bilingual(_Model):
    """The same in Chinese and in English."""

    zh: str
    en: str


class Tool(_Model):
    """What judged: version, and the hash of the sources that were used."""

    name: Literal["tenderproof"] = "tenderproof"
    version: str
    source_sha256: Annotated[str, Field(description="SHA-256 over the engine's and the suites' source files")]
    python: str


class Run(_Model):
    """When and how it was judged. ``attempts`` counts resumptions; an interrupted run has not seen all that it should.

    ``started`` is when it was first begun, ``resumed`` each time that it was gone on with.
    """

    id: str
    started: datetime
    resumed: list[datetime] = []
    finished: datetime
    seed: str
    attempts: int
    workers: int
    interrupted: bool
    command: str
    dose: Annotated[Dose, Field(description="How hard it was probed")] = Dose.STANDARD
    at_most_minutes: Annotated[float, Field(description="For how long checks could be begun; 0 without a bound")] = 0


class Sample(_Model):
    """What was judged (样品), as declared and as it said itself."""

    name: str
    kind: str
    base_url: str
    operator: dict[str, str]
    driver: str
    driver_sha256: Annotated[str, Field(description="Of the sources of a driver that is not tenderproof's own; else empty")] = ""
    sandbox: bool
    clock: str
    authorisation: Annotated[
        str, Field(description="Reference of the operator's written authorisation of an intrusive run; else empty")
    ] = ""
    declaration_sha256: str
    stated_version: str
    stated_build: str
    left_out: Annotated[list[str], Field(description="Operations of its interface that its declaration keeps from being tried")] = []


class RecordFile(_Model):
    """A file of records: rows that could be read, rows that could not; the hash is of the whole file as it was given."""

    name: str
    sha256: str
    octets: int
    rows: int
    unreadable: int


class UnreadableRow(_Model):
    """A row that could not be read, where it stands, and why."""

    file: str
    at: str
    why: str


class RowFinding(_Model):
    """One tender that breaks a rule: the last row that tells of it, how many do, and the facts that the rule looked at, as written."""

    rule: str
    checks: list[str]
    clauses: list[str]
    tender: str
    file: str
    at: str
    rows: int
    expected: str
    observed: str
    facts: dict[str, str]


class RuleCount(_Model):
    """What a rule said of all tenders; ``first`` are the first findings, all of them stand in the file of findings."""

    rule: str
    checks: list[str]
    clauses: list[str]
    whole: Annotated[bool, Field(description="Whether records show all that the clauses ask; else the rule acquits nobody")]
    kept: int
    broken: int
    undecided: int
    blind: Annotated[int, Field(description="Tenders that lack a value which the rule needs")]
    unconcerned: int
    why: Annotated[dict[str, int], Field(description="Why tenders were not decided, with how many")]
    first: list[RowFinding]


class RecordSet(_Model):
    """The data that were judged instead of a platform; nothing is said of the platform that published them.

    ``forms``: rows by form (ocds, contract, table). ``first`` and ``last``: the earliest and latest date of a release.
    """

    files: list[RecordFile]
    forms: dict[str, int]
    mapping_sha256: str = ""
    tenders: int
    unreadable: int
    examples: list[UnreadableRow]
    first: str
    last: str
    findings: Annotated[int, Field(description="Lines of artefacts/findings.jsonl")]
    findings_sha256: str
    rules: list[RuleCount]


class Figure(_Model):
    """A figure that was compared with, and where it comes from (a clause id, or ``ours``)."""

    name: str
    value: int | float | str | list[str | int | float]
    unit: str
    source: str
    title: Bilingual


class Basis(_Model):
    """What it was judged against (依据)."""

    plan: str
    title: Bilingual
    edition: str
    specification_sha256: Annotated[str, Field(description="SHA-256 over every file of specs/: clauses, plans, figures, calendar")]
    kind: str
    level: int | None
    ways: list[str]
    figures: list[Figure]


class Because(_Model):
    """Why: a code of the wording catalogues, and what the sentence needs."""

    code: str
    values: dict[str, str]


class Declared(_Model):
    """A person's signed statement about a clause; ``contradicted``: a check saw the contrary (CERT-STAR-5)."""

    person: str
    date: str
    words: str
    role: str = ""
    organisation: str = ""
    expires: str = ""
    key_sha256: str = ""
    documents: Annotated[dict[str, str], Field(description="File name → SHA-256")] = {}
    contradicted: bool = False


class Waived(_Model):
    """A signed waiver (准予偏离) of a violated clause; it stands beside the verdict and never instead of it."""

    scope: str
    reason: str
    author: str
    approver: str
    date: str
    expires: str
    author_key_sha256: str
    approver_key_sha256: str


class PaperSigner(_Model):
    """Whose key signed a paper, and who says whose key it is: the declaration (own people) or the auditor (independent bodies)."""

    name: str
    role: str
    organisation: str
    key_sha256: str
    named_by: Literal["declaration", "auditor"]


class Paper(_Model):
    """A signed paper that was handed in: a document, an attestation, an exemption or a waiver.

    ``fault`` says why it counts as absent; without one it counts. ``kind`` is a document kind of specs/documents, or one of the three.
    """

    kind: str
    file: str
    sha256: str
    clauses: list[str]
    signers: list[PaperSigner]
    date: str
    expires: str
    fault: Because | None

    @property
    def counts(self) -> bool:
        """Whether it is taken for what it says."""
        return self.fault is None


class Signatory(_Model):
    """Who stands for the report in one of the three capacities, and since when (ISO date, empty if not signed yet)."""

    name: str
    title: str = ""
    date: str = ""


class Signatories(_Model):
    """编制, 审核, 批准: three different persons where the kind of report demands it (tenderproof/signatories.py)."""

    prepared: Signatory | None = None
    reviewed: Signatory | None = None
    approved: Signatory | None = None


Kind = Literal["self_test", "test_report", "surveillance_report"]


class BaselineChange(_Model):
    """What became of a clause since the certified run (codes of tenderproof/comparison.py); verdicts are "" where it was not there."""

    clause: str
    change: str
    before: str
    after: str
    other_words: bool = False


class Baseline(_Model):
    """The certified run that a surveillance report is compared with; ``changes`` lists what is not the same, ``same`` counts the rest."""

    result_sha256: str
    run: str
    plan: str
    edition: str
    finished: datetime
    decision: Decision
    level: int
    certificate: str = ""
    same: int
    changes: list[BaselineChange]
    unlike: Annotated[list[tuple[str, str, str]], Field(description="What else differs: code, value then, value now")] = []


class OwnClause(_Model):
    """A clause on the harness itself: the tests of tenderproof that decide it, and in ``waits`` what of it is not decided yet."""

    id: str
    source: str
    locator: str
    words: Bilingual
    tests: list[str]
    waits: Bilingual | None


class Clause(_Model):
    """A clause with its verdict."""

    id: str
    source: str
    locator: str
    words: Bilingual
    words_sha256: str
    area: str
    keyword: Literal["shall", "shall_not", "should"]
    provenance: str
    stars: int | None
    exemptible: bool
    basis: str
    remedy: Bilingual
    says_the_same: list[str]
    verdict: Verdict
    reason: Because
    blame: Blame | None
    disposition: Literal["exempted", "waived"] | None
    statement: Declared | None
    waiver: Waived | None = None
    checks: list[str]


class Check(_Model):
    """A check with its outcome. ``repeat`` is the command that repeats it; ``observations`` counts its records in the evidence.

    One that does not ``acquit`` counts if it failed, and only then.
    """

    id: str
    title: str
    clauses: list[str]
    way: str
    state: State
    blame: Blame | None
    reason: str
    detail: str
    where: str
    seconds: float
    observations: int
    attempt: int
    repeat: str
    acquits: bool = True


class Level(_Model):
    """How far a star level is."""

    level: int
    met: int
    violated: int
    exempt: int
    waived: int
    attested: int
    to_attest: int
    unknown: int
    reached: bool


class Conclusion(_Model):
    """The decision, and what made it so."""

    decision: Decision
    level: int
    readiness: list[Level]
    violated: list[str]
    undecided: list[str]
    deviations: Annotated[list[str], Field(description="Violated and waived: the decision is then said with its deviations")] = []
    counts: dict[Verdict, int]


class Matrix(_Model):
    """How the checks themselves were proved, the last time: the score of the matrix of mutants."""

    date: datetime
    source_sha256: str
    mutants: int
    killed: int
    survived: int
    crashed: int
    collateral: int


class SiteShown(_Model):
    """A site that the signed list names."""

    name: str
    latitude: float
    longitude: float


class DiscShown(_Model):
    """Whoever answered stands within ``radius_km`` of the vantage point, by the shortest of so many round trips."""

    vantage: str
    method: Annotated[str, Field(description="What was timed: tcp, tls, challenge")] = "tcp"
    latitude: float
    longitude: float
    milliseconds: float
    samples: int
    radius_km: float


class HostShown(_Model):
    """One address of one host with every piece of evidence, and what follows (codes of docs/domicile.md)."""

    host: str
    address: str
    role: str
    how: str
    where: str
    places: Annotated[dict[str, str], Field(description="Address table → ISO 3166-1, empty where it knows none")]
    holder: str
    listed: str
    sites: list[str]
    proof: str
    answers: Annotated[str, Field(description="What the discs of handshakes and of answers to fresh questions say")] = "unasked"
    discs: list[DiscShown]
    answer: str
    ground: str
    service: Annotated[str, Field(description="The well-known service that it is known to belong to, empty for others")] = ""
    service_kind: str = ""


class Absent(_Model):
    """A vantage point that counts as absent."""

    vantage: str
    because: Because


class FilingShown(_Model):
    """A filing number that the first page shows; no verdict rests on it."""

    kind: Annotated[str, Field(description="icp, public_security")]
    number: str
    well_formed: Annotated[bool, Field(description="Whether it has the form of one, as recalled")]


class Whereabouts(_Model):
    """Where the servers answer: host by host, by which tables of which day, which figures, which vantage points."""

    hosts: list[HostShown]
    sites: list[SiteShown]
    rejected: list[Absent]
    tables: Annotated[dict[str, str], Field(description="Address table → day of its data")]
    within: Annotated[list[str], Field(description="What counts as within the territory, ISO 3166-1")]
    oldest_days: int
    current: Annotated[bool, Field(description="Whether no table is older than that")]
    filings: Annotated[list[FilingShown] | None, Field(description="None where nobody looked")] = None


class EvidenceFile(_Model):
    """A file of the evidence."""

    name: str
    sha256: str
    octets: int


class Result(_Model):
    """The whole."""

    form: Literal["tenderproof-result/1"] = "tenderproof-result/1"
    kind: Kind = "self_test"
    laboratory: Annotated[str, Field(description="Who answers for a test report; empty in a self-test")] = ""
    tool: Tool
    run: Run
    sample: Sample
    basis: Basis
    conclusion: Conclusion
    clauses: list[Clause]
    checks: list[Check]
    matrix: Matrix | None
    evidence: list[EvidenceFile]
    papers: list[Paper] = []
    signatories: Signatories = Signatories()
    own_clauses: list[OwnClause] = []
    baseline: Baseline | None = None
    records: RecordSet | None = None
    whereabouts: Whereabouts | None = None

    @model_validator(mode="after")
    def _keep_kinds_apart(self) -> Self:
        """A self-test names no laboratory; what a laboratory answers for names it, and a surveillance report has its baseline."""
        if (self.kind == "self_test") == bool(self.laboratory.strip()):
            raise ValueError(f"a {self.kind} names {'no' if self.kind == 'self_test' else 'its'} laboratory")
        if (self.kind == "surveillance_report") != (self.baseline is not None):
            raise ValueError(f"a {self.kind} {'has no baseline' if self.baseline else 'has a baseline'}")
        return self

    def clause(self, clause_id: str) -> Clause | None:
        """The clause of that id."""
        return next((clause for clause in self.clauses if clause.id == clause_id), None)

    @property
    def not_begun(self) -> Sequence[Check]:
        """The checks (and cases) for which the time that was set for the run did not suffice."""
        return [check for check in self.checks if check.reason == OUT_OF_TIME]

    def checks_of(self, clause: Clause) -> Sequence[Check]:
        """The outcomes behind a clause's verdict."""
        return [check for check in self.checks if check.id in clause.checks]


def write(result: Result, path: Path) -> None:
    """Write the document as JSON."""
    path.write_text(result.model_dump_json(indent=1) + "\n", "utf-8")


def read(path: Path) -> Result:
    """Read a document; ValueError if it is none."""
    return Result.model_validate_json(path.read_text("utf-8"))


def schema() -> dict[str, object]:
    """The JSON Schema of the document."""
    return Result.model_json_schema(mode="serialization")
