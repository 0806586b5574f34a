"""Digital certificates: whose are bound, whose let somebody in, and whose sign (CA 数字证书)."""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal, TypeVar

import pytest

from tenderproof.testing import (
    DAY,
    SECOND,
    Administrator,
    Chance,
    Facts,
    Identities,
    Identity,
    Missing,
    Person,
    Plan,
    Public,
    Section,
    Stories,
    Tenderee,
    clause,
    papers,
    signatures,
)

Somebody = TypeVar("Somebody", bound=Person)

_ENDS_IN = timedelta(seconds=12)  # long enough to bind a certificate and to sign once, short enough to be waited for
_PATIENCE = 60
_SHORT = 1024  # bits
_FOREIGN = {"certificate_untrusted", "certificate_not_bound"}


def prepared(person: Person, number: int) -> list[Section]:
    """Sections of a project of one's own, so many, in preparation."""
    project = person.tries(Tenderee.create_project, papers.project(Facts())).value
    person.tries(Tenderee.submit_project, project).require()
    drafted = person.tries(Tenderee.create_tender_project, project, papers.tender_project(Facts())).value
    person.tries(Tenderee.submit_tender_project, drafted).require()
    return [person.tries(Tenderee.create_section, drafted, papers.section(Facts())).value for _ in range(number)]


def outlast(public: Public, moment: datetime) -> None:
    """Wait until it is past a moment by the platform's own time."""
    for _ in range(2 * _PATIENCE):
        if public.time().value.now > moment + 2 * SECOND:
            return
        time.sleep(0.5)
    raise Missing("the platform's own time does not go on; nothing can expire")


def ending(public: Public, identities: Identities, chance: Chance, identity: Identity) -> tuple[Identity, datetime]:
    """The entity with a certificate that ends in seconds, and when: by the platform's time, wherever our own clock stands."""
    ends = public.time().value.now.replace(microsecond=0) + _ENDS_IN
    if ends <= chance.now() - DAY:
        raise Missing("our clock is a day ahead of the platform's; a certificate that we make would end before it begins")
    return identities.renewed(identity, until=ends), ends


def first_by(authority: str, people: Sequence[Somebody]) -> Somebody:
    """The first of these people whose certificate is by an authority; Missing if nobody's is."""
    for one in people:
        if signatures.issued(one.identity.certificate, authority):
            return one
    raise Missing("the platform recognises an authority by which no declared bidder or no declared expert has a certificate")


@clause("A-12")
def test_a_tenderee_logs_in_with_every_certificate_that_is_bound_and_with_no_other(
    stories: Stories, identities: Identities, public: Public
) -> None:
    """A second certificate logs in from its binding to its unbinding, into the same account; the first one does all the time."""
    first = identities.fresh("tenderee")
    person, second = stories.admitted(first), identities.renewed(first)
    account = person.me().value.id
    before = public.log_in(second)
    binding = person.bind_certificate(second.certificate)
    bound = [public.log_in(one) for one in (first, second)]
    listed = {one.fingerprint for one in person.certificates().value}
    unbinding = person.unbind_certificate(binding.value.fingerprint)
    after = public.log_in(second)

    assert before.refused_because == "certificate_not_bound"
    assert binding.accepted
    assert [one.refused_because for one in bound] == [None, None]
    assert {one.value.account.id for one in bound} == {account}
    assert binding.value.fingerprint in listed
    assert unbinding.accepted
    assert after.refused_because == "certificate_not_bound"
    assert binding.value.fingerprint not in {one.fingerprint for one in person.certificates().value}
    assert public.log_in(first).accepted


@clause("A-12")
def test_a_certificate_that_names_another_is_not_bound_to_a_tenderee_without_a_warning(
    stories: Stories, identities: Identities, public: Public
) -> None:
    """At registration and later it is refused, or at least warned of, and lets nobody in; the same with the right name is bound."""
    identity = identities.fresh("tenderee")
    masked = identities.naming_somebody_else("tenderee")
    person, foreign = stories.admitted(identity), identities.renewed(identity, name=identities.fresh("tenderee").name)
    applied = public.register(stories.registration(masked))
    binding = person.bind_certificate(foreign.certificate)
    own = person.bind_certificate(identities.renewed(identity).certificate)

    assert applied.refused_because == "certificate_subject_mismatch" or applied.value.says("warning")
    assert binding.refused_because == "certificate_subject_mismatch" or binding.value.says("warning")
    if binding.refused:
        assert public.log_in(foreign).refused
    if applied.refused:
        assert public.log_in(masked).refused
    assert own.accepted


