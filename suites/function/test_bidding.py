"""Delivering bids: in time, sealed, against a receipt; changed and withdrawn until the deadline, and not a second longer (投标)."""

from typing import Literal

import pytest

from tenderproof.testing import HOUR, SECOND, Clock, Identities, Public, Stories, clause, papers, signatures

_MALFORMED = {"code_invalid", "invalid_content"}


@clause("EB-27-3", "LAW-TL-28", "A-91", "A-92")
def test_a_bid_is_taken_until_the_deadline_and_refused_from_it_on(stories: Stories, clock: Clock) -> None:
    """One second before the deadline a bid is taken; at the deadline it is refused, the bidder is told why, and nothing is kept of it."""
    tender = stories.bidding(bidders=2)
    early, late = tender.bidders
    in_time, too_late = early.sealed_bid(tender.section), late.sealed_bid(tender.section)

    clock.move_before(tender, tender.bid_deadline)
    taken = early.deliver(in_time)
    clock.move_to(tender, tender.bid_deadline)
    at_the_deadline = late.deliver(too_late)
    clock.move_past(tender, tender.bid_deadline)
    after_it = late.deliver(too_late)

    assert taken.accepted
    assert at_the_deadline.refused_because == "deadline_passed"
    assert after_it.refused_because == "deadline_passed"
    assert late.bids_for(tender.section).value == ()
    assert [bid.bid_id for bid in early.bids_for(tender.section).value] == [taken.value.bid_id]


@clause("EB-27-4", "A-101")
def test_a_receipt_comes_at_once_and_names_just_what_was_delivered(stories: Stories, clock: Clock, public: Public) -> None:
    """The answer to a delivery is the receipt: time, bidder, section and digest of the very file, signed by the platform."""
    tender = stories.bidding(bidders=1)
    (bidder,) = tender.bidders
    now = clock.now(tender)
    bid = bidder.sealed_bid(tender.section)
    receipt = bidder.deliver(bid).value

    signature = signatures.holds(receipt.raw, public.platform().value.trust_anchors)
    assert signature is not None, "the receipt's signature does not hold over the receipt"
    assert signature.authority, "the receipt is not signed under a published authority"
    assert receipt.digest == bid.digest
    assert receipt.bidder_name == bidder.identity.name
    assert receipt.section_code == tender.section.code
    assert 0 <= (receipt.received_at - now).total_seconds() < 60
    assert [kept.digest for kept in bidder.bids_for(tender.section).value] == [bid.digest]


@clause("EB-27-1", "A-99")
def test_a_bid_can_be_changed_until_the_deadline_and_the_latest_counts(stories: Stories, clock: Clock) -> None:
    """A second delivery replaces the first, against a receipt of its own; at the deadline nothing can be changed."""
    tender = stories.sealed(bidders=3)
    bidder, before = tender.bids[0].bidder, tender.bids[0].receipt
    second, third = (bidder.sealed_bid(tender.section, {"price": price}) for price in ("7900000.00", "7000000.00"))
    stories.attend(tender)

    clock.move_before(tender, tender.bid_deadline)
    changed = bidder.deliver(second)
    clock.move_to(tender, tender.bid_deadline)
    too_late = bidder.deliver(third)

    assert changed.accepted
    assert changed.value.version == before.version + 1
    assert changed.value.digest == second.digest
    assert too_late.refused_because == "deadline_passed"
    opened = [bid.bid_id for bid in tender.owner.open_bids(tender.section).value.bids]
    assert len(opened) == 3
    assert opened.count(changed.value.bid_id) == 1
    assert bidder.release_key(second, changed.value).accepted


@clause("EB-27-1", "A-99")
def test_a_bid_can_be_withdrawn_until_the_deadline_and_then_stays(stories: Stories, clock: Clock) -> None:
    """Withdrawal needs nobody's consent, leaves a receipt and takes the bid out of the opening; at the deadline it is refused."""
    tender = stories.sealed(bidders=4)
    leaving, staying = tender.bids[0], tender.bids[1]
    stories.attend(tender)

    clock.move_before(tender, tender.bid_deadline)
    left = leaving.bidder.withdraw(leaving.receipt)
    clock.move_to(tender, tender.bid_deadline)
    too_late = staying.bidder.withdraw(staying.receipt)

    assert left.accepted
    assert left.value.kind == "withdrawal"
    assert too_late.refused_because == "deadline_passed"
    opened = {bid.bid_id for bid in tender.owner.open_bids(tender.section).value.bids}
    assert opened == {bid.id for bid in tender.bids[1:]}


