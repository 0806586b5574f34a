"""Those who keep and watch the platform: verifier, administrator, auditor, supervisor."""
# ruff: noqa: ARG002 - what a driver does not offer takes its arguments all the same

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from tenderproof.testing.actors.person import Person
from tenderproof.testing.actors.public import not_offered
from tenderproof.testing.answers import Answer, Record
from tenderproof.testing.contents import Content
from tenderproof.testing.records import (
    AuditEntry,
    AwardNotice,
    Bond,
    Complaint,
    Contract,
    Entry,
    Event,
    Indicator,
    InterfaceState,
    Notice,
    Order,
    ReceivedRegistration,
    Registration,
    Relation,
    Section,
    Tally,
)


class Verifier(Person):
    """The operator's staff who verify registrations and review notices (平台验证人员)."""

    def registrations(self, **filters: str) -> Answer[tuple[Registration, ...]]:
        """Registrations: ``role``, ``q``, ``state`` (registration.list)."""
        raise not_offered(self, "registrations")

    def registration_of(self, registration: Registration) -> Answer[Registration]:
        """Somebody's registration (registration.get)."""
        raise not_offered(self, "registration_of")

    def verify(self, registration: Registration, outcome: str = "verified", source: str = "", remark: str = "") -> Answer[Registration]:
        """Verify or reject (registration.verify)."""
        raise not_offered(self, "verify")

    def receive_registrations(self, role: str, uscc: str) -> Answer[tuple[ReceivedRegistration, ...]]:
        """Take over what the public service platform tells of an entity, to be confirmed (received_registration.receive)."""
        raise not_offered(self, "receive_registrations")

    def correct_received(self, received: ReceivedRegistration, changes: Mapping[str, Any]) -> Answer[ReceivedRegistration]:
        """Correct what was received (received_registration.edit)."""
        raise not_offered(self, "correct_received")

    def decide_received(self, received: ReceivedRegistration, outcome: str = "confirmed", source: str = "") -> Answer[ReceivedRegistration]:
        """Confirm what was received, or reject it (received_registration.decide)."""
        raise not_offered(self, "decide_received")

    def set_status(self, registration: Registration, status: str, reason: str) -> Answer[Registration]:
        """Suspend or activate (registration.status)."""
        raise not_offered(self, "set_status")

    def review_notice(self, notice: Notice, outcome: str = "approved", remark: str = "") -> Answer[Notice]:
        """Review a notice: it is published, or goes back (notice.review)."""
        raise not_offered(self, "review_notice")

    def review_candidates(self, section: Section, outcome: str = "approved", remark: str = "") -> Answer[Notice]:
        """Review the candidates' publicity (candidates.review)."""
        raise not_offered(self, "review_candidates")

    def review_result(self, section: Section, outcome: str = "approved", remark: str = "") -> Answer[Notice]:
        """Review the result notice (result.review)."""
        raise not_offered(self, "review_result")

    def review_award_notices(self, section: Section, outcome: str = "approved", remark: str = "") -> Answer[AwardNotice]:
        """Verify award and result notices: they go out, or go back (award_notice.review)."""
        raise not_offered(self, "review_award_notices")

    def verify_contract(self, contract: Contract, outcome: str = "confirmed", remark: str = "") -> Answer[Contract]:
        """Confirm a concluded contract (contract.verify)."""
        raise not_offered(self, "verify_contract")

    def add_to_blacklist(self, entry: Content) -> Answer[Entry]:
        """Bar somebody (blacklist.add)."""
        raise not_offered(self, "add_to_blacklist")

    def remove_from_blacklist(self, entry: Entry) -> Answer[None]:
        """Take somebody off the black list (blacklist.remove)."""
        raise not_offered(self, "remove_from_blacklist")

    def add_conduct(self, entry: Content) -> Answer[Entry]:
        """Enter a reward, a penalty or a note on performance (conduct.add)."""
        raise not_offered(self, "add_conduct")

    def change_conduct(self, entry: Entry, changes: Mapping[str, Any]) -> Answer[Entry]:
        """Change such an entry (conduct.edit)."""
        raise not_offered(self, "change_conduct")

    def remove_conduct(self, entry: Entry) -> Answer[None]:
        """Delete such an entry (conduct.remove)."""
        raise not_offered(self, "remove_conduct")

    def confirm_bond(self, bond: Bond, received_at: datetime, amount: Decimal) -> Answer[Bond]:
        """Confirm that a bond arrived (bond.confirm)."""
        raise not_offered(self, "confirm_bond")


