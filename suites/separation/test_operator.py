"""Whoever runs the platform, or is tied to it, does not bid on it (运营机构的中立)."""

import pytest

from tenderproof.testing import Administrator, Bidder, Identities, Missing, Public, Stories, Tender, clause, papers


def operator_of(public: Public) -> str:
    """The operator's credit code, as the platform publishes it."""
    code = public.platform().value.get("operator.uscc")
    if not code:
        raise Missing("the platform does not tell its operator's credit code")
    return str(code)


def delivers(tender: Tender, bidder: Bidder, *members: str) -> str | None:
    """Why a bidder does not come to bid, from obtaining the document on; None if its bid is taken."""
    obtained = bidder.download(tender.document).refused_because
    sealed = tender.bidders[0].sealed_bid(tender.section, papers.bid(tender), recipient=bidder.identity)
    return obtained or bidder.deliver(sealed, consortium=members).refused_because


@clause("EB-23-1")
@pytest.mark.parametrize("kind", ["holding", "management", "operator_affiliate"])
@pytest.mark.parametrize("first", ["operator", "bidder"])
def test_who_is_tied_to_the_operator_does_not_bid_on_its_platform(
    stories: Stories, public: Public, administrator: Administrator, kind: str, first: str
) -> None:
    """Held or managing, whoever is named first: it is refused, and no bid of it is kept; its twin without the tie bids."""
    tender, operator = stories.bidding(bidders=1), operator_of(public)
    tied, free = stories.bidder(), stories.bidder()
    pair = (operator, tied.identity.uscc) if first == "operator" else (tied.identity.uscc, operator)
    administrator.add_relation(*pair, kind).require()

    assert delivers(tender, tied) == "operator_related"
    mine = tied.bids_for(tender.section)
    assert mine.refused or mine.value == ()
    assert delivers(tender, free) is None
    assert len(free.bids_for(tender.section).value) == 1


@clause("EB-23-1")
def test_the_operator_itself_does_not_bid_on_its_platform(stories: Stories, identities: Identities, public: Public) -> None:
    """Under the operator's own code nobody comes to bid: refused at the registration, at its verification, or as a bidder."""
    operator = identities.fresh("bidder", uscc=operator_of(public))
    applied = public.register(stories.registration(operator))
    if applied.refused:
        return
    bidder, tender = stories.continued(operator), stories.bidding(bidders=1)
    if not isinstance(bidder, Bidder):
        raise TypeError(bidder)
    submitted = bidder.submit_registration()
    verified = submitted.accepted and stories.verifier().verify(submitted.value, source="国家企业信用信息公示系统").accepted

    assert not verified or delivers(tender, bidder) == "operator_related"
    if verified:
        assert bidder.bids_for(tender.section).value == ()


@clause("EB-23-1")
@pytest.mark.parametrize("who", ["operator", "affiliate"])
def test_neither_the_operator_nor_who_is_tied_to_it_bids_in_a_consortium(
    stories: Stories, public: Public, administrator: Administrator, who: str
) -> None:
    """A bid that names one of them as a member is refused and not kept; the same bid with a member that is not tied is taken."""
    tender, bidder, operator = stories.bidding(bidders=1), stories.bidder(), operator_of(public)
    tied, free = stories.bidder(), stories.bidder()
    administrator.add_relation(operator, tied.identity.uscc, "holding").require()

    assert delivers(tender, bidder, operator if who == "operator" else tied.identity.uscc) == "operator_related"
    assert bidder.bids_for(tender.section).value == ()
    assert delivers(tender, bidder, free.identity.uscc) is None
    assert len(bidder.bids_for(tender.section).value) == 1
