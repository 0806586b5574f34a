"""The platform is connected with the public service platform and with supervision, in both directions (互联互通)."""

from tenderproof.testing import Identities, Plan, Provided, Public, PublicService, Stories, Verifier, clause, papers

_ELSEWHERE = "甲交易平台"
_PUBLIC, _SUPERVISION = "public_service", "supervision"


def came(public_service: PublicService, plan: Plan, kind: str, thing: str, medium: str) -> tuple[Provided, ...]:
    """What has come of a thing for a medium, in time."""
    return public_service.awaited(kind, thing, plan.whole("sync_publish_delay_s"), lambda one: one.medium == medium)


@clause("HN-2.4-02")
def test_three_platforms_tell_one_another_what_none_could_know_before(
    stories: Stories, identities: Identities, verifier: Verifier, public: Public, public_service: PublicService, plan: Plan
) -> None:
    """An entity told there is received here, a notice of here is told there, a report reaches supervision, and its order is obeyed."""
    entity = identities.fresh("bidder")
    public_service.hold_registration(stories.registration(entity), _ELSEWHERE)
    received = verifier.receive_registrations(entity.role, entity.uscc).value

    tender, title = stories.created(), f"城东道路工程施工招标公告（{entity.name}）"
    submitted = tender.owner.announce(tender.tender_project, papers.notice(tender).but(title=title)).value
    tender.verifier.review_notice(submitted).require()
    notices = came(public_service, plan, "notice", submitted.id, _PUBLIC)

    supervisor = stories.supervisor()
    supervisor.issue_order(tender.section, "suspend", "暂停招标活动，配合调查").require()
    stopped = public.published_section(tender.section).value.get("suspended")
    supervisor.issue_order(tender.section, "resume", "恢复").require()
    resumed = public.published_section(tender.section).value.get("suspended")
    evaluated = stories.known("evaluated")
    reports = came(public_service, plan, "evaluation_report", evaluated.report.id, _SUPERVISION)

    assert [(one.name, one.uscc) for one in received] == [(entity.name, entity.uscc)]
    assert title in {one.get("content.text.title") for one in notices}
    assert (stopped, resumed) == (True, False)
    assert evaluated.report.text in {one.get("content.text") for one in reports}
