"""No condition restricts or excludes bidders without reason (不得以不合理的条件限制或者排斥潜在投标人)."""

import re

import pytest

from tenderproof.testing import Public, Stories, clause, papers

_CONDITIONS = {
    "region": "投标人须为本市注册企业",
    "ownership": "仅限国有企业投标",
    "brand": "水泵必须采用某某品牌",
}
_LAWFUL = "市政公用工程施工总承包二级及以上"
_CHAPTERS = [
    {"no": "1", "title": "投标人须知", "text": "投标人应当按照招标文件的要求编制投标文件。"},
    {"no": "2", "title": "评标办法", "text": "采用综合评估法。"},
    {"no": "3", "title": "合同条款", "text": "工期及质量按投标文件承诺执行。"},
]
_CHOICE = re.compile(r"(仅限|只限|限于|限|须为|必须为|优先)?(本地|本省|本市|本县|省内|市内|国有|民营|指定品牌)(企业|单位|厂家|产品)?")


def choices(value: object) -> list[str]:
    """Every text of a template that is nothing but a condition of region, ownership or brand: what can be ticked."""
    if isinstance(value, str):
        return [value] if _CHOICE.fullmatch(value.strip()) else []
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [found for one in inner for found in choices(one)]


@clause("LAW-TL-18")
@pytest.mark.parametrize("kind", sorted(_CONDITIONS))
def test_a_notice_with_a_condition_that_excludes_is_noticed_before_it_is_published(stories: Stories, public: Public, kind: str) -> None:
    """A condition of region, ownership or brand is refused and nobody reads it; a lawful qualification is published."""
    tender = stories.created()
    paper = papers.notice(tender)
    excluding = tender.owner.announce(tender.tender_project, paper.putting("content.qualification", f"{_LAWFUL}，{_CONDITIONS[kind]}"))
    section = public.published_section(tender.section)

    assert excluding.refused_because == "restrictive_condition"
    assert section.refused or section.value.notices == ()
    lawful = tender.owner.announce(tender.tender_project, paper.putting("content.qualification", _LAWFUL))
    assert lawful.accepted
    tender.verifier.review_notice(lawful.value).require()
    assert public.published_notice(lawful.value.id).value.content.get("qualification") == _LAWFUL


@clause("LAW-TL-18")
@pytest.mark.parametrize("kind", sorted(_CONDITIONS))
def test_a_document_with_a_condition_that_excludes_is_noticed_before_it_is_published(stories: Stories, public: Public, kind: str) -> None:
    """The same condition in a chapter keeps the document from being published; without it, it is."""
    tender = stories.announced()
    owner, paper = tender.owner, papers.document(tender)
    chapter = {"no": "4", "title": "技术标准和要求", "text": _CONDITIONS[kind]}
    drafted = owner.draft_document(tender.section, paper.but(chapters=[*_CHAPTERS, chapter])).value
    publishing = owner.publish_document(drafted)
    known = public.documents(tender.section)

    assert publishing.refused_because == "restrictive_condition"
    assert known.refused or drafted.id not in {one.id for one in known.value}
    lawful = owner.draft_document(tender.section, paper.but(chapters=[*_CHAPTERS, {**chapter, "text": "符合国家现行有关标准。"}])).value
    assert owner.publish_document(lawful).accepted


@clause("LAW-TL-18")
def test_no_template_offers_a_condition_that_excludes(stories: Stories) -> None:
    """There are templates, each is readable, and none has a choice that limits bidders to a region, an ownership or a brand."""
    templates = stories.tenderee().templates().value

    assert templates, "there is no template"
    assert [found for one in templates for found in choices(dict(one.raw))] == []
