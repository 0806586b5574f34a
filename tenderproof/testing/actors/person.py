"""Somebody who is logged in, whatever the role: account, registration, messages, and what several roles may read."""
# ruff: noqa: ARG002 - what a driver does not offer takes its arguments all the same

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Self

from tenderproof.testing.actors.public import Public, not_offered
from tenderproof.testing.answers import Answer, Record
from tenderproof.testing.identities import Identity
from tenderproof.testing.records import (
    Account,
    Alert,
    Anomaly,
    Archive,
    AuditEntry,
    Award,
    AwardNotice,
    Certificate,
    Clarification,
    Committee,
    Contract,
    Document,
    Draw,
    EntityRecord,
    Entry,
    Fee,
    File,
    Message,
    Notice,
    Objection,
    Opening,
    OpeningRecord,
    Project,
    Query,
    Receipt,
    Registration,
    Report,
    Sealing,
    Section,
    TenderProject,
)
from tenderproof.testing.sealed import Kind


class Person(Public):
    """Somebody with an account. ``identity`` is with what they act; reading that several roles share stands here."""

    identity: Identity

    def signing_as(self, identity: Identity | None) -> Self:
        """The same person, logged in as ever, whose acts are signed with another's key, or not at all (None)."""
        raise not_offered(self, "signing_as")

    def signing_wrongly(self) -> Self:
        """The same person, whose signatures are over another content than the one that is sent."""
        raise not_offered(self, "signing_wrongly")

    def claiming(self, moment: datetime) -> Self:
        """The same person, whose requests state this moment as the sender's own time (HTTP ``Date``)."""
        raise not_offered(self, "claiming")

    def under_key(self, key: str) -> Self:
        """The same person, who sends this key with what is delivered, by which a repetition is known (HTTP ``Idempotency-Key``).

        On a platform that knows no such keys nothing is sent; what a repetition may lead to is the same.
        """
        return self

    def set_password(self, login: str, password: str, current: str = "") -> Answer[Account]:
        """Choose a login name and a password, as a second way to log in (password.change)."""
        raise not_offered(self, "set_password")

    def me(self) -> Answer[Account]:
        """Who I am (me.get)."""
        raise not_offered(self, "me")

    def log_out(self) -> Answer[None]:
        """Close the session (session.close)."""
        raise not_offered(self, "log_out")

    def idle(self, time: timedelta) -> Answer[None]:
        """Let the session be one that nobody has used for so long: in a sandbox, where nobody has to wait for it (session.idle)."""
        raise not_offered(self, "idle")

    def registration(self) -> Answer[Registration]:
        """One's own registration (registration.get)."""
        raise not_offered(self, "registration")

    def change_registration(self, changes: Mapping[str, Any]) -> Answer[Registration]:
        """Change facts of one's own registration (registration.edit)."""
        raise not_offered(self, "change_registration")

    def delete_registration(self) -> Answer[None]:
        """Delete one's own registration (registration.delete)."""
        raise not_offered(self, "delete_registration")

    def submit_registration(self) -> Answer[Registration]:
        """Declare it true and submit it (registration.submit)."""
        raise not_offered(self, "submit_registration")

    def bind_certificate(self, certificate: str) -> Answer[Certificate]:
        """Bind a further certificate, PEM (certificate.bind)."""
        raise not_offered(self, "bind_certificate")

    def unbind_certificate(self, fingerprint: str) -> Answer[None]:
        """Unbind a certificate (certificate.unbind)."""
        raise not_offered(self, "unbind_certificate")

    def certificates(self) -> Answer[tuple[Certificate, ...]]:
        """The bound certificates (certificate.list)."""
        raise not_offered(self, "certificates")

    def messages(self, section: Section | None = None) -> Answer[tuple[Message, ...]]:
        """One's own inbox, or what it holds about a section (message.list)."""
        raise not_offered(self, "messages")

    def acknowledge(self, message: Message) -> Answer[Message]:
        """Confirm that a message was received (message.acknowledge)."""
        raise not_offered(self, "acknowledge")

    def change_audit_entry(self, entry: AuditEntry, changes: Mapping[str, Any]) -> Answer[Record]:
        """Try to change an entry of the audit trail, which no platform may offer to anybody."""
        raise not_offered(self, "change_audit_entry")

    def delete_audit_entry(self, entry: AuditEntry) -> Answer[None]:
        """Try to delete an entry of the audit trail, which no platform may offer to anybody."""
        raise not_offered(self, "delete_audit_entry")

    def library(self, kind: str, **filters: str) -> Answer[tuple[Entry, ...]]:
        """A library: tenderees, agencies, bidders, experts, tender-projects, prices (library.list)."""
        raise not_offered(self, "library")

    def entity_record(self, kind: str, entity: Entry) -> Answer[EntityRecord]:
        """What is kept of an entity of a library: deals, rewards and penalties, performance (library.record)."""
        raise not_offered(self, "entity_record")

    def entity_statistics(self, kind: str, **filters: str) -> Answer[Record]:
        """How many entities of a library there are, by region and qualification; of those that are chosen (library.statistics)."""
        raise not_offered(self, "entity_statistics")

    def blacklist(self) -> Answer[tuple[Entry, ...]]:
        """The black list (blacklist.list)."""
        raise not_offered(self, "blacklist")

    def project(self, project: Project) -> Answer[Project]:
        """A project (project.get)."""
        raise not_offered(self, "project")

    def tender_project(self, tender_project: TenderProject) -> Answer[TenderProject]:
        """A tender project (tender_project.get)."""
        raise not_offered(self, "tender_project")

    def section(self, section: Section) -> Answer[Section]:
        """A section (section.get)."""
        raise not_offered(self, "section")

    def sections(self, tender_project: TenderProject) -> Answer[tuple[Section, ...]]:
        """The sections of a tender project (section.list)."""
        raise not_offered(self, "sections")

    def notice(self, notice: Notice) -> Answer[Notice]:
        """A notice in whatever state (notice.get)."""
        raise not_offered(self, "notice")

    def document(self, document: Document) -> Answer[Document]:
        """A document's facts (document.get)."""
        raise not_offered(self, "document")

    def download(self, document: Document) -> Answer[File]:
        """Obtain a document (document.download)."""
        raise not_offered(self, "download")

    def download_clarification(self, clarification: Clarification) -> Answer[File]:
        """Obtain a clarification's text (clarification.download)."""
        raise not_offered(self, "download_clarification")

    def sealing(self, section: Section, kind: Kind = "bid") -> Answer[Sealing]:
        """How bids of a section are to be sealed (sealing.get)."""
        raise not_offered(self, "sealing")

    def bid_file(self, bid: Receipt) -> Answer[File]:
        """The sealed file of a bid (bid.content)."""
        raise not_offered(self, "bid_file")

    def opening(self, section: Section, kind: Kind = "bid") -> Answer[Opening]:
        """The opening of bids, or of applications (opening.get)."""
        raise not_offered(self, "opening")

    def opening_record(self, section: Section, kind: Kind = "bid") -> Answer[OpeningRecord]:
        """The opening record (opening_record.get)."""
        raise not_offered(self, "opening_record")

    def confirm_opening_record(self, section: Section, opinion: str = "", kind: Kind = "bid") -> Answer[OpeningRecord]:
        """§ Confirm the opening record (opening_record.confirm)."""
        raise not_offered(self, "confirm_opening_record")

    def prequalification_result(self, section: Section) -> Answer[Record]:
        """Who passed prequalification: all for the owner, an applicant's own for itself (prequalification.get)."""
        raise not_offered(self, "prequalification_result")

    def base_price(self, section: Section) -> Answer[Record]:
        """The base price (section.base_price, read)."""
        raise not_offered(self, "base_price")

    def committee(self, section: Section) -> Answer[Committee]:
        """The committee (committee.get)."""
        raise not_offered(self, "committee")

    def queries(self, section: Section) -> Answer[tuple[Query, ...]]:
        """The committee's questions (query.list)."""
        raise not_offered(self, "queries")

    def report(self, section: Section) -> Answer[Report]:
        """The evaluation report (report.get)."""
        raise not_offered(self, "report")

    def application_report(self, section: Section) -> Answer[Report]:
        """The report on the applications (application_report.get)."""
        raise not_offered(self, "application_report")

    def candidates(self, section: Section) -> Answer[Notice]:
        """The candidates' publicity, drafts too for its owner (candidates.get)."""
        raise not_offered(self, "candidates")

    def result(self, section: Section) -> Answer[Notice]:
        """The result notice, drafts too for its owner (result.get)."""
        raise not_offered(self, "result")

    def award(self, section: Section) -> Answer[Award]:
        """The decision (award.get)."""
        raise not_offered(self, "award")

    def award_notices(self, section: Section) -> Answer[AwardNotice]:
        """Award and result notices, submitted ones too for their owner (award_notice.get)."""
        raise not_offered(self, "award_notices")

    def award_report(self, section: Section) -> Answer[Record]:
        """The report to the supervision (award_report.get)."""
        raise not_offered(self, "award_report")

    def contract(self, section: Section) -> Answer[Contract]:
        """The contract (contract.get)."""
        raise not_offered(self, "contract")

    def objections(self, section: Section) -> Answer[tuple[Objection, ...]]:
        """Objections (objection.list)."""
        raise not_offered(self, "objections")

    def objection(self, objection: Objection) -> Answer[Objection]:
        """One objection (objection.get)."""
        raise not_offered(self, "objection")

    def anomalies(self, section: Section) -> Answer[tuple[Anomaly, ...]]:
        """What went otherwise than planned (anomaly.list)."""
        raise not_offered(self, "anomalies")

    def alerts(self, section: Section) -> Answer[tuple[Alert, ...]]:
        """What is due or overdue (alert.list)."""
        raise not_offered(self, "alerts")

    def fees(self, section: Section) -> Answer[tuple[Fee, ...]]:
        """Fees of a section (fee.list)."""
        raise not_offered(self, "fees")

    def archive(self, section: Section) -> Answer[Archive]:
        """The archive of a section (archive.get)."""
        raise not_offered(self, "archive")

    def archived(self, archive: Archive, number: int) -> Answer[File]:
        """One archived file (archive.entry)."""
        raise not_offered(self, "archived")

    def draw(self, section: Section, draw_id: str) -> Answer[Draw]:
        """What is known of a drawing of experts."""
        raise not_offered(self, "draw")