class Administrator(Person):
    """Who runs the system (系统管理员)."""

    def registrations(self, **filters: str) -> Answer[tuple[Registration, ...]]:
        """Registrations (registration.list)."""
        raise not_offered(self, "registrations")

    def import_revocation_list(self, crl: str) -> Answer[Record]:
        """Take over an authority's revocation list, PEM (revocation_list.import)."""
        raise not_offered(self, "import_revocation_list")

    def relations(self) -> Answer[tuple[Relation, ...]]:
        """Relations between organisations (relation.list)."""
        raise not_offered(self, "relations")

    def add_relation(self, a: str, b: str, kind: str) -> Answer[Relation]:
        """Record a relation between two organisations, by their codes (relation.add)."""
        raise not_offered(self, "add_relation")

    def interface_states(self) -> Answer[tuple[InterfaceState, ...]]:
        """How the interfaces to other platforms do (interface_state.list)."""
        raise not_offered(self, "interface_states")


class Auditor(Person):
    """Who reads the audit trail (审计管理员)."""

    def audit_entries(self, **filters: str) -> Answer[tuple[AuditEntry, ...]]:
        """Entries of the audit trail: ``object``, ``since``, ``actor`` (activity.list)."""
        raise not_offered(self, "audit_entries")

    def audit_statistics(self, **filters: str) -> Answer[tuple[Tally, ...]]:
        """How many entries there are, by day, person, kind and result; of those that the same filters list (activity.statistics)."""
        raise not_offered(self, "audit_statistics")

    def verify_audit(self) -> Answer[Record]:
        """Whether the chain holds (audit.verify)."""
        raise not_offered(self, "verify_audit")


class Supervisor(Person):
    """Administrative supervision (行政监督人员)."""

    def registrations(self, **filters: str) -> Answer[tuple[Registration, ...]]:
        """Registrations (registration.list)."""
        raise not_offered(self, "registrations")

    def registration_of(self, registration: Registration) -> Answer[Registration]:
        """Somebody's registration (registration.get)."""
        raise not_offered(self, "registration_of")

    def audit_entries(self, **filters: str) -> Answer[tuple[AuditEntry, ...]]:
        """Entries of the audit trail of the own area (activity.list)."""
        raise not_offered(self, "audit_entries")

    def supervision_events(self, since: datetime | None = None) -> Answer[tuple[Event, ...]]:
        """Events as they happen (supervision.events)."""
        raise not_offered(self, "supervision_events")

    def supervise(self, section: Section) -> Answer[Record]:
        """All stage data of a section (supervision.section)."""
        raise not_offered(self, "supervise")

    def indicators(self, section: Section) -> Answer[tuple[Indicator, ...]]:
        """Signs of collusion (supervision.indicators)."""
        raise not_offered(self, "indicators")

    def issue_order(self, section: Section, kind: str, text: str) -> Answer[Order]:
        """§ Order to suspend, resume or rectify (order.issue)."""
        raise not_offered(self, "issue_order")

    def orders(self) -> Answer[tuple[Order, ...]]:
        """Orders and their receipts (order.list)."""
        raise not_offered(self, "orders")

    def notify_complaint(self, content: Mapping[str, Any]) -> Answer[Complaint]:
        """Notify a complaint to the platform (complaint.notify)."""
        raise not_offered(self, "notify_complaint")
