"""Who may be on the platform: one name and one code once, business only when verified and active (市场主体的身份)."""

from typing import Any, NamedTuple

from tenderproof.testing import (
    SECOND,
    Answer,
    Bidder,
    Identities,
    Identity,
    Owner,
    Person,
    Public,
    Registration,
    Stories,
    Tender,
    Verifier,
    clause,
    papers,
)

_SUSPENDED, _ACTIVE = "suspended", "active"


class Taken(NamedTuple):
    """What became of attempts at what is taken: why they were refused, how many have it afterwards; whether what is free was given."""

    refusals: list[str | None]
    holders: list[int]
    free: bool


def taken(stories: Stories, identities: Identities, public: Public, role: str, fact: str) -> Taken:
    """Try the name or the code of a drafted and of a verified entity: in a new registration, and by changing one that exists."""
    drafted, verified = identities.fresh(role), identities.fresh(role)
    stories.registered(drafted)
    stories.admitted(verified)
    person, verifier = stories.applicant(identities.fresh(role)), stories.verifier()
    wanted = [str(getattr(one, fact)) for one in (drafted, verified)]
    refusals = [applied(stories, public, identities.fresh(role, **{fact: value})).refused_because for value in wanted]
    refusals += [changed(person, {fact: value}) for value in wanted]
    mine = person.registration().value.id
    found = [[one for one in verifier.registrations(role=role, q=value).value if one.get(fact) == value] for value in wanted]
    holders = [len([one for one in ones if one.id != mine]) for ones in found]
    return Taken(refusals, holders, applied(stories, public, identities.fresh(role)).accepted)


def changed(person: Person, changes: dict[str, str]) -> str | None:
    """Why a change is refused: at once, or when it is declared."""
    asked = person.change_registration(changes)
    return asked.refused_because if asked.refused else person.submit_registration().refused_because


def applied(stories: Stories, public: Public, identity: Identity) -> Answer[Registration]:
    """The answer to an application for registration."""
    return public.register(stories.registration(identity))


class Business:
    """What an entity of its role does, and what is on record of it: an owner begins a project, a bidder asks about the documents."""

    def __init__(self, stories: Stories, tender: Tender, person: Person) -> None:
        self._stories, self._tender, self._person = stories, tender, person
        self._text = f"{person.identity.name}询问工期"

    def done(self) -> str | None:
        """Why it is refused; None if it is done."""
        if self._person.identity.role != "bidder":
            return self._person.tries(Owner.create_project, papers.project(self._tender.facts)).refused_because
        obtained: Answer[Any] = self._person.tries(Bidder.download, self._tender.document)
        asked = self._person.tries(Bidder.ask, self._tender.section, self._text)
        return obtained.refused_because or asked.refused_because

    @property
    def recorded(self) -> int:
        """How often it was done, as the platform has it on record."""
        if self._person.identity.role != "bidder":
            return len(self._person.tries(Owner.projects).value)
        return len([one for one in self._tender.owner.questions(self._tender.section).value if one.get("text") == self._text])


class Admission(NamedTuple):
    """How an entity came to be verified: why business was refused before, what it could do after, and what is on record."""

    before: list[str | None]
    after: str | None
    recorded: int
    registration: Registration
    verifier: str
    in_time: bool


def until_verified(stories: Stories, identities: Identities, public: Public, role: str) -> Admission:
    """Business while drafted, declared, rejected, and declared again with a correction; last, when verified."""
    person, verifier = stories.applicant(identities.fresh(role)), stories.verifier()
    business = Business(stories, stories.bidding(bidders=1), person)
    before = [business.done()]
    submitted = person.submit_registration().value
    before.append(business.done())
    verifier.verify(submitted, "rejected", "国家企业信用信息公示系统", "请更正").require()
    before.append(business.done())
    person.change_registration({"address": _CORRECTED}).require()
    submitted = person.submit_registration().value
    before.append(business.done())
    begun = public.time().value.now
    verifier.verify(submitted, "verified", "国家企业信用信息公示系统").require()
    ended = public.time().value.now
    after, kept = business.done(), verifier.registration_of(submitted).value
    in_time = kept.says("verified_at") and begun - SECOND <= kept.verified_at <= ended + SECOND
    return Admission(before, after, business.recorded, kept, verifier.identity.name, in_time)


_CORRECTED = "北京市东城区更正路3号"
_NOT_YET = ["not_verified"] * 4


class Suspension(NamedTuple):
    """Business when active, suspended, active again; the status on record meanwhile, and how often business was done."""

    refusals: list[str | None]
    statuses: list[str]
    recorded: int


