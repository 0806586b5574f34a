"""Delivery under trouble: twice, at once, slowly, broken off: nothing is lost, nothing counts twice, receipts are true (投标传输)."""

import json
from collections.abc import Callable, Sequence
from functools import partial

import pytest

from tenderproof.testing import (
    HOUR,
    SECOND,
    Answer,
    Bidder,
    Clock,
    Line,
    Public,
    Receipt,
    Stories,
    Tender,
    clause,
    papers,
    signatures,
)

_CALM = 3  # bidders who have delivered in good time: without them there would be no opening


def calm(stories: Stories, others: int) -> tuple[Tender, Sequence[Bidder]]:
    """A tender in which three bids are there and the day of the deadline has come; the other bidders have not delivered yet."""
    tender = stories.bidding(bidders=_CALM + others)
    for number, bidder in enumerate(tender.bidders[:_CALM]):
        stories.deliver(tender, bidder, number)
    stories.attend(tender)
    return tender, tender.bidders[_CALM:]


def opened(tender: Tender, clock: Clock, present: Sequence[Bidder]) -> list[str]:
    """The bids that are opened after the deadline, but those of the calm, with these bidders present as far as the platform lets them."""
    clock.move_to(tender, tender.times.opening_at)
    for bidder in present:
        bidder.sign_attendance(tender.section)
    told = [bid.bid_id for bid in tender.owner.open_bids(tender.section).value.bids]
    early = {bid.id for bid in tender.bids}
    return [bid_id for bid_id in told if bid_id not in early]


def receipts(*answers: Answer[Receipt] | None) -> list[Receipt]:
    """The receipts among answers."""
    return [answer.value for answer in answers if answer is not None and answer.accepted]


def version(receipt: Receipt) -> int:
    """Which of one bidder's deliveries a receipt is for; the latest counts."""
    return receipt.version


@clause("DS-IDEM-1", "EB-27-4")
@pytest.mark.parametrize("way", ["again", "at once", "another at once"])
def test_of_two_deliveries_of_one_bidder_one_counts_and_each_receipt_is_its_own(
    stories: Stories, clock: Clock, line: Line, way: str
) -> None:
    """Whether a bid comes twice or two come from two machines: who has a receipt has it for what was sent, and one bid is opened."""
    tender, (bidder,) = calm(stories, 1)
    first = bidder.sealed_bid(tender.section, papers.bid(tender))
    second = bidder.sealed_bid(tender.section, {"price": "7100000.00"}) if way == "another at once" else first
    acts: list[Callable[[], Answer[Receipt]]] = [lambda: bidder.deliver(first), lambda: bidder.deliver(second)]
    answers = [act() for act in acts] if way == "again" else line.at_once(*acts)
    given = receipts(*answers)
    kept = {bid.bid_id: bid.digest for bid in bidder.bids_for(tender.section).value}

    assert given, f"neither delivery was accepted: {answers}"
    for answer, bid in zip(answers, (first, second), strict=True):
        assert [receipt.digest for receipt in receipts(answer)] in ([], [bid.digest])
    latest = max(given, key=version)
    assert kept.get(latest.bid_id) == latest.digest
    assert opened(tender, clock, [bidder]) == [latest.bid_id]


@clause("DS-IDEM-1", "EB-27-4")
def test_a_key_is_that_of_one_bidder_and_of_one_delivery(stories: Stories, clock: Clock) -> None:
    """Two bidders under the same key have a receipt and a bid each; repeated, the bid counts once; nothing else is passed off as it."""
    tender, (one, other) = calm(stories, 2)
    bids = [bidder.sealed_bid(tender.section, {"price": price}) for bidder, price in ((one, "7200000.00"), (other, "7300000.00"))]
    changed = one.sealed_bid(tender.section, {"price": "7400000.00"})
    key = bids[0].digest[:32]  # no run before this one has used it
    mine, theirs = one.under_key(key).deliver(bids[0]), other.under_key(key).deliver(bids[1])
    again = one.under_key(key).deliver(bids[0])
    instead = one.under_key(key).deliver(changed)
    clock.move_to(tender, tender.bid_deadline)
    late = one.under_key(key).deliver(bids[0])

    assert mine.accepted
    assert theirs.accepted
    assert (mine.value.digest, theirs.value.digest) == (bids[0].digest, bids[1].digest)
    assert (mine.value.bidder_name, theirs.value.bidder_name) == (one.identity.name, other.identity.name)
    assert [receipt.digest for receipt in receipts(again)] in ([], [bids[0].digest])
    assert [receipt.digest for receipt in receipts(instead)] in ([], [changed.digest])
    assert [receipt.received_at < tender.bid_deadline for receipt in receipts(late)] in ([], [True])
    latest = max(receipts(mine, again, instead), key=version)
    assert sorted(opened(tender, clock, [one, other])) == sorted([latest.bid_id, theirs.value.bid_id])


