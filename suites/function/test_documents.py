"""Tender and prequalification documents: made from a template, filled in, packed into one signed file (招标文件、资格预审文件)."""

import base64
import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tenderproof.testing import (
    DAY,
    Answer,
    Clock,
    Content,
    Document,
    File,
    Missing,
    Public,
    Stories,
    Tender,
    clause,
    papers,
    signatures,
)

_TEXT = "投标人应当自行踏勘现场，并承担由此发生的费用。"
_DRAWING = {"name": "施工图纸", "media_type": "application/pdf", "base64": base64.b64encode(b"%PDF drawing").decode()}
_QUANTITIES = {"name": "工程量清单", "media_type": "application/xml", "base64": base64.b64encode(b"<quantities/>").decode()}


def announced(stories: Stories, kind: str) -> Tender:
    """A tender whose notice of this kind is published, and whose document is not issued yet."""
    if kind == "tender":
        return stories.announced()
    tender = stories.created(prequalification=True)
    submitted = tender.owner.announce(tender.tender_project, papers.notice(tender, kind)).value
    tender.verifier.review_notice(submitted).require()
    return tender


def issue(tender: Tender, content: Content) -> Answer[Document]:
    """Draft a document and publish it; the first refusal is the answer."""
    drafted = tender.owner.draft_document(tender.section, content)
    return drafted if drafted.refused else tender.owner.publish_document(drafted.value)


def packed(file: File) -> Mapping[str, Any]:
    """A document's one file, read; Missing where a platform packs it in a form that we do not read."""
    if "json" not in file.media_type:
        raise Missing(f"the document's file is {file.media_type}; only JSON can be read here")
    found: Mapping[str, Any] = json.loads(file.octets)
    return found


def as_obtained(stories: Stories, clock: Clock, tender: Tender, document: Document) -> Mapping[str, Any]:
    """The file as a bidder gets it from the moment at which it can be had."""
    clock.move_to(tender, tender.document_from)
    return packed(stories.bidders(1)[0].download(document).value)


# -- templates and chapters (A-59, A-60, A-71, A-72) ------------------------------------------------------------------


def follows_its_template(stories: Stories, clock: Clock, kind: str) -> None:
    """Every chapter of the template stands in the document, with its title and a text, in the draft as in what bidders get."""
    tender = announced(stories, kind)
    content = papers.document(tender, kind).but(chapters=[])
    (template,) = [found for found in tender.owner.templates().value if found.get("id") == content["template"]]
    if not template.says("chapters"):
        raise Missing("the platform does not tell which chapters its template has")
    titles = [chapter["title"] for chapter in template.get("chapters")]
    drafted = tender.owner.draft_document(tender.section, content).value
    published = tender.owner.publish_document(drafted).value

    for seen in (drafted.raw, as_obtained(stories, clock, tender, published)):
        assert [chapter["title"] for chapter in seen["chapters"]] == titles
        assert all(chapter["text"].strip() for chapter in seen["chapters"])


@clause("A-59")
def test_a_tender_document_has_every_chapter_of_its_template(stories: Stories, clock: Clock) -> None:
    """Who takes a standard template gets its chapters, their order and their text, and so do the bidders."""
    follows_its_template(stories, clock, "tender")


@clause("A-71")
def test_a_prequalification_document_has_every_chapter_of_its_template(stories: Stories, clock: Clock) -> None:
    """Who takes a standard template gets its chapters, their order and their text, and so do the applicants."""
    follows_its_template(stories, clock, "prequalification")


def keeps_what_is_filled_in(stories: Stories, clock: Clock, kind: str) -> None:
    """What a later change fills into one chapter stands there when the draft is read again and when it is issued; the others stay."""
    tender = announced(stories, kind)
    drafted = tender.owner.draft_document(tender.section, papers.document(tender, kind)).value
    chapters = [dict(chapter) for chapter in drafted.raw["chapters"]]
    before = {chapter["no"]: chapter["text"] for chapter in chapters}
    filled = chapters[1]["no"]
    chapters[1]["text"] = _TEXT
    tender.owner.change_document(drafted, {"chapters": chapters}).require()
    kept = tender.owner.document(drafted).value
    published = tender.owner.publish_document(kept).value

    for seen in (kept.raw, as_obtained(stories, clock, tender, published)):
        assert {chapter["no"]: chapter["text"] for chapter in seen["chapters"]} == {**before, filled: _TEXT}


