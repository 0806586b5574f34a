"""A prequalification notice says the same wherever it is published (资格预审公告在不同媒介内容一致)."""

import pytest

from tenderproof.testing import Missing, Public, Stories, Tender, clause, papers

_MEDIA = ["national_public_service", "provincial_public_service"]


def digests(public: Public, notice_id: str) -> list[str]:
    """The digest of the content that each medium was given."""
    found = public.published_notice(notice_id).value
    if not all("content_sha256" in medium for medium in found.media):
        raise Missing("the platform does not tell the digest of what it gave to each medium")
    return [medium["content_sha256"] for medium in found.media]


@clause("B-036")
def test_every_medium_is_given_the_same_prequalification_notice(stories: Stories, public: Public) -> None:
    """Published in two media, a prequalification notice has one content in both: that of the notice on the platform."""
    tender = stories.created(prequalification=True)
    content = papers.notice(tender, "prequalification").but(media=_MEDIA)
    notice = tender.verifier.review_notice(tender.owner.announce(tender.tender_project, content).value).value
    given = digests(public, notice.id)

    assert len(given) == len(_MEDIA)
    assert set(given) == {notice.get("content_sha256")}


@clause("B-036")
@pytest.mark.parametrize("changed", ["content.qualification", "content.bid_deadline"])
def test_a_prequalification_notice_with_another_content_is_not_published_in_a_second_medium(
    stories: Stories, public: Public, changed: str
) -> None:
    """Once published, it goes to a further medium with the very same content; with any other it is refused, and nothing is published."""
    tender = stories.created(prequalification=True)
    content = papers.notice(tender, "prequalification").but(media=_MEDIA[:1])
    first = tender.verifier.review_notice(tender.owner.announce(tender.tender_project, content).value).value
    elsewhere = content.but(media=_MEDIA[1:])
    differing = {
        "content.qualification": "公路工程施工总承包一级",
        "content.bid_deadline": tender.bid_deadline + (tender.bid_deadline - tender.document_until),
    }
    other = elsewhere.putting(changed, differing[changed])
    if changed == "content.bid_deadline":
        other = other.putting("content.opening_at", differing[changed])
    refused = tender.owner.announce(tender.tender_project, other)
    same = tender.owner.announce(tender.tender_project, elsewhere)

    assert refused.refused_because == "media_content_differs"
    assert same.accepted
    second = tender.verifier.review_notice(same.value).value
    assert published(public, tender) == {first.id, second.id}
    assert len({*digests(public, first.id), *digests(public, second.id)}) == 1


def published(public: Public, tender: Tender) -> set[str]:
    """The notices of the section that the public can read."""
    return {found["id"] for found in public.published_section(tender.section).value.notices}
