"""Data messages are enough: no step asks for paper, and where paper differs, data messages prevail (数据电文的效力)."""

from tenderproof.testing import Clock, Identities, Opening, OpeningRecord, Public, Stories, clause

_PAPER_FIRST = ("以纸质文件为准", "以纸质为准", "以书面文件为准")


@clause("EB-2-1", "HN-2.1-06")
def test_a_tender_goes_from_the_bid_to_the_archive_with_data_messages_alone(stories: Stories, clock: Clock) -> None:
    """A delivered bid is complete as it is; opening, record, evaluation, contract and archive wait for no original."""
    tender = stories.bidding(bidders=3)
    delivered = [stories.deliver(tender, bidder, number) for number, bidder in enumerate(tender.bidders)]
    states = {kept.state for bid in delivered for kept in bid.bidder.bids_for(tender.section).value}
    stories.attend(tender)
    clock.move_to(tender, tender.times.opening_at)
    opened = tender.owner.open_bids(tender.section)

    assert states == {"sealed"}
    assert opened.accepted
    assert {bid.bid_id for bid in opened.value.bids} == {bid.id for bid in delivered}
    for bid in delivered:
        stories.decrypt(tender, bid)
    completed = tender.owner.complete_opening(tender.section)
    assert completed.accepted
    confirmed = tender.owner.confirm_opening_record(tender.section)
    assert confirmed.accepted
    tender.made[Opening], tender.made[OpeningRecord], tender.stage = completed.value, confirmed.value, "opened"
    signed = stories.contracted(tender)
    assert signed.tenderee.contract(signed.section).value.state == "signed", "both have signed, and the contract still waits for something"
    archived = signed.owner.make_archive(signed.section)
    assert archived.accepted
    assert archived.value.says("entries", "signature")


@clause("EB-62-1")
def test_what_was_read_from_data_messages_is_not_replaced_by_what_paper_says(stories: Stories, public: Public) -> None:
    """The platform says that data messages prevail; a paper that the owner holds against the record changes nothing that was read out."""
    tender = stories.opening(bidders=3)
    for bid in tender.bids:
        stories.decrypt(tender, bid)
    tender.owner.complete_opening(tender.section).require()
    prices = {bid.id: str(bid.sealed.facts["price"]) for bid in tender.bids}
    name = tender.bids[0].bidder.identity.name
    held_against = tender.owner.confirm_opening_record(tender.section, f"{name}的纸质投标文件报价为1.00元，应以纸质文件为准")
    if held_against.refused:
        tender.owner.confirm_opening_record(tender.section).require()
    record = public.published_opening_record(tender.section).value
    said = str(public.platform().value.get("data_message_precedence.text", ""))

    assert {found["bid_id"]: found["price"] for found in record.bids} == prices
    assert {found.bid_id: f"{found.price:.2f}" for found in tender.owner.opening(tender.section).value.announcement} == prices
    assert "数据电文" in said
    assert not [words for words in _PAPER_FIRST if words in said]


@clause("HN-2.3-13")
def test_registration_asks_for_no_copy_of_what_can_be_had_online(stories: Stories, identities: Identities) -> None:
    """Facts and a certificate are enough to be declared and verified; no copy of a licence is asked for, and none when a fact changes."""
    applicant = stories.applicant(identities.fresh("bidder"))
    submitted = applicant.submit_registration()
    assert submitted.accepted
    stories.verifier().verify(submitted.value, source="国家企业信用信息公示系统")
    assert applicant.registration().value.state == "verified"
    changed = applicant.change_registration({"address": "北京市东城区安定路2号"})
    assert changed.accepted
    assert applicant.submit_registration().accepted
