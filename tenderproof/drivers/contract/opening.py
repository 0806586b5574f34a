"""The opening (contract 5.6), of bids and of prequalification applications."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from tenderproof.drivers import sealing
from tenderproof.drivers.contract.caller import Caller, segment
from tenderproof.testing.answers import Answer, Record
from tenderproof.testing.contents import Content
from tenderproof.testing.keys import PrivateKey
from tenderproof.testing.records import (
    Opening,
    OpeningRecord,
    Receipt,
    Section,
)
from tenderproof.testing.sealed import Kind, SealedBid
from tenderproof.vocabulary import DeclarationTrouble


class OpeningOfBids(Caller):
    """Everybody releases content keys, and nobody a private key."""

    def sign_attendance(self, section: Section, kind: Kind = "bid") -> Answer[Record]:
        """Attend the opening (attendance.sign)."""
        return self.send("POST", f"/sections/{segment(section.id)}/{_prefix(kind)}attendance", Record.read)

    def open_bids(self, section: Section, round_number: int = 1, kind: Kind = "bid") -> Answer[Opening]:
        """Start the opening (opening.start, application_opening.start)."""
        return self.send("POST", f"/sections/{segment(section.id)}/{_prefix(kind)}opening", Opening.read, {"round": round_number})

    def opening(self, section: Section, kind: Kind = "bid") -> Answer[Opening]:
        """The opening of bids, or of applications (opening.get)."""
        return self.get(f"/sections/{segment(section.id)}/{_prefix(kind)}opening", Opening.read)

    def release_key(self, bid: SealedBid, receipt: Receipt, keys: Sequence[Mapping[str, str]] | None = None) -> Answer[Record]:
        """Release the content keys of my bid at the opening (bid.decrypt); other ``keys`` if given."""
        released = keys if keys is not None else self._content_keys(_jwes(bid), "bidder")
        return self._decrypt(bid.kind, receipt, released)

    def release_tenderee_key(self, bid: SealedBid, receipt: Receipt, keys: Sequence[Mapping[str, str]] | None = None) -> Answer[Record]:
        """Release the tenderee's content keys of a bid sealed to both (bid.decrypt); other ``keys`` if given."""
        released = keys if keys is not None else self._content_keys(bid.inner, "tenderee")
        return self._decrypt(bid.kind, receipt, released)

    def declare_decryption_failed(self, receipt: Receipt, cause: str, reason: str, remedy: str = "", kind: Kind = "bid") -> Answer[Record]:
        """Record a failed decryption (bid.fail)."""
        return self.send(
            "POST",
            f"/{kind}s/{segment(receipt.bid_id)}/decryption-failure",
            Record.read,
            {"cause": cause, "reason": reason, "remedy": remedy},
        )

    def complete_opening(self, section: Section, kind: Kind = "bid") -> Answer[Opening]:
        """Complete the opening: the announcement (opening.complete)."""
        return self.send("POST", f"/sections/{segment(section.id)}/{_prefix(kind)}opening/completion", Opening.read)

    def opening_record(self, section: Section, kind: Kind = "bid") -> Answer[OpeningRecord]:
        """The opening record (opening_record.get)."""
        return self.get(f"/sections/{segment(section.id)}/{_prefix(kind)}opening-record", OpeningRecord.read)

    def confirm_opening_record(self, section: Section, opinion: str = "", kind: Kind = "bid") -> Answer[OpeningRecord]:
        """§ Confirm the opening record (opening_record.confirm)."""
        return self.act(
            f"{_prefix(kind)}opening_record.confirm".replace("-", "_"),
            section.id,
            f"/sections/{segment(section.id)}/{_prefix(kind)}opening-record/confirmation",
            OpeningRecord.read,
            {"opinion": opinion},
        )

    def decide_prequalification(self, section: Section, content: Content) -> Answer[Record]:
        """§ Decide who passed prequalification (prequalification.result)."""
        return self.act(
            "prequalification.result", section.id, f"/sections/{segment(section.id)}/prequalification-result", Record.read, content
        )

    def prequalification_result(self, section: Section) -> Answer[Record]:
        """Who passed prequalification (prequalification.get)."""
        return self.get(f"/sections/{segment(section.id)}/prequalification-result", Record.read)

    def _decrypt(self, kind: Kind, receipt: Receipt, keys: Sequence[Mapping[str, str]]) -> Answer[Record]:
        path = f"/{kind}s/{segment(receipt.bid_id)}/decryption"
        return self.send("POST", path, Record.read, {"keys": [dict(key) for key in keys]})

    def _content_keys(self, jwes: Mapping[str, Mapping[str, Any]], layer: str) -> list[dict[str, str]]:
        """Unwrapped with our private key, which no record holds: recorded as an input, so that a replay can do without the key."""

        def unwrapped() -> bytes:
            return json.dumps(sealing.released(jwes, self._encryption_key(), layer)).encode("ascii")

        return list(json.loads(self._driver.chance.made("content keys", unwrapped, secret=True)))

    def _encryption_key(self) -> PrivateKey:
        if self.identity.encryption_key is None:
            raise DeclarationTrouble(f"The account {self.identity.account or self.identity.name} has no encryption key (encryption_key).")
        return self.identity.encryption_key


def _prefix(kind: Kind) -> str:
    return "application-" if kind == "application" else ""


def _jwes(bid: SealedBid) -> dict[str, Mapping[str, Any]]:
    return {part["name"]: part["jwe"] for part in bid.envelope["segments"]}
