from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tenderproof.testing import (
    Clarification,
    ClarificationDraft,
    Content,
    Document,
    InvitationDraft,
    Notice,
    Project,
    Section,
    TenderProject,
)

SECTION, TENDER_PROJECT = Section({"id": "s"}), TenderProject({"id": "t"})


@pytest.mark.parametrize(
    ("call", "method", "path", "body"),
    [
        (lambda person: person.create_project(Content(name="x")), "POST", "/projects", {"name": "x"}),
        (lambda person: person.submit_project(Project({"id": "p"})), "POST", "/projects/p/submission", {}),
        (
            lambda person: person.create_tender_project(Project({"id": "p"}), Content(mode="open")),
            "POST",
            "/projects/p/tender-projects",
            {"mode": "open"},
        ),
        (
            lambda person: person.set_team(TENDER_PROJECT, [{"name": "a", "duty": "b"}]),
            "PUT",
            "/tender-projects/t/team",
            {"members": [{"name": "a", "duty": "b"}]},
        ),
        (
            lambda person: person.create_section(TENDER_PROJECT, Content(estimate=Decimal(5))),
            "POST",
            "/tender-projects/t/sections",
            {"estimate": "5.00"},
        ),
        (
            lambda person: person.set_base_price(SECTION, Decimal("9.5")),
            "PUT",
            "/sections/s/base-price",
            {"price": "9.50", "act": "section.base_price", "object": "s"},
        ),
        (
            lambda person: person.draft_notice(TENDER_PROJECT, Content(type="tender")),
            "POST",
            "/tender-projects/t/notices",
            {"type": "tender"},
        ),
        (
            lambda person: person.submit_notice(Notice({"id": "n", "content_sha256": "ab"})),
            "POST",
            "/notices/n/submission",
            {"content_sha256": "ab", "act": "notice.submit", "object": "n"},
        ),
        (
            lambda person: person.submit_notice(Notice({"id": "n"})),
            "POST",
            "/notices/n/submission",
            {"act": "notice.submit", "object": "n"},
        ),
        (
            lambda person: person.draft_invitation(SECTION, Content(bidder_ids=["b"])),
            "POST",
            "/sections/s/invitation-drafts",
            {"bidder_ids": ["b"]},
        ),
        (
            lambda person: person.change_invitation(InvitationDraft({"id": "i"}), {"bidder_ids": ["b"]}),
            "PATCH",
            "/invitation-drafts/i",
            {"bidder_ids": ["b"]},
        ),
        (
            lambda person: person.submit_invitation(InvitationDraft({"id": "i", "content_sha256": "ab"})),
            "POST",
            "/invitation-drafts/i/submission",
            {"content_sha256": "ab", "act": "invitation.submit", "object": "i"},
        ),
        (
            lambda person: person.change_clarification(ClarificationDraft({"id": "c"}), {"text": "x"}),
            "PATCH",
            "/clarification-drafts/c",
            {"text": "x"},
        ),
        (
            lambda person: person.issue_clarification(ClarificationDraft({"id": "c", "content_sha256": "ab"})),
            "POST",
            "/clarification-drafts/c/issue",
            {"content_sha256": "ab", "act": "clarification.issue_draft", "object": "c"},
        ),
        (
            lambda person: person.announce(TENDER_PROJECT, Content(type="tender")),
            "POST",
            "/notices/x/submission",
            {"act": "notice.submit", "object": "x"},
        ),
        (
            lambda person: person.review_notice(Notice({"id": "n"}), "rejected", "r"),
            "POST",
            "/notices/n/review",
            {"outcome": "rejected", "remark": "r"},
        ),
        (lambda person: person.draft_document(SECTION, Content(kind="tender")), "POST", "/sections/s/documents", {"kind": "tender"}),
        (
            lambda person: person.publish_document(Document({"id": "d", "sha256": "ab"})),
            "POST",
            "/documents/d/publication",
            {"sha256": "ab", "act": "document.publish", "object": "d"},
        ),
        (lambda person: person.download(Document({"id": "d"})), "GET", "/documents/d/content", {}),
        (lambda person: person.ask(SECTION, "问"), "POST", "/sections/s/questions", {"about": "tender", "text": "问"}),
        (
            lambda person: person.clarify(SECTION, Content(text="答")),
            "POST",
            "/sections/s/clarifications",
            {"text": "答", "act": "clarification.issue", "object": "s"},
        ),
        (
            lambda person: person.confirm_clarification(Clarification({"id": "c"})),
            "POST",
            "/clarifications/c/receipts",
            {"act": "clarification.receipt", "object": "c"},
        ),
    ],
)
def test_a_tender_is_prepared_where_the_contract_says(
    asked: Any, call: Callable[[Any], Any], method: str, path: str, body: dict[str, Any]
) -> None:
    assert asked(call) == (method, path, body)


def test_an_announcement_that_is_refused_as_a_draft_is_not_submitted(person: Any, wire: Any) -> None:
    wire.answers = lambda _: (422, {"code": "content_incomplete"})

    assert person.announce(TENDER_PROJECT, Content()).refused_because == "content_incomplete"
    assert wire.last.url.endswith("/notices")


def test_invitations_come_as_a_list(person: Any, wire: Any) -> None:
    wire.answers = lambda _: (201, {"items": [{"id": "i", "section_id": "s"}], "next": None})

    assert [sent.id for sent in person.invite(SECTION, Content()).value] == ["i"]
    assert wire.sent["act"] == "invitation.send"
    assert [sent.id for sent in person.draw_invitees(SECTION, Content()).value] == ["i"]
    assert wire.last.url.endswith("/invitations/draw")
