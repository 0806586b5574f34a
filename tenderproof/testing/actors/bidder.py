"""The bidder (投标人)."""
# ruff: noqa: ARG002 - what a driver does not offer takes its arguments all the same

from collections.abc import Mapping, Sequence
from typing import Any

from tenderproof.testing.actors.person import Person
from tenderproof.testing.actors.public import not_offered
from tenderproof.testing.answers import Answer, Record
from tenderproof.testing.contents import Content
from tenderproof.testing.identities import Identity
from tenderproof.testing.records import (
    BidStatus,
    Bond,
    Clarification,
    Contract,
    Correction,
    Delivery,
    Fee,
    Invitation,
    Notice,
    Objection,
    Query,
    Question,
    Receipt,
    Section,
    SiteVisit,
    Upload,
)
from tenderproof.testing.sealed import Kind, SealedBid


class Bidder(Person):
    """Somebody who bids. Bids are sealed on the bidder's own side; its private key never leaves it."""

    def request_correction(self, notice: Notice, text: str, reason: str) -> Answer[Correction]:
        """Ask that a notice be corrected (correction.request)."""
        raise not_offered(self, "request_correction")

    def correction(self, correction: Correction) -> Answer[Correction]:
        """One's own request to correct a notice (correction.get)."""
        raise not_offered(self, "correction")

    def my_invitations(self) -> Answer[tuple[Invitation, ...]]:
        """Invitations that I received (invitation.mine)."""
        raise not_offered(self, "my_invitations")

    def reply_invitation(self, invitation: Invitation, *, accept: bool, reason: str = "") -> Answer[Invitation]:
        """Accept or decline an invitation (invitation.reply)."""
        raise not_offered(self, "reply_invitation")

    def ask(self, section: Section, text: str, about: str = "tender") -> Answer[Question]:
        """Ask about a document (question.ask)."""
        raise not_offered(self, "ask")

    def questions(self, section: Section) -> Answer[tuple[Question, ...]]:
        """My own questions (question.list)."""
        raise not_offered(self, "questions")

    def confirm_clarification(self, clarification: Clarification) -> Answer[Receipt]:
        """§ Confirm that a clarification arrived (clarification.receipt)."""
        raise not_offered(self, "confirm_clarification")

    def clarification_receipts(self, clarification: Clarification) -> Answer[tuple[Delivery, ...]]:
        """How a clarification reached me, with my receipt (clarification.receipts)."""
        raise not_offered(self, "clarification_receipts")

    def site_visits(self, section: Section) -> Answer[tuple[SiteVisit, ...]]:
        """Visits of the site (site_visit.list)."""
        raise not_offered(self, "site_visits")

    def sealed_bid(
        self,
        section: Section,
        facts: Mapping[str, Any] | None = None,
        *,
        kind: Kind = "bid",
        recipient: Identity | None = None,
        segments: Sequence[str] | None = None,
    ) -> SealedBid:
        """Make and seal a bid with these facts (price, period_days …), as the section asks (sealing.get).

        ``recipient`` seals it to somebody else's key, ``segments`` into other segments than the document wants.
        """
        raise not_offered(self, "sealed_bid")

    def bid_by_another_tool(self, section: Section, standard: str, facts: Mapping[str, Any], freedom: int) -> SealedBid:
        """A bid made by a tool that knows the text of the published standard alone.

        ``freedom`` (0, 1, 2) says what the tool chooses where the standard leaves something open.
        """
        raise not_offered(self, "bid_by_another_tool")

    def deliver(self, bid: SealedBid, *, bond: Bond | None = None, consortium: Sequence[str] = ()) -> Answer[Receipt]:
        """§ Deliver a bid, perhaps with its bond and other members (codes); a second replaces the first (bid.submit)."""
        raise not_offered(self, "deliver")

    def withdraw(self, receipt: Receipt) -> Answer[Receipt]:
        """§ Withdraw a bid (bid.withdraw, application.withdraw)."""
        raise not_offered(self, "withdraw")

    def bids_for(self, section: Section, kind: Kind = "bid") -> Answer[tuple[BidStatus, ...]]:
        """My own bids for a section (bid.mine, application.mine)."""
        raise not_offered(self, "bids_for")

    def start_upload(self, section: Section, size: int, digest: str, kind: Kind = "bid") -> Answer[Upload]:
        """Begin to upload in parts (upload.start)."""
        raise not_offered(self, "start_upload")

    def upload_part(self, upload: Upload, number: int, octets: bytes) -> Answer[Record]:
        """Upload one part (upload.part)."""
        raise not_offered(self, "upload_part")

    def complete_upload(
        self, upload: Upload, bid: SealedBid, *, bond: Bond | None = None, consortium: Sequence[str] = ()
    ) -> Answer[Receipt]:
        """§ Complete the upload: the bid is delivered (upload.complete)."""
        raise not_offered(self, "complete_upload")

    def pay_bond(self, section: Section, content: Content) -> Answer[Bond]:
        """§ Pay or post a bid bond (bond.pay)."""
        raise not_offered(self, "pay_bond")

    def bonds(self, section: Section) -> Answer[tuple[Bond, ...]]:
        """My own bid bonds (bond.list)."""
        raise not_offered(self, "bonds")

    def sign_attendance(self, section: Section, kind: Kind = "bid") -> Answer[Record]:
        """Attend the opening (attendance.sign)."""
        raise not_offered(self, "sign_attendance")

    def release_key(self, bid: SealedBid, receipt: Receipt, keys: Sequence[Mapping[str, str]] | None = None) -> Answer[Record]:
        """Release the content keys of my bid at the opening (bid.decrypt); other ``keys`` if given."""
        raise not_offered(self, "release_key")

    def reply_query(self, query: Query, text: str, attachments: Sequence[Mapping[str, Any]] = ()) -> Answer[Query]:
        """§ Answer the committee (query.reply)."""
        raise not_offered(self, "reply_query")

    def sign_contract(self, contract: Contract) -> Answer[Contract]:
        """§ Sign the contract (contract.sign)."""
        raise not_offered(self, "sign_contract")

    def record_performance(self, contract: Contract, content: Content) -> Answer[Record]:
        """Record how the contract is performed (performance.record)."""
        raise not_offered(self, "record_performance")

    def file_objection(self, section: Section, about: str, text: str) -> Answer[Objection]:
        """§ Object (objection.file)."""
        raise not_offered(self, "file_objection")

    def withdraw_objection(self, objection: Objection) -> Answer[Objection]:
        """Withdraw an objection (objection.withdraw)."""
        raise not_offered(self, "withdraw_objection")

    def pay_fee(self, fee: Fee, method: str) -> Answer[Fee]:
        """Pay a fee (fee.pay)."""
        raise not_offered(self, "pay_fee")
