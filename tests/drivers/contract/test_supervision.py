from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tenderproof.testing import AuditEntry, Section

SECTION, ENTRY = Section({"id": "s"}), AuditEntry({"chain": "s/sealed", "seq": 7})


@pytest.mark.parametrize(
    ("call", "method", "path", "body"),
    [
        (
            lambda person: person.issue_order(SECTION, "suspend", "令"),
            "POST",
            "/supervision/orders",
            {"section_id": "s", "kind": "suspend", "text": "令", "act": "order.issue", "object": ""},
        ),
        (lambda person: person.supervise(SECTION), "GET", "/supervision/sections/s", {}),
        (lambda person: person.verify_audit(), "GET", "/audit/verification", {}),
        (lambda person: person.delete_audit_entry(ENTRY), "DELETE", "/audit/entries/s%2Fsealed/7", {}),
        (lambda person: person.change_audit_entry(ENTRY, {"outcome": "x"}), "PATCH", "/audit/entries/s%2Fsealed/7", {"outcome": "x"}),
        (lambda person: person.notify_complaint({"section_id": "s"}), "POST", "/supervision/complaints", {"section_id": "s"}),
    ],
)
def test_supervisors_see_and_order_where_the_contract_says(
    asked: Any, call: Callable[[Any], Any], method: str, path: str, body: dict[str, Any]
) -> None:
    assert asked(call) == (method, path, body)


@pytest.mark.usefixtures("listing")
def test_events_are_asked_for_since_an_instant(asked: Any) -> None:
    since = datetime(2026, 12, 1, tzinfo=UTC)

    assert asked(lambda person: person.supervision_events(since))[1] == "/supervision/events?since=2026-12-01T00%3A00%3A00%2B00%3A00"
    assert asked(lambda person: person.supervision_events())[1] == "/supervision/events"
    assert asked(lambda person: person.audit_entries(object="s"))[1] == "/audit/entries?object=s"
    assert asked(lambda person: person.audit_statistics(actor="a"))[1] == "/audit/statistics?actor=a"
    assert asked(lambda person: person.interface_states())[1] == "/interface-states"
    assert asked(lambda person: person.indicators(SECTION))[1] == "/supervision/sections/s/indicators"
