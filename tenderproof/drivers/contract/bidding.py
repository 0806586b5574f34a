"""Bids, applications, bonds and fees (contract 5.5, 5.9)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from tenderproof.drivers import bidmaker, independent_tool, sealing
from tenderproof.drivers.contract.caller import Caller, segment
from tenderproof.testing.answers import Answer, Record
from tenderproof.testing.contents import Content, plain
from tenderproof.testing.identities import Identity
from tenderproof.testing.records import (
    BidStatus,
    Bond,
    Fee,
    File,
    Receipt,
    Sealing,
    Section,
    Upload,
)
from tenderproof.testing.sealed import Kind, SealedBid, digest

_SEGMENTS = {"whole": ("bid",), "segmented": ("business", "technical", "price")}


class Bidding(Caller):
    """What bidders hand in, sealed on their own side."""

    def sealing(self, section: Section, kind: Kind = "bid") -> Answer[Sealing]:
        """How bids of a section are to be sealed (sealing.get)."""
        return self.get(f"/sections/{segment(section.id)}/sealing", Sealing.read, {"kind": kind} if kind != "bid" else None)

    def deliver(self, bid: SealedBid, *, bond: Bond | None = None, consortium: Sequence[str] = ()) -> Answer[Receipt]:
        """§ Deliver a bid, perhaps with its bond and as a consortium; a second one replaces the first (bid.submit, application.submit)."""
        return self.act(
            f"{bid.kind}.submit",
            bid.section.id,
            f"/sections/{segment(bid.section.id)}/{bid.kind}s",
            Receipt.read,
            {"envelope": bid.envelope, **_delivery(bid, bond, consortium)},
        )

    def withdraw(self, receipt: Receipt) -> Answer[Receipt]:
        """§ Withdraw a bid (bid.withdraw, application.withdraw)."""
        kind = _kind_of(receipt)
        return self.act(f"{kind}.withdraw", receipt.bid_id, f"/{kind}s/{segment(receipt.bid_id)}/withdrawal", Receipt.read)

    def bids_for(self, section: Section, kind: Kind = "bid") -> Answer[tuple[BidStatus, ...]]:
        """My own bids for a section (bid.mine, application.mine)."""
        return self.listed(f"/sections/{segment(section.id)}/{kind}s/mine", BidStatus)

    def bid_file(self, bid: Receipt) -> Answer[File]:
        """The sealed file of a bid (bid.content)."""
        return self.octets(f"/{_kind_of(bid)}s/{segment(bid.bid_id)}/content")

    def start_upload(self, section: Section, size: int, digest: str, kind: Kind = "bid") -> Answer[Upload]:
        """Begin to upload in parts (upload.start)."""
        return self.send("POST", f"/sections/{segment(section.id)}/uploads", Upload.read, {"size": size, "digest": digest, "kind": kind})

    def upload_part(self, upload: Upload, number: int, octets: bytes) -> Answer[Record]:
        """Upload one part (upload.part)."""
        return self.upload(f"/uploads/{segment(upload.id)}/parts/{number}", octets)

    def complete_upload(
        self, upload: Upload, bid: SealedBid, *, bond: Bond | None = None, consortium: Sequence[str] = ()
    ) -> Answer[Receipt]:
        """§ Complete the upload: the bid is delivered (upload.complete)."""
        return self.act(
            "upload.complete", upload.id, f"/uploads/{segment(upload.id)}/completion", Receipt.read, _delivery(bid, bond, consortium)
        )

    def pay_bond(self, section: Section, content: Content) -> Answer[Bond]:
        """§ Pay or post a bid bond (bond.pay)."""
        return self.act("bond.pay", section.id, f"/sections/{segment(section.id)}/bonds", Bond.read, content)

    def bonds(self, section: Section) -> Answer[tuple[Bond, ...]]:
        """Bid bonds (bond.list)."""
        return self.listed(f"/sections/{segment(section.id)}/bonds", Bond)

    def confirm_bond(self, bond: Bond, received_at: datetime, amount: Decimal) -> Answer[Bond]:
        """Confirm that a bond arrived (bond.confirm)."""
        return self.send("POST", f"/bonds/{segment(bond.id)}/confirmation", Bond.read, {"received_at": received_at, "amount": amount})

    def refund_bond(self, bond: Bond, amount: Decimal, interest: Decimal | None, refunded_at: datetime) -> Answer[Bond]:
        """Refund a bond (bond.refund)."""
        return self.send(
            "POST", f"/bonds/{segment(bond.id)}/refund", Bond.read, {"amount": amount, "interest": interest, "refunded_at": refunded_at}
        )

    def charge_fee(self, section: Section, content: Content) -> Answer[Fee]:
        """Charge a fee (fee.create)."""
        return self.send("POST", f"/sections/{segment(section.id)}/fees", Fee.read, content)

    def pay_fee(self, fee: Fee, method: str) -> Answer[Fee]:
        """Record a payment (fee.pay)."""
        return self.send("POST", f"/fees/{segment(fee.id)}/payment", Fee.read, {"method": method})

    def refund_fee(self, fee: Fee, content: Mapping[str, Any]) -> Answer[Fee]:
        """Refund a fee (fee.refund)."""
        return self.send("POST", f"/fees/{segment(fee.id)}/refund", Fee.read, content)

    def fees(self, section: Section) -> Answer[tuple[Fee, ...]]:
        """Fees of a section (fee.list)."""
        return self.listed(f"/sections/{segment(section.id)}/fees", Fee)

    def sealed_bid(
        self,
        section: Section,
        facts: Mapping[str, Any] | None = None,
        *,
        kind: Kind = "bid",
        recipient: Identity | None = None,
        segments: Sequence[str] | None = None,
    ) -> SealedBid:
        """Make and seal a bid with these facts (price, period_days …), as the section asks (sealing.get)."""
        asked = self.sealing(section, kind).value
        content = self._content(section, facts or {})
        names = tuple(segments) if segments is not None else _SEGMENTS.get(asked.encryption, ("bid",))
        tenderee = asked.get("recipients.tenderee") if asked.get("decryption_mode") == "tenderee_and_bidder" else None
        made = self._driver.chance.made(kind, partial(self._made, content, names, recipient or self.identity, tenderee), secret=True)
        layers = sealing.parse(made)
        return SealedBid(section, layers["envelope"], Content(content), digest(layers["envelope"]), kind, layers["inner"])

    def bid_by_another_tool(self, section: Section, standard: str, facts: Mapping[str, Any], freedom: int) -> SealedBid:
        """A bid by a tool that knows the published standard alone."""
        asked, content = self.sealing(section).value, self._content(section, facts)
        tenderee = asked.get("recipients.tenderee") if asked.get("decryption_mode") == "tenderee_and_bidder" else None
        names = _SEGMENTS.get(asked.encryption, ("bid",))
        wanted = independent_tool.Wanted(content, names, self.identity.encryption_certificate, tenderee)
        make = partial(independent_tool.make, standard, self.identity, wanted, freedom)
        made = sealing.parse(self._driver.chance.made("bid", make, secret=True))
        return SealedBid(section, made["envelope"], Content(content), made["digest"], "bid", made["inner"])

    def _content(self, section: Section, facts: Mapping[str, Any]) -> dict[str, Any]:
        """A bid's whole content: who bids for what, and the facts."""
        who = {"section_code": section.code, "bidder_name": self.identity.name, "uscc": self.identity.uscc}
        return {**who, "tool": {"name": "tenderproof", "version": "1"}, **plain(facts)}

    def _made(self, content: Mapping[str, Any], names: Sequence[str], recipient: Identity, tenderee: str | None) -> bytes:
        """Sign and seal: {"envelope": the sealed file, "inner": the layer to the tenderee, by segment}."""
        return bidmaker.make(self._driver.candidate, self.identity, content, names, recipient, tenderee)


def _delivery(bid: SealedBid, bond: Bond | None, consortium: Sequence[str]) -> dict[str, Any]:
    """What is said with a sealed file: its digest, and where there are any, the bond and the other members of a consortium."""
    said: dict[str, Any] = {"digest": bid.digest}
    if bond is not None:
        said["bond"] = bond.id
    if consortium:
        said["consortium_members"] = list(consortium)
    return said


def _kind_of(receipt: Receipt) -> Kind:
    return "application" if receipt.get("kind") == "application" else "bid"
