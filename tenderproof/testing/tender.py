"""A tender as a story tells it: its facts, which a check may choose, and what has come about so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from tenderproof.testing.actors import Bidder, Expert, Owner, Supervisor, Tenderee, Verifier
from tenderproof.testing.contents import Content
from tenderproof.testing.records import (
    Archive,
    Award,
    AwardNotice,
    Bond,
    Committee,
    Contract,
    Document,
    Invitation,
    Notice,
    Opening,
    OpeningRecord,
    Project,
    Receipt,
    Report,
    Section,
    Summary,
    TenderProject,
)
from tenderproof.testing.sealed import SealedBid

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
Overrides = Mapping[str, Any]


@dataclass(frozen=True)
class Facts:
    """What can be chosen of a tender. The defaults are lawful, and well beyond every minimum.

    Moments left out follow from ``start``: documents from one hour later for ten days (sixteen where working days count), the
    bid deadline thirty days after the first document. ``one_by_one`` lets bidders obtain the documents a second apart, else they
    do so at one instant. ``project_facts``, ``tender_facts``, ``section_facts``, ``notice_facts``
    and ``document_facts`` put other values at dotted paths of the papers handed in.
    """

    organisation: str = "self"
    mode: str = "open"
    category: str = "engineering"
    compulsory: bool = True
    state_funded_dominant: bool = True
    government_procurement: bool = False
    water_works: bool = False
    electromechanical_international: bool = False
    prequalification: bool = False
    remote_evaluation: bool = False

    start: datetime | None = None
    document_from: datetime | None = None
    document_until: datetime | None = None
    bid_deadline: datetime | None = None
    opening_at: datetime | None = None

    estimate: Decimal = Decimal("10000000.00")
    price_ceiling: Decimal | None = None
    period_days: int = 180
    media: Sequence[str] | None = None
    encryption: str = "whole"
    decryption_mode: str = "bidder"
    decryption_minutes: int = 60
    bond: Decimal = Decimal("100000.00")
    bond_forms: Sequence[str] = ("transfer", "guarantee")
    pay_bonds: bool = False
    bid_validity_days: int = 90
    award_by: str = "tenderee"
    candidates: int = 3
    method: str = "comprehensive"

    bidders: int = 3
    one_by_one: bool = False
    prices: Sequence[Decimal] = ()
    committee: int = 5
    representatives: int = 0
    specialty: str = "A01"
    regions: Sequence[str] = ("110000",)
    publicity_days: int = 5

    project_facts: Overrides = field(default_factory=dict)
    tender_facts: Overrides = field(default_factory=dict)
    section_facts: Overrides = field(default_factory=dict)
    notice_facts: Overrides = field(default_factory=dict)
    document_facts: Overrides = field(default_factory=dict)

    @staticmethod
    def of(chosen: Mapping[str, Any]) -> "Facts":
        """The facts with these chosen; ``TypeError`` that names what cannot be chosen."""
        known = {fact.name for fact in fields(Facts)}
        if unknown := sorted(set(chosen) - known):
            raise TypeError(f"A tender has no fact {', '.join(unknown)}; it has {', '.join(sorted(known))}.")
        return Facts(**chosen)


@dataclass(frozen=True)
class Times:
    """The moments of a tender, in Beijing time, whole seconds."""

    start: datetime
    document_from: datetime
    document_until: datetime
    bid_deadline: datetime
    opening_at: datetime

    @staticmethod
    def of(facts: Facts, now: datetime) -> "Times":
        """The chosen moments, and for the others the defaults."""
        start = facts.start or now.replace(microsecond=0) + timedelta(minutes=1)
        since = facts.document_from or start + HOUR
        working = facts.government_procurement or facts.electromechanical_international
        deadline = facts.bid_deadline or since + 30 * DAY
        until = facts.document_until or min(since + (16 if working else 10) * DAY, deadline)
        return Times(start, since, until, deadline, facts.opening_at or deadline)


@dataclass(frozen=True)
class Bid:
    """A bid that somebody has delivered: the bidder, what was sealed, and the receipt."""

    bidder: Bidder
    sealed: SealedBid
    receipt: Receipt

    @property
    def id(self) -> str:
        """The bid's identifier."""
        return self.receipt.bid_id


