"""What is published comes to the public service platform, the same and at once (向公共服务平台同步发布、推送)."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any, Literal

import pytest

from tenderproof.testing import (
    Content,
    Identities,
    Identity,
    Notice,
    Plan,
    Provided,
    Public,
    PublicService,
    Stories,
    Tender,
    clause,
    papers,
)

_DESIGNATED = "national_public_service"
_TITLE, _SCOPE = "城东道路工程施工招标公告（更名）", "路基、路面、排水、绿化"
_PUBLIC, _SUPERVISION = "public_service", "supervision"


class OtherEnd:
    """The public service platform, asked for as long as the plan lets a candidate take."""

    def __init__(self, public_service: PublicService, plan: Plan) -> None:
        self._platform, self._within = public_service, plan.whole("sync_publish_delay_s")

    def came(self, kind: str, thing: str, medium: str = _PUBLIC, *words: str, known: Collection[str] = ()) -> Provided | None:
        """What came last of a thing for a medium, with these words in it, beyond what was known; None if nothing did in time."""

        def wanted(one: Provided) -> bool:
            content = str(one.raw["content"])
            return one.medium == medium and one.id not in known and all(word in content for word in words)

        found = self._platform.awaited(kind, thing, self._within, wanted)
        return found[-1] if found else None

    def by_now(self, kind: str, thing: str) -> dict[str, str]:
        """What has come of a thing by now: its text by its id."""
        return {one.id: str(one.raw["content"]) for one in self._platform.provided(kind, thing)}

    @property
    def delay(self) -> timedelta:
        """How far two publications of one thing may lie apart."""
        return timedelta(seconds=self._within)


@pytest.fixture
def other_end(public_service: PublicService, plan: Plan) -> OtherEnd:
    """The other end of what is pushed."""
    return OtherEnd(public_service, plan)


def published(tender: Tender, public: Public, paper: Content) -> Notice:
    """A notice, submitted, reviewed and published."""
    submitted = tender.owner.announce(tender.tender_project, paper).value
    tender.verifier.review_notice(submitted).require()
    return public.published_notice(submitted.id).value


def same(notice: Notice, came: Provided | None) -> bool:
    """Whether a copy has the very content of a notice."""
    return (
        came is not None
        and came.get("content.text.content") == notice.raw["content"]
        and came.content_sha256 == notice.get("content_sha256")
    )


def facts(content: Any) -> tuple[Any, ...] | None:
    """What a program reads of a notice: title, scope, codes of the sections; None of what is no data."""
    if not isinstance(content, Mapping) or not isinstance(content.get("content"), Mapping):
        return None
    return content.get("title"), content["content"].get("scope"), content.get("section_codes")


def unlisted(tender: Tender, public: Public, kind: str) -> tuple[str | None, bool]:
    """Why a compulsory tender's notice without a designated medium is refused, and whether it can be read all the same."""
    refused = tender.owner.announce(tender.tender_project, papers.notice(tender, kind).but(media=["website"]))
    found = public.published_section(tender.section)
    return refused.refused_because, found.accepted and bool(found.value.notices)


@clause("B-001", "EB-17-2")
def test_a_tender_notice_comes_to_the_public_service_platform_and_to_a_designated_medium(
    stories: Stories, public: Public, other_end: OtherEnd
) -> None:
    """Without a designated medium a compulsory tender's notice is refused; with one, it comes to both, the same, at the same moment."""
    tender = stories.created(compulsory=True)
    assert unlisted(tender, public, "tender") == ("media_missing", False)

    notice = published(tender, public, papers.notice(tender).but(media=[_DESIGNATED]))
    copies = [other_end.came("notice", notice.id, medium) for medium in (_PUBLIC, _DESIGNATED)]
    assert [same(notice, copy) for copy in copies] == [True, True]
    assert [abs(copy.at - notice.published_at) <= other_end.delay for copy in copies if copy] == [True, True]


