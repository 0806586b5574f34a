"""The platform's time is the standard time, wherever it tells it, and deadlines go by it (标准时间)."""

from datetime import datetime
from email.utils import parsedate_to_datetime

from tenderproof.testing import HOUR, SECOND, Clock, OwnClock, Plan, Public, Site, Stories, clause

_READINGS = 5
_RENEWED = 10 * SECOND  # a server writes the time of its answers' heads now and then, and a busy one seldom


@clause("TS-TIME")
def test_the_time_that_is_told_is_the_standard_time_and_deadlines_go_by_it(
    stories: Stories, clock: Clock, public: Public, site: Site, own_clock: OwnClock, plan: Plan
) -> None:
    """Read several times, in answers and their heads, it is off by no more than the plan allows; a bid in time by it is taken."""
    tolerance = plan.whole("clock_tolerance_s") * SECOND
    told = [own_clock.around(lambda: public.time().value.now) for _ in range(_READINGS)]
    heads = [own_clock.around(lambda: head(site)) for _ in range(_READINGS)]
    tender = stories.bidding(bidders=2)
    first, second = tender.bidders
    bids = [bidder.sealed_bid(tender.section) for bidder in (first, second)]
    clock.move_before(tender, tender.bid_deadline)
    shown, taken = clock.now(tender), first.deliver(bids[0])
    clock.move_to(tender, tender.bid_deadline)
    refused = second.deliver(bids[1])

    own_clock.require_true()
    assert [reading for reading in told if reading.off > tolerance] == []
    assert min(reading.off for reading in heads) <= tolerance + _RENEWED
    assert taken.accepted
    assert abs(taken.value.received_at - shown) <= tolerance + SECOND
    assert refused.refused_because == "deadline_passed"


@clause("F-07", acquits=False)
def test_no_time_stamp_follows_the_clock_of_whoever_is_stamped(stories: Stories, clock: Clock, plan: Plan) -> None:
    """Two bidders whose machines are an hour early and an hour late get receipts of the platform's time, one after the other."""
    tolerance = plan.whole("clock_tolerance_s") * SECOND
    tender = stories.bidding(bidders=2)
    clock.move_before(tender, tender.bid_deadline, 3 * HOUR)
    now = clock.now(tender)
    stamped = [
        bidder.claiming(now + shift).deliver(bidder.sealed_bid(tender.section))
        for bidder, shift in zip(tender.bidders, (HOUR, -HOUR), strict=True)
    ]

    assert [answer.refused_because for answer in stamped] == [None, None]
    assert [answer.value.received_at for answer in stamped if abs(answer.value.received_at - now) > tolerance + SECOND] == []


def head(site: Site) -> datetime:
    """The time in the head of an answer."""
    return parsedate_to_datetime(site.ask("GET", "/").header("date"))