@clause("A-60")
def test_what_is_filled_into_a_tender_documents_chapters_is_kept(stories: Stories, clock: Clock) -> None:
    """Texts filled in are there when the draft is read again, and in what bidders obtain; nothing else changes with them."""
    keeps_what_is_filled_in(stories, clock, "tender")


@clause("A-72")
def test_what_is_filled_into_a_prequalification_documents_chapters_is_kept(stories: Stories, clock: Clock) -> None:
    """Texts filled in are there when the draft is read again, and in what applicants obtain; nothing else changes with them."""
    keeps_what_is_filled_in(stories, clock, "prequalification")


# -- what is taken over (A-61, A-69, A-73) ----------------------------------------------------------------------------


def takes_over_its_own_sections_facts(stories: Stories, kind: str) -> None:
    """Of two sections of one tender project each document names its own, as it is called by now."""
    tender = stories.created(prequalification=kind == "prequalification")
    first = tender.section
    tender.owner.draft_document(first, papers.document(tender, kind)).require()
    second = tender.owner.create_section(
        tender.tender_project, papers.section(tender.facts).but(name="城东道路工程二标段", place="北京市西城区")
    ).value
    renamed = tender.owner.change_section(first, {"name": "城东道路工程甲标段"}).value
    for section, name, place in ((renamed, "城东道路工程甲标段", "北京市东城区"), (second, "城东道路工程二标段", "北京市西城区")):
        drafted = tender.owner.draft_document(section, papers.document(tender, kind)).value

        assert drafted.get("derived.project_name") == tender.project.name
        assert drafted.get("derived.tender_project_name") == tender.tender_project.name
        assert drafted.get("derived.section_name") == name
        assert drafted.get("derived.section_code") == section.code
        assert drafted.get("derived.place") == place


@clause("A-61")
def test_a_tender_document_takes_over_what_is_known_of_its_section(stories: Stories) -> None:
    """Names and codes of project, tender project and section come from there as they are now; nobody types them again."""
    takes_over_its_own_sections_facts(stories, "tender")


@clause("A-73")
def test_a_prequalification_document_takes_over_what_is_known_of_its_section(stories: Stories) -> None:
    """Names and codes of project, tender project and section come from there as they are now; nobody types them again."""
    takes_over_its_own_sections_facts(stories, "prequalification")


@clause("A-69")
def test_a_document_that_differs_from_its_section_is_not_issued(stories: Stories, public: Public) -> None:
    """Where the section has changed since the drafting, or names another ceiling, nothing is issued; brought in line, it is."""
    tender = stories.created(price_ceiling=Decimal("9900000.00"))
    stale = tender.owner.draft_document(tender.section, papers.document(tender)).value
    tender.owner.change_section(tender.section, {"place": "北京市西城区"}).require()
    stories.announced(tender)
    differing = tender.owner.publish_document(stale)
    higher = issue(tender, papers.document(tender).but(price_ceiling=Decimal("9900000.01")))
    after = public.documents(tender.section).value
    same = issue(tender, papers.document(tender))

    assert differing.refused_because == "documents_differ"
    assert higher.refused_because == "documents_differ"
    assert after == ()
    assert same.accepted
    assert same.value.get("derived.place") == "北京市西城区"
    assert [document.id for document in public.documents(tender.section).value] == [same.value.id]


# -- evaluation and composition of bids (A-62, A-63, A-74, A-75) ------------------------------------------------------


