"""Registration and identity (contract 5.1): who may act, and as whom."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tenderproof.drivers import signing
from tenderproof.drivers.contract.caller import Caller, items_of, nothing, segment
from tenderproof.testing.answers import Answer, Record
from tenderproof.testing.contents import Content
from tenderproof.testing.identities import Identity
from tenderproof.testing.records import (
    Account,
    Certificate,
    Challenge,
    EntityRecord,
    Entry,
    Message,
    ReceivedRegistration,
    Registration,
    Relation,
    Section,
    Session,
)


class Identification(Caller):
    """Registrations, certificates, sessions, libraries."""

    def register(self, entity: Content) -> Answer[Registration]:
        """Apply for registration (registration.create)."""
        return self.send("POST", "/registrations", Registration.read, entity)

    def register_as(self, media_type: str, octets: bytes) -> Answer[Record]:
        """Hand in octets where registrations are handed in, as this media type (registration.create)."""
        return self.as_octets("/registrations", media_type, octets)

    def ask_challenge(self, identity: Identity) -> Answer[Challenge]:
        """Ask for a log-in challenge for a certificate (session.challenge)."""
        return self.send("POST", "/sessions/challenges", Challenge.read, {"certificate": identity.certificate})

    def answer_challenge(self, identity: Identity, challenge: Challenge) -> Answer[Session]:
        """Log in: sign the challenge with the identity's key (session.open)."""
        signature = self._driver.chance.made(
            "signature", lambda: signing.compact(identity, challenge.challenge.encode("utf-8")).encode("ascii"), secret=True
        ).decode("ascii")
        return self.send("POST", "/sessions", Session.read, {"challenge_id": challenge.challenge_id, "signature": signature})

    def log_in(self, identity: Identity) -> Answer[Session]:
        """Ask for a challenge and answer it; the first refusal is the answer."""
        asked = self.ask_challenge(identity)
        if asked.refused:
            return Answer(asked.act, None, asked.refused_because, asked.errors, asked.words, asked.status, asked.raw)
        return self.answer_challenge(identity, asked.value)

    def log_in_with_password(self, login: str, password: str, otp: str = "") -> Answer[Session]:
        """The second way to log in (session.password)."""
        return self.send("POST", "/sessions/password", Session.read, {"login": login, "password": password, "otp": otp})

    def set_password(self, login: str, password: str, current: str = "") -> Answer[Account]:
        """Choose a login name and a password (password.change)."""
        return self.send("PUT", "/me/password", Account.read, {"login": login, "password": password, "current_password": current})

    def me(self) -> Answer[Account]:
        """Who I am (me.get)."""
        return self.get("/me", Account.read)

    def log_out(self) -> Answer[None]:
        """Close the session (session.close)."""
        found = self.send("DELETE", "/sessions/current", nothing)
        if found.accepted and not self.token:
            self._driver.sessions.forget(self.identity)
        return found

    def idle(self, time: timedelta) -> Answer[None]:
        """Let the session be one that nobody has used for so long (session.idle)."""
        return self.send("POST", "/sandbox/session/idling", nothing, {"seconds": round(time.total_seconds())})

    def registration(self) -> Answer[Registration]:
        """One's own registration (registration.get)."""
        return self.get(f"/registrations/{segment(self._registration_id())}", Registration.read)

    def change_registration(self, changes: Mapping[str, Any]) -> Answer[Registration]:
        """Change facts of one's own registration (registration.edit)."""
        return self.send("PATCH", f"/registrations/{segment(self._registration_id())}", Registration.read, changes)

    def delete_registration(self) -> Answer[None]:
        """Delete one's own registration (registration.delete)."""
        return self.send("DELETE", f"/registrations/{segment(self._registration_id())}", nothing)

    def submit_registration(self) -> Answer[Registration]:
        """Declare it true and submit it (registration.submit)."""
        return self.send("POST", f"/registrations/{segment(self._registration_id())}/submission", Registration.read)

    def bind_certificate(self, certificate: str) -> Answer[Certificate]:
        """Bind a further certificate, PEM (certificate.bind)."""
        return self.send(
            "POST", f"/registrations/{segment(self._registration_id())}/certificates", Certificate.read, {"certificate": certificate}
        )

    def unbind_certificate(self, fingerprint: str) -> Answer[None]:
        """Unbind a certificate (certificate.unbind)."""
        return self.send("DELETE", f"/registrations/{segment(self._registration_id())}/certificates/{segment(fingerprint)}", nothing)

    def certificates(self) -> Answer[tuple[Certificate, ...]]:
        """The bound certificates (certificate.list)."""
        return self.listed(f"/registrations/{segment(self._registration_id())}/certificates", Certificate)

    def registrations(self, **filters: str) -> Answer[tuple[Registration, ...]]:
        """Registrations: ``role``, ``q``, ``state`` (registration.list)."""
        return self.listed("/registrations", Registration, filters)

    def registration_of(self, registration: Registration) -> Answer[Registration]:
        """Somebody's registration (registration.get)."""
        return self.get(f"/registrations/{segment(registration.id)}", Registration.read)

    def verify(self, registration: Registration, outcome: str = "verified", source: str = "", remark: str = "") -> Answer[Registration]:
        """Verify or reject (registration.verify)."""
        return self.send(
            "POST",
            f"/registrations/{segment(registration.id)}/verification",
            Registration.read,
            {"outcome": outcome, "source": source, "remark": remark},
        )

    def receive_registrations(self, role: str, uscc: str) -> Answer[tuple[ReceivedRegistration, ...]]:
        """Take over what the public service platform tells of an entity, to be confirmed (received_registration.receive)."""
        return self.send("POST", "/received-registrations", items_of(ReceivedRegistration), {"role": role, "uscc": uscc})

    def correct_received(self, received: ReceivedRegistration, changes: Mapping[str, Any]) -> Answer[ReceivedRegistration]:
        """Correct what was received (received_registration.edit)."""
        return self.send("PATCH", f"/received-registrations/{segment(received.id)}", ReceivedRegistration.read, changes)

    def decide_received(self, received: ReceivedRegistration, outcome: str = "confirmed", source: str = "") -> Answer[ReceivedRegistration]:
        """Confirm what was received, or reject it (received_registration.decide)."""
        return self.send(
            "POST",
            f"/received-registrations/{segment(received.id)}/decision",
            ReceivedRegistration.read,
            {"outcome": outcome, "source": source},
        )

    def set_status(self, registration: Registration, status: str, reason: str) -> Answer[Registration]:
        """Suspend or activate (registration.status)."""
        return self.send(
            "POST", f"/registrations/{segment(registration.id)}/status", Registration.read, {"status": status, "reason": reason}
        )

    def library(self, kind: str, **filters: str) -> Answer[tuple[Entry, ...]]:
        """A library: tenderees, agencies, bidders, experts, tender-projects, prices (library.list)."""
        return self.listed(f"/library/{segment(kind)}", Entry, filters)

    def entity_record(self, kind: str, entity: Entry) -> Answer[EntityRecord]:
        """What is kept of an entity of a library: deals, rewards and penalties, performance (library.record)."""
        return self.get(f"/library/{segment(kind)}/records/{segment(str(entity.get('id')))}", EntityRecord.read)

    def entity_statistics(self, kind: str, **filters: str) -> Answer[Record]:
        """How many entities of a library there are, by region and qualification; of those that are chosen (library.statistics)."""
        return self.get(f"/library/{segment(kind)}/statistics", Record.read, filters)

    def find_bidders(self, **filters: str) -> Answer[tuple[Entry, ...]]:
        """Look for bidders: ``qualification``, ``region``, ``q`` (bidder.search)."""
        return self.listed("/library/bidders", Entry, filters)

    def blacklist(self) -> Answer[tuple[Entry, ...]]:
        """The black list (blacklist.list)."""
        return self.listed("/library/blacklist", Entry)

    def add_to_blacklist(self, entry: Content) -> Answer[Entry]:
        """Bar somebody (blacklist.add)."""
        return self.send("POST", "/library/blacklist", Entry.read, entry)

    def remove_from_blacklist(self, entry: Entry) -> Answer[None]:
        """Take somebody off the black list (blacklist.remove)."""
        return self.send("DELETE", f"/library/blacklist/{segment(str(entry.get('id')))}", nothing)

    def add_conduct(self, entry: Content) -> Answer[Entry]:
        """Enter a reward, a penalty or a note on performance (conduct.add)."""
        return self.send("POST", "/library/conduct", Entry.read, entry)

    def change_conduct(self, entry: Entry, changes: Mapping[str, Any]) -> Answer[Entry]:
        """Change such an entry (conduct.edit)."""
        return self.send("PATCH", f"/library/conduct/{segment(str(entry.get('id')))}", Entry.read, changes)

    def remove_conduct(self, entry: Entry) -> Answer[None]:
        """Delete such an entry (conduct.remove)."""
        return self.send("DELETE", f"/library/conduct/{segment(str(entry.get('id')))}", nothing)

    def import_revocation_list(self, crl: str) -> Answer[Record]:
        """Take over an authority's revocation list, PEM (revocation_list.import)."""
        return self.send("POST", "/revocation-lists", Record.read, {"crl": crl})

    def relations(self) -> Answer[tuple[Relation, ...]]:
        """Relations between organisations (relation.list)."""
        return self.listed("/library/relations", Relation)

    def add_relation(self, a: str, b: str, kind: str) -> Answer[Relation]:
        """Record a relation between two organisations, by their codes (relation.add)."""
        return self.send("POST", "/library/relations", Relation.read, {"a": a, "b": b, "kind": kind})

    def messages(self, section: Section | None = None) -> Answer[tuple[Message, ...]]:
        """One's own inbox, or what it holds about a section (message.list)."""
        return self.listed("/messages", Message, {"section_id": section.id if section else None})

    def acknowledge(self, message: Message) -> Answer[Message]:
        """Confirm that a message was received (message.acknowledge)."""
        return self.send("POST", f"/messages/{segment(message.id)}/acknowledgement", Message.read)

    def _registration_id(self) -> str:
        return self._driver.registration_id(self.identity, self.me)