@clause("EB-27-2", "A-93")
def test_a_bid_whose_transmission_is_not_complete_at_the_deadline_is_none(stories: Stories, clock: Clock) -> None:
    """An upload begun in time and completed in time is a bid; one that is under way at the deadline is refused and counts as withdrawn."""
    tender = stories.bidding(bidders=2)
    quick, slow = tender.bidders
    whole, cut = quick.sealed_bid(tender.section), slow.sealed_bid(tender.section)
    octets = whole.octets, cut.octets

    clock.move_before(tender, tender.bid_deadline)
    first = quick.start_upload(tender.section, len(octets[0]), whole.digest).value
    quick.upload_part(first, 1, octets[0]).require()
    in_time = quick.complete_upload(first, whole)
    second = slow.start_upload(tender.section, len(octets[1]), cut.digest).value
    slow.upload_part(second, 1, octets[1][:1000]).require()
    clock.move_to(tender, tender.bid_deadline)
    rest = slow.upload_part(second, 2, octets[1][1000:])
    too_late = slow.complete_upload(second, cut)

    assert in_time.accepted
    assert rest.refused_because == "deadline_passed"
    assert too_late.refused_because == "deadline_passed"
    assert {bid.state for bid in slow.bids_for(tender.section).value} == {"incomplete"}


@clause("EB-26-1", "A-90", "A-95")
def test_a_bid_made_offline_can_be_sealed_as_a_whole_or_in_segments(stories: Stories) -> None:
    """Both ways of sealing are taken where the documents ask for them, and what comes out at the opening is what was sealed."""
    for encryption in ("whole", "segmented"):
        trial = stories.bidding(encryption=encryption, bidders=1)
        assert trial.bidders[0].deliver(trial.bidders[0].sealed_bid(trial.section)).accepted, f"a bid sealed {encryption} is not taken"
        tender = stories.opened(encryption=encryption, bidders=3)
        announced = {bid.bidder_name: bid.price for bid in tender.opening.announcement}

        assert announced == {bid.bidder.identity.name: tender.price_of(number) for number, bid in enumerate(tender.bids)}


@clause("LAW-RG-36")
def test_what_was_refused_is_not_kept_and_what_was_taken_is_recorded_with_its_seal(stories: Stories, clock: Clock) -> None:
    """Late and unsealed bids leave nothing behind; of a good one the time of arrival and the state of its seal are recorded."""
    tender = stories.bidding(bidders=3)
    good, unsealed, late = tender.bidders
    taken = good.deliver(good.sealed_bid(tender.section)).value
    plain = unsealed.deliver(unsealed.sealed_bid(tender.section).with_envelope({"segments": [{"name": "bid", "jwe": "plain text"}]}))
    clock.move_past(tender, tender.bid_deadline)
    too_late = late.deliver(late.sealed_bid(tender.section))

    assert plain.refused
    assert too_late.refused_because == "deadline_passed"
    assert unsealed.bids_for(tender.section).value == late.bids_for(tender.section).value == ()
    assert taken.sealed is True
    (kept,) = good.bids_for(tender.section).value
    assert (kept.received_at, kept.state) == (taken.received_at, "sealed")


@clause("A-94")
@pytest.mark.parametrize("kind", ["bid", "application"])
def test_a_bid_that_names_its_members_by_malformed_codes_is_not_taken(
    stories: Stories, identities: Identities, kind: Literal["bid", "application"]
) -> None:
    """A code too short, or with a wrong check character, is refused and nothing is kept; with right ones the bid is taken."""
    tender = stories.bidding(bidders=1) if kind == "bid" else stories.prequalifying(bidders=1)
    (bidder,) = tender.bidders
    paper = papers.bid(tender) if kind == "bid" else papers.application(tender)
    sealed, right = bidder.sealed_bid(tender.section, paper, kind=kind), identities.code()
    refusals = [bidder.deliver(sealed, consortium=[right, wrong]).refused_because for wrong in (right[:-1], identities.wrong_code())]
    after = bidder.bids_for(tender.section, kind).value
    taken = bidder.deliver(sealed, consortium=[right])

    assert [why for why in refusals if why not in _MALFORMED] == []
    assert after == ()
    assert taken.accepted
    assert [kept.bid_id for kept in bidder.bids_for(tender.section, kind).value] == [taken.value.bid_id]


@clause("A-97")
@pytest.mark.parametrize("way", ["whole", "in parts"])
def test_the_deadline_is_decided_by_the_platforms_time_whatever_the_bidder_says(stories: Stories, clock: Clock, way: str) -> None:
    """In time and said to be late a bid is taken, as of the platform's time; late and said to be in time it is refused."""
    tender = stories.bidding(bidders=2)
    early, late = (
        (bidder.claiming(tender.bid_deadline + shift), bidder.sealed_bid(tender.section))
        for bidder, shift in zip(tender.bidders, (HOUR, -HOUR), strict=True)
    )
    clock.move_before(tender, tender.bid_deadline, HOUR / 2)
    now = clock.now(tender)
    upload = early[0].start_upload(tender.section, len(early[1].octets), early[1].digest) if way == "in parts" else None
    assert upload is None or upload.accepted
    if upload is not None:
        early[0].upload_part(upload.value, 1, early[1].octets).require()
    taken = early[0].complete_upload(upload.value, early[1]) if upload is not None else early[0].deliver(early[1])
    clock.move_past(tender, tender.bid_deadline, HOUR / 2)
    begun = late[0].start_upload(tender.section, len(late[1].octets), late[1].digest) if upload is not None else None
    refused = begun if begun is not None else late[0].deliver(late[1])

    assert taken.accepted
    assert abs(taken.value.received_at - now) <= SECOND
    assert refused.refused_because == "deadline_passed"
