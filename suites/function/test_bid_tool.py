"""The tool with which bids are made: it imports documents and shows what they ask for, keeps drafts, and lays bids out (投标工具)."""

import base64
import json
from typing import Any

from tenderproof.testing import BidTool, Stories, Tender, clause

_FIRST, _SECOND, _NONE = "first", "second", "none"


def imported(tender: Tender) -> dict[str, Any]:
    """The step that imports a tender's document as its owner reads it."""
    octets = tender.owner.download(tender.document).value.octets
    return {"step": "import", "file": "document.json", "base64": base64.b64encode(octets).decode("ascii")}


def asked(found: Any) -> tuple[set[str], str, str]:
    """Of a document, or of what is shown of it: the parts of a bid, for how long it is valid, the amount of its bond."""
    bond = found.get("bond") or {}
    return set(found.get("bid_parts") or ()), str(found.get("bid_validity_days")), str(bond.get("amount"))


@clause("A-87")
def test_an_imported_document_is_kept_and_all_that_it_asks_of_a_bid_is_shown(stories: Stories, bid_tool: BidTool) -> None:
    """Parts, validity and bond are shown as the document has them, when it is imported and when the tool is opened again."""
    workspace, step = bid_tool.workspace(), imported(stories.known("bidding"))
    wanted = asked(json.loads(base64.b64decode(step["base64"])))
    (first,) = bid_tool.do(workspace, step)
    again, unknown = bid_tool.do(
        workspace, {"step": "requirements", "document": first.get("document")}, {"step": "requirements", "document": "0" * 64}
    )

    assert wanted[0]
    assert asked(first.get("requirements") or {}) == wanted
    assert asked(again.get("requirements") or {}) == wanted
    assert unknown.get("code") == "not_found"


@clause("A-88")
def test_a_draft_is_edited_read_and_deleted_and_what_is_deleted_is_never_made_into_a_bid(stories: Stories, bid_tool: BidTool) -> None:
    """Opened again the tool has the draft as it was last edited; a deleted one is not read, not listed and not made; another one is."""
    tender = stories.known("bidding")
    workspace, bidder = bid_tool.workspace(), tender.bidders[0].identity
    (document,) = bid_tool.do(workspace, imported(tender))
    content = {"section_code": tender.section.code, "bidder_name": bidder.name, "quality": "合格"}
    keep = {"step": "save", "document": document.get("document"), "content": content}
    make = {"step": "make", "account": bidder.account, "segments": ["bid"], "recipient": bidder.encryption_certificate, "tenderee": None}
    changed = {**content, "quality": "优良"}
    bid_tool.do(workspace, {**keep, "draft": _FIRST}, {**keep, "draft": _SECOND}, {**keep, "draft": _FIRST, "content": changed})
    edited, _ = bid_tool.do(workspace, {"step": "read", "draft": _FIRST}, {"step": "delete", "draft": _FIRST})
    read, listed, gone, made = bid_tool.do(
        workspace, {"step": "read", "draft": _FIRST}, {"step": "list"}, {**make, "draft": _FIRST}, {**make, "draft": _SECOND}
    )

    assert edited.get("content") == changed
    assert read.get("code") == "not_found"
    assert listed.get("drafts") == [_SECOND]
    assert (gone.get("code"), gone.says("file")) == ("not_found", False)
    assert made.says("file")


@clause("A-89")
def test_a_bid_becomes_a_fixed_layout_that_says_what_the_bid_says(stories: Stories, bid_tool: BidTool) -> None:
    """A draft becomes a PDF or an OFD with all that it says, as it was last edited and nobody else's; what is not there becomes none."""
    tender = stories.known("bidding")
    workspace, bidder = bid_tool.workspace(), tender.bidders[0].identity
    (document,) = bid_tool.do(workspace, imported(tender))
    said = {"section_code": tender.section.code, "bidder_name": bidder.name, "price": "8123456.78", "quality": "初稿目标"}
    edited, others = (
        {**said, "quality": "合格，争创优良", "project_leader": "周桥梁"},
        {**said, "price": "9345678.12", "quality": "达到国标"},
    )
    keep = {"step": "save", "document": document.get("document")}
    bid_tool.do(workspace, *({**keep, "draft": of, "content": content} for of, content in ((_FIRST, said), (_SECOND, others))))
    bid_tool.do(workspace, {**keep, "draft": _FIRST, "content": edited})
    one, other, none = bid_tool.do(workspace, *({"step": "layout", "draft": of} for of in (_FIRST, _SECOND, _NONE)))
    first, second = bid_tool.layout(one), bid_tool.layout(other)
    superseded, foreign = said["quality"], (others["price"], others["quality"])

    assert {first.kind, second.kind} <= {"pdf", "ofd"}
    assert first.lacks(*edited.values()) == []
    assert second.lacks(*others.values()) == []
    assert first.lacks(superseded, *foreign) == [superseded, *foreign]
    assert (none.get("code"), none.says("base64")) == ("not_found", False)
