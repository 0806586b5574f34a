"""The opening of bids: enough bidders, every bid, each decrypted in its time, failures with their cause, a record for all (开标)."""

from datetime import timedelta

from tenderproof.testing import Clock, Plan, Public, Stories, clause, signatures

_WRONG_KEY = ({"segment": "bid", "layer": "bidder", "cek": "A" * 43},)


@clause("LAW-TL-28", "B-018", "B-033", "A-109")
def test_a_first_tender_with_fewer_than_three_bids_is_not_opened(stories: Stories, clock: Clock, plan: Plan) -> None:
    """With one bid too few nothing is opened, nobody's seal is broken and a new tender is offered; with just enough the opening begins."""
    enough = plan.whole("bidders_min")
    few, just = stories.sealed(bidders=enough - 1), stories.sealed(bidders=enough)
    for tender in (few, just):
        stories.attend(tender)
        clock.move_to(tender, tender.bid_deadline)
    too_few = few.owner.open_bids(few.section)
    opened = just.owner.open_bids(just.section)

    assert too_few.refused_because == "too_few_bids"
    assert {bid.state for bid in few.bids[0].bidder.bids_for(few.section).value} == {"sealed"}
    assert few.bids[0].bidder.release_key(few.bids[0].sealed, few.bids[0].receipt).refused
    assert few.owner.retender(few.section).accepted
    assert opened.accepted
    assert len(opened.value.bids) == enough


@clause("A-109", "B-033")
def test_a_first_tender_to_which_fewer_than_three_sign_in_is_not_opened(stories: Stories, clock: Clock, plan: Plan) -> None:
    """Where bidders decrypt, those who have signed in count: with one too few present the opening is refused, with enough it begins."""
    enough = plan.whole("bidders_min")
    few, just = stories.sealed(bidders=enough), stories.sealed(bidders=enough)
    for tender, present in ((few, few.bids[1:]), (just, just.bids)):
        clock.move_before(tender, tender.bid_deadline, by=timedelta(minutes=10))
        for bid in present:
            bid.bidder.sign_attendance(tender.section).require()
        clock.move_to(tender, tender.bid_deadline)

    assert few.owner.open_bids(few.section).refused_because == "too_few_bids"
    assert just.owner.open_bids(just.section).accepted


@clause("EB-30-1", "A-100", "A-108")
def test_every_bid_that_has_a_receipt_is_extracted_in_the_order_of_arrival(stories: Stories) -> None:
    """The platform itself takes out all valid bids, with the time of their arrival and still sealed; nobody leaves one out."""
    tender = stories.opening(bidders=4)
    shown = tender.opening.bids

    assert {bid.bid_id: bid.received_at for bid in shown} == {bid.id: bid.receipt.received_at for bid in tender.bids}
    assert [bid.received_at for bid in shown] == sorted(bid.received_at for bid in shown)
    assert {bid.state for bid in shown} == {"sealed"}
    assert {bid.bidder_name for bid in shown} == {bid.bidder.identity.name for bid in tender.bids}


@clause("A-106")
def test_only_who_has_delivered_a_bid_signs_in_to_the_opening(stories: Stories, clock: Clock) -> None:
    """A bidder with a bid signs in; one who only obtained the documents is refused; the opening shows who has signed in alone."""
    tender = stories.bidding(bidders=4)
    onlooker = stories.bidder()
    onlooker.download(tender.document).require()
    stories.sealed(tender)
    *present, absent = tender.bids
    clock.move_before(tender, tender.bid_deadline, by=timedelta(minutes=10))
    answers = [bid.bidder.sign_attendance(tender.section) for bid in present]
    uninvited = onlooker.sign_attendance(tender.section)
    clock.move_to(tender, tender.bid_deadline)
    shown = {bid.bid_id: bid for bid in tender.owner.open_bids(tender.section).value.bids}

    assert [answer for answer in answers if answer.refused] == []
    assert uninvited.refused
    assert [bid.id for bid in present if not shown[bid.id].says("attended_at")] == []
    assert not shown[absent.id].says("attended_at")


@clause("A-110")
def test_after_the_time_for_decryption_no_bid_is_decrypted(stories: Stories, clock: Clock) -> None:
    """Until the last second of the stated time a key is taken, at its end no more; the time shown is the documents' own."""
    tender = stories.opening(bidders=3, decryption_minutes=30)
    ends = tender.opening.decrypt_until
    clock.move_before(tender, ends)
    in_time = tender.bids[0].bidder.release_key(tender.bids[0].sealed, tender.bids[0].receipt)
    clock.move_to(tender, ends)
    too_late = tender.bids[1].bidder.release_key(tender.bids[1].sealed, tender.bids[1].receipt)

    assert ends - tender.opening.started_at == timedelta(minutes=30)
    assert in_time.accepted
    assert too_late.refused_because == "decryption_closed"
    states = {bid.bid_id: bid.state for bid in tender.owner.opening(tender.section).value.bids}
    assert states[tender.bids[0].id] == "decrypted"
    assert states[tender.bids[1].id] != "decrypted"


