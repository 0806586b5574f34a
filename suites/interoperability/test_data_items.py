"""Records bear the uniform codes and say what their field lists want (统一的信息分类和编码标准、数据项)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

import pytest

from tenderproof.testing import (
    Facts,
    Missing,
    Plan,
    Provided,
    Public,
    PublicService,
    PublishedSection,
    Section,
    Stories,
    Tender,
    belongs_to,
    clause,
    fault_of_code,
    papers,
)

_AT_MOST = 50
_CITY = 4
_DAYS = timedelta(days=3)


def came(public_service: PublicService, plan: Plan, kind: str, thing: str, *words: str) -> Provided:
    """What came last of a thing, with these words in it; Missing if nothing did in time: that it comes is for other checks to decide."""

    def wanted(one: Provided) -> bool:
        return one.medium == "public_service" and all(word in str(one.raw["content"]) for word in words)

    found = public_service.awaited(kind, thing, plan.whole("sync_publish_delay_s"), wanted)
    if not found:
        raise Missing(f"nothing has come of a {kind} in time")
    return found[-1]


def at(content: Any, path: str) -> Any:
    """What stands at a dotted path; None where nothing does."""
    for name in path.split("."):
        content = content.get(name) if isinstance(content, Mapping) else None
    return content


def wrong(coded: Mapping[str, tuple[str, Any]]) -> dict[str, str]:
    """Of coded values, each with its rule: what is wrong with which."""
    faults = {what: fault_of_code(rule, value) for what, (rule, value) in coded.items()}
    return {what: fault for what, fault in faults.items() if fault}


def sections_of(content: Any) -> list[Mapping[str, Any]]:
    """The sections of a tender project's record."""
    found = at(content, "sections")
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def coded(content: Any) -> dict[str, tuple[str, Any]]:
    """What is coded in a tender project's record, with the rule of each code."""
    one_each = {
        "codes.platform": "B.3.1", "codes.project": "B.3.2", "codes.tender_project": "B.3.4", "project.region_code": "GB/T 2260",
        "project.industry_code": "GB/T 4754", "tenderee.uscc": "GB 11714",
    }  # fmt: skip
    found = {path: (rule, at(content, path)) for path, rule in one_each.items()}
    for number, section in enumerate(sections_of(content)):
        found[f"sections.{number}.code"] = ("B.3.5", section.get("code"))
        found[f"sections.{number}.category_code"] = ("B.3.6", section.get("category_code"))
    return found


@clause("EB-8-1")
def test_what_is_exchanged_bears_the_uniform_codes(stories: Stories, public_service: PublicService, plan: Plan) -> None:
    """Codes come as codes, built by their rules and upon one another, and say what was handed in."""
    tender = stories.created()
    content = came(public_service, plan, "tender_project", tender.tender_project.id, str(tender.section.name)).content.raw
    handed_in = papers.section(tender.facts).at("category_code"), papers.project(tender.facts).at("industry_code")

    assert sections_of(content)
    assert wrong(coded(content)) == {}
    assert belongs_to(at(content, "codes.project"), at(content, "codes.platform"))
    assert belongs_to(at(content, "codes.tender_project"), at(content, "codes.project"))
    assert [belongs_to(one["code"], at(content, "codes.tender_project")) for one in sections_of(content)] == [True]
    assert (sections_of(content)[0]["category_code"], at(content, "project.industry_code")) == handed_in


def published_codes(one: PublishedSection) -> dict[str, tuple[str, Any]]:
    """What is coded in the public record of a section, with the rule of each code; what it does not say is not coded wrongly."""
    rules = {
        "section_code": "B.3.5", "tender_project.code": "B.3.4", "project.code": "B.3.2", "project.region_code": "GB/T 2260",
        "project.industry_code": "GB/T 4754", "tenderee.uscc": "GB 11714",
    }  # fmt: skip
    said = {path: (rule, at(one.raw, path)) for path, rule in rules.items()}
    return {path: pair for path, pair in said.items() if pair[1] is not None or path == "section_code"}


@clause("EB-8-1", way="record")
def test_what_is_published_bears_the_uniform_codes(public: Public) -> None:
    """Of every section of which a notice is published, section, tender project, project, region, industry and tenderee are coded."""
    notices = [public.published_notice(listed.id).value for listed in public.published_notices(at_most=_AT_MOST).value]
    named = dict.fromkeys(str(section_id) for notice in notices for section_id in notice.get("section_ids", []))
    answers = {section_id: public.published_section(Section({"id": section_id})) for section_id in named}
    seen = {section_id: answer.value for section_id, answer in answers.items() if answer.accepted}
    if not seen:
        raise Missing("no section is published")

    assert {section_id: faults for section_id, one in seen.items() if (faults := wrong(published_codes(one)))} == {}
    chains = [(one.section_code, at(one.raw, "tender_project.code"), at(one.raw, "project.code")) for one in seen.values()]
    assert [chain for chain in chains if not all(belongs_to(built, on) for built, on in pairwise(chain) if built and on)] == []


