"""What one platform publishes others can use: whole, with its source, its time and its digest (交易信息共享)."""

from datetime import timedelta
from typing import Any

from tenderproof.testing import Missing, Notice, Plan, Provided, Public, PublicService, Stories, clause


def shared(public_service: PublicService, plan: Plan, notice: Notice) -> Provided:
    """What came last of a notice for the public service platform; Missing if nothing did: that it comes is for other checks to decide."""
    found = public_service.awaited("notice", notice.id, plan.whole("sync_publish_delay_s"), lambda one: one.medium == "public_service")
    if not found:
        raise Missing("nothing has come of a notice in time")
    return found[-1]


def usable(here: Notice, there: Provided, source: str, within: timedelta) -> dict[str, Any]:
    """What is not the same there as it is here, by name."""
    told = {"content": there.get("content.text.content"), "digest": there.content_sha256, "source": there.get("content.source")}
    right = {"content": here.raw["content"], "digest": here.get("content_sha256"), "source": source}
    differs = {name: told[name] for name in right if told[name] != right[name]}
    return differs if abs(there.at - here.published_at) <= within else {**differs, "at": there.at}


@clause("HN-2.4-05")
def test_what_is_published_can_be_used_elsewhere_with_its_source_time_and_digest(
    stories: Stories, public: Public, public_service: PublicService, plan: Plan
) -> None:
    """Notice, candidates and result are there as they are here, not as a title with a link, and say whose they are and since when."""
    tender = stories.known("awarded")
    within, source = timedelta(seconds=plan.whole("sync_publish_delay_s")), public.platform().value.name
    here = [
        public.published_notice(tender.notice.id).value,
        public.published_notice(public.published_candidates(tender.section).value.id).value,
        public.published_notice(public.published_result(tender.section).value.id).value,
    ]

    assert source
    assert [usable(notice, shared(public_service, plan, notice), source, within) for notice in here] == [{}, {}, {}]
    assert all(notice.content.raw for notice in here)
