"""What a driver is: it plays the people of the field on one platform, and says what it offers."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from urllib.parse import quote, urlsplit

from cryptography import x509

from tenderproof.candidate import Candidate
from tenderproof.drivers.bid_tool import DeclaredTool
from tenderproof.drivers.browser import Chromium
from tenderproof.drivers.callbacks import LoopbackCallbacks
from tenderproof.drivers.channel import Asked, DeclaredChannel, is_here
from tenderproof.drivers.counterpart import OtherEnd
from tenderproof.drivers.crowd import DeclaredCrowd, LogIn
from tenderproof.drivers.exchange import WatchedExchange
from tenderproof.drivers.expert_base import DeclaredBase
from tenderproof.drivers.hosts import SeenHosts
from tenderproof.drivers.line import WireLine
from tenderproof.drivers.looks import WornLooks
from tenderproof.drivers.public_service import Intake
from tenderproof.drivers.site import DeclaredSite
from tenderproof.drivers.turns import Turns
from tenderproof.drivers.visits import ChromiumVisits
from tenderproof.evidence.chance import Chance
from tenderproof.evidence.wire import Request, Wire
from tenderproof.testing.access import Access
from tenderproof.testing.actors import Person, Public
from tenderproof.testing.bid_tool import BidTool
from tenderproof.testing.browser import Browser
from tenderproof.testing.callbacks import Callbacks
from tenderproof.testing.channel import Watched
from tenderproof.testing.clock import Clock
from tenderproof.testing.crowd import Crowd
from tenderproof.testing.exchange import Exchange
from tenderproof.testing.expert_base import ExpertBase
from tenderproof.testing.hosts import Hosts
from tenderproof.testing.identities import Authority, Identities, Identity, SmUses
from tenderproof.testing.interface import Interface
from tenderproof.testing.keys import load_key
from tenderproof.testing.line import Line
from tenderproof.testing.looks import Looks
from tenderproof.testing.public_service import PublicService
from tenderproof.testing.site import Site
from tenderproof.testing.stories import Stories
from tenderproof.testing.tender import Tender
from tenderproof.testing.views import Reading, Views
from tenderproof.testing.visits import Visits
from tenderproof.vocabulary import DeclarationTrouble


class Driver(ABC):
    """Plays a candidate's users. What it does not offer it leaves out, and that is then not tested.

    ``private`` is a folder that the workers of one run share and nobody else reads (sessions).
    """

    def __init__(self, candidate: Candidate, wire: Wire, chance: Chance, private: Path) -> None:
        self.candidate, self.wire, self.chance, self.private = candidate, wire, chance, private
        self._entering = Turns(private / "entrance.lock")

    @property
    @abstractmethod
    def public(self) -> Public:
        """Nobody in particular."""

    @property
    @abstractmethod
    def clock(self) -> Clock:
        """The clock of a tender, or one that says that there is none."""

    @abstractmethod
    def declared(self, role: str, trait: str = "") -> Sequence[Person]:
        """The actors that the declaration names for a role: those with a trait, or without one those with none."""

    @abstractmethod
    def acting(self, identity: Identity) -> Person:
        """Somebody with an identity of our making; the account need not exist yet."""

    @abstractmethod
    def readings(self, actor: Public, world: Tender, only: frozenset[str] | None = None) -> Iterable[Reading]:
        """Every reading operation and every page that an actor may ask for about a section, once each."""

    def apart(self, name: str) -> AbstractContextManager[None]:
        """What is done inside is shared by checks and belongs to none."""
        return self.wire.apart(name)

    @cached_property
    def identities(self) -> Identities:
        """Makes identities with the sandbox's test authority."""
        return Identities(_authority(self.candidate), self.chance, self.candidate.marks.name, _sm(self.candidate))

    @cached_property
    def stories(self) -> Stories:
        """Tells tenders on this platform."""
        return Stories(self, self.clock, self.identities, self.chance, self.candidate.sandbox.clock_from)

    @cached_property
    def public_service(self) -> PublicService:
        """The public service platform that the candidate is connected with, as declared."""
        declared = self.candidate.public_service
        return Intake(OtherEnd("public_service", declared, self.wire)) if declared else PublicService()

    @cached_property
    def exchange(self) -> Exchange:
        """The exchange with that public service platform, as declared."""
        declared = self.candidate.public_service
        if declared is None or declared.exchange is None:
            return Exchange()
        return WatchedExchange(OtherEnd("public_service", declared, self.wire), declared.exchange, self.private)

    @cached_property
    def browser(self) -> Browser:
        """A browser that opens the candidate's pages."""
        return Chromium(self.candidate.base_url, self.chance, own_root=self.candidate.tls_authority is not None)

    def pages(self, tender: Tender) -> Sequence[str]:  # noqa: ARG002 - what knows no pages takes a tender all the same
        """The paths of the public pages for people, those of a tender among them; none where the driver knows none."""
        return ()

    def question(self, tender: Tender, host: str) -> str | None:
        """The path at which a host lets everybody read what a tender's notice says; None where the driver knows none.

        It is the declared one (``domicile.questions``), and else that of :meth:`notice_path`.
        """
        declared = self.candidate.domicile.questions.get(host)
        if declared:
            return declared.replace("{notice}", quote(tender.notice.id, safe=""))
        known = self.notice_path(tender)
        return None if known is None else urlsplit(self.candidate.base_url).path.rstrip("/") + known

    def notice_path(self, tender: Tender) -> str | None:  # noqa: ARG002 - what knows none takes a tender all the same
        """The path below the base URL at which everybody reads what a tender's notice says; None where the driver knows none."""
        return None

    @cached_property
    def visits(self) -> Visits:
        """Whom the candidate's pages contact."""
        return ChromiumVisits(
            self.candidate.base_url,
            self.pages,
            self.chance,
            self.apart,
            own_root=self.candidate.tls_authority is not None,
            hosts=self.candidate.domicile.hosts,
            entering=self.entering,
            filling=self.filling,
            harmless=self.harmless,
        )

    def filling(self, tender: Tender) -> Mapping[str, str]:  # noqa: ARG002 - what knows no pages takes a tender all the same
        """What fields of forms on the pages are filled with for a tender, by the fields' names; others get what fits their kind."""
        return {}

    def harmless(self, action: str) -> bool:  # noqa: ARG002 - what knows no pages takes a path all the same
        """Whether a form that is handed in at this path may be handed in by somebody whom other checks need."""
        return False

    def asked_in_plain(self) -> Sequence[Asked]:
        """What the plain entrance is tried with: requests of nobody in particular that change nothing, one of them to log in."""
        return (Asked("GET", "/"),)

    def on_this_machine(self) -> bool:
        """Whether the candidate runs where we do, as its address says."""
        return is_here(urlsplit(self.candidate.base_url).hostname or "")

    @cached_property
    def channel(self) -> Watched:
        """How everybody reaches the candidate, as declared."""
        return DeclaredChannel(self.candidate, self.wire, self.chance, self.asked_in_plain(), self._entering)

    @cached_property
    def hosts(self) -> Hosts:
        """The hosts that the candidate uses, as seen from outside."""
        return SeenHosts(self.candidate, self._read_by_several, self.chance, self.apart)

    def _read_by_several(self, tender: Tender) -> Iterator[Reading]:
        """All that nobody in particular, who invites tenders, and who bids may read of a tender."""
        for actor in (self.public, tender.owner, *tender.bidders[:1]):
            yield from self.readings(actor, tender)

    @cached_property
    def crowd(self) -> Crowd:
        """Many connections at the candidate's entrance."""
        return DeclaredCrowd(self.candidate, self.chance, self.asked_in_plain(), self.log_in_by_password(), self._entering)

    def log_in_by_password(self) -> LogIn | None:
        """Where one logs in by a password, and what is posted there; None where the driver does not know."""
        return None

    def entering(self, person: Person) -> Request | None:  # noqa: ARG002 - what knows no pages takes a person all the same
        """The request by which a person's browser begins a session on the pages (its address a path); None where the driver knows none."""
        return None

    @cached_property
    def site(self) -> Site:
        """The candidate's pages and answers, as anybody's browser gets them."""
        return DeclaredSite(self.candidate, self.wire, self.asked_in_plain(), self.entering, self._entering)

    @cached_property
    def line(self) -> Line:
        """The line between people and the candidate, which can be disturbed."""
        return WireLine(self.wire)

    @cached_property
    def callbacks(self) -> Callbacks:
        """Where the candidate reaches us, if somebody makes it."""
        return LoopbackCallbacks(self.candidate.base_url, self.wire, self.chance)

    @cached_property
    def looks(self) -> Looks:
        """How an audit looks, and anybody."""
        return WornLooks(self.wire, self.identities, self.chance)

    @cached_property
    def bid_tool(self) -> BidTool:
        """The platform's tool for making bids, as declared."""
        command = self.candidate.driver.get("bid_tool")
        return DeclaredTool(command, self.private, self.chance) if command else BidTool()

    @cached_property
    def expert_bases(self) -> Mapping[str, ExpertBase]:
        """The expert bases that the candidate draws from, by the way to them: ``expert_base`` directly, ``public_service`` through it."""
        declared = {"expert_base": self.candidate.expert_base, "public_service": self.candidate.public_service}
        return {
            name: DeclaredBase(OtherEnd(name, counterpart, self.wire)) if counterpart else ExpertBase(name)
            for name, counterpart in declared.items()
        }

    @cached_property
    def interface(self) -> Interface:
        """The candidate's published interface."""
        return Interface()

    @cached_property
    def access(self) -> Access:
        """Who may do what on the platform, and whether it holds to that."""
        return Access()

    @cached_property
    def views(self) -> Views:
        """Compares what people see."""
        return Views(self)


def _sm(candidate: Candidate) -> SmUses:
    declared = candidate.sm
    if declared.authority is None:
        return SmUses(declared.uses, declared.user_id)
    try:
        certificate = declared.authority.certificate.read_text("ascii")
        x509.load_pem_x509_certificate(certificate.encode())
    except (OSError, ValueError) as error:
        raise DeclarationTrouble(f"{candidate.file}, sm.authority: the certificate cannot be used: {error}.") from error
    return SmUses(declared.uses, declared.user_id, (certificate, declared.authority.key.read_bytes))


def _authority(candidate: Candidate) -> Authority | None:
    declared = candidate.sandbox.authority
    if declared is None:
        return None
    try:
        certificate = x509.load_pem_x509_certificate(declared.certificate.read_bytes())
        return Authority(certificate, load_key(declared.key.read_bytes()))
    except (OSError, ValueError) as error:
        raise DeclarationTrouble(f"{candidate.file}, sandbox.authority: certificate or key cannot be used: {error}.") from error
