"""Each role logs in and does what its duty is, and what is another's duty it does not (角色与权限)."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from tenderproof.testing import (
    Administrator,
    Answer,
    Auditor,
    Bidder,
    Expert,
    Facts,
    Identities,
    Owner,
    Person,
    Public,
    Stories,
    Supervisor,
    Tender,
    Verifier,
    clause,
    papers,
)

_PARTIES = ("tenderee", "agency", "bidder", "expert")
_FORBIDDEN = {"not_permitted", "not_found"}


class Duty(NamedTuple):
    """A function of the platform: how somebody uses it, whose it is, whose it is surely not."""

    use: Callable[[Person, Tender], Answer[Any]]
    whose: str
    not_whose: tuple[str, ...]


_DUTIES = {
    "begin a project": Duty(
        lambda one, _: one.tries(Owner.create_project, papers.project(Facts())),
        "tenderee",
        ("bidder", "expert", "auditor", "supervisor"),
    ),
    "read one's own bids": Duty(
        lambda one, tender: one.tries(Bidder.bids_for, tender.section),
        "bidder",
        ("tenderee", "agency", "expert", "verifier", "auditor"),
    ),
    "read what one has to evaluate": Duty(
        lambda one, _: one.tries(Expert.assignments), "expert", ("tenderee", "agency", "bidder", "auditor")
    ),
    "read relations": Duty(lambda one, _: one.tries(Administrator.relations), "administrator", _PARTIES),
    "verify the audit trail": Duty(lambda one, _: one.tries(Auditor.verify_audit), "auditor", _PARTIES),
    "supervise": Duty(lambda one, tender: one.tries(Supervisor.supervise, tender.section), "supervisor", _PARTIES),
}


def people(stories: Stories) -> dict[str, Person]:
    """Somebody of each role."""
    return {
        "tenderee": stories.tenderee(),
        "agency": stories.agency(),
        "bidder": stories.bidders(1)[0],
        "expert": stories.experts()[0],
        "verifier": stories.verifier(),
        "administrator": stories.administrator(),
        "auditor": stories.auditor(),
        "supervisor": stories.supervisor(),
    }


@clause("EB-9-2")
@pytest.mark.parametrize("duty", sorted(_DUTIES))
def test_a_function_is_open_to_those_whose_duty_it_is_and_to_no_others(stories: Stories, duty: str) -> None:
    """Whose duty it is has logged in as what it is, and does it; every role whose duty it surely is not is refused."""
    everybody, tender, asked = people(stories), stories.announced(), _DUTIES[duty]
    mine = everybody[asked.whose]
    account = mine.me()
    others = {role: asked.use(everybody[role], tender).refused_because in _FORBIDDEN for role in asked.not_whose}

    assert account.accepted
    assert account.value.role == asked.whose
    assert asked.use(mine, tender).accepted
    assert others == dict.fromkeys(asked.not_whose, True)


@clause("EB-9-2")
@pytest.mark.parametrize("role", [*_PARTIES, "auditor", "supervisor"])
def test_nobody_but_the_operator_verifies_reviews_or_keeps_relations(
    stories: Stories, identities: Identities, public: Public, role: str
) -> None:
    """What somebody of another role tries is refused and has no effect; the operator's own people do all three."""
    verifier, administrator, tender = stories.verifier(), stories.administrator(), stories.created()
    submitted, other = (stories.applicant(identities.fresh("bidder")).submit_registration().value for _ in range(2))
    before = verifier.registration_of(submitted).value.state
    verifier.verify(other, "verified", "国家企业信用信息公示系统").require()
    notice = tender.owner.announce(tender.tender_project, papers.notice(tender)).value
    one, pair = people(stories)[role], (identities.code(), identities.code())
    tried = [
        one.tries(Verifier.verify, submitted, "verified", "自行验证").refused_because,
        one.tries(Verifier.review_notice, notice).refused_because,
        one.tries(Administrator.add_relation, *pair, "holding").refused_because,
    ]
    state, published = verifier.registration_of(submitted).value.state, public.published_notice(notice.id)
    known = {(found.a, found.b) for found in administrator.relations().value}

    assert [why for why in tried if why not in _FORBIDDEN] == []
    assert (state, published.refused, pair in known) == (before, True, False)
    assert verifier.review_notice(notice).accepted
    assert public.published_notice(notice.id).accepted
    assert administrator.add_relation(*pair, "holding").accepted
    assert pair in {(found.a, found.b) for found in administrator.relations().value}