def settles_its_factors(stories: Stories, clock: Clock, kind: str) -> None:
    """Factors can be added, changed and deleted, and are issued as they are at last; with a repeated number nothing is issued."""
    tender = announced(stories, kind)
    first, second, third = papers.factors()
    method = papers.document(tender, kind)["evaluation"]["method"]
    changed, added = {**second, "max_score": "15", "name": "企业信誉"}, {**second, "no": "4", "max_score": "5", "name": "项目经验"}
    settled = [first, changed, added]

    twice = issue(
        tender, papers.document(tender, kind).but(evaluation={"method": method, "factors": [first, second, {**third, "no": "2"}]})
    )
    assert twice.refused_because == "factor_numbers_repeat"
    drafted = tender.owner.draft_document(tender.section, papers.document(tender, kind)).value
    tender.owner.change_document(drafted, {"evaluation": {"method": method, "factors": [first, changed, third, added]}}).require()
    tender.owner.change_document(drafted, {"evaluation": {"method": method, "factors": settled}}).require()
    kept = tender.owner.document(drafted).value
    published = tender.owner.publish_document(kept).value

    assert [found.id for found in tender.owner.documents(tender.section).value] == [published.id]
    for seen in (kept.raw, as_obtained(stories, clock, tender, published)):
        assert [factor["no"] for factor in seen["evaluation"]["factors"]] == ["1", "2", "4"]
        assert [factor["name"] for factor in seen["evaluation"]["factors"]] == [factor["name"] for factor in settled]
        assert [str(factor["max_score"]) for factor in seen["evaluation"]["factors"]] == [factor["max_score"] for factor in settled]


@clause("A-62")
def test_the_factors_of_a_tender_document_are_settled_under_distinct_numbers(stories: Stories, clock: Clock) -> None:
    """What bids are scored by can be added, changed and deleted, and no two factors carry one number."""
    settles_its_factors(stories, clock, "tender")


@clause("A-74")
def test_the_factors_of_a_prequalification_document_are_settled_under_distinct_numbers(stories: Stories, clock: Clock) -> None:
    """What applications are reviewed by can be added, changed and deleted, and no two clauses carry one number."""
    settles_its_factors(stories, clock, "prequalification")


def asks_for_the_parts_that_were_set(stories: Stories, clock: Clock, kind: str, parts: list[str]) -> None:
    """What the owner has set as parts is what the obtained file asks for, and what a bidder reads of the document."""
    tender = announced(stories, kind)
    issued = issue(tender, papers.document(tender, kind).but(bid_parts=parts)).value
    obtained = as_obtained(stories, clock, tender, issued)

    assert obtained["bid_parts"] == parts
    assert stories.bidders(1)[0].document(issued).value.get("bid_parts") == parts


@clause("A-63")
def test_the_parts_of_a_bid_are_asked_as_they_were_set(stories: Stories, clock: Clock) -> None:
    """Every part that the tender document sets is asked of bidders, and no other."""
    asks_for_the_parts_that_were_set(stories, clock, "tender", ["business", "technical", "price", "项目管理机构"])


@clause("A-75")
def test_the_parts_of_an_application_are_asked_as_they_were_set(stories: Stories, clock: Clock) -> None:
    """Every part that the prequalification document sets is asked of applicants, and no other."""
    asks_for_the_parts_that_were_set(stories, clock, "prequalification", ["申请函", "资格证明", "业绩证明", "财务状况"])


# -- attachments, packing, signature (A-65, A-66, A-67) ---------------------------------------------------------------


@clause("A-65")
def test_attachments_come_and_go_and_needed_quantities_must_be_among_them(stories: Stories, clock: Clock) -> None:
    """An attachment can be added and deleted; a document that needs a bill of quantities is not issued without it."""
    tender = stories.announced()
    content = papers.document(tender).but(quantities_required=True, attachments=[_DRAWING])
    drafted = tender.owner.draft_document(tender.section, content).value
    without = tender.owner.publish_document(drafted)
    issued_without = tender.owner.documents(tender.section).value
    assert without.refused_because == "document_incomplete"
    assert issued_without == ()
    both = tender.owner.change_document(drafted, {"attachments": [_DRAWING, _QUANTITIES]}).value
    left = tender.owner.change_document(both, {"attachments": [_QUANTITIES]}).value
    issued = tender.owner.publish_document(left)

    assert [attachment["name"] for attachment in both.get("attachments")] == ["施工图纸", "工程量清单"]
    assert issued.accepted
    assert as_obtained(stories, clock, tender, issued.value)["attachments"] == [_QUANTITIES]


