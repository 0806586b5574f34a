"""What travels: what was changed on the way is found and said, and what is secret is sealed above the channel as well (通信安全)."""

import base64
from collections.abc import Mapping
from typing import Any

import pytest

from tenderproof.testing import Bidder, Public, SealedBid, Stories, clause, papers, signatures


def one_character_changed(octets: bytes) -> bytes:
    """A file in whose longest ciphertext one character is another, of the same length."""
    _, mark, rest = octets.partition(b'"ciphertext":"')
    at = len(octets) - len(rest) + 8
    return octets[:at] + (b"A" if octets[at : at + 1] != b"A" else b"B") + octets[at + 1 :] if mark else octets[::-1]


def in_parts(bidder: Bidder, bid: SealedBid, octets: bytes) -> Any:
    """A bid that is announced with its digest, and of which these octets arrive."""
    upload = bidder.start_upload(bid.section, len(octets), bid.digest).value
    bidder.upload_part(upload, 1, octets).require()
    return bidder.complete_upload(upload, bid)


@clause("F-14", "SEC-MLPS-4")
@pytest.mark.parametrize("way", ["signed", "in parts"])
def test_what_was_changed_on_the_way_is_refused_to_its_senders_face(stories: Stories, way: str) -> None:
    """A bid that is not what its bidder signed, or whose file arrives with one character changed, is refused and not kept."""
    tender = stories.bidding(bidders=1)
    (bidder,) = tender.bidders
    bid = bidder.sealed_bid(tender.section)
    changed = (
        bidder.signing_wrongly().deliver(bid) if way == "signed" else in_parts(bidder, bid, one_character_changed(bid.octets))
    )  # fmt: skip
    kept = [one for one in bidder.bids_for(tender.section).value if one.state != "incomplete"]
    whole = bidder.deliver(bid) if way == "signed" else in_parts(bidder, bid, bid.octets)

    assert changed.refused
    assert kept == []
    assert whole.accepted
    assert whole.value.digest == bid.digest


@clause("F-16", "HN-3.2-13", "SEC-MLPS-4", "SEC-CRY-2", "EB-13-1")
@pytest.mark.parametrize("clear", ["all of it", "its last part"])
def test_a_price_in_clear_is_not_taken_and_a_sealed_one_is_kept_as_it_came(stories: Stories, clear: str) -> None:
    """A bid is sealed within the channel: in clear, whole or in part, it is refused, and what is kept is the ciphertext that was sent."""
    tender = stories.bidding(bidders=1, encryption="segmented" if clear == "its last part" else "whole")
    (bidder,) = tender.bidders
    offer = papers.bid(tender)
    sealed = bidder.sealed_bid(tender.section, offer)
    price = str(offer["price"])
    open_one = sealed.with_envelope(in_clear(sealed.envelope, price))
    taken_in_clear, kept = bidder.deliver(open_one), bidder.bids_for(tender.section).value
    taken = bidder.deliver(sealed)
    file = bidder.bid_file(taken.value)
    shown = repr((taken.raw, bidder.bids_for(tender.section).raw))

    assert taken_in_clear.refused
    assert kept == ()
    assert taken.accepted
    assert file.accepted
    assert price.encode() not in file.value.octets
    assert all(segment["jwe"]["ciphertext"].encode() in file.value.octets for segment in sealed.envelope["segments"])
    assert price not in shown


def in_clear(envelope: Mapping[str, Any], price: str) -> dict[str, Any]:
    """A sealed file whose last segment holds its content as it is."""
    *first, last = envelope["segments"]
    content = base64.urlsafe_b64encode(f'{{"price": "{price}"}}'.encode()).rstrip(b"=").decode()
    return {**envelope, "segments": [*first, {"name": last["name"], "jwe": {"protected": last["jwe"]["protected"], "ciphertext": content}}]}


@clause("SEC-CRY-2")
def test_a_delivery_and_its_receipt_are_evidence_of_the_content(stories: Stories, public: Public) -> None:
    """Nothing is taken that its bidder has not signed; the receipt's signature holds, over the digest of what was sent as over the rest."""
    tender = stories.bidding(bidders=1)
    (bidder,) = tender.bidders
    bid = bidder.sealed_bid(tender.section)
    unsigned = bidder.signing_as(None).deliver(bid)
    taken = bidder.deliver(bid)
    anchors = public.platform().value.trust_anchors

    assert unsigned.refused
    assert taken.accepted
    assert taken.value.digest == bid.digest
    assert signatures.holds(taken.value.raw, anchors) is not None
    assert [name for name in ("digest", "received_at", "bid_id") if signatures.holds({**taken.value.raw, name: "0"}, anchors)] == []
