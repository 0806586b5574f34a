"""Whoever is registered obtains the documents and bids, without sign-up, without buying a tool, at published prices (公平参与)."""

import hashlib
from decimal import Decimal

import pytest

from tenderproof.testing import Clock, Content, Document, Public, Stories, Tender, clause, papers

_TOOL = {"name": "投标人自制工具", "version": "0.1"}


def issued(stories: Stories, clock: Clock, kind: str) -> tuple[Tender, Document]:
    """A tender whose document of this kind can be had from now on, and which nobody has obtained."""
    tender = stories.announced() if kind == "tender" else stories.created(prequalification=True)
    if kind == "prequalification":
        submitted = tender.owner.announce(tender.tender_project, papers.notice(tender, kind)).value
        tender.verifier.review_notice(submitted).require()
    drafted = tender.owner.draft_document(tender.section, papers.document(tender, kind)).value
    document = tender.owner.publish_document(drafted).value
    clock.move_to(tender, tender.document_from)
    return tender, document


@clause("EB-20-1")
@pytest.mark.parametrize("kind", ["tender", "prequalification"])
def test_registration_is_all_it_takes_to_obtain_the_documents(stories: Stories, clock: Clock, kind: str) -> None:
    """Old bidders from anywhere and a new one that has done nothing but register get the file at the first call, and may then take part."""
    tender, document = issued(stories, clock, kind)
    bidders = [*stories.bidders(6), stories.bidder()]
    answers = [bidder.download(document) for bidder in bidders]

    assert all(answer.accepted for answer in answers), answers
    assert {hashlib.sha256(answer.value.octets).hexdigest() for answer in answers} == {document.sha256}
    asked = bidders[-1].ask(tender.section, "道路结构层厚度是多少？", kind)
    assert asked.accepted


@clause("EB-16-2")
@pytest.mark.parametrize("encryption", ["whole", "segmented"])
def test_a_bid_made_with_any_tool_by_the_published_format_is_taken_and_opened(stories: Stories, clock: Clock, encryption: str) -> None:
    """Bids that other tools made, from what is published to everybody, are delivered, decrypted and announced like all others."""
    tender = stories.bidding(bidders=3, encryption=encryption)
    sealed = [bidder.sealed_bid(tender.section, papers.bid(tender, number).but(tool=_TOOL)) for number, bidder in enumerate(tender.bidders)]
    delivered = [bidder.deliver(bid) for bidder, bid in zip(tender.bidders, sealed, strict=True)]
    assert all(answer.accepted for answer in delivered), delivered

    clock.move_before(tender, tender.bid_deadline)
    for bidder in tender.bidders:
        bidder.sign_attendance(tender.section).require()
    clock.move_to(tender, tender.bid_deadline)
    tender.owner.open_bids(tender.section).require()
    released = [bidder.release_key(bid, receipt.value) for bidder, bid, receipt in zip(tender.bidders, sealed, delivered, strict=True)]
    assert all(answer.accepted for answer in released), released
    completed = tender.owner.complete_opening(tender.section)
    assert completed.accepted
    assert {bid.bidder_name: bid.price for bid in completed.value.announcement} == {
        bidder.identity.name: tender.price_of(number) for number, bidder in enumerate(tender.bidders)
    }


@clause("EB-16-2", way="record")
def test_the_formats_that_tools_need_are_published_in_full(public: Public) -> None:
    """Every interface standard that the platform names can be read by everybody, and is the text whose digest it names."""
    named = public.platform().value.get("interface_standards", [])
    texts = [public.file(standard["url"]) for standard in named]

    assert named
    assert all(text.accepted for text in texts), texts
    assert [hashlib.sha256(text.value.octets).hexdigest() for text in texts] == [standard["sha256"] for standard in named]


@clause("HN-2.1-03")
def test_nothing_is_charged_on_the_way_to_a_bid_but_at_published_prices(stories: Stories, clock: Clock, public: Public) -> None:
    """Documents cost nothing, no fee stands before download or delivery, and the platform's fee is a listed price or none."""
    tender, document = issued(stories, clock, "tender")
    bidder = stories.bidder()
    downloaded = bidder.download(document)
    assert downloaded.accepted
    delivered = bidder.deliver(bidder.sealed_bid(tender.section))
    assert delivered.accepted
    assert [found.fee for found in public.documents(tender.section).value] == [Decimal(0)]
    assert bidder.fees(tender.section).value == ()

    listed = {Decimal(service["price"]) for service in public.platform().value.get("services.value_added", [])}
    unlisted = max(listed, default=Decimal(0)) + Decimal("0.01")
    payee = str(public.platform().value.get("operator.name", "平台运营机构"))
    fee = Content(kind="transaction_service", payer=bidder.identity.name, payee=payee, amount=unlisted)
    charged = tender.owner.charge_fee(tender.section, fee)
    assert charged.refused_because == "fee_not_published"
    assert bidder.fees(tender.section).value == ()
    for price in sorted(listed)[:1]:
        assert tender.owner.charge_fee(tender.section, fee.but(amount=price)).accepted
        assert [found.amount for found in bidder.fees(tender.section).value] == [price]
