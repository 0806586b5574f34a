"""Award and result notices: what their sender writes is what winner and losers read (中标通知书、中标结果通知书)."""

from tenderproof.testing import Bidder, Stories, Tender, clause

_WORDS = ("中标结果已确定", "请于三十日内签订合同，履约保证金另行约定。")  # the first are a story's own


def received(bidder: Bidder, tender: Tender) -> list[str]:
    """What a bidder reads in the notices of a tender's award."""
    kinds = {"award_notice", "result_notice"}
    found = [message for message in bidder.messages(tender.section).value if message.get("section_id") == tender.section.id]
    return [str(message.get("notice.text") or message.get("text")) for message in found if message.get("type") in kinds]


@clause("A-172")
def test_what_is_written_into_award_and_result_notices_is_what_winner_and_losers_read(stories: Stories) -> None:
    """Two owners write different words; of each tender winner and losers read just those, and so does who sent them."""
    tenders = [stories.known("awarded"), stories.decided()]
    stories.notify(tenders[1], _WORDS[1])
    kept = [tender.owner.award_notices(tender.section).value.get("notices", []) for tender in tenders]

    for tender, words, notices in zip(tenders, _WORDS, kept, strict=True):
        assert {notice["bidder_name"] for notice in notices} == {bid.bidder.identity.name for bid in tender.bids}
        assert {notice["text"] for notice in notices} == {words}
        assert received(tender.winner.bidder, tender) == [words]
        assert [received(loser.bidder, tender) for loser in tender.losers] == [[words] for _ in tender.losers]


@clause("A-174")
def test_award_and_result_notices_go_out_only_when_they_are_verified(stories: Stories) -> None:
    """Submitted, and turned down, they reach nobody; submitted again and approved they reach everybody, and who verified is on record."""
    tender = stories.decided()
    tender.owner.send_award_notices(tender.section, _WORDS[0]).require()
    waiting = [received(bid.bidder, tender) for bid in tender.bids]
    assert waiting == [[]] * len(tender.bids), "they went out unverified"

    tender.verifier.review_award_notices(tender.section, "rejected", "签约期限有误").require()
    rejected = [received(bid.bidder, tender) for bid in tender.bids]
    stories.notify(tender, _WORDS[1])
    assert rejected == waiting
    assert [received(bid.bidder, tender) for bid in tender.bids] == [[_WORDS[1]]] * len(tender.bids)
    assert tender.verifier.identity.name in str(tender.owner.award_notices(tender.section).value.get("review"))
