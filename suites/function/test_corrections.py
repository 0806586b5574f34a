"""Asking that a notice be corrected, and hearing what became of it (公告的澄清、改正、补充或者调整)."""

from tenderproof.testing import Bidder, Correction, Stories, Tender, clause


def heard(bidder: Bidder, tender: Tender, correction: Correction) -> bool:
    """Whether the platform has told a bidder something about its request."""
    return correction.id in {message.object for message in bidder.messages(tender.section).value if message.get("object")}


@clause("NOT-16-1")
def test_who_asks_for_a_correction_hears_what_became_of_it(stories: Stories) -> None:
    """Two ask, the owner hears both and answers one: the outcome is recorded and comes to who asked; the other request stays open."""
    tender = stories.announced()
    first, second = stories.bidders(2)
    asked = first.request_correction(tender.notice, "资格条件与项目规模不符", "公告第三条")
    other = second.request_correction(tender.notice, "请补充踏勘安排", "公告第二条")
    assert asked.accepted, asked
    assert other.accepted, other
    told = {message.get("object") for message in tender.owner.messages(tender.section).value}
    read = tender.owner.correction(asked.value).value
    handled = tender.owner.handle_correction(asked.value, "采纳", "将发布变更公告")
    seen, waiting = first.correction(asked.value).value, second.correction(other.value).value

    assert {asked.value.id, other.value.id} <= told, "the owner is not told"
    assert (read.text, read.get("reason"), read.state) == ("资格条件与项目规模不符", "公告第三条", "open")
    assert handled.accepted, handled
    assert (seen.state, seen.get("handling.outcome"), seen.get("handling.text")) == ("handled", "采纳", "将发布变更公告")
    assert (waiting.state, waiting.get("handling")) == ("open", None)
    assert (heard(first, tender, asked.value), heard(second, tender, other.value)) == (True, False)
