"""Who may be on the platform: one name and one code once, business only when verified and active (市场主体的身份)."""

from typing import Any

from tenderproof.testing import Answer, Bidder, Identities, Identity, Owner, Person, Public, Registration, Stories, Tender, clause, papers

_SUSPENDED, _ACTIVE = "suspended", "active"


def name_twice(stories: Stories, identities: Identities, public: Public, role: str) -> tuple[list[str | None], bool]:
    """Why a second entity under the name of a drafted and of a verified one is refused; whether one under a name of its own is taken."""
    drafted, verified = identities.fresh(role), identities.fresh(role)
    stories.registered(drafted)
    stories.admitted(verified)
    again = [identities.fresh(role, name=one.name) for one in (drafted, verified)]
    return refusals(stories, public, again), applied(stories, public, identities.fresh(role)).accepted


def code_twice(stories: Stories, identities: Identities, public: Public, role: str) -> tuple[list[str | None], bool]:
    """The same with the code of somebody else."""
    drafted, verified = identities.fresh(role), identities.fresh(role)
    stories.registered(drafted)
    stories.admitted(verified)
    again = [identities.fresh(role, uscc=one.uscc) for one in (drafted, verified)]
    return refusals(stories, public, again), applied(stories, public, identities.fresh(role)).accepted


def applied(stories: Stories, public: Public, identity: Identity) -> Answer[Registration]:
    """The answer to an application for registration."""
    return public.register(stories.registration(identity))


def refusals(stories: Stories, public: Public, identities: list[Identity]) -> list[str | None]:
    """Why applications are refused."""
    return [applied(stories, public, one).refused_because for one in identities]


def business(person: Person, tender: Tender) -> Answer[Any]:
    """What an entity of its role does: a bidder obtains documents, an owner begins a project."""
    if person.identity.role == "bidder":
        return person.tries(Bidder.download, tender.document)
    return person.tries(Owner.create_project, papers.project(tender.facts))


def until_verified(stories: Stories, identities: Identities, role: str) -> list[str | None]:
    """Why business is refused to an entity that is drafted, declared, rejected, and declared again; last, when it is verified."""
    tender = stories.bidding(bidders=1)
    person, verifier = stories.applicant(identities.fresh(role)), stories.verifier()
    found = [business(person, tender).refused_because]
    for outcome in ("rejected", "verified"):
        registration = person.submit_registration().value
        found.append(business(person, tender).refused_because)
        verifier.verify(registration, outcome, "检测", "请更正").require()
        if outcome == "rejected":
            found.append(business(person, tender).refused_because)
            person.change_registration({"address": "北京市东城区更正路3号"}).require()
    found.append(business(person, tender).refused_because)
    return found


_NOT_YET = ["not_verified"] * 4


def while_suspended(stories: Stories, identities: Identities, role: str) -> list[str | None]:
    """Why business is refused to a verified entity, to the same suspended, to the same active again; and its state on record meanwhile."""
    tender = stories.bidding(bidders=1)
    person, verifier = stories.admitted(identities.fresh(role)), stories.verifier()
    found = [business(person, tender).refused_because]
    verifier.set_status(person.registration().value, _SUSPENDED, "检测").require()
    found += [business(person, tender).refused_because, verifier.registration_of(person.registration().value).value.status]
    verifier.set_status(person.registration().value, _ACTIVE, "检测").require()
    return [*found, business(person, tender).refused_because]


@clause("A-02")
def test_the_name_of_a_tenderee_is_registered_once(stories: Stories, identities: Identities, public: Public) -> None:
    """The name of a drafted and of a verified entity are taken; another name is free."""
    why, other = name_twice(stories, identities, public, "tenderee")

    assert why == ["name_taken", "name_taken"]
    assert other


@clause("A-03")
def test_the_code_of_a_tenderee_is_registered_once(stories: Stories, identities: Identities, public: Public) -> None:
    """The code of a drafted and of a verified entity are taken, under whatever name; another code is free."""
    why, other = code_twice(stories, identities, public, "tenderee")

    assert why == ["code_taken", "code_taken"]
    assert other


@clause("A-05")
def test_a_tenderee_does_business_only_when_it_is_verified(stories: Stories, identities: Identities) -> None:
    """Drafted, declared, rejected and declared again it may do nothing; it corrects, is verified, and may."""
    *before, after = until_verified(stories, identities, "tenderee")

    assert before == _NOT_YET
    assert after is None


@clause("A-09")
def test_a_tenderee_that_is_suspended_does_no_business_until_it_is_active_again(stories: Stories, identities: Identities) -> None:
    """Suspended by the platform's staff it is refused and stands as suspended; active again it does the same act."""
    assert while_suspended(stories, identities, "tenderee") == [None, "suspended", _SUSPENDED, None]


@clause("A-15")
def test_the_name_of_an_agency_is_registered_once(stories: Stories, identities: Identities, public: Public) -> None:
    """The name of a drafted and of a verified entity are taken; another name is free."""
    why, other = name_twice(stories, identities, public, "agency")

    assert why == ["name_taken", "name_taken"]
    assert other


@clause("A-16")
def test_the_code_of_an_agency_is_registered_once(stories: Stories, identities: Identities, public: Public) -> None:
    """The code of a drafted and of a verified entity are taken, under whatever name; another code is free."""
    why, other = code_twice(stories, identities, public, "agency")

    assert why == ["code_taken", "code_taken"]
    assert other


@clause("A-18")
def test_an_agency_does_business_only_when_it_is_verified(stories: Stories, identities: Identities) -> None:
    """Drafted, declared, rejected and declared again it may do nothing; it corrects, is verified, and may."""
    *before, after = until_verified(stories, identities, "agency")

    assert before == _NOT_YET
    assert after is None


@clause("A-22")
def test_an_agency_that_is_suspended_does_no_business_until_it_is_active_again(stories: Stories, identities: Identities) -> None:
    """Suspended by the platform's staff it is refused and stands as suspended; active again it does the same act."""
    assert while_suspended(stories, identities, "agency") == [None, "suspended", _SUSPENDED, None]


@clause("A-26")
def test_the_name_of_a_bidder_is_registered_once(stories: Stories, identities: Identities, public: Public) -> None:
    """The name of a drafted and of a verified entity are taken; another name is free."""
    why, other = name_twice(stories, identities, public, "bidder")

    assert why == ["name_taken", "name_taken"]
    assert other


@clause("A-29")
def test_a_bidder_does_business_only_when_it_is_verified(stories: Stories, identities: Identities) -> None:
    """Drafted, declared, rejected and declared again it may do nothing; it corrects, is verified, and may."""
    *before, after = until_verified(stories, identities, "bidder")

    assert before == _NOT_YET
    assert after is None


@clause("A-33")
def test_a_bidder_that_is_suspended_does_no_business_until_it_is_active_again(stories: Stories, identities: Identities) -> None:
    """Suspended by the platform's staff it is refused and stands as suspended; active again it does the same act."""
    assert while_suspended(stories, identities, "bidder") == [None, "suspended", _SUSPENDED, None]
