"""The SM algorithms where a platform says that it uses them: SM2 and SM3 as the standards have them, on both sides (国密算法).

They convict and do not acquit: the clause names SM4 as well, by which nothing here seals or opens a file yet.
"""

from dataclasses import replace

import pytest

from tenderproof.testing import Challenge, Identities, Identity, Public, Sm2Signer, Stories, clause, signatures

_FOREIGN_ID = "8765432187654321"
_WRONG = ("under another identifier", "in another encoding", "by another key")


def wrongly(identity: Identity, other: Identity, how: str) -> Identity:
    """The same entity, whose signatures bear all the right names and do not hold by the standard."""
    if not isinstance(identity.signer, Sm2Signer):
        raise TypeError("no key of SM2")
    made = {
        "under another identifier": replace(identity.signer, user_id=_FOREIGN_ID),
        "in another encoding": replace(identity.signer, bare=True),
        "by another key": other.signer,
    }
    return replace(identity, signer=made[how])


@clause("SEC-CRY-3", acquits=False)
def test_a_certificate_of_sm2_logs_in_by_a_signature_that_holds(stories: Stories, identities: Identities, public: Public) -> None:
    """The challenge signed by SM2 opens the session; a signature that only looks like it, or is over another challenge, does not."""
    identity, other = (identities.by_sm2("bidder") for _ in range(2))
    account = stories.admitted(identity).me().value.id
    wrong = {how: public.log_in(wrongly(identity, other, how)).refused for how in _WRONG}
    caught, fresh = (public.ask_challenge(identity).value for _ in range(2))
    replayed = public.answer_challenge(identity, Challenge.read({**fresh.raw, "challenge": caught.challenge}))
    own = public.log_in(identity)

    assert own.accepted
    assert own.value.account.id == account
    assert wrong == dict.fromkeys(_WRONG, True)
    assert replayed.refused


@clause("SEC-CRY-3", acquits=False)
def test_a_certificate_of_sm2_is_verified_by_its_authoritys_key(stories: Stories, identities: Identities, public: Public) -> None:
    """Issued by somebody under the authority's name it is not bound and does not log in; the authority's own is bound, and does."""
    first = identities.by_sm2("tenderee")
    person = stories.admitted(first)
    forged = identities.by_sm2("tenderee", name=first.name, uscc=first.uscc, forged=True)
    second = identities.by_sm2("tenderee", name=first.name, uscc=first.uscc)
    bound, entered = person.bind_certificate(forged.certificate), public.log_in(forged)
    own = person.bind_certificate(second.certificate)

    assert own.accepted
    assert public.log_in(second).accepted
    assert bound.refused
    assert entered.refused


@clause("SEC-CRY-3", acquits=False)
@pytest.mark.parametrize("how", [*_WRONG, "over something else"])
def test_an_act_signed_by_sm2_counts_only_if_its_signature_holds(stories: Stories, identities: Identities, how: str) -> None:
    """A bid that is signed by SM2 is taken; the same with a signature that does not hold over it is refused, and not kept."""
    identity, other = (identities.by_sm2("bidder") for _ in range(2))
    tender, bidder = stories.bidding(bidders=1), stories.bidder(identity)
    bidder.download(tender.document).require()
    bid = bidder.sealed_bid(tender.section)
    spoilt = bidder.signing_wrongly() if how == "over something else" else bidder.signing_as(wrongly(identity, other, how))
    refused, kept = spoilt.deliver(bid), bidder.bids_for(tender.section).value
    taken = bidder.deliver(bid)

    assert taken.accepted
    assert taken.value.digest == bid.digest
    assert refused.refused
    assert kept == ()


@clause("SEC-CRY-3", acquits=False)
def test_what_the_platform_signs_by_sm2_holds_by_the_standard(stories: Stories, identities: Identities, public: Public) -> None:
    """A receipt is signed by SM2 over SM3, all of it, under the identifier agreed, by a certificate of a recognised authority."""
    identities.sm.require("receipts")
    tender = stories.bidding(bidders=1)
    (bidder,) = tender.bidders
    if "log_in" in identities.sm.uses:
        bidder = stories.bidder(identities.by_sm2("bidder"))
        bidder.download(tender.document).require()
    receipt = bidder.deliver(bidder.sealed_bid(tender.section)).value
    anchors, user_id = public.platform().value.trust_anchors, identities.sm.user_id
    found = signatures.holds(receipt.raw, anchors, user_id=user_id)

    assert receipt.digest
    assert found is not None, "the signature of the receipt does not hold"
    assert found.algorithm == "SM2"
    assert found.authority
    changed = {name: signatures.holds({**receipt.raw, name: "0"}, anchors, user_id=user_id) for name in ("digest", "received_at", "bid_id")}
    assert changed == dict.fromkeys(changed)
