"""Anybody: what can be done on a platform without logging in."""
# ruff: noqa: ARG002 - what a driver does not offer takes its arguments all the same

from collections.abc import Callable, Mapping
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from tenderproof.testing.answers import Answer, Record
from tenderproof.testing.contents import Content
from tenderproof.testing.identities import Identity
from tenderproof.testing.records import (
    Challenge,
    Clarification,
    Document,
    File,
    Notice,
    OpeningRecord,
    Platform,
    PlatformTime,
    PublishedSection,
    Registration,
    Section,
    Session,
)
from tenderproof.testing.sealed import Kind
from tenderproof.vocabulary import Blame, Missing

P = ParamSpec("P")
R = TypeVar("R")


def not_offered(actor: object, operation: str) -> Missing:
    """The driver does not offer an operation: what depends on it is not tested, with this reason."""
    return Missing(f"the driver does not offer {type(actor).__name__}.{operation}", Blame.DECLARATION)


class Public:
    """Nobody in particular (社会公众). Everybody else can do this too."""

    def tries(self, operation: Callable[Concatenate[Any, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Try an operation of another role: ``expert.tries(Owner.open_bids, section)``; Missing if the driver cannot play it."""
        own = getattr(self, operation.__name__, None)
        if own is None:
            raise not_offered(self, operation.__name__)
        result: R = own(*args, **kwargs)
        return result

    def bearing(self, token: str) -> Self:
        """Somebody who shows this session token, whatever it is worth; it is never renewed."""
        raise not_offered(self, "bearing")

    def adding(self, headers: Mapping[str, str] | None = None, query: Mapping[str, str] | None = None) -> Self:
        """The same, whose requests carry these headers and parameters beside what they would carry anyway."""
        raise not_offered(self, "adding")

    def platform(self) -> Answer[Platform]:
        """What the platform says about itself (contract: platform.get)."""
        raise not_offered(self, "platform")

    def time(self) -> Answer[PlatformTime]:
        """The platform's time (time.get)."""
        raise not_offered(self, "time")

    def interface(self) -> Answer[Record]:
        """The published interface: an OpenAPI document (interface.get)."""
        raise not_offered(self, "interface")

    def file(self, url: str) -> Answer[File]:
        """A published file of the platform: a standard's text, the certification report, a page. ``url`` relative or whole."""
        raise not_offered(self, "file")

    def agreement(self, role: str) -> Answer[Record]:
        """The service agreement for a role (agreement.get)."""
        raise not_offered(self, "agreement")

    def published_notices(self, *, at_most: int | None = None, **filters: str) -> Answer[tuple[Notice, ...]]:
        """Published notices, of all pages or the first ``at_most``; filters ``type``, ``q``, ``region`` (public.notices)."""
        raise not_offered(self, "published_notices")

    def published_notice(self, notice_id: str) -> Answer[Notice]:
        """One published notice (public.notice)."""
        raise not_offered(self, "published_notice")

    def published_section(self, section: Section) -> Answer[PublishedSection]:
        """The public record of a section (public.section)."""
        raise not_offered(self, "published_section")

    def published_opening_record(self, section: Section, kind: Kind = "bid") -> Answer[OpeningRecord]:
        """The published opening record (public.opening_record)."""
        raise not_offered(self, "published_opening_record")

    def published_candidates(self, section: Section) -> Answer[Notice]:
        """The candidates' publicity (public.candidates)."""
        raise not_offered(self, "published_candidates")

    def published_result(self, section: Section) -> Answer[Notice]:
        """The published result (public.result)."""
        raise not_offered(self, "published_result")

    def documents(self, section: Section) -> Answer[tuple[Document, ...]]:
        """What the public may know of a section's documents (document.public)."""
        raise not_offered(self, "documents")

    def clarifications(self, section: Section) -> Answer[tuple[Clarification, ...]]:
        """Clarifications and changes (clarification.list)."""
        raise not_offered(self, "clarifications")

    def register(self, entity: Content) -> Answer[Registration]:
        """Apply for registration (registration.create)."""
        raise not_offered(self, "register")

    def register_as(self, media_type: str, octets: bytes) -> Answer[Record]:
        """Hand in octets where registrations are handed in, as this media type (registration.create)."""
        raise not_offered(self, "register_as")

    def ask_challenge(self, identity: Identity) -> Answer[Challenge]:
        """Ask for a log-in challenge for a certificate (session.challenge)."""
        raise not_offered(self, "ask_challenge")

    def answer_challenge(self, identity: Identity, challenge: Challenge) -> Answer[Session]:
        """Log in: sign the challenge with the identity's key (session.open)."""
        raise not_offered(self, "answer_challenge")

    def log_in(self, identity: Identity) -> Answer[Session]:
        """Ask for a challenge and answer it; the first refusal is the answer."""
        raise not_offered(self, "log_in")

    def log_in_with_password(self, login: str, password: str, otp: str = "") -> Answer[Session]:
        """The second way to log in (session.password)."""
        raise not_offered(self, "log_in_with_password")