@clause("DS-IDEM-1", "EB-27-2", "A-93")
def test_a_delivery_that_breaks_off_is_none_and_can_be_made_again(stories: Stories, clock: Clock, line: Line) -> None:
    """Half a bid is no bid, neither at once nor at the deadline; sent again as a whole it is accepted and counts once."""
    tender, (again, gone) = calm(stories, 2)
    bids = [bidder.sealed_bid(tender.section) for bidder in (again, gone)]
    broken = [line.cut(partial(bidder.deliver, bid)) for bidder, bid in zip((again, gone), bids, strict=True)]
    left = [[bid.state for bid in bidder.bids_for(tender.section).value if bid.state != "incomplete"] for bidder in (again, gone)]
    whole = again.deliver(bids[0])

    assert receipts(*broken) == []
    assert left == [[], []]
    assert whole.accepted
    assert whole.value.digest == bids[0].digest
    assert opened(tender, clock, [again, gone]) == [whole.value.bid_id]


@clause("EB-27-2", "A-93")
def test_an_upload_is_whole_or_nothing_however_often_it_was_interrupted(stories: Stories, clock: Clock, line: Line) -> None:
    """Parts come in any order, twice, or break off: while one is missing or spoilt there is no bid, and once all are there, one."""
    tender, (bidder, spoiling) = calm(stories, 2)
    bid, spoilt = bidder.sealed_bid(tender.section), spoiling.sealed_bid(tender.section)
    parts = [bid.octets[start : start + len(bid.octets) // 3 + 1] for start in range(0, len(bid.octets), len(bid.octets) // 3 + 1)]
    upload = bidder.start_upload(tender.section, len(bid.octets), bid.digest).value
    bidder.upload_part(upload, 3, parts[2]).require()
    bidder.upload_part(upload, 1, parts[0]).require()
    line.cut(lambda: bidder.upload_part(upload, 2, parts[1]))
    early = bidder.complete_upload(upload, bid)
    before = bidder.bids_for(tender.section).value
    for number in (1, 2, 2):
        bidder.upload_part(upload, number, parts[number - 1]).require()
    whole = bidder.complete_upload(upload, bid)
    once_more = bidder.complete_upload(upload, bid)

    wrong = spoiling.start_upload(tender.section, len(spoilt.octets), spoilt.digest).value
    spoiling.upload_part(wrong, 1, one_character_changed(spoilt.octets)).require()
    refused = spoiling.complete_upload(wrong, spoilt)

    assert early.refused
    assert before == ()
    assert whole.accepted
    assert whole.value.digest == bid.digest
    assert [receipt.bid_id for receipt in receipts(once_more)] in ([], [whole.value.bid_id])
    assert refused.refused
    assert opened(tender, clock, [bidder, spoiling]) == [whole.value.bid_id]


def one_character_changed(octets: bytes) -> bytes:
    """A sealed file in whose longest ciphertext one character is another."""
    place = octets.index(b'"ciphertext":"') + len(b'"ciphertext":"') + 8
    return octets[:place] + (b"A" if octets[place : place + 1] != b"A" else b"B") + octets[place + 1 :]


@clause("A-100", "EB-27-4")
def test_a_bid_that_was_changed_on_its_way_is_refused_and_nothing_is_kept_of_it(stories: Stories, clock: Clock) -> None:
    """One character of the sealed file, or the digest that is told with it, is another: refused; as it was sealed it is accepted."""
    tender, (bidder,) = calm(stories, 1)
    bid = bidder.sealed_bid(tender.section)
    changed = bid.with_envelope(json.loads(one_character_changed(bid.octets))).with_digest(bid.digest)
    spoilt = [bidder.deliver(changed), bidder.deliver(bid.with_digest(changed.digest[::-1]))]
    left = bidder.bids_for(tender.section).value
    whole = bidder.deliver(bid)

    assert [answer.accepted for answer in spoilt] == [False, False]
    assert left == ()
    assert whole.accepted
    assert whole.value.digest == bid.digest
    assert opened(tender, clock, [bidder]) == [whole.value.bid_id]


@clause("EB-27-2", "EB-27-3", "A-93")
def test_what_is_under_way_at_the_deadline_is_late_whenever_it_was_begun(stories: Stories, clock: Clock, line: Line) -> None:
    """Begun an hour before and through a second before the deadline a bid is accepted, as of then; through at the deadline it is none."""
    tender, (early, late) = calm(stories, 2)
    in_time, too_late = early.sealed_bid(tender.section), late.sealed_bid(tender.section)

    taken = line.midway(lambda: early.deliver(in_time), lambda: clock.move_before(tender, tender.bid_deadline))
    refused = line.midway(lambda: late.deliver(too_late), lambda: clock.move_to(tender, tender.bid_deadline))

    assert taken is not None
    assert taken.accepted
    assert abs(taken.value.received_at - (tender.bid_deadline - SECOND)) <= SECOND
    assert refused is None or refused.refused_because == "deadline_passed"
    assert [bid.state for bid in late.bids_for(tender.section).value if bid.state != "incomplete"] == []
    assert opened(tender, clock, [early, late]) == [taken.value.bid_id]


@clause("DS-IDEM-1", "EB-27-3", "EB-27-4")
def test_bids_that_arrive_at_once_in_the_last_second_are_all_kept_and_each_has_its_receipt(
    stories: Stories, clock: Clock, line: Line, public: Public
) -> None:
    """Four bids reach the platform together a second before the deadline: each has a signed receipt that names it, and all are opened."""
    tender, crowd = calm(stories, 4)
    bids = [bidder.sealed_bid(tender.section, papers.bid(tender, number)) for number, bidder in enumerate(crowd)]
    clock.move_before(tender, tender.bid_deadline)
    answers = line.at_once(*(partial(bidder.deliver, bid) for bidder, bid in zip(crowd, bids, strict=True)))
    anchors = public.platform().value.trust_anchors
    given = receipts(*answers)

    assert [answer.refused_because if answer is not None else "no answer" for answer in answers] == [None] * len(crowd)
    assert [receipt.digest for receipt in given] == [bid.digest for bid in bids]
    assert [receipt.bidder_name for receipt in given] == [bidder.identity.name for bidder in crowd]
    assert all(signatures.holds(receipt.raw, anchors) for receipt in given)
    assert all(abs(receipt.received_at - (tender.bid_deadline - SECOND)) <= SECOND / 2 for receipt in given)
    assert sorted(opened(tender, clock, crowd)) == sorted(receipt.bid_id for receipt in given)


@clause("DS-IDEM-1", "EB-27-3", "EB-27-4")
def test_of_bids_that_meet_the_deadline_just_those_that_were_accepted_are_opened(stories: Stories, clock: Clock, line: Line) -> None:
    """The deadline comes together with four bids: whoever was told that his bid is in has it opened, whoever was refused has none."""
    tender, crowd = calm(stories, 4)
    bids = [bidder.sealed_bid(tender.section, papers.bid(tender, number)) for number, bidder in enumerate(crowd)]
    clock.move_before(tender, tender.bid_deadline)
    deliver = [partial(bidder.deliver, bid) for bidder, bid in zip(crowd, bids, strict=True)]
    acts: list[Callable[[], Answer[Receipt] | None]] = [*deliver, partial(clock.move_to, tender, tender.bid_deadline)]
    *answers, _ = line.at_once(*acts)
    given = receipts(*answers)

    assert [answer.refused_because for answer in answers if answer is not None and answer.refused_because != "deadline_passed"] == [
        None for _ in given
    ]
    assert all(receipt.received_at < tender.bid_deadline for receipt in given)
    assert sorted(opened(tender, clock, crowd)) == sorted(receipt.bid_id for receipt in given)


@clause("DS-IDEM-1", "EB-27-1")
def test_a_withdrawal_that_comes_again_after_a_new_delivery_takes_nothing_back(stories: Stories, clock: Clock) -> None:
    """Delivered, withdrawn, delivered anew, and the withdrawal arrives once more: it was of the first bid, and the second one counts."""
    tender, (bidder,) = calm(stories, 1)
    first = bidder.deliver(bidder.sealed_bid(tender.section)).value
    withdrawn = bidder.withdraw(first)
    second = bidder.deliver(bidder.sealed_bid(tender.section, {"price": "7500000.00"}))
    stale = bidder.withdraw(first)

    assert withdrawn.accepted
    assert second.accepted
    named_anew = second.value.bid_id != first.bid_id  # where it is not, the withdrawal names the second one too
    assert opened(tender, clock, [bidder]) == ([second.value.bid_id] if named_anew or stale.refused else [])


@clause("EB-27-1", "A-99")
def test_a_change_that_breaks_off_leaves_the_bid_as_it_was(stories: Stories, clock: Clock, line: Line) -> None:
    """Whoever changes a bid and loses the line has the earlier one in the opening, not half of another and not none."""
    tender, (bidder,) = calm(stories, 1)
    clock.move_before(tender, tender.bid_deadline, HOUR / 4)
    first = bidder.deliver(bidder.sealed_bid(tender.section)).value
    change = bidder.sealed_bid(tender.section, {"price": "7600000.00"})
    broken = line.cut(lambda: bidder.deliver(change))

    assert receipts(broken) == []
    assert opened(tender, clock, [bidder]) == [first.bid_id]
