"""A tender notice is written in the parts of the standard text and says the same wherever it is published (招标公告)."""

import pytest

from tenderproof.testing import Content, Missing, Notice, Public, Stories, Tender, clause, papers

_MEDIA = ["national_public_service", "provincial_public_service"]
_PARTS = {
    "招标条件": "funding_source",
    "招标范围": "scope",
    "资格要求": "qualification",
    "文件的获取": "document_method",
    "文件的递交": "bid_deadline",
    "联系方式": "tenderee",
}


def announced(tender: Tender, content: Content) -> Notice:
    """A notice that is submitted, reviewed and published."""
    return tender.verifier.review_notice(tender.owner.announce(tender.tender_project, content).value).value


def given(public: Public, notice: Notice) -> list[tuple[str | None, str | None]]:
    """The digest of what each medium and the public service platform were given, and the source that they are told to name."""
    published = public.published_notice(notice.id).value
    copies = [*published.media, published.get("public_service_push") or {}]
    if not all("content_sha256" in copy for copy in copies):
        raise Missing("the platform does not tell the digest of what it gave to each medium and to the public service platform")
    return [(copy["content_sha256"], copy.get("source")) for copy in copies]


@clause("B-003", "NOT-15-1")
def test_every_medium_is_given_the_same_tender_notice(stories: Stories, public: Public) -> None:
    """Published in two media and on the public service platform, a notice has one content everywhere: that on the platform."""
    tender = stories.created()
    notice = announced(tender, papers.notice(tender).but(media=_MEDIA))

    assert [digest for digest, _ in given(public, notice)] == [notice.get("content_sha256")] * (len(_MEDIA) + 1)


@clause("NOT-15-1")
def test_every_medium_is_told_whose_the_notice_is(stories: Stories, public: Public) -> None:
    """What a medium is given names the platform as its source."""
    tender = stories.created()
    notice = announced(tender, papers.notice(tender).but(media=_MEDIA))

    assert [source for _, source in given(public, notice)] == [public.platform().value.get("name")] * (len(_MEDIA) + 1)


@clause("B-003", "NOT-15-1")
@pytest.mark.parametrize("changed", ["content.qualification", "content.scope"])
def test_a_tender_notice_with_another_content_is_not_published_in_a_second_medium(stories: Stories, public: Public, changed: str) -> None:
    """Once published, it goes to a further medium with the very same content; with any other it is refused, and nothing is published."""
    tender = stories.created()
    content = papers.notice(tender).but(media=_MEDIA[:1])
    first = announced(tender, content)
    elsewhere = content.but(media=_MEDIA[1:])
    refused = tender.owner.announce(tender.tender_project, elsewhere.putting(changed, "公路工程施工总承包一级"))
    listed = {found["id"] for found in public.published_section(tender.section).value.notices}

    assert refused.refused_because == "media_content_differs"
    assert listed == {first.id}
    second = announced(tender, elsewhere)
    assert {digest for digest, _ in (*given(public, first), *given(public, second))} == {first.get("content_sha256")}


@clause("B-005")
@pytest.mark.parametrize("item", sorted(_PARTS.values()))
def test_a_notice_that_lacks_a_part_of_the_standard_text_is_not_published(stories: Stories, public: Public, item: str) -> None:
    """Without the item it is refused and nobody reads it; with it, it is published, and the item stands in the part where it belongs."""
    tender = stories.created()
    paper = papers.notice(tender)
    without = tender.owner.announce(tender.tender_project, paper.without(f"content.{item}"))
    listed = public.published_section(tender.section)

    assert without.refused_because in {"content_incomplete", "invalid_content"}
    assert listed.refused or listed.value.notices == ()
    notice = public.published_notice(announced(tender, paper).id).value
    where = next(part for part, said in _PARTS.items() if said == item)
    found = [part["items"] for part in notice.get("standard_form") if where in part["title"]]
    assert [part for part in found if part.get(item)], f"{item} does not stand in the part {where}"
