"""The contract's driver: who the people are, their sessions, and the clock."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tenderproof.candidate import Account, Candidate
from tenderproof.drivers import commands
from tenderproof.drivers.channel import Asked
from tenderproof.drivers.conformance import Conformance, Speakers
from tenderproof.drivers.contract import readings
from tenderproof.drivers.contract.access import ContractAccess
from tenderproof.drivers.contract.award import Awarding
from tenderproof.drivers.contract.bidding import Bidding
from tenderproof.drivers.contract.caller import BASE, Bystander, Caller, segment
from tenderproof.drivers.contract.clock import ProjectClock
from tenderproof.drivers.contract.disclosure import Disclosure
from tenderproof.drivers.contract.evaluation import Evaluation
from tenderproof.drivers.contract.examination import Examination
from tenderproof.drivers.contract.identity import Identification
from tenderproof.drivers.contract.opening import OpeningOfBids
from tenderproof.drivers.contract.supervision import Supervision
from tenderproof.drivers.contract.tendering import Tendering
from tenderproof.drivers.crowd import LogIn
from tenderproof.drivers.driver import Driver
from tenderproof.drivers.people import identity_of, is_plain
from tenderproof.drivers.sessions import OpenSessions, session_of
from tenderproof.evidence.chance import Chance
from tenderproof.evidence.wire import Request, Wire
from tenderproof.testing.access import Access
from tenderproof.testing.actors import Administrator, Agency, Auditor, Bidder, Expert, Person, Public, Supervisor, Tenderee, Verifier
from tenderproof.testing.answers import Answer
from tenderproof.testing.clock import Clock
from tenderproof.testing.identities import Identity
from tenderproof.testing.interface import Interface
from tenderproof.testing.records import Account as OwnAccount
from tenderproof.testing.records import Session
from tenderproof.testing.tender import Tender
from tenderproof.testing.views import Reading

_ENDING = ("session.close", "session.idle", "certificate.unbind")  # who has sent them is not known any more
_STAFF = ("verifier", "supervisor", "expert")


class ContractPerson(
    Disclosure, Identification, Tendering, Bidding, OpeningOfBids, Evaluation, Examination, Awarding, Supervision,
    Tenderee, Agency, Bidder, Expert, Verifier, Administrator, Auditor, Supervisor,
):  # fmt: skip
    """Anybody on a platform that speaks the contract: whoever tries an operation sends it, and the platform says whether they may."""


class ContractDriver(Driver):
    """Plays people over the contract. ``clock_keepers`` knows who created a tender project, by its id."""

    def __init__(self, candidate: Candidate, wire: Wire, chance: Chance, private: Path) -> None:
        super().__init__(candidate, wire, chance, private)
        self.sessions = OpenSessions(private, chance, self.apart, self._opened)
        self._registrations: dict[str, str] = {}
        self._people: dict[str, ContractPerson] = {}
        self.clock_keepers: dict[str, Caller] = {}
        self.bystander: Bystander | None = None
        self._clock = _clock(self, candidate)

    @property
    def public(self) -> Public:
        """Nobody in particular."""
        return ContractPerson(self)

    @property
    def clock(self) -> Clock:
        """The clock of a tender project, where the sandbox offers it."""
        return self._clock

    def declared(self, role: str, trait: str = "") -> Sequence[Person]:
        """The declared actors of a role: those with a trait, or without one those with none."""
        accounts = self.candidate.accounts_of(role)
        return [self._person(account) for account in accounts if (trait in account.traits if trait else is_plain(account))]

    def acting(self, identity: Identity) -> Person:
        """Somebody with an identity of our making."""
        return ContractPerson(self, identity)

    @cached_property
    def interface(self) -> Interface:
        """The contract, as the candidate publishes it."""
        return Conformance(
            self.wire, self.candidate.base_url, self._document, self._speakers, self.bearing, self.chance,
            left_out=self.candidate.interface.leave_out, ending=_ENDING, convention=self.candidate.refusal_in_200,
        )  # fmt: skip

    @cached_property
    def access(self) -> Access:
        """Who may do what, as the contract says."""
        return ContractAccess(self)

    def _document(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.public.interface().value.raw
        return found

    def _speakers(self) -> Speakers:
        """Fresh people for what they may change, since it is theirs alone; of the staff, who may read."""
        people = {role: self.stories.admitted(self.identities.fresh(role)) for role in ("tenderee", "agency", "bidder")}
        return Speakers(people, {role: person for role in _STAFF for person in self.declared(role)[:1]})

    def bearing(self, person: Person) -> dict[str, str]:
        """The headers by which the platform knows somebody."""
        return {"authorization": f"Bearer {self.sessions.of(person.identity)}"}

    def readings(self, actor: Public, world: Tender, only: frozenset[str] | None = None) -> Iterable[Reading]:
        """Every reading operation and page about a section, or only those of these names."""
        if not isinstance(actor, Caller):
            raise TypeError("This driver reads for its own people only.")
        return readings.read(actor, world, self.chance.now(), only)

    def pages(self, tender: Tender) -> Sequence[str]:
        """The reference's pages; a platform that speaks the contract and has others answers some of these with a page of its own."""
        return readings.pages(tender)

    def notice_path(self, tender: Tender) -> str:
        """The published notice."""
        return f"{BASE}/public/notices/{segment(tender.notice.id)}"

    def asked_in_plain(self) -> Sequence[Asked]:
        """A page, what everybody may read, and the begin of a log-in that is refused for its content."""
        return (Asked("GET", "/"), Asked("GET", f"{BASE}/platform"), Asked("POST", f"{BASE}/sessions/challenges", b"{}"))

    def log_in_by_password(self) -> LogIn:
        """As the contract says."""
        return f"{BASE}/sessions/password", lambda name: {"login": name, "password": f"{name}-Aa1!"}

    def entering(self, person: Person) -> Request:
        """The log-in page of the reference, where the token of a living session is handed in."""
        token = self.sessions.of(person.identity)
        return Request("POST", "/log-in", {"content-type": "application/x-www-form-urlencoded"}, urlencode({"token": token}).encode())

    def filling(self, tender: Tender) -> dict[str, str]:
        """As the reference names the fields of its forms."""
        return {"section_id": tender.section.id, "region_code": "410100", "industry_code": "E47"}

    def harmless(self, action: str) -> bool:
        """On the reference's pages: to acknowledge a message."""
        return action.endswith("/acknowledgement")

    # -- sessions ----------------------------------------------------------------------------------------------------

    def _opened(self, identity: Identity) -> Answer[Session]:
        """Log in: by certificate where there is one, else by password."""
        account = next((found for found in self.candidate.accounts if found.id == identity.account), None)
        if identity.certificate or account is None or account.password is None:
            return self.public.log_in(identity)
        return self.public.log_in_with_password(account.login, account.password.read(), self._code_for(account))

    def _code_for(self, account: Account) -> str:
        """What a person reads off a phone or a picture: printed by the command that the declaration names."""
        command = self.candidate.driver.get("sms_code") or self.candidate.driver.get("captcha")
        if not command:
            return ""
        return commands.run([part.replace("{account}", account.id) for part in command], b"", "code").decode().strip()

    # -- who is who --------------------------------------------------------------------------------------------------

    def registration_id(self, identity: Identity, ask: Callable[[], Answer[OwnAccount]]) -> str:
        """The registration of an account, asked for once."""
        key = session_of(identity)
        if key not in self._registrations:
            with self.apart(f"registration:{key}"):
                self._registrations[key] = ask().value.registration_id
        return self._registrations[key]

    def registration_of(self, person: Person) -> str:
        """The registration of somebody else who is ours to play."""
        return self.registration_id(person.identity, person.me)

    def _person(self, account: Account) -> ContractPerson:
        if account.id not in self._people:
            self._people[account.id] = ContractPerson(self, identity_of(self.candidate, account))
        return self._people[account.id]


def _clock(driver: ContractDriver, candidate: Candidate) -> Clock:
    if not candidate.sandbox.enabled or candidate.sandbox.clock != "project":
        return Clock()
    declared = candidate.raw.get("sandbox", {}).get("clock_from")
    return ProjectClock(driver, datetime.fromisoformat(declared) if declared else None)