@clause("B-019", "A-111")
def test_a_bid_is_decrypted_in_the_way_that_the_documents_name(stories: Stories, clock: Clock) -> None:
    """Where bidder and tenderee decrypt together neither suffices alone; a wrong key is refused and the right one still works."""
    alone = stories.opening(bidders=3)
    first = alone.bids[0]
    refused = first.bidder.release_key(first.sealed, first.receipt, keys=_WRONG_KEY)
    accepted = first.bidder.release_key(first.sealed, first.receipt)
    now = clock.now(alone)

    together = stories.opening(bidders=3, decryption_mode="tenderee_and_bidder")
    bid = together.bids[0]
    bid.bidder.release_key(bid.sealed, bid.receipt).require()
    half = {b.bid_id: b.state for b in together.owner.opening(together.section).value.bids}.get(bid.id)
    assert half not in {"decrypted", "decryption_failed"}
    together.tenderee.release_tenderee_key(bid.sealed, bid.receipt).require()
    whole = {b.bid_id: b.state for b in together.owner.opening(together.section).value.bids}.get(bid.id)

    assert refused.refused_because == "key_wrong"
    assert accepted.accepted
    shown = [b for b in alone.owner.opening(alone.section).value.bids if b.bid_id == first.id]
    assert [(b.state, b.decrypted_at) for b in shown] == [("decrypted", now)]
    assert whole == "decrypted"


@clause("EB-31-1", "A-112")
def test_a_failed_decryption_is_booked_to_whom_it_belongs(stories: Stories) -> None:
    """A failure by the bidder's cause counts as revocation, by another cause as withdrawal; reason and remedy are on record."""
    tender = stories.opening(bidders=4)
    by_bidder, by_other, *others = tender.bids
    by_bidder.bidder.release_key(by_bidder.sealed, by_bidder.receipt, keys=_WRONG_KEY)
    tender.owner.declare_decryption_failed(by_bidder.receipt, "bidder", "投标人未携带解密证书", "限时重试一次").require()
    tender.owner.declare_decryption_failed(by_other.receipt, "other", "平台解密组件故障", "由平台核查").require()
    for bid in others:
        stories.decrypt(tender, bid)
    tender.owner.complete_opening(tender.section).require()
    record = tender.owner.confirm_opening_record(tender.section).value
    states = {entry["bid_id"]: entry["state"] for entry in record.bids}

    assert states.get(by_bidder.id) == "revoked"
    assert states.get(by_other.id) == "withdrawn_by_other_cause"
    assert all("投标人未携带解密证书" in str(entry) for entry in record.bids if entry["bid_id"] == by_bidder.id)
    assert all("平台解密组件故障" in str(entry) for entry in record.bids if entry["bid_id"] == by_other.id)


@clause("EB-31-2", "A-113")
def test_one_bid_that_cannot_be_decrypted_does_not_hold_up_the_others(stories: Stories, clock: Clock) -> None:
    """When the time is over the opening goes on with the decrypted bids; what was not decrypted is not read out."""
    tender = stories.opening(bidders=4)
    silent, *others = tender.bids
    for bid in others:
        stories.decrypt(tender, bid)
    early = tender.owner.complete_opening(tender.section)
    clock.move_to(tender, tender.opening.decrypt_until)
    completed = tender.owner.complete_opening(tender.section)

    assert early.refused_because == "decryption_running"
    assert completed.accepted
    announced = {bid.bid_id: bid for bid in completed.value.announcement}
    prices = {bid.id: tender.price_of(number) for number, bid in enumerate(tender.bids) if bid is not silent}
    assert {ident: bid.price for ident, bid in announced.items() if ident in prices} == prices
    assert silent.id not in announced or not announced[silent.id].says("price")


@clause("EB-32-1", "A-114")
def test_the_opening_record_is_confirmed_published_and_stays_as_it_is(stories: Stories, public: Public) -> None:
    """The record holds every bid; bidders and owner confirm it with their signatures; the public reads the same, signed by the platform."""
    tender = stories.opened(bidders=3)
    bid = tender.bids[0]
    confirmed = bid.bidder.confirm_opening_record(tender.section, opinion="无异议")
    published = public.published_opening_record(tender.section).value

    assert confirmed.accepted
    assert {entry["bidder_name"] for entry in published.bids} == {b.bidder.identity.name for b in tender.bids}
    assert {entry["bid_id"]: str(entry["price"]) for entry in published.bids} == {
        b.id: f"{tender.price_of(number):.2f}" for number, b in enumerate(tender.bids)
    }
    signature = signatures.holds(published.raw, public.platform().value.trust_anchors)
    assert signature is not None, "the published record's signature does not hold"
    assert signature.authority
    assert {signing["party"]["name"] for signing in published.signed_by} >= {tender.owner.identity.name, bid.bidder.identity.name}


@clause("A-114", "EB-32-1")
def test_the_opening_record_is_published_only_when_it_is_confirmed(stories: Stories, public: Public) -> None:
    """Before the owner has signed, the public finds no record; afterwards it does."""
    tender = stories.opening(bidders=3)
    for bid in tender.bids:
        stories.decrypt(tender, bid)
    tender.owner.complete_opening(tender.section).require()
    before = public.published_opening_record(tender.section)
    unsigned = tender.owner.signing_as(None).confirm_opening_record(tender.section)
    tender.bids[0].bidder.confirm_opening_record(tender.section).require()
    between = public.published_opening_record(tender.section)
    tender.owner.confirm_opening_record(tender.section).require()

    assert before.refused
    assert unsigned.refused_because == "signature_missing"
    assert between.refused
    assert public.published_opening_record(tender.section).accepted
