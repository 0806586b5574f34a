"""A platform by its OpenAPI document (3.0, 3.1): what it publishes, and accounts that are known by a token."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from http import HTTPStatus
from typing import Any

from tenderproof.candidate import Account
from tenderproof.drivers.conformance import Conformance, Speakers
from tenderproof.drivers.conventions import refused_instead
from tenderproof.drivers.document import ready
from tenderproof.drivers.driver import Driver
from tenderproof.drivers.gathering import Folder, Site, gathered, loaded
from tenderproof.drivers.ones_own import Account as Shown
from tenderproof.drivers.ones_own import OnesOwn
from tenderproof.evidence.wire import Request, Response
from tenderproof.testing.access import Access, Matrix
from tenderproof.testing.actors import Administrator, Agency, Auditor, Bidder, Expert, Person, Public, Supervisor, Tenderee, Verifier
from tenderproof.testing.answers import Answer, Record
from tenderproof.testing.clock import Clock
from tenderproof.testing.identities import Identity
from tenderproof.testing.interface import Interface
from tenderproof.testing.records import File
from tenderproof.testing.tender import Tender
from tenderproof.testing.views import Reading
from tenderproof.vocabulary import Blame, DeclarationTrouble, Missing, PlatformTrouble

_WEB = ("http://", "https://")
_NO_WORD = frozenset({429, *range(500, 600)})  # whether something lies there


class OpenApiPublic(Public):
    """Anybody, who reads the document and what else lies open."""

    def __init__(self, driver: "OpenApiDriver") -> None:
        self._driver = driver

    def interface(self) -> Answer[Record]:
        """The published document with the files that belong to it; Missing where the declaration gives it as a file.

        A file shows nobody whether the document is published.
        """
        address = self._driver.address
        if not address.startswith(_WEB):
            raise Missing("the declaration gives the interface as a file; whether everybody can read it was not seen", Blame.DECLARATION)
        response = self._driver.read(address)
        refused = f"status {response.status}" if response.status != HTTPStatus.OK else self._refused(response)
        if refused is not None:
            return Answer(f"the public GET {address}", None, refused, status=response.status)
        whole = gathered(parsed(response.body, address), Site(address, self._part))
        return Answer(f"the public GET {address}", Record.read(whole), status=response.status)

    def file(self, url: str) -> Answer[File]:
        """What lies at an address of the platform."""
        whole = url if url.startswith(_WEB) else f"{self._driver.candidate.base_url}/{url.lstrip('/')}"
        response = self._driver.read(whole)
        refused = self._refused(response) if response.status in range(200, 300) else f"status {response.status}"
        raw = {"octets": response.body, "media_type": response.header("content-type") or ""}
        return Answer(f"the public GET {whole}", File(raw), refused, status=response.status)

    def _part(self, url: str) -> bytes | None:
        """What lies there for everybody; None if nothing does. PlatformTrouble if the platform breaks off or is busy."""
        response = self._driver.read(url)
        if response.status in _NO_WORD:
            raise PlatformTrouble(f"GET {url}, a part of the published document: {response.status}")
        return None if response.status != HTTPStatus.OK or self._refused(response) is not None else response.body

    def _refused(self, response: Response) -> str | None:
        """The code of a refusal that comes with 200, as the declaration says that refusals come."""
        return refused_instead(response, self._driver.candidate.refusal_in_200)


class OpenApiPerson(OpenApiPublic, Tenderee, Agency, Bidder, Expert, Verifier, Administrator, Auditor, Supervisor):
    """Somebody with an account of the declaration. What anybody could do there by the document is known; what it would mean is not."""

    def __init__(self, driver: "OpenApiDriver", account: Account) -> None:
        super().__init__(driver)
        self.account = account
        self.identity = Identity(account.role, account.name, account.uscc, certificate="", account=account.id)


class OpenApiDriver(Driver):
    """Plays whoever a token makes known. It tells no story: what needs one is not tested."""

    @property
    def public(self) -> Public:
        """Nobody in particular."""
        return OpenApiPublic(self)

    @property
    def clock(self) -> Clock:
        """There is none."""
        return Clock()

    def declared(self, role: str, trait: str = "") -> Sequence[Person]:
        """The declared actors of a role."""
        return [OpenApiPerson(self, account) for account in self.candidate.accounts_of(role) if not trait or trait in account.traits]

    def acting(self, identity: Identity) -> Person:  # noqa: ARG002 - nobody is
        """Nobody can be made here."""
        raise Missing("the driver openapi knows declared accounts only", Blame.DECLARATION)

    def readings(self, actor: Public, world: Tender, only: frozenset[str] | None = None) -> Iterable[Reading]:  # noqa: ARG002
        """Nothing is known of what may be read about a section."""
        raise Missing("the driver openapi does not know what can be read about a section", Blame.DECLARATION)

    @cached_property
    def interface(self) -> Interface:
        """The interface of the declared document."""
        return Conformance(
            self.wire, self.candidate.base_url, self._document, self._speakers, self._bearing, self.chance,
            left_out=self.candidate.interface.leave_out, convention=self.candidate.refusal_in_200,
        )  # fmt: skip

    @cached_property
    def access(self) -> Access:
        """Whether what is one account's own is read by it alone."""
        return DeclaredAccess(self)

    def accounts(self) -> list[Shown]:
        """The declared accounts that are known by a token."""
        told = self.candidate.interface
        return [
            Shown(account.role, {told.header: f"{told.prefix}{account.token.read()}"})
            for account in self.candidate.accounts
            if account.token
        ]

    def document(self) -> Mapping[str, Any]:
        """The declared document, made ready."""
        return ready(self._document())

    @property
    def address(self) -> str:
        """Where the document is: an address, or a file beside the declaration; DeclarationTrouble if neither is said."""
        if not self.candidate.interface.document:
            raise DeclarationTrouble(f"{self.candidate.file}, interface.document: say where the OpenAPI document is.")
        return self.candidate.interface.document

    def read(self, url: str) -> Response:
        """One answer to nobody in particular."""
        return self.wire.send(Request("GET", url, {"accept": "*/*"}))

    def _document(self) -> Mapping[str, Any]:
        if self.address.startswith(_WEB):
            found: Mapping[str, Any] = self.public.interface().value.raw
            return found
        folder = Folder(self.candidate.file.parent / self.address, lambda read: self.chance.made("document", read))
        return gathered(parsed(folder.read(folder.root), folder.root), folder)

    def _speakers(self) -> Speakers:
        return Speakers({role: person for role in _roles(self.candidate.accounts) for person in self.declared(role)[:1]})

    def _bearing(self, person: Person) -> dict[str, str]:
        if not isinstance(person, OpenApiPerson) or person.account.token is None:
            return {}
        told = self.candidate.interface
        return {told.header: f"{told.prefix}{person.account.token.read()}"}


class DeclaredAccess(Access):
    """See :class:`Access`; what is whose own, the declaration says."""

    def __init__(self, driver: OpenApiDriver) -> None:
        self._driver = driver

    def of_ones_own(self) -> Matrix:
        """See :meth:`Access.of_ones_own`; Missing where nothing is declared private."""
        declared = self._driver.candidate
        if not declared.interface.private:
            raise Missing("the declaration names nothing that is one account's own (interface.private)", Blame.DECLARATION)
        tried = OnesOwn(self._driver.wire, declared.base_url, declared.refusal_in_200)
        return tried.matrix(self._driver.document(), declared.interface.private, self._driver.accounts())


def parsed(octets: bytes, where: str) -> dict[str, Any]:
    """The document in these octets, JSON or YAML; PlatformTrouble if they are no OpenAPI document."""
    found = loaded(octets, where)
    if not isinstance(found, dict) or not isinstance(found.get("paths"), dict) or "openapi" not in found:
        raise PlatformTrouble(f"What lies at {where} is no OpenAPI document: it has no `openapi` or no `paths`.")
    return found


def _roles(accounts: Iterable[Account]) -> list[str]:
    """Each role once, in the order of the declaration."""
    return list(dict.fromkeys(account.role for account in accounts if account.token))
