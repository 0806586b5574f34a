"""Tools of any maker: who follows the published standard is let in, whatever tool made the bid (接口技术中立)."""

from tenderproof.testing import Bid, Chance, Stories, clause, papers


@clause("EB-8-3")
def test_bids_are_taken_opened_and_judged_whichever_tool_made_them(stories: Stories, chance: Chance) -> None:
    """Three bids by the published standard, from a tool like any other and from two that nobody has heard of, come equally far."""
    tender = stories.bidding(bidders=3)
    unheard = [
        {"name": f"检测工具{chance.token(6)}", "version": version, "maker": f"检测软件{chance.token(4)}"} for version in ("0.1", "7")
    ]
    asked = [papers.bid(tender, 0), *(papers.bid(tender, number).but(tool=tool) for number, tool in enumerate(unheard, start=1))]
    sealed = [bidder.sealed_bid(tender.section, content) for bidder, content in zip(tender.bidders, asked, strict=True)]
    taken = [bidder.deliver(bid) for bidder, bid in zip(tender.bidders, sealed, strict=True)]

    assert [answer.refused_because for answer in taken] == [None, None, None]
    for bidder, bid, answer in zip(tender.bidders, sealed, taken, strict=True):
        tender.bids.append(Bid(bidder, bid, answer.value))
    tender.stage = "sealed"
    stories.opening(tender)
    keys = [bid.bidder.release_key(bid.sealed, bid.receipt) for bid in tender.bids]
    assert [answer.refused_because for answer in keys] == [None, None, None]
    states = {one.bid_id: one.state for one in tender.owner.opening(tender.section).value.bids}
    assert states == dict.fromkeys((bid.id for bid in tender.bids), "decrypted")
    announced = {one.bid_id: one.price for one in tender.owner.complete_opening(tender.section).value.announcement}
    assert announced == {bid.id: tender.price_of(number) for number, bid in enumerate(tender.bids)}
    tender.owner.confirm_opening_record(tender.section).require()
    tender.stage = "opened"
    stories.evaluating(tender)
    assert {shown.bid_id for shown in tender.experts[0].bids_under_evaluation(tender.section).value} == set(announced)