def while_suspended(stories: Stories, identities: Identities, role: str) -> Suspension:
    """Suspend a verified entity and let it act again; meanwhile it tries to make itself active."""
    person, verifier = stories.admitted(identities.fresh(role)), stories.verifier()
    business = Business(stories, stories.bidding(bidders=1), person)
    registration = person.registration().value
    refusals, statuses = [business.done()], []
    verifier.set_status(registration, _SUSPENDED, "国家企业信用信息公示系统").require()
    refusals.append(business.done())
    statuses.append(verifier.registration_of(registration).value.status)
    refusals.append(person.tries(Verifier.set_status, registration, _ACTIVE, "自行恢复").refused_because)
    statuses.append(verifier.registration_of(registration).value.status)
    refusals.append(business.done())
    verifier.set_status(registration, _ACTIVE, "国家企业信用信息公示系统").require()
    refusals.append(business.done())
    return Suspension(refusals, statuses, business.recorded)


_SUSPENDED_ONLY = Suspension([None, _SUSPENDED, "not_permitted", _SUSPENDED, None], [_SUSPENDED, _SUSPENDED], 2)


@clause("A-02")
def test_the_name_of_a_tenderee_is_registered_once(stories: Stories, identities: Identities, public: Public) -> None:
    """The name of a drafted and of a verified entity are taken, for a registration and for the change of one; another name is free."""
    assert taken(stories, identities, public, "tenderee", "name") == Taken(["name_taken"] * 4, [1, 1], free=True)


@clause("A-03")
def test_the_code_of_a_tenderee_is_registered_once(stories: Stories, identities: Identities, public: Public) -> None:
    """The code of a drafted and of a verified entity are taken, for a registration and for the change of one; another code is free."""
    assert taken(stories, identities, public, "tenderee", "uscc") == Taken(["code_taken"] * 4, [1, 1], free=True)


@clause("A-05")
def test_a_tenderee_does_business_only_when_it_is_verified(stories: Stories, identities: Identities, public: Public) -> None:
    """Drafted, declared, rejected, declared again it may do nothing; corrected and verified it may; by whom and when is on record."""
    found = until_verified(stories, identities, public, "tenderee")

    assert found.before == _NOT_YET
    assert (found.after, found.recorded) == (None, 1)
    assert found.registration.get("address") == _CORRECTED
    assert (found.registration.verified_by, found.in_time) == (found.verifier, True)


@clause("A-09")
def test_a_tenderee_that_is_suspended_does_no_business_until_it_is_active_again(stories: Stories, identities: Identities) -> None:
    """Suspended by the staff it is refused, stands as suspended, and cannot lift that itself; active again it does the same act."""
    assert while_suspended(stories, identities, "tenderee") == _SUSPENDED_ONLY


@clause("A-15")
def test_the_name_of_an_agency_is_registered_once(stories: Stories, identities: Identities, public: Public) -> None:
    """The name of a drafted and of a verified entity are taken, for a registration and for the change of one; another name is free."""
    assert taken(stories, identities, public, "agency", "name") == Taken(["name_taken"] * 4, [1, 1], free=True)


@clause("A-16")
def test_the_code_of_an_agency_is_registered_once(stories: Stories, identities: Identities, public: Public) -> None:
    """The code of a drafted and of a verified entity are taken, for a registration and for the change of one; another code is free."""
    assert taken(stories, identities, public, "agency", "uscc") == Taken(["code_taken"] * 4, [1, 1], free=True)


@clause("A-18")
def test_an_agency_does_business_only_when_it_is_verified(stories: Stories, identities: Identities, public: Public) -> None:
    """Drafted, declared, rejected and declared again it may do nothing; it corrects, is verified, and may; its state is then verified."""
    found = until_verified(stories, identities, public, "agency")

    assert found.before == _NOT_YET
    assert (found.after, found.recorded) == (None, 1)
    assert found.registration.get("address") == _CORRECTED
    assert found.registration.state == "verified"


@clause("A-22")
def test_an_agency_that_is_suspended_does_no_business_until_it_is_active_again(stories: Stories, identities: Identities) -> None:
    """Suspended by the staff it is refused, stands as suspended, and cannot lift that itself; active again it does the same act."""
    assert while_suspended(stories, identities, "agency") == _SUSPENDED_ONLY


@clause("A-26")
def test_the_name_of_a_bidder_is_registered_once(stories: Stories, identities: Identities, public: Public) -> None:
    """The name of a drafted and of a verified entity are taken, for a registration and for the change of one; another name is free."""
    assert taken(stories, identities, public, "bidder", "name") == Taken(["name_taken"] * 4, [1, 1], free=True)


@clause("A-29")
def test_a_bidder_does_business_only_when_it_is_verified(stories: Stories, identities: Identities, public: Public) -> None:
    """Drafted, declared, rejected and declared again it may do nothing; it corrects, is verified, and may."""
    found = until_verified(stories, identities, public, "bidder")

    assert found.before == _NOT_YET
    assert (found.after, found.recorded) == (None, 1)
    assert found.registration.get("address") == _CORRECTED


@clause("A-33")
def test_a_bidder_that_is_suspended_does_no_business_until_it_is_active_again(stories: Stories, identities: Identities) -> None:
    """Suspended by the staff it is refused, stands as suspended, and cannot lift that itself; active again it does the same act."""
    assert while_suspended(stories, identities, "bidder") == _SUSPENDED_ONLY
