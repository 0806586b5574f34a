"""Registering with the platform: the agreement, who declares and verifies, and what can be changed when (注册登记)."""

from typing import Any, NamedTuple

from tenderproof.testing import SECOND, Identities, Person, Public, Registration, Stories, Verifier, clause

_DRAFTED, _ADDRESS = "北京市东城区原址路1号", "北京市东城区新址路2号"
_NOT_ACCEPTED = {"agreement_not_accepted", "invalid_content"}


class Case(NamedTuple):
    """Somebody who registers, with who verifies and what the platform has on record."""

    person: Person
    verifier: Verifier

    @property
    def kept(self) -> Registration:
        """The registration as the verifier reads it."""
        return self.verifier.registration_of(self.person.registration().value).value

    @property
    def address(self) -> Any:
        """The address on record."""
        return self.kept.get("address")


def editing(stories: Stories, identities: Identities, role: str) -> Case:
    """A registration that is being edited."""
    return Case(stories.applicant(identities.fresh(role)), stories.verifier())


def waiting(stories: Stories, identities: Identities, role: str) -> Case:
    """A registration that waits for verification."""
    case = editing(stories, identities, role)
    case.person.submit_registration().require()
    return case


def decided(stories: Stories, identities: Identities, role: str, outcome: str) -> Case:
    """A registration that was verified or rejected."""
    case = waiting(stories, identities, role)
    case.verifier.verify(case.kept, outcome, "国家企业信用信息公示系统", "请更正").require()
    return case


def agreements(stories: Stories, identities: Identities, public: Public, role: str) -> tuple[list[str | None], bool, str]:
    """Why not accepting, another agreement and none are refused; whether the accepting application is taken; what the agreement says."""
    paper = stories.registration(identities.fresh(role))
    version = paper.at("agreement.version")
    wrong = ({"version": version, "accepted": False}, {"version": f"{version}-0", "accepted": True})
    refusals = [public.register(paper.putting("agreement", one)).refused_because for one in wrong]
    refusals.append(public.register(paper.without("agreement")).refused_because)
    return refusals, public.register(paper).accepted, str(public.agreement(role).value.get("text"))


def on_record(stories: Stories, identities: Identities, public: Public, role: str) -> tuple[list[str], list[bool]]:
    """Who declared and who verified a registration as kept, and whether each moment lies where it happened (to the second)."""
    case = editing(stories, identities, role)
    begun = public.time().value.now
    case.person.submit_registration().require()
    declared = public.time().value.now
    case.verifier.verify(case.kept, "verified", "国家企业信用信息公示系统").require()
    verified = public.time().value.now
    kept = case.kept
    times = [begun - SECOND <= kept.declared_at <= declared + SECOND, declared - SECOND <= kept.verified_at <= verified + SECOND]
    return [str(kept.get("declared_by")), kept.verified_by], times


def while_waiting(stories: Stories, identities: Identities, role: str) -> tuple[bool, str | None, Any]:
    """Whether a draft could be changed; why what waits could not be; the address on record after that."""
    case = editing(stories, identities, role)
    before = case.person.change_registration({"address": _DRAFTED}).accepted
    case.person.submit_registration().require()
    refusal = case.person.change_registration({"address": _ADDRESS}).refused_because
    return before, refusal, case.address


def changes(stories: Stories, identities: Identities, role: str) -> list[Any]:
    """The address on record after a verified entity asked for another, declared it, was rejected, declared it again, was verified."""
    case = decided(stories, identities, role, "verified")
    found = [case.address]
    case.person.change_registration({"address": _ADDRESS}).require()
    found.append(case.address)
    for outcome in ("rejected", "verified"):
        case.person.submit_registration().require()
        found.append(case.address)
        case.verifier.verify(case.kept, outcome, "国家企业信用信息公示系统", "请更正").require()
        found.append(case.address)
    return found


def deletable(stories: Stories, identities: Identities, role: str) -> dict[str, tuple[bool, bool]]:
    """In each state: whether a registration could be deleted, and whether it is gone after the attempt."""
    cases = {
        "editing": editing(stories, identities, role),
        "submitted": waiting(stories, identities, role),
        "verified": decided(stories, identities, role, "verified"),
        "rejected": decided(stories, identities, role, "rejected"),
    }
    found = {}
    for state, case in cases.items():
        registration = case.kept
        done = case.person.delete_registration()
        found[state] = (done.accepted, case.verifier.registration_of(registration).refused)
    return found


_DELETED = {"editing": (True, True), "submitted": (False, False), "verified": (False, False), "rejected": (True, True)}


@clause("A-01")
def test_a_tenderee_registers_only_when_it_accepts_the_agreement(stories: Stories, identities: Identities, public: Public) -> None:
    """Not accepting, accepting another one and leaving it out are refused and leave nothing; the same application with it is taken."""
    refusals, accepted, text = agreements(stories, identities, public, "tenderee")

    assert text.strip(), "there is no agreement to read"
    assert [why for why in refusals if why not in _NOT_ACCEPTED] == []
    assert accepted


@clause("A-04")
def test_who_declares_a_tenderees_registration_and_who_verifies_it_is_on_record(
    stories: Stories, identities: Identities, public: Public
) -> None:
    """Declared by its contact and verified by the verifier who did it, each at the moment at which it happened."""
    names, times = on_record(stories, identities, public, "tenderee")

    assert names == ["王海燕", stories.verifier().identity.name]
    assert times == [True, True]


@clause("A-06")
def test_a_registration_of_a_tenderee_cannot_be_changed_while_it_waits(stories: Stories, identities: Identities) -> None:
    """A draft is changed, what is declared is not, and it stays as it was declared."""
    draft_changed, refusal, address = while_waiting(stories, identities, "tenderee")

    assert draft_changed
    assert refusal == "not_editable"
    assert address == _DRAFTED


