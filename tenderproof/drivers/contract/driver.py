"""The contract's driver: who the people are, their sessions, and the clock."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from tenderproof.candidate import Account, Candidate
from tenderproof.drivers import commands, signers
from tenderproof.drivers.conformance import Conformance, Speakers
from tenderproof.drivers.contract import readings
from tenderproof.drivers.contract.award import Awarding
from tenderproof.drivers.contract.bidding import Bidding
from tenderproof.drivers.contract.caller import Caller
from tenderproof.drivers.contract.clock import ProjectClock
from tenderproof.drivers.contract.disclosure import Disclosure
from tenderproof.drivers.contract.evaluation import Evaluation
from tenderproof.drivers.contract.identity import Identification
from tenderproof.drivers.contract.opening import OpeningOfBids
from tenderproof.drivers.contract.supervision import Supervision
from tenderproof.drivers.contract.tendering import Tendering
from tenderproof.drivers.driver import Driver
from tenderproof.drivers.sessions import Sessions
from tenderproof.evidence.chance import SESSION, Chance
from tenderproof.evidence.wire import Wire
from tenderproof.testing.actors import Administrator, Agency, Auditor, Bidder, Expert, Person, Public, Supervisor, Tenderee, Verifier
from tenderproof.testing.answers import Answer
from tenderproof.testing.clock import Clock
from tenderproof.testing.identities import Identity
from tenderproof.testing.interface import Interface
from tenderproof.testing.keys import PrivateKey, load_key
from tenderproof.testing.records import Account as OwnAccount
from tenderproof.testing.records import Session
from tenderproof.testing.tender import Tender
from tenderproof.testing.views import Reading
from tenderproof.vocabulary import DeclarationTrouble

_DESCRIPTIONS = ("region:", "ownership:", "specialty:", "qualification:")
_ENDING = ("session.close", "certificate.unbind")  # who has sent them is not known any more
_STAFF = ("verifier", "supervisor", "expert")


class ContractPerson(
    Disclosure, Identification, Tendering, Bidding, OpeningOfBids, Evaluation, Awarding, Supervision,
    Tenderee, Agency, Bidder, Expert, Verifier, Administrator, Auditor, Supervisor,
):  # fmt: skip
    """Anybody on a platform that speaks the contract: whoever tries an operation sends it, and the platform says whether they may."""


class ContractDriver(Driver):
    """Plays people over the contract. ``clock_keepers`` knows who created a tender project, by its id."""

    def __init__(self, candidate: Candidate, wire: Wire, chance: Chance, private: Path) -> None:
        super().__init__(candidate, wire, chance, private)
        self._sessions = Sessions(private)
        self._tokens: dict[str, str] = {}
        self._registrations: dict[str, str] = {}
        self._people: dict[str, ContractPerson] = {}
        self.clock_keepers: dict[str, Caller] = {}
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
        return [self._person(account) for account in accounts if (trait in account.traits if trait else _plain(account))]

    def acting(self, identity: Identity) -> Person:
        """Somebody with an identity of our making."""
        return ContractPerson(self, identity)

    @cached_property
    def interface(self) -> Interface:
        """The contract, as the candidate publishes it."""
        return Conformance(
            self.wire, self.candidate.base_url, self._document, self._speakers, self._bearing, self.chance,
            left_out=self.candidate.interface.leave_out, ending=_ENDING, convention=self.candidate.refusal_in_200,
        )  # fmt: skip

    def _document(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.public.interface().value.raw
        return found

    def _speakers(self) -> Speakers:
        """Fresh people for what they may change, since it is theirs alone; of the staff, who may read."""
        people = {role: self.stories.admitted(self.identities.fresh(role)) for role in ("tenderee", "agency", "bidder")}
        return Speakers(people, {role: person for role in _STAFF for person in self.declared(role)[:1]})

    def _bearing(self, person: Person) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token(person.identity)}"}

    def readings(self, actor: Public, world: Tender, only: frozenset[str] | None = None) -> Iterable[Reading]:
        """Every reading operation and page about a section, or only those of these names."""
        if not isinstance(actor, Caller):
            raise TypeError("This driver reads for its own people only.")
        return readings.read(actor, world, self.chance.now(), only)

    def pages(self, tender: Tender) -> Sequence[str]:
        """The reference's pages; a platform that speaks the contract and has others answers some of these with a page of its own."""
        return readings.pages(tender)

    # -- sessions ----------------------------------------------------------------------------------------------------

    def token(self, identity: Identity) -> str:
        """The session of an identity; it is opened if there is none."""
        key = _session_of(identity)
        if key not in self._tokens:
            log_in = self._log_in(identity)
            self._tokens[key] = self._taken(key, lambda: self._sessions.token(key, log_in) if identity.account else log_in())
        return self._tokens[key]

    def renewed_token(self, identity: Identity, dead: str) -> str:
        """A session instead of one that the platform has ended."""
        key, log_in = _session_of(identity), self._log_in(identity)
        self._tokens[key] = self._taken(key, lambda: self._sessions.renewed(key, dead, log_in) if identity.account else log_in())
        return self._tokens[key]

    def forget_token(self, identity: Identity) -> None:
        """The session is closed."""
        self._tokens.pop(_session_of(identity), None)
        if identity.account:
            self._sessions.forget(identity.account)

    def _taken(self, key: str, take: Callable[[], str]) -> str:
        """A session as this worker came by it, also from another worker: recorded as an input."""
        with self.apart(f"token:{key}"):
            return self.chance.made(SESSION, lambda: take().encode(), secret=True).decode()

    def _log_in(self, identity: Identity) -> Callable[[], str]:
        def log_in() -> str:
            with self.apart(f"session:{_session_of(identity)}"):
                opened = self._opened(identity)
                if opened.refused:
                    raise DeclarationTrouble(f"The account {identity.account or identity.name} cannot log in: {opened!r}")
                return opened.value.token

        return log_in

    def _opened(self, identity: Identity) -> Answer[Session]:
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
        key = _session_of(identity)
        if key not in self._registrations:
            with self.apart(f"registration:{key}"):
                self._registrations[key] = ask().value.registration_id
        return self._registrations[key]

    def registration_of(self, person: Person) -> str:
        """The registration of somebody else who is ours to play."""
        return self.registration_id(person.identity, person.me)

    def _person(self, account: Account) -> ContractPerson:
        if account.id not in self._people:
            self._people[account.id] = ContractPerson(self, _identity(self.candidate, account))
        return self._people[account.id]