@clause("A-67")
def test_the_document_is_packed_into_one_file_with_everything_that_belongs_to_it(stories: Stories, clock: Clock) -> None:
    """One file holds chapters, method, composition of bids and every attachment, octet for octet; its digest is the published one."""
    tender = stories.announced()
    content = papers.document(tender).but(attachments=[_DRAWING, _QUANTITIES])
    issued = issue(tender, content).value
    clock.move_to(tender, tender.document_from)
    file = stories.bidders(1)[0].download(issued).value
    whole = packed(file)

    assert hashlib.sha256(file.octets).hexdigest() == issued.sha256
    assert whole["evaluation"]["method"] == content["evaluation"]["method"]
    assert [factor["no"] for factor in whole["evaluation"]["factors"]] == ["1", "2", "3"]
    assert whole["bid_parts"] == content["bid_parts"]
    assert whole["attachments"] == [_DRAWING, _QUANTITIES]
    assert {chapter["text"] for chapter in content["chapters"]} <= {chapter["text"] for chapter in whole["chapters"]}


@clause("A-66")
def test_the_document_is_issued_under_its_owners_signature_over_the_whole_file(stories: Stories, clock: Clock, public: Public) -> None:
    """Unsigned, or signed over something else, nothing is issued; what is issued carries a signature over the file's digest."""
    tender = stories.announced()
    drafted = tender.owner.draft_document(tender.section, papers.document(tender)).value
    unsigned = tender.owner.signing_as(None).publish_document(drafted)
    wrong = tender.owner.signing_wrongly().publish_document(drafted)
    nothing = public.documents(tender.section).value
    assert unsigned.refused_because == "signature_missing"
    assert wrong.refused_because == "signature_invalid"
    assert nothing == ()
    tender.owner.publish_document(drafted).require()
    (issued,) = public.documents(tender.section).value
    clock.move_to(tender, tender.document_from)
    digest = hashlib.sha256(stories.bidders(1)[0].download(issued).value.octets).hexdigest()

    covered = {"act": "document.publish", "object": issued.id, "sha256": digest}
    anchors = public.platform().value.trust_anchors
    held = [signatures.holds(covered, anchors, signed["signature"]) for signed in issued.get("signed_by", [])]
    assert [(signature.name, signature.authority) for signature in held if signature] == [(tender.owner.identity.name, True)]


# -- obtaining them (A-68, EB-18-1) -----------------------------------------------------------------------------------


@clause("A-68")
def test_a_download_is_recorded_and_shown_to_the_owner(stories: Stories, clock: Clock) -> None:
    """Each bidder that obtains the document stands in the owner's record, with name and time; who was refused does not."""
    tender = stories.announced()
    document = issue(tender, papers.document(tender)).value
    first, second, third = stories.bidders(3)
    clock.move_before(tender, tender.document_from)
    early = third.download(document)
    clock.move_to(tender, tender.document_from)
    first.download(document).require()
    clock.move_to(tender, tender.document_from + DAY)
    second.download(document).require()

    assert early.refused
    recorded = sorted((found.at, found.get("bidder_name")) for found in tender.owner.downloads(tender.section).value)
    assert recorded == [(tender.document_from, first.identity.name), (tender.document_from + DAY, second.identity.name)]


@clause("EB-18-1")
def test_every_registered_bidder_obtains_the_signed_document_from_the_announced_moment(stories: Stories, clock: Clock) -> None:
    """From the announced moment, and not before, old and new bidders alike get the very file that was signed."""
    for kind in ("tender", "prequalification"):
        tender = announced(stories, kind)
        document = issue(tender, papers.document(tender, kind)).value
        bidders = [*stories.bidders(3), stories.bidder()]
        clock.move_before(tender, tender.document_from)
        early = [bidder.download(document).refused_because for bidder in bidders]
        clock.move_to(tender, tender.document_from)
        obtained = [bidder.download(document) for bidder in bidders]

        assert set(early) == {"not_yet_available"}
        assert all(answer.accepted for answer in obtained), obtained
        assert {hashlib.sha256(answer.value.octets).hexdigest() for answer in obtained} == {document.sha256}