@clause("A-12")
def test_only_a_valid_certificate_is_bound_to_a_tenderee(
    stories: Stories, identities: Identities, public: Public, administrator: Administrator
) -> None:
    """Expired, revoked and issued by nobody who may, it is refused and does not log in; the same entity's valid one is bound."""
    identity = identities.fresh("tenderee")
    person, revoked = stories.admitted(identity), identities.renewed(identity)
    administrator.import_revocation_list(identities.revocation_list(revoked)).require()
    named = {"name": identity.name, "uscc": identity.uscc}
    invalid = [identities.expired("tenderee", **named), revoked, identities.by_unknown_issuer("tenderee", **named)]
    before = len(person.certificates().value)
    refusals = [person.bind_certificate(one.certificate).refused_because for one in invalid]

    assert refusals == ["certificate_expired", "certificate_revoked", "certificate_untrusted"]
    assert [public.log_in(one).accepted for one in invalid] == [False] * len(invalid)
    assert len(person.certificates().value) == before
    assert person.bind_certificate(identities.renewed(identity).certificate).accepted


@clause("A-13")
@pytest.mark.waits
def test_an_expired_certificate_neither_logs_a_tenderee_in_nor_signs_and_it_is_told_why(
    stories: Stories, identities: Identities, public: Public, chance: Chance
) -> None:
    """To its last second it does both; after that both are refused because it has expired, and the tenderee's other one goes on."""
    lasting = identities.fresh("tenderee")
    person = stories.admitted(lasting)
    early, late = prepared(person, 2)
    brief, ends = ending(public, identities, chance, lasting)
    done = [
        person.bind_certificate(brief.certificate).accepted,
        public.log_in(brief).accepted,
        person.signing_as(brief).tries(Tenderee.set_base_price, early, Decimal("9000000.00")).accepted,
    ]
    if public.time().value.now >= ends:
        raise Missing("the certificate ended before it could be used: the way to the platform is too slow for this check")
    assert done == [True, True, True]
    outlast(public, ends)
    entering = public.log_in(brief)
    signing = person.signing_as(brief).tries(Tenderee.set_base_price, late, Decimal("8000000.00"))

    assert entering.refused_because == "certificate_expired"
    assert signing.refused_because == "certificate_expired"
    assert entering.words.strip(), "the tenderee is not told that its certificate has expired"
    assert public.log_in(lasting).accepted
    # there is one base price, once: had the expired signature had an effect, the good one would be refused
    assert person.tries(Tenderee.set_base_price, late, Decimal("7000000.00")).accepted


@clause("LAW-ES-16", "F-04")
@pytest.mark.parametrize("issuer", ["itself", "unknown"])
def test_a_certificate_that_no_lawful_authority_issued_is_good_for_nothing(
    stories: Stories, identities: Identities, public: Public, issuer: str
) -> None:
    """Issued to itself, or under an authority's name, it neither registers, is bound, logs in nor signs; a lawful one does all."""
    made = identities.self_signed if issuer == "itself" else identities.by_unknown_issuer
    lawful, stranger = identities.fresh("tenderee"), made("tenderee")
    person, verifier = stories.admitted(lawful), stories.verifier()
    (section,) = prepared(person, 1)
    forged = made("tenderee", name=lawful.name, uscc=lawful.uscc)
    applied = public.register(stories.registration(stranger))
    binding = person.bind_certificate(forged.certificate)
    signing = person.signing_as(forged).tries(Tenderee.set_base_price, section, Decimal("9000000.00"))

    assert applied.refused_because == "certificate_untrusted"
    assert verifier.registrations(q=stranger.uscc).value == ()
    assert binding.refused_because == "certificate_untrusted"
    assert [public.log_in(one).refused_because in _FOREIGN for one in (stranger, forged)] == [True, True]
    assert signing.refused_because in _FOREIGN
    assert public.log_in(lawful).accepted
    assert person.bind_certificate(identities.renewed(lawful).certificate).accepted
    assert person.tries(Tenderee.set_base_price, section, Decimal("8000000.00")).accepted