@clause("EB-7-2")
def test_one_notice_is_edited_generated_published_and_exchanged_as_data(stories: Stories, public: Public, other_end: OtherEnd) -> None:
    """What was changed in the draft, and what the platform adds from what it knows, are data where it is published and at the other end."""
    tender = stories.created()
    drafted = tender.owner.draft_notice(tender.tender_project, papers.notice(tender)).value
    edited = tender.owner.change_notice(drafted, {"title": _TITLE, "content": {"scope": _SCOPE}})
    submitted = tender.owner.submit_notice(tender.owner.notice(drafted).value).value
    tender.verifier.review_notice(submitted).require()
    told = public.published_notice(drafted.id).value
    came = other_end.came("notice", drafted.id)
    wanted = (_TITLE, _SCOPE, [tender.section.code])

    assert edited.accepted
    assert facts(told.raw) == wanted
    assert came is not None
    assert facts(came.get("content.text")) == wanted
    assert came.says("receipt_id")


@clause("A-54")
def test_a_tender_notice_is_published_on_both_platforms_at_once(stories: Stories, public: Public, other_end: OtherEnd) -> None:
    """What the public reads on the platform has come to the public service platform, the same, at the same moment."""
    tender = stories.created()
    notice = published(tender, public, papers.notice(tender))
    copy = other_end.came("notice", notice.id)

    assert copy is not None
    assert same(notice, copy)
    assert abs(copy.at - notice.published_at) <= other_end.delay


@clause("B-037", "EB-17-2")
def test_a_prequalification_notice_comes_to_the_public_service_platform_and_to_a_designated_medium(
    stories: Stories, public: Public, other_end: OtherEnd
) -> None:
    """Without a designated medium a compulsory tender's notice is refused; with one, it comes to both, the same, at the same moment."""
    tender = stories.created(prequalification=True, compulsory=True)
    assert unlisted(tender, public, "prequalification") == ("media_missing", False)

    notice = published(tender, public, papers.notice(tender, "prequalification").but(media=[_DESIGNATED]))
    copies = [other_end.came("notice", notice.id, medium) for medium in (_PUBLIC, _DESIGNATED)]
    assert [same(notice, copy) for copy in copies] == [True, True]
    assert [abs(copy.at - notice.published_at) <= other_end.delay for copy in copies if copy] == [True, True]


@clause("B-014")
def test_a_clarification_is_announced_prominently_and_comes_to_the_public_service_platform(
    stories: Stories, public: Public, other_end: OtherEnd
) -> None:
    """The public reads it as prominent; the public service platform has its text."""
    tender = stories.bidding(bidders=3)
    issued = tender.owner.clarify(tender.section, papers.clarification("结构层厚度为六十厘米。")).value
    listed = [one for one in public.clarifications(tender.section).value if one.id == issued.id]

    assert [(one.prominent, one.text) for one in listed] == [(True, "结构层厚度为六十厘米。")]
    came = other_end.came("clarification", issued.id)
    assert came is not None
    assert came.get("content.text") == "结构层厚度为六十厘米。"


def recorded(tender: Tender, public: Public, other_end: OtherEnd, kind: Literal["bid", "application"]) -> list[bool]:
    """Of an opening record: whether the public and the other end have it before it is signed, and whether both have it afterwards."""
    record = tender.owner.opening_record(tender.section, kind=kind).value
    provided = "opening_record" if kind == "bid" else "application_opening_record"
    names = [str(bid["bidder_name"]) for bid in record.bids]
    before = public.published_opening_record(tender.section, kind=kind)
    known = other_end.by_now(provided, str(record.get("id")))
    tender.owner.confirm_opening_record(tender.section, kind=kind).require()
    after = public.published_opening_record(tender.section, kind=kind)
    came = other_end.came(provided, str(record.get("id")), _PUBLIC, *names, known=known)
    read = after.accepted and bool(names) and all(name in str(after.value.raw) for name in names)
    return [before.accepted, bool(known), read, came is not None]


@clause("B-017", "A-114")
def test_an_opening_record_is_published_on_both_platforms_once_it_is_signed(stories: Stories, public: Public, other_end: OtherEnd) -> None:
    """Before it is signed nobody reads it; signed, the public reads every bidder in it, and so does the public service platform."""
    tender = stories.opening(bidders=3)
    for bid in tender.bids:
        stories.decrypt(tender, bid)
    tender.owner.complete_opening(tender.section).require()

    assert recorded(tender, public, other_end, "bid") == [False, False, True, True]


