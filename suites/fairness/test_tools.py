"""Tools of any maker: who follows the published standard is let in, whatever tool made the bid (接口技术中立)."""

from collections.abc import Callable

import pytest

from tenderproof.testing import Bid, Chance, Public, SealedBid, Stories, Tender, clause, papers

Making = Callable[[Tender, Public, Chance], list[SealedBid]]


def by_tools_that_nobody_has_heard_of(tender: Tender, _: Public, chance: Chance) -> list[SealedBid]:
    """One bid as ever, the others from tools with made-up names and versions."""
    unheard = [
        {"name": f"标书工具{chance.token(6)}", "version": version, "maker": f"通达软件{chance.token(4)}"} for version in ("0.1", "2.7", "7")
    ]
    asked = [papers.bid(tender, 0), *(papers.bid(tender, number).but(tool=tool) for number, tool in enumerate(unheard, start=1))]
    return [bidder.sealed_bid(tender.section, content) for bidder, content in zip(tender.bidders, asked, strict=True)]


def by_a_tool_that_knows_the_standard_alone(tender: Tender, public: Public, _: Chance) -> list[SealedBid]:
    """One bid as ever, the others from a tool that was given the published text, each in another of the forms that it leaves open."""
    platform, interface = public.platform().value, public.interface()
    files = [public.file(str(one.get("url", ""))) for one in platform.get("interface_standards", [])]
    texts = [file.value.octets.decode("utf-8", "replace") for file in files if file.accepted]
    standard = "\n".join([*texts, str(interface.value.get("info.description", "")) if interface.accepted else ""])
    first, *others = tender.bidders
    return [
        first.sealed_bid(tender.section, papers.bid(tender, 0)),
        *(
            bidder.bid_by_another_tool(tender.section, standard, papers.bid(tender, freedom + 1), freedom)
            for freedom, bidder in enumerate(others)
        ),
    ]


@clause("EB-8-3")
@pytest.mark.parametrize("encryption", ["whole", "segmented"])
@pytest.mark.parametrize("made", [by_tools_that_nobody_has_heard_of, by_a_tool_that_knows_the_standard_alone], ids=["named", "independent"])
def test_bids_are_taken_opened_and_judged_whichever_tool_made_them(
    stories: Stories, public: Public, chance: Chance, made: Making, encryption: str
) -> None:
    """Four bids by the published standard, one from a tool like any other, three from others, come equally far."""
    tender = stories.bidding(bidders=4, encryption=encryption)
    sealed = made(tender, public, chance)
    taken = [bidder.deliver(bid) for bidder, bid in zip(tender.bidders, sealed, strict=True)]

    assert [answer.refused_because for answer in taken] == [None] * 4
    for bidder, bid, answer in zip(tender.bidders, sealed, taken, strict=True):
        tender.bids.append(Bid(bidder, bid, answer.value))
    tender.stage = "sealed"
    stories.opening(tender)
    keys = [bid.bidder.release_key(bid.sealed, bid.receipt) for bid in tender.bids]
    assert [answer.refused_because for answer in keys] == [None] * 4
    states = {one.bid_id: one.state for one in tender.owner.opening(tender.section).value.bids}
    assert states == dict.fromkeys((bid.id for bid in tender.bids), "decrypted")
    announced = {one.bid_id: one.price for one in tender.owner.complete_opening(tender.section).value.announcement}
    assert announced == {bid.id: tender.price_of(number) for number, bid in enumerate(tender.bids)}
    tender.owner.confirm_opening_record(tender.section).require()
    tender.stage = "opened"
    stories.evaluating(tender)
    assert {shown.bid_id for shown in tender.experts[0].bids_under_evaluation(tender.section).value} == set(announced)