@clause("HN-2.4-03")
def test_the_certificates_of_every_recognised_authority_are_good_for_the_same(stories: Stories, public: Public) -> None:
    """Under each authority that the platform recognises bidders and experts log in, and a bid is signed, sealed, and taken back."""
    anchors = [str(one) for one in public.platform().value.trust_anchors]
    bidders, experts = stories.bidders(6), stories.experts()
    chosen = [first_by(anchor, bidders) for anchor in anchors]
    entering = [public.log_in(one.identity).refused_because for one in [*chosen, *(first_by(anchor, experts) for anchor in anchors)]]

    assert len(anchors) > 1, "certificates of one authority alone are recognised"
    assert entering == [None] * len(entering)
    tender = stories.bidding(bidders=6)
    delivered = [one.deliver(one.sealed_bid(tender.section, papers.bid(tender, number))) for number, one in enumerate(chosen)]
    assert [one.refused_because for one in delivered] == [None] * len(chosen)
    withdrawn = [one.withdraw(bid.value).refused_because for one, bid in zip(chosen, delivered, strict=True)]
    assert withdrawn == [None] * len(chosen)


@clause("HN-2.4-03")
def test_a_certificate_that_its_authority_has_revoked_is_good_no_longer(
    stories: Stories, identities: Identities, public: Public, administrator: Administrator
) -> None:
    """With the authority's list it neither logs in nor signs, as it did before; the tenderee goes on with another."""
    identity = identities.fresh("tenderee")
    person, revoked = stories.admitted(identity), identities.renewed(identity)
    early, late = prepared(person, 2)
    person.bind_certificate(revoked.certificate).require()
    public.log_in(revoked).require()
    person.signing_as(revoked).tries(Tenderee.set_base_price, early, Decimal("9000000.00")).require()
    administrator.import_revocation_list(identities.revocation_list(revoked)).require()
    entering = public.log_in(revoked)
    signing = person.signing_as(revoked).tries(Tenderee.set_base_price, late, Decimal("8000000.00"))

    assert entering.refused_because == "certificate_revoked"
    assert signing.refused_because == "certificate_revoked"
    assert public.log_in(identity).accepted
    assert person.tries(Tenderee.set_base_price, late, Decimal("7000000.00")).accepted


@clause("F-09")
def test_one_record_bears_signatures_under_certificates_of_several_authorities(stories: Stories, public: Public) -> None:
    """Bidders certified by different authorities sign one opening record; of each a signature over something else counts nothing."""
    tender, anchors = stories.opened(bidders=6), [str(one) for one in public.platform().value.trust_anchors]
    signing = [first_by(anchor, tender.bidders) for anchor in anchors]

    def signed() -> int:
        return len(tender.owner.opening_record(tender.section).value.signed_by)

    before = signed()
    wrongly = [one.signing_wrongly().confirm_opening_record(tender.section).refused_because for one in signing]
    between = signed()
    rightly = [one.confirm_opening_record(tender.section).refused_because for one in signing]

    assert len(anchors) > 1, "certificates of one authority alone are recognised"
    assert [why for why in wrongly if why is None] == [], "a signature over something else is taken from somebody of another authority"
    assert between == before
    assert rightly == [None] * len(signing)
    assert signed() == before + len(signing)


@clause("SEC-CRY-2", acquits=False)
@pytest.mark.parametrize("weak", ["RSA-1024", "SHA-1"])
def test_a_weak_certificate_authenticates_nobody(
    stories: Stories, identities: Identities, public: Public, plan: Plan, weak: Literal["RSA-1024", "SHA-1"]
) -> None:
    """By the lawful authority, but of a short key or signed over a broken hash, it lets nobody in; a sound one of the same entity does."""
    if (weak == "RSA-1024" and plan.whole("rsa_min_bits") <= _SHORT) or (weak == "SHA-1" and "sha1" not in str(plan.value("weak_hashes"))):
        raise Missing("the plan does not call this weak")
    identity = identities.fresh("tenderee")
    person, sound = stories.admitted(identity), identities.renewed(identity)
    feeble = identities.weak("tenderee", weak, name=identity.name, uscc=identity.uscc)
    person.bind_certificate(feeble.certificate)
    entering = public.log_in(feeble)
    own = person.bind_certificate(sound.certificate)

    assert own.accepted
    assert public.log_in(sound).accepted
    assert entering.refused
