"""What an entity first says of itself is verified before it counts, and who verified it stays on record (注册信息验证)."""

from tenderproof.testing import SECOND, Bidder, Identities, Identity, Person, Public, Stories, Tender, Verifier, clause, papers

_QUALIFICATIONS = [{"name": "市政公用工程施工总承包", "level": "二级", "number": "D211000001"}]
_SOURCE = "国家企业信用信息公示系统"


def delivers(tender: Tender, bidder: Person) -> str | None:
    """Why a bidder's bid is refused; None if it is taken. It is sealed by somebody who may read how, to the bidder's own key."""
    bid = tender.bidders[0].sealed_bid(tender.section, papers.bid(tender), recipient=bidder.identity)
    return bidder.tries(Bidder.deliver, bid).refused_because


def declared(stories: Stories, public: Public, identity: Identity) -> str | None:
    """Why an entity does not come to be verified: refused when it applies, or when it declares what it applied with."""
    applied = public.register(stories.registration(identity))
    return applied.refused_because if applied.refused else stories.continued(identity).submit_registration().refused_because


@clause("EB-14-1")
def test_what_is_first_registered_agrees_with_the_certificate_and_with_the_code(
    stories: Stories, identities: Identities, public: Public, verifier: Verifier
) -> None:
    """Another's name, another's code and a code that cannot be are refused and leave nothing; what is true is registered."""
    true, named = identities.fresh("bidder"), identities.naming_somebody_else("bidder")
    coded = identities.renewed(true, uscc=identities.code())
    impossible = identities.fresh("bidder", uscc=identities.wrong_code())
    refusals = [declared(stories, public, one) for one in (named, coded, impossible)]

    assert refusals == ["certificate_subject_mismatch", "certificate_subject_mismatch", "code_invalid"]
    kept = [one for wrong in (named, coded, impossible) for one in verifier.registrations(role="bidder", q=wrong.uscc).value]
    assert {one.state for one in kept} <= {"editing"}
    assert public.register(stories.registration(true)).accepted
    assert [one.name for one in verifier.registrations(role="bidder", q=true.uscc).value] == [true.name]


@clause("EB-14-1")
def test_what_is_changed_before_the_first_verification_agrees_with_the_certificate(stories: Stories, identities: Identities) -> None:
    """A draft that takes a name which no certificate bears cannot be declared; with its own name back it can."""
    identity, verifier = identities.fresh("bidder"), stories.verifier()
    person, other = stories.applicant(identity), identities.fresh("bidder")
    renamed = person.change_registration({"name": other.name})
    declared = person.submit_registration()
    state = verifier.registration_of(person.registration().value).value.state

    assert "certificate_subject_mismatch" in {renamed.refused_because, declared.refused_because}
    if renamed.accepted:
        assert state == "editing"
        person.change_registration({"name": identity.name}).require()
        assert person.submit_registration().accepted
    assert verifier.registration_of(person.registration().value).value.name == identity.name


@clause("EB-24-1")
def test_a_bidder_bids_only_when_the_operator_has_verified_it(stories: Stories, identities: Identities, public: Public) -> None:
    """With its qualification registered and declared it is not verified and delivers nothing; once it is verified, its bid is taken."""
    tender, verifier = stories.bidding(bidders=1), stories.verifier()
    bidder = stories.applicant(identities.fresh("bidder"))
    bidder.change_registration({"qualifications": _QUALIFICATIONS}).require()
    drafted = delivers(tender, bidder)
    submitted = bidder.submit_registration().value
    declared, state = delivers(tender, bidder), verifier.registration_of(submitted).value.state
    begun = public.time().value.now
    verification = verifier.verify(submitted, "verified", _SOURCE)
    ended = public.time().value.now

    assert (drafted, declared, state) == ("not_verified", "not_verified", "submitted")
    assert verification.accepted
    bidder.download(tender.document).require()
    assert bidder.tries(Bidder.bids_for, tender.section).value == ()
    assert delivers(tender, bidder) is None
    assert len(bidder.tries(Bidder.bids_for, tender.section).value) == 1
    kept = verifier.registration_of(submitted).value
    assert (kept.get("state"), kept.get("verified_by"), kept.get("source")) == ("verified", verifier.identity.name, _SOURCE)
    assert kept.says("verified_at")
    assert begun - SECOND <= kept.verified_at <= ended + SECOND