def region_is(handed_in: str, told: Any) -> bool:
    """Whether a region is the one that was handed in, or the city that it lies in (市级代码)."""
    return told in {handed_in, handed_in[:_CITY] + "00"}


def hub(public: Public) -> Any:
    """The code of the public service platform that a platform says it is connected with."""
    connections = public.platform().value.get("connections", [])
    return next((one.get("platform_code") for one in connections if isinstance(one, Mapping) and one.get("kind") == "public_service"), None)


@clause("DS-FLD-1")
@pytest.mark.parametrize(("compulsory", "mode"), [(True, "open"), (False, "invited")])
def test_the_record_of_a_tender_says_which_what_where_whose_and_how(
    stories: Stories, public: Public, public_service: PublicService, plan: Plan, *, compulsory: bool, mode: str
) -> None:
    """Each of the ten facts has come as it was handed in or is shown, and the codes of section, tender project and project build on one."""
    tender = stories.created(compulsory=compulsory, mode=mode)
    record = came(public_service, plan, "tender_project", tender.tender_project.id, str(tender.section.name))
    content = record.content.raw
    codes = at(content, "codes")

    assert isinstance(codes, Mapping)
    assert (codes.get("tender_project"), codes.get("sections")) == (tender.tender_project.get("code"), [tender.section.code])
    assert codes.get("unified_deal") == tender.tender_project.unified_deal_code
    assert (at(content, "compulsory"), at(content, "mode")) == (compulsory, mode)
    assert region_is(papers.project(Facts()).at("region_code"), at(content, "project.region_code"))
    assert at(content, "tenderee.uscc") == tender.tenderee.identity.uscc
    assert (codes.get("platform"), codes.get("public_service")) == (public.platform().value.platform_code, hub(public))
    assert codes.get("public_service")
    assert record.says("at")
    assert codes.get("project") == at(content, "project.code")
    assert belongs_to(str(codes.get("tender_project")), str(codes.get("project")))
    assert belongs_to(tender.section.code, str(codes.get("tender_project")))


def lacking(record: Provided, *paths: str) -> list[str]:
    """Which of these a record does not say."""
    return [path for path in paths if at(record.raw, path) in (None, "", [], {})]


def offered(one: Any) -> tuple[Any, Any, Decimal | None]:
    """Name, code and price in yuan of whoever offers."""
    try:
        price = Decimal(str(at(one, "price")))
    except InvalidOperation:
        price = None
    return at(one, "name"), at(one, "uscc"), price


def bid_for(tender: Tender) -> list[tuple[str, str, Decimal]]:
    """Name, code and price of each candidate, by rank, as they bid."""
    ranked = tender.ranking[: tender.facts.candidates]
    return [(bid.bidder.identity.name, bid.bidder.identity.uscc, Decimal(str(bid.sealed.facts["price"]))) for bid in ranked]


@clause("DS-FLD-2")
def test_the_records_of_notice_opening_candidates_result_and_contract_are_complete_and_agree(
    stories: Stories, public: Public, public_service: PublicService, plan: Plan
) -> None:
    """Each says what its field list wants; the publicity lasts three days, the winner is the first candidate, all amounts are one."""
    tender = stories.known("contracted")
    candidates_id, result_id = public.published_candidates(tender.section).value.id, public.published_result(tender.section).value.id
    notice, candidates, result = (came(public_service, plan, "notice", one) for one in (tender.notice.id, candidates_id, result_id))
    opening = came(public_service, plan, "opening_record", str(tender.owner.opening_record(tender.section).value.get("id")))
    contract = came(public_service, plan, "contract", tender.contract.id)
    of_notice = ("content.text.title", "content.text.content", "content.text.type", "content.url", "content.media", "at",
                 "content.published_by", "content.verified_by")  # fmt: skip

    assert [lacking(one, *of_notice) for one in (notice, candidates, result)] == [[], [], []]
    assert lacking(opening, "content.opened_at", "content.bids") == []
    assert lacking(candidates, "content.text.content.objection_channel") == []
    begins, ends = (datetime.fromisoformat(str(at(candidates.raw, f"content.text.content.{name}"))) for name in ("starts_at", "ends_at"))
    assert ends - begins >= _DAYS
    assert [offered(one) for one in at(candidates.raw, "content.candidates") or []] == bid_for(tender)
    assert offered(at(result.raw, "content.winner")) == bid_for(tender)[0]
    assert Decimal(str(at(contract.raw, "content.price"))) == bid_for(tender)[0][2]
    assert {party.get("uscc") for party in at(contract.raw, "content.parties")} >= {bid_for(tender)[0][1], tender.tenderee.identity.uscc}