@clause("A-07")
def test_a_change_by_a_tenderee_takes_effect_when_it_is_verified(stories: Stories, identities: Identities) -> None:
    """Asked for, declared, even rejected, a change leaves what was verified as it was; verified it takes its place."""
    first, *until_verified, after = changes(stories, identities, "tenderee")

    assert until_verified == [first] * len(until_verified)
    assert after == _ADDRESS


@clause("A-08")
def test_a_tenderee_deletes_its_registration_only_as_a_draft_or_rejected(stories: Stories, identities: Identities) -> None:
    """What waits or is verified stays though its deletion is asked for; a draft and a rejected one are changed, deleted, and gone."""
    rejected = decided(stories, identities, "tenderee", "rejected")
    changed = rejected.person.change_registration({"address": _ADDRESS})

    assert deletable(stories, identities, "tenderee") == _DELETED
    assert changed.accepted
    assert rejected.address == _ADDRESS


@clause("A-14")
def test_an_agency_registers_only_when_it_accepts_the_agreement(stories: Stories, identities: Identities, public: Public) -> None:
    """Not accepting, accepting another one and leaving it out are refused and leave nothing; the same application with it is taken."""
    refusals, accepted, text = agreements(stories, identities, public, "agency")

    assert text.strip(), "there is no agreement to read"
    assert [why for why in refusals if why not in _NOT_ACCEPTED] == []
    assert accepted


@clause("A-17")
def test_who_declares_an_agencys_registration_and_who_verifies_it_is_on_record(
    stories: Stories, identities: Identities, public: Public
) -> None:
    """Declared by its contact and verified by the verifier who did it, each at the moment at which it happened."""
    names, times = on_record(stories, identities, public, "agency")

    assert names == ["王海燕", stories.verifier().identity.name]
    assert times == [True, True]


@clause("A-19")
def test_a_registration_of_an_agency_cannot_be_changed_while_it_waits(stories: Stories, identities: Identities) -> None:
    """A draft is changed, what is declared is not, and it stays as it was declared."""
    draft_changed, refusal, address = while_waiting(stories, identities, "agency")

    assert draft_changed
    assert refusal == "not_editable"
    assert address == _DRAFTED


@clause("A-20")
def test_a_change_by_an_agency_takes_effect_when_it_is_verified(stories: Stories, identities: Identities) -> None:
    """Asked for, declared, even rejected, a change leaves what was verified as it was; verified it takes its place."""
    first, *until_verified, after = changes(stories, identities, "agency")

    assert until_verified == [first] * len(until_verified)
    assert after == _ADDRESS


@clause("A-21")
def test_an_agency_deletes_its_registration_only_as_a_draft_or_rejected(stories: Stories, identities: Identities) -> None:
    """What waits or is verified stays though its deletion is asked for; a draft and a rejected one are changed, deleted, and gone."""
    rejected = decided(stories, identities, "agency", "rejected")
    changed = rejected.person.change_registration({"address": _ADDRESS})

    assert deletable(stories, identities, "agency") == _DELETED
    assert changed.accepted
    assert rejected.address == _ADDRESS


@clause("A-25")
def test_a_bidder_registers_only_when_it_accepts_the_agreement(stories: Stories, identities: Identities, public: Public) -> None:
    """Not accepting, accepting another one and leaving it out are refused and leave nothing; the same application with it is taken."""
    refusals, accepted, text = agreements(stories, identities, public, "bidder")

    assert text.strip(), "there is no agreement to read"
    assert [why for why in refusals if why not in _NOT_ACCEPTED] == []
    assert accepted


@clause("A-27")
def test_who_declares_a_bidders_registration_is_on_record(stories: Stories, identities: Identities, public: Public) -> None:
    """Declared by its contact, at the moment at which it happened."""
    (declared_by, _), (declared_then, _) = on_record(stories, identities, public, "bidder")

    assert declared_by == "王海燕"
    assert declared_then


@clause("A-28")
def test_who_verifies_a_bidders_registration_is_on_record(stories: Stories, identities: Identities, public: Public) -> None:
    """Verified by the verifier who did it, at the moment at which it happened."""
    (_, verified_by), (_, verified_then) = on_record(stories, identities, public, "bidder")

    assert verified_by == stories.verifier().identity.name
    assert verified_then


@clause("A-30")
def test_a_registration_of_a_bidder_cannot_be_changed_while_it_waits(stories: Stories, identities: Identities) -> None:
    """A draft is changed, what is declared is not, and it stays as it was declared."""
    draft_changed, refusal, address = while_waiting(stories, identities, "bidder")

    assert draft_changed
    assert refusal == "not_editable"
    assert address == _DRAFTED


@clause("A-31")
def test_a_change_by_a_bidder_takes_effect_when_it_is_verified(stories: Stories, identities: Identities) -> None:
    """Asked for, declared, even rejected, a change leaves what was verified as it was; verified it takes its place."""
    first, *until_verified, after = changes(stories, identities, "bidder")

    assert until_verified == [first] * len(until_verified)
    assert after == _ADDRESS


@clause("A-32")
def test_a_bidder_deletes_its_registration_only_as_a_draft_or_rejected(stories: Stories, identities: Identities) -> None:
    """What waits or is verified stays though its deletion is asked for; a draft and a rejected one are changed, deleted, and gone."""
    rejected = decided(stories, identities, "bidder", "rejected")
    changed = rejected.person.change_registration({"address": _ADDRESS})

    assert deletable(stories, identities, "bidder") == _DELETED
    assert changed.accepted
    assert rejected.address == _ADDRESS
