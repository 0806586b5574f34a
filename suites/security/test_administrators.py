"""Whoever runs the platform has the rights that the task needs, and nobody has two tasks that watch each other (最小权限、权限分离)."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from tenderproof.testing import (
    Administrator,
    Answer,
    Auditor,
    Facts,
    Identities,
    Missing,
    Person,
    Registration,
    Stories,
    Tenderee,
    Verifier,
    clause,
    papers,
)

_MARKET = ("tenderee", "agency", "bidder")


class Task(NamedTuple):
    """A task of the operator's: whose it is, how somebody does it, and what its own sees of it."""

    whose: str
    do: Callable[[Person], Answer[Any]]
    seen: Callable[[], Any]


class Told(NamedTuple):
    """Who else tried a task, whether the answer was a refusal, and whether anything of it is seen."""

    role: str
    refused: bool
    harmless: bool


def staff(stories: Stories) -> dict[str, Person]:
    """The operator's people, one for each task."""
    return {"administrator": stories.administrator(), "auditor": stories.auditor(), "verifier": stories.verifier()}


def waiting(stories: Stories, identities: Identities) -> Registration:
    """A registration that waits to be verified."""
    return stories.applicant(identities.fresh("bidder")).submit_registration().value


def relating(stories: Stories, identities: Identities) -> Task:
    """系统管理：维护控股、管理关系."""
    administrator, pair = stories.administrator(), (identities.code(), identities.code())
    return Task(
        "administrator",
        lambda one: one.tries(Administrator.add_relation, *pair, "holding"),
        lambda: pair in {(found.a, found.b) for found in administrator.relations().value},
    )


def auditing(_: Stories, __: Identities) -> Task:
    """安全审计：核验审计记录."""
    return Task("auditor", lambda one: one.tries(Auditor.verify_audit), lambda: None)


def reading_the_trail(stories: Stories, identities: Identities) -> Task:
    """安全审计：查阅审计记录."""
    about = waiting(stories, identities).id
    return Task("auditor", lambda one: entries(one, about), lambda: None)


def entries(one: Person, about: str) -> Answer[Any]:
    """The entries of the trail about a thing, as somebody reads them."""
    if not isinstance(one, Auditor):
        raise Missing(f"the driver does not let a {one.identity.role} ask for the audit trail")
    return one.audit_entries(object=about)


def verifying(stories: Stories, identities: Identities) -> Task:
    """业务管理：验证注册信息."""
    verifier, submitted = stories.verifier(), waiting(stories, identities)
    return Task(
        "verifier",
        lambda one: one.tries(Verifier.verify, submitted, source="国家企业信用信息公示系统"),
        lambda: verifier.registration_of(submitted).value.state,
    )


def barring(stories: Stories, identities: Identities) -> Task:
    """业务管理：停用主体."""
    verifier, submitted = stories.verifier(), waiting(stories, identities)
    verifier.verify(submitted, source="国家企业信用信息公示系统").require()
    return Task(
        "verifier",
        lambda one: one.tries(Verifier.set_status, submitted, "suspended", "资质失效"),
        lambda: verifier.registration_of(submitted).value.get("status"),
    )


_TASKS = (relating, auditing, reading_the_trail, verifying, barring)


def tried(task: Task, people: dict[str, Person]) -> list[Told]:
    """What comes of it when these people try somebody else's task."""
    told = []
    for role, person in people.items():
        before = task.seen()
        answer = task.do(person)
        told.append(Told(role, answer.refused, task.seen() == before))
    return told


@clause("SEC-MLPS-2")
@pytest.mark.parametrize("prepared", _TASKS, ids=lambda made: made.__name__)
def test_no_administrator_does_anothers_task(
    stories: Stories, identities: Identities, prepared: Callable[[Stories, Identities], Task]
) -> None:
    """The two others of system, security and audit are refused, and nothing of it is seen; whose task it is does it."""
    task, people = prepared(stories, identities), staff(stories)
    told = tried(task, {role: person for role, person in people.items() if role != task.whose})
    own = task.do(people[task.whose])

    assert [one.role for one in told if not (one.refused and one.harmless)] == []
    assert own.accepted
    assert len({person.me().value.id for person in people.values()}) == len(people), "one account has two tasks"


@clause("F-28")
@pytest.mark.parametrize("prepared", [relating, auditing, reading_the_trail], ids=lambda made: made.__name__)
def test_who_audits_is_not_who_administers_the_system(
    stories: Stories, identities: Identities, prepared: Callable[[Stories, Identities], Task]
) -> None:
    """They are two accounts; the auditor's administers nothing and the administrator's audits nothing, each does its own."""
    people = {"administrator": stories.administrator(), "auditor": stories.auditor()}
    task = prepared(stories, identities)
    told = tried(task, {role: person for role, person in people.items() if role != task.whose})
    accounts = {person.me().value.id for person in people.values()}

    assert [one.role for one in told if not (one.refused and one.harmless)] == []
    assert task.do(people[task.whose]).accepted
    assert len(accounts) == len(people), "one account has both tasks"


@clause("F-13")
def test_a_new_account_has_none_of_the_operators_rights(stories: Stories, identities: Identities) -> None:
    """Neither before its registration is verified nor after does an account of the market do what is the operator's; the operator does."""
    people = {f"{role}, not verified": stories.applicant(identities.fresh(role)) for role in _MARKET}
    people |= {role: stories.admitted(identities.fresh(role)) for role in _MARKET}
    tasks = {prepared.__name__: prepared(stories, identities) for prepared in _TASKS}
    told = {name: tried(task, people) for name, task in tasks.items()}
    own = {name: task.do(staff(stories)[task.whose]).accepted for name, task in tasks.items()}

    assert [f"{name} by {one.role}" for name, tries in told.items() for one in tries if not (one.refused and one.harmless)] == []
    assert own == dict.fromkeys(tasks, True)


@clause("F-13")
def test_an_account_does_no_business_before_its_registration_is_verified(stories: Stories, identities: Identities) -> None:
    """A tenderee that is not verified begins no project, and has none afterwards; once it is verified it begins one."""
    new = stories.applicant(identities.fresh("tenderee"))
    submitted = new.submit_registration().value
    early = new.tries(Tenderee.create_project, papers.project(Facts()))
    stories.verifier().verify(submitted, source="国家企业信用信息公示系统").require()
    left = new.tries(Tenderee.projects).value
    later = new.tries(Tenderee.create_project, papers.project(Facts()))

    assert early.refused
    assert left == ()
    assert later.accepted


@clause("F-13")
def test_who_supervises_changes_nothing_of_what_it_watches(stories: Stories, identities: Identities) -> None:
    """Supervision is logged in, and does not verify a registration; the verifier does."""
    supervisor, task = stories.supervisor(), verifying(stories, identities)
    told = tried(task, {"supervisor": supervisor})

    assert supervisor.me().accepted
    assert [one.role for one in told if not (one.refused and one.harmless)] == []
    assert task.do(stories.verifier()).accepted