@dataclass
class Tender:
    """A tender in the middle of its story. What has not come about yet raises ``LookupError``: the check asks too early.

    ``begun`` is our own time at which the story began.
    """

    facts: Facts
    times: Times
    owner: Owner
    tenderee: Tenderee
    verifier: Verifier
    begun: datetime
    supervisor: Supervisor | None = None
    bidders: tuple[Bidder, ...] = ()
    bids: list[Bid] = field(default_factory=list)
    applications: list[Bid] = field(default_factory=list)
    bonds: dict[str, Bond] = field(default_factory=dict)
    experts: tuple[Expert, ...] = ()
    stage: str = ""
    made: dict[type, Any] = field(default_factory=dict, repr=False)
    invitations: tuple[Invitation, ...] = ()
    publicity: Notice | None = None
    result: Notice | None = None

    def _of(self, kind: type[Any]) -> Any:
        if kind not in self.made:
            raise LookupError(f"The story has not come to a {kind.__name__} yet; it is at the stage {self.stage!r}.")
        return self.made[kind]

    @property
    def project(self) -> Project:
        """The project."""
        found: Project = self._of(Project)
        return found

    @property
    def tender_project(self) -> TenderProject:
        """The tender project."""
        found: TenderProject = self._of(TenderProject)
        return found

    @property
    def tender_project_id(self) -> str:
        """Whose clock counts."""
        return self.tender_project.id

    @property
    def section(self) -> Section:
        """The section."""
        found: Section = self._of(Section)
        return found

    @property
    def notice(self) -> Notice:
        """The tender notice."""
        found: Notice = self._of(Notice)
        return found

    @property
    def document(self) -> Document:
        """The tender document."""
        found: Document = self._of(Document)
        return found

    @property
    def opening(self) -> Opening:
        """The opening."""
        found: Opening = self._of(Opening)
        return found

    @property
    def opening_record(self) -> OpeningRecord:
        """The opening record."""
        found: OpeningRecord = self._of(OpeningRecord)
        return found

    @property
    def committee(self) -> Committee:
        """The committee."""
        found: Committee = self._of(Committee)
        return found

    @property
    def summary(self) -> Summary:
        """Totals and ranks of the evaluation."""
        found: Summary = self._of(Summary)
        return found

    @property
    def report(self) -> Report:
        """The evaluation report."""
        found: Report = self._of(Report)
        return found

    @property
    def award(self) -> Award:
        """The decision."""
        found: Award = self._of(Award)
        return found

    @property
    def award_notice(self) -> AwardNotice:
        """Award and result notices."""
        found: AwardNotice = self._of(AwardNotice)
        return found

    @property
    def contract(self) -> Contract:
        """The contract."""
        found: Contract = self._of(Contract)
        return found

    @property
    def archive(self) -> Archive:
        """The archive."""
        found: Archive = self._of(Archive)
        return found

    @property
    def bid_deadline(self) -> datetime:
        """When delivery ends."""
        return self.times.bid_deadline

    @property
    def document_from(self) -> datetime:
        """From when documents can be obtained."""
        return self.times.document_from

    @property
    def document_until(self) -> datetime:
        """Until when documents can be obtained."""
        return self.times.document_until

    @property
    def documents_known(self) -> list[str]:
        """The identifiers of the documents so far."""
        return [self.made[Document].id] if Document in self.made else []

    @property
    def ranking(self) -> list[Bid]:
        """The bids as the evaluation ranked them, the best first: here the cheapest, for stories score by price."""
        return sorted(self.bids, key=lambda bid: Decimal(str(bid.sealed.facts["price"])))

    @property
    def winner(self) -> Bid:
        """The bid that the story lets win: the first in rank."""
        return self.ranking[0]

    @property
    def losers(self) -> list[Bid]:
        """The other bids."""
        return self.ranking[1:]

    @property
    def names(self) -> Mapping[str, str]:
        """The identifiers and codes of this tender, with words that stand for them."""
        found = {}
        for word, kind in (("section", Section), ("tender_project", TenderProject), ("project", Project)):
            record = self.made.get(kind)
            if record is not None:
                found[record.id] = f"[{word}]"
                if record.says("code"):
                    found[record.code] = f"[{word} code]"
        return found

    def price_of(self, number: int) -> Decimal:
        """What the bidder with this number, from 0, bids: the chosen price, or one that rises with the number."""
        if number < len(self.facts.prices):
            return self.facts.prices[number]
        return (self.facts.estimate * (80 + 3 * number) / 100).quantize(Decimal("0.01"))


def overridden(content: Content, overrides: Overrides) -> Content:
    """A content with other values at dotted paths."""
    for path, value in overrides.items():
        content = content.putting(path, value)
    return content
