"""The audit trail and the supervision channel (contract 5.12, 5.13)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tenderproof.drivers.contract.caller import Caller, nothing, segment
from tenderproof.testing.answers import Answer, Record
from tenderproof.testing.records import AuditEntry, Complaint, Event, Indicator, InterfaceState, Order, Section, Tally


class Supervision(Caller):
    """What auditors and supervisors see and order."""

    def audit_entries(self, **filters: str) -> Answer[tuple[AuditEntry, ...]]:
        """Entries of the audit trail: ``object``, ``since``, ``actor`` (activity.list)."""
        return self.listed("/audit/entries", AuditEntry, filters)

    def audit_statistics(self, **filters: str) -> Answer[tuple[Tally, ...]]:
        """How many entries there are, by day, person, kind and result; of those that the same filters list (activity.statistics)."""
        return self.listed("/audit/statistics", Tally, filters)

    def verify_audit(self) -> Answer[Record]:
        """Whether the chain holds (audit.verify)."""
        return self.get("/audit/verification", Record.read)

    def change_audit_entry(self, entry: AuditEntry, changes: Mapping[str, Any]) -> Answer[Record]:
        """Try to change an entry; the contract has no such operation."""
        return self.send("PATCH", _entry(entry), Record.read, changes)

    def delete_audit_entry(self, entry: AuditEntry) -> Answer[None]:
        """Try to delete an entry; the contract has no such operation."""
        return self.send("DELETE", _entry(entry), nothing)

    def interface_states(self) -> Answer[tuple[InterfaceState, ...]]:
        """How the interfaces do (interface_state.list)."""
        return self.listed("/interface-states", InterfaceState)

    def supervision_events(self, since: datetime | None = None) -> Answer[tuple[Event, ...]]:
        """What went to the supervision (supervision.events)."""
        return self.listed("/supervision/events", Event, {"since": since})

    def supervise(self, section: Section) -> Answer[Record]:
        """All stage data of a section (supervision.section)."""
        return self.get(f"/supervision/sections/{segment(section.id)}", Record.read)

    def indicators(self, section: Section) -> Answer[tuple[Indicator, ...]]:
        """Signs of collusion (supervision.indicators)."""
        return self.listed(f"/supervision/sections/{segment(section.id)}/indicators", Indicator)

    def issue_order(self, section: Section, kind: str, text: str) -> Answer[Order]:
        """§ Order to suspend, resume or rectify (order.issue)."""
        return self.act("order.issue", "", "/supervision/orders", Order.read, {"section_id": section.id, "kind": kind, "text": text})

    def orders(self) -> Answer[tuple[Order, ...]]:
        """Orders and their receipts (order.list)."""
        return self.listed("/supervision/orders", Order)

    def notify_complaint(self, content: Mapping[str, Any]) -> Answer[Complaint]:
        """Notify a complaint to the platform (complaint.notify)."""
        return self.send("POST", "/supervision/complaints", Complaint.read, content)


def _entry(entry: AuditEntry) -> str:
    return f"/audit/entries/{segment(str(entry.get('chain')))}/{entry.get('seq')}"
