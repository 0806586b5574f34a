"""What is the platform's to say of somebody or something is not said by whoever sends it (批量赋值)."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import pytest

from tenderproof.testing import Answer, Content, Facts, Identities, Missing, Owner, Person, Public, Stories, Tenderee, clause, papers

# What is given by verification, review or duty, and never by whoever asks for it; each with a value that would grant something.
_GRANTED = {
    "role": "administrator", "state": "verified", "status": "active", "verified_by": "自行验证", "verified_at": "2026-01-01T00:00:00+08:00",
    "source": "自行验证", "reviewed_by": "自行审核", "published_at": "2026-01-01T00:00:00+08:00", "account_id": "0" * 32,
    "owner_id": "0" * 32, "tenderee_id": "0" * 32, "created_at": "2020-01-01T00:00:00+08:00",
}  # fmt: skip
_STATES = {"registration": "verified", "notice": "published"}  # what another has to do before; who submits a project does so itself


class Handing(NamedTuple):
    """Something that is handed in: with more fields than are asked for, and how its owner reads it afterwards (None: there is nothing)."""

    kind: str
    lawful: Mapping[str, Any]
    hand_in: Callable[[Mapping[str, Any]], Answer[Any]]
    read: Callable[[Answer[Any]], Mapping[str, Any] | None]


def read(answer: Answer[Any]) -> Mapping[str, Any] | None:
    """What an answer shows."""
    return answer.value.raw if answer.accepted else None


def own_registration(person: Person) -> Callable[[Answer[Any]], Mapping[str, Any] | None]:
    """How somebody reads its registration, once there is one."""
    return lambda handed: read(person.registration()) if handed.accepted else None


def as_read(owner: Person, public: Public, handed: Answer[Any]) -> Mapping[str, Any] | None:
    """A notice, as everybody reads it, and where nobody does, its owner."""
    return (read(public.published_notice(handed.value.id)) or read(owner.notice(handed.value))) if handed.accepted else None


def registering(stories: Stories, identities: Identities, public: Public) -> Iterator[Handing]:
    """A registration, each time of somebody new."""
    while True:
        identity = identities.fresh("bidder")
        person = stories.continued(identity)
        yield Handing(
            "registration",
            stories.registration(identity),
            lambda paper: public.register(Content(paper)),
            own_registration(person),
        )


def changing(stories: Stories, identities: Identities, _: Public) -> Iterator[Handing]:
    """A change of a registration that is not verified."""
    person = stories.applicant(identities.fresh("bidder"))
    while True:
        yield Handing(
            "registration", {"address": "北京市东城区安定路7号"}, person.change_registration, lambda _: read(person.registration())
        )


def beginning(stories: Stories, identities: Identities, _: Public) -> Iterator[Handing]:
    """A project."""
    tenderee = stories.admitted(identities.fresh("tenderee"))
    while True:
        yield Handing(
            "project",
            papers.project(Facts()),
            lambda paper: tenderee.tries(Tenderee.create_project, papers.project(Facts()).but(**paper)),
            lambda handed: read(tenderee.project(handed.value)) if handed.accepted else None,
        )


def announcing(stories: Stories, _: Identities, public: Public) -> Iterator[Handing]:
    """A notice in draft, as everybody reads it and, where nobody does, its owner."""
    tender = stories.created()
    owner: Person = tender.owner
    while True:
        yield Handing(
            "notice",
            papers.notice(tender),
            lambda paper: owner.tries(Owner.draft_notice, tender.tender_project, papers.notice(tender).but(**paper)),
            lambda handed: (
                (read(public.published_notice(handed.value.id)) or read(owner.notice(handed.value))) if handed.accepted else None
            ),
        )


def taken(handing: Handing, field: str, value: Any) -> bool:
    """Whether a field that is handed in with the rest stands afterwards as it was sent."""
    handed = handing.hand_in({**handing.lawful, field: value})
    shown = handing.read(handed)
    return shown is not None and field in shown and shown[field] == value


@clause("HN-3.2-09", "EB-13-1")
@pytest.mark.parametrize("prepared", [registering, changing, beginning, announcing], ids=lambda made: made.__name__)
def test_what_is_the_platforms_to_say_is_not_taken_from_whoever_sends_it(
    stories: Stories, identities: Identities, public: Public, prepared: Callable[[Stories, Identities, Public], Iterator[Handing]]
) -> None:
    """Handed in with a role, a state, a verification or an owner beside what is asked for, these are refused or passed over.

    Without them it is taken, before and after, and shows other values in their place.
    """
    handings = prepared(stories, identities, public)
    first = next(handings)
    before = first.read(first.hand_in(first.lawful))
    if before is None:
        raise Missing("what is lawful was not taken")
    granted = {**_GRANTED, "state": _STATES.get(first.kind, before.get("state"))}
    values = {
        field: value for field, value in granted.items() if (field == "role" or field not in first.lawful) and before.get(field) != value
    }
    assigned = [field for field, value in values.items() if taken(next(handings), field, value)]
    last = next(handings)

    assert assigned == []
    assert last.read(last.hand_in(last.lawful)) is not None
