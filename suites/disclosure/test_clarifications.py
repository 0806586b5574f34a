"""Clarifications and changes are announced prominently, and reach everybody who obtained the document (澄清与修改的公告和通知)."""

import pytest

from tenderproof.testing import Public, Stories, clause, papers


@clause("A-84", "EB-22-1")
@clause("B-013", "LAW-TL-23")
@pytest.mark.parametrize("kind", ["tender", "prequalification"])
def test_a_clarification_is_announced_to_all_and_sent_to_everybody_who_obtained_the_document(
    stories: Stories, public: Public, kind: str
) -> None:
    """Whoever obtained the document, and nobody else, is notified, asked or not; the public reads it, and nobody is named."""
    tender = stories.bidding(bidders=3) if kind == "tender" else stories.prequalifying(bidders=3)
    other = stories.bidders(4)[3]
    question = tender.bidders[1].ask(tender.section, "道路结构层厚度是多少？", kind).value
    answer = papers.clarification("结构层厚度见图纸。").but(about=kind, answers=[question.id])
    issued = tender.owner.clarify(tender.section, answer).value
    told = {
        bidder.identity.name: [m for m in bidder.messages(tender.section).value if m.object == issued.id]
        for bidder in (*tender.bidders, other)
    }
    listed = {found.id: found for found in public.clarifications(tender.section).value}
    recorded = [found.get("id") for found in public.published_section(tender.section).value.clarifications]

    assert [name for name, messages in told.items() if messages] == [bidder.identity.name for bidder in tender.bidders]
    assert issued.id in listed
    assert issued.id in recorded
    assert listed[issued.id].prominent is True
    assert listed[issued.id].text == "结构层厚度见图纸。"
    seen = {name: str([m.raw for m in messages]) for name, messages in told.items()} | {"": str(listed[issued.id].raw)}
    assert not [name for name in told for who, words in seen.items() if who != name and name in words]