@clause("A-127", "A-128")
def test_the_record_of_opened_applications_is_published_on_both_platforms_once_it_is_signed(
    stories: Stories, public: Public, other_end: OtherEnd
) -> None:
    """Before it is signed nobody reads it; signed, the public reads every applicant in it, and so does the public service platform."""
    tender = stories.applications_opened(bidders=3)

    assert recorded(tender, public, other_end, "application") == [False, False, True, True]


@clause("B-029", "A-171")
def test_a_result_comes_to_the_public_service_platform(stories: Stories, public: Public, other_end: OtherEnd) -> None:
    """The result notice that the public reads has come there, the same, at the same moment."""
    tender = stories.known("awarded")
    notice = public.published_result(tender.section).value
    copy = other_end.came("notice", notice.id)

    assert copy is not None
    assert same(notice, copy)
    assert abs(copy.at - notice.published_at) <= other_end.delay


@clause("B-029")
def test_a_publicity_of_candidates_comes_to_the_public_service_platform(stories: Stories, public: Public, other_end: OtherEnd) -> None:
    """The candidates that the public reads have come there, the same, at the same moment."""
    tender = stories.known("publicity")
    notice = public.published_candidates(tender.section).value
    copy = other_end.came("notice", notice.id)

    assert copy is not None
    assert same(notice, copy)
    assert abs(copy.at - notice.published_at) <= other_end.delay


def document_came(tender: Tender, other_end: OtherEnd) -> bool:
    """Whether a published document's digest has come to the other end."""
    came, digest = other_end.came("document", tender.document.id), tender.document.get("sha256")
    return came is not None and bool(digest) and came.get("content.sha256") == digest


@clause("NOT-8-1")
def test_what_must_be_tendered_is_announced_made_public_and_decided_on_the_public_service_platform(
    stories: Stories, public: Public, other_end: OtherEnd
) -> None:
    """Notice, candidates and result of a compulsory tender have come there, each with the very content that its own site shows."""
    tender = stories.awarded(compulsory=True)
    here = {
        "tender": public.published_notice(tender.notice.id).value,
        "candidates": public.published_candidates(tender.section).value,
        "result": public.published_result(tender.section).value,
    }
    there = {name: other_end.came("notice", notice.id) for name, notice in here.items()}

    assert [name for name, copy in there.items() if copy is None] == []
    assert [name for name, copy in there.items() if not same(here[name], copy)] == []


@clause("A-70")
def test_a_tender_document_is_pushed(stories: Stories, other_end: OtherEnd) -> None:
    """Published on the platform, the document has come to the public service platform, with the digest of what bidders obtain."""
    tender = stories.bidding(bidders=1)

    assert document_came(tender, other_end)


@clause("A-76")
def test_a_prequalification_document_is_pushed(stories: Stories, other_end: OtherEnd) -> None:
    """The same for a prequalification document."""
    tender = stories.prequalifying(bidders=1)

    assert document_came(tender, other_end)


@clause("A-45")
def test_a_tender_project_is_provided_with_its_sections(stories: Stories, other_end: OtherEnd) -> None:
    """Submitted, its code and name have come to the public service platform; so have, once it is there, each section's code and name."""
    tender = stories.created()
    further = tender.owner.create_section(tender.tender_project, papers.section(tender.facts).but(name="城东第二标段")).value
    needed = [tender.tender_project.get("code"), tender.tender_project.get("name"), tender.section.code, further.code, "城东第二标段"]

    assert all(needed)
    assert other_end.came("tender_project", tender.tender_project.id, _PUBLIC, *map(str, needed)) is not None


@clause("A-10")
def test_a_verified_tenderee_and_its_verified_change_come_to_the_public_service_platform(
    stories: Stories, identities: Identities, other_end: OtherEnd
) -> None:
    """Verified, its name, code and address have come there as registered; a change has come once it is verified as well."""
    assert synchronised(stories, identities.fresh("tenderee"), other_end) == [True, False, True]


