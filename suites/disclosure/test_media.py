"""A notice reads the same in every medium and costs nothing (公告在不同媒介内容一致、不收费)."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pytest

from tenderproof.testing import Plan, Provided, Public, PublicService, Stories, clause, papers

_MEDIA = ["national_public_service", "provincial_public_service"]


def told(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a notice says, as it came to another platform."""
    text = content.get("text")
    said = text.get("content") if isinstance(text, Mapping) else None
    return said if isinstance(said, Mapping) else {}


def meant_for(medium: str, one: Provided) -> bool:
    """Whether a copy is for a medium."""
    return one.medium == medium


@clause("LAW-RG-15")
@pytest.mark.parametrize("kind", ["tender", "prequalification"])
def test_a_notice_is_the_same_in_every_medium_and_nobody_pays_for_it(
    stories: Stories, public: Public, public_service: PublicService, plan: Plan, kind: str
) -> None:
    """What came to each medium is what the public reads here, item for item; publishing and reading it leaves nothing to pay."""
    tender = stories.created(prequalification=kind == "prequalification")
    charged = tender.owner.fees(tender.section)
    before = charged.value if charged.accepted else ()
    submitted = tender.owner.announce(tender.tender_project, papers.notice(tender, kind).but(media=_MEDIA))
    tender.verifier.review_notice(submitted.value).require()
    here = public.published_notice(submitted.value.id)
    within = plan.whole("sync_publish_delay_s")
    came = [one for medium in _MEDIA for one in public_service.awaited("notice", submitted.value.id, within, partial(meant_for, medium))]
    by_medium = {one.medium: told(one.content.raw) for one in came}

    assert here.accepted
    assert here.value.content.says("qualification")
    assert set(_MEDIA) <= set(by_medium), "a medium was given nothing"
    assert {medium: said == here.value.content.raw for medium, said in by_medium.items()} == dict.fromkeys(by_medium, True)
    assert tender.owner.fees(tender.section).value == before, "somebody has to pay for the notice"
