"""The supervision channel: whoever supervises sees every stage at once and by itself, and what it orders is done (监督通道)."""

from tenderproof.testing import Public, Stories, clause, signatures

_STAGES = {
    "notice.review", "document.publish", "bid.submit", "opening.start", "opening.complete", "committee.form", "report.sign",
    "candidates.review", "award.decide", "result.review", "award_notice.send", "contract.sign", "archive.make",
}  # fmt: skip


@clause("EB-52-1")
def test_an_order_to_suspend_stops_the_section_until_it_is_lifted(stories: Stories, public: Public) -> None:
    """While the order stands no bid is taken and everybody sees that the section stands still; lifted, the same bid is taken."""
    tender = stories.bidding(bidders=1)
    supervisor, (bidder,) = stories.supervisor(), tender.bidders
    order = supervisor.issue_order(tender.section, "suspend", "暂停招标活动，配合调查").value
    bid = bidder.sealed_bid(tender.section)
    stopped = bidder.deliver(bid)
    shown = public.published_section(tender.section).value.get("suspended")
    told = [message.get("object") for message in tender.owner.messages(tender.section).value]

    assert stopped.refused_because == "section_suspended"
    assert shown is True
    assert order.id in told, "the owner is not told of the order"
    assert order.id in {found.id for found in supervisor.orders().value}
    receipt = order.get("receipt")
    assert (receipt["order_id"], receipt["section_id"], receipt["suspended"]) == (order.id, tender.section.id, True)
    assert signatures.holds(receipt, public.platform().value.trust_anchors), "nobody has signed that the order was executed"
    supervisor.issue_order(tender.section, "resume", "恢复").require()
    assert bidder.deliver(bid).accepted
    assert public.published_section(tender.section).value.get("suspended") is False


@clause("HN-2.1-12", "EB-7-3")
def test_supervision_reads_every_stage_by_itself_and_nobody_else_does(stories: Stories, public: Public) -> None:
    """Of a finished tender it reads opening, committee, report, award and contract as the parties know them; others read none of it."""
    tender = stories.finished()
    read = stories.supervisor().supervise(tender.section)
    strangers = {
        "a loser": tender.losers[-1].bidder,
        "an agency": stories.agency(),
        "an expert": stories.experts()[0],
        "the public": public,
    }
    let_in = [who for who, one in strangers.items() if one.tries(type(stories.supervisor()).supervise, tender.section).accepted]

    assert read.accepted, "supervision has to ask somebody first"
    seen = read.value
    assert [stage for stage in ("notices", "opening", "committee", "report", "awards", "contract") if not seen.get(stage)] == []
    assert {one["rank"] for one in seen.get("report.candidates")} == set(range(1, len(tender.ranking) + 1))
    assert {member["name"] for member in seen.get("committee.members")} >= {expert.identity.name for expert in tender.experts}
    assert seen.get("contract.id") == tender.contract.id
    assert let_in == []


@clause("EB-7-3")
def test_a_complaint_that_supervision_notifies_is_acknowledged_and_reaches_the_owner(stories: Stories, public: Public) -> None:
    """The platform signs for it under its number, keeps it with the section, and the owner is told."""
    tender = stories.announced()
    supervisor = stories.supervisor()
    sent = {"section_id": tender.section.id, "number": f"TS-{tender.section.id}", "text": "对招标文件的投诉"}
    complaint = supervisor.notify_complaint(sent).value
    receipt = complaint.get("receipt")

    assert receipt, "the complaint is not acknowledged"
    assert receipt["number"] == sent["number"]
    assert signatures.holds(receipt, public.platform().value.trust_anchors)
    assert complaint.id in [found["id"] for found in supervisor.supervise(tender.section).value.get("complaints")]
    assert complaint.id in [message.get("object") for message in tender.owner.messages(tender.section).value]


@clause("EB-48-1")
def test_every_stage_appears_on_the_supervision_channel_as_it_happens(stories: Stories, public: Public) -> None:
    """From the notice to the archive each step is an event; from a moment on only what came later is given."""
    tender = stories.finished()
    middle = public.time().value.now
    late = stories.announced()
    events = stories.supervisor().supervision_events().value
    since = stories.supervisor().supervision_events(since=middle).value
    of_tender = [event for event in events if event.get("section_id") == tender.section.id]

    assert _STAGES - {event.type for event in of_tender} == set()
    assert late.notice.id in {event.get("object") for event in since}
    assert [event.at for event in since if event.at < middle] == []