def synchronised(stories: Stories, identity: Identity, other_end: OtherEnd) -> list[bool]:
    """Of an entity: whether its verified facts have come as registered, a change not before it is verified, and then as well."""
    person = stories.admitted(identity)
    registration, moved = person.registration().value, "北京市东城区迁址路8号"
    first = other_end.came("registration", registration.id)
    facts = [identity.name, identity.uscc, registration.get("address")]
    same_facts = first is not None and [first.get(f"content.{name}") for name in ("name", "uscc", "address")] == facts
    person.change_registration({"address": moved}).require()
    submitted = person.submit_registration().value
    known = other_end.by_now("registration", registration.id)
    stories.verifier().verify(submitted, "verified", "国家企业信用信息公示系统").require()
    return [same_facts, moved in str(known), other_end.came("registration", registration.id, _PUBLIC, moved, known=known) is not None]


@clause("A-23")
def test_a_verified_agency_and_its_verified_change_come_to_the_public_service_platform(
    stories: Stories, identities: Identities, other_end: OtherEnd
) -> None:
    """Verified, an agency's name, code and address have come as registered; a change comes once it is verified, and not before."""
    assert synchronised(stories, identities.fresh("agency"), other_end) == [True, False, True]


@clause("A-34")
def test_a_verified_bidder_and_its_verified_change_come_to_the_public_service_platform(
    stories: Stories, identities: Identities, other_end: OtherEnd
) -> None:
    """The same for a bidder."""
    assert synchronised(stories, identities.fresh("bidder"), other_end) == [True, False, True]


@clause("A-153")
def test_an_evaluation_report_comes_to_the_supervision_channel(stories: Stories, other_end: OtherEnd) -> None:
    """Signed by all, the report has come to the supervision channel, with each candidate and its rank."""
    tender = stories.known("evaluated")
    came = other_end.came("evaluation_report", tender.report.id, _SUPERVISION)

    assert came is not None
    assert came.get("content.text") == tender.report.text
    assert ranks(came.get("content.candidates")) == ranks(tender.report.candidates) != []


def ranks(candidates: Any) -> list[tuple[Any, Any]]:
    """Bid and rank of each candidate."""
    return sorted((one.get("bid_id"), one.get("rank")) for one in candidates if isinstance(one, Mapping))


def prequalified(stories: Stories) -> tuple[Tender, dict[str, bool]]:
    """A tender whose prequalification is decided: three applicants passed and one did not, by name."""
    tender = stories.applications_opened(bidders=4)
    passed = [application.id for application in tender.applications[:3]]
    tender.owner.decide_prequalification(
        tender.section, Content(passed=passed, reasons={tender.applications[3].id: "业绩不满足要求"})
    ).require()
    return tender, {application.bidder.identity.name: application.id in passed for application in tender.applications}


def told(items: Any) -> dict[str, bool]:
    """Who passed, as told by a list of results."""
    return {str(one.get("bidder_name")): bool(one.get("passed")) for one in items if isinstance(one, Mapping)}


@clause("A-162")
def test_the_result_of_prequalification_comes_to_the_supervision_channel(stories: Stories, other_end: OtherEnd) -> None:
    """Decided, who passed and who did not has come to the supervision channel."""
    tender, results = prequalified(stories)
    came = other_end.came("prequalification_result", tender.section.id, _SUPERVISION)

    assert came is not None
    assert told(came.get("content.items")) == results


@clause("A-179")
def test_prequalification_notices_are_pushed(stories: Stories, other_end: OtherEnd) -> None:
    """Decided, the notices to each applicant have come to the public service platform."""
    tender, results = prequalified(stories)
    came = other_end.came("prequalification_notice", tender.section.id)

    assert came is not None
    assert told(came.get("content.notices")) == results


@clause("A-175")
def test_award_and_result_notices_are_pushed(stories: Stories, other_end: OtherEnd) -> None:
    """Sent to the winner and to everybody else, the notices have come to the public service platform, each bidder's."""
    tender = stories.known("awarded")
    sent = tender.owner.award_notices(tender.section).value
    names = [bid.bidder.identity.name for bid in tender.bids]

    assert other_end.came("award_notice", str(sent.get("id")), _PUBLIC, *names) is not None


@clause("A-184")
def test_a_contract_is_pushed(stories: Stories, other_end: OtherEnd) -> None:
    """Signed by both and verified, the contract's parties and price have come to the public service platform."""
    tender = stories.known("contracted")
    needed = (str(tender.contract.price), tender.tenderee.identity.name)

    assert other_end.came("contract", tender.contract.id, _PUBLIC, *needed) is not None