def _plain(account: Account) -> bool:
    """Nothing is special about the account: its traits, if any, only describe it."""
    return all(trait.startswith(_DESCRIPTIONS) for trait in account.traits)


def _identity(candidate: Candidate, account: Account) -> Identity:
    return Identity(
        role=account.role,
        name=account.name,
        uscc=account.uscc,
        certificate=_text(account, account.certificate),
        signer=signers.of(candidate, account),
        encryption_certificate=_text(account, account.encryption_certificate),
        encryption_key=_key(account),
        account=account.id,
        traits=account.traits,
    )


def _text(account: Account, path: Path | None) -> str:
    if path is None:
        return ""
    try:
        return path.read_text("ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise DeclarationTrouble(f"The certificate {path} of the account {account.id} cannot be read: {error}.") from error


def _key(account: Account) -> PrivateKey | None:
    if account.encryption_key is None:
        return None
    try:
        return load_key(account.encryption_key.read_bytes())
    except (OSError, ValueError) as error:
        raise DeclarationTrouble(f"The key {account.encryption_key} of the account {account.id} cannot be used: {error}.") from error


def _session_of(identity: Identity) -> str:
    """The declared account, else the certificate's fingerprint."""
    return identity.account or hashlib.sha256(identity.certificate.encode("ascii")).hexdigest()[:16]


def _clock(driver: ContractDriver, candidate: Candidate) -> Clock:
    if not candidate.sandbox.enabled or candidate.sandbox.clock != "project":
        return Clock()
    declared = candidate.raw.get("sandbox", {}).get("clock_from")
    return ProjectClock(driver, datetime.fromisoformat(declared) if declared else None)
