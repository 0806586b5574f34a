import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tenderproof.drivers import sealing
from tenderproof.testing import Bond, Content, Fee, Receipt, Section, Upload
from tenderproof.testing.sealed import SealedBid, digest

SECTION = Section({"id": "s"})
BID = SealedBid(SECTION, {"segments": []}, Content(), "d")
APPLICATION = SealedBid(SECTION, {"segments": []}, Content(), "d", "application")


@pytest.mark.parametrize(
    ("call", "method", "path", "body"),
    [
        (
            lambda person: person.withdraw(Receipt({"id": "r", "bid_id": "b", "kind": "bid"})),
            "POST",
            "/bids/b/withdrawal",
            {"act": "bid.withdraw", "object": "b"},
        ),
        (
            lambda person: person.withdraw(Receipt({"id": "r", "bid_id": "b", "kind": "application"})),
            "POST",
            "/applications/b/withdrawal",
            {"act": "application.withdraw", "object": "b"},
        ),
        (
            lambda person: person.deliver(BID),
            "POST",
            "/sections/s/bids",
            {"envelope": {"segments": []}, "digest": "d", "act": "bid.submit", "object": "s"},
        ),
        (
            lambda person: person.deliver(APPLICATION),
            "POST",
            "/sections/s/applications",
            {"envelope": {"segments": []}, "digest": "d", "act": "application.submit", "object": "s"},
        ),
        (
            lambda person: person.deliver(BID, bond=Bond({"id": "o"}), consortium=["91"]),
            "POST",
            "/sections/s/bids",
            {"envelope": {"segments": []}, "digest": "d", "bond": "o", "consortium_members": ["91"], "act": "bid.submit", "object": "s"},
        ),
        (lambda person: person.start_upload(SECTION, 5, "d"), "POST", "/sections/s/uploads", {"size": 5, "digest": "d", "kind": "bid"}),
        (lambda person: person.upload_part(Upload({"id": "u"}), 1, b"x"), "PUT", "/uploads/u/parts/1", {}),
        (
            lambda person: person.complete_upload(Upload({"id": "u"}), BID),
            "POST",
            "/uploads/u/completion",
            {"digest": "d", "act": "upload.complete", "object": "u"},
        ),
        (
            lambda person: person.pay_bond(SECTION, Content(amount=Decimal(1))),
            "POST",
            "/sections/s/bonds",
            {"amount": "1.00", "act": "bond.pay", "object": "s"},
        ),
        (lambda person: person.pay_fee(Fee({"id": "f"}), "transfer"), "POST", "/fees/f/payment", {"method": "transfer"}),
        (lambda person: person.bid_file(Receipt({"id": "r", "bid_id": "b"})), "GET", "/bids/b/content", {}),
    ],
)
def test_bids_bonds_and_fees_go_where_the_contract_says(
    asked: Any, call: Callable[[Any], Any], method: str, path: str, body: dict[str, Any]
) -> None:
    assert asked(call) == (method, path, body)


@pytest.mark.parametrize(("encryption", "names"), [("whole", ["bid"]), ("segmented", ["business", "technical", "price"])])
def test_a_bid_is_sealed_as_the_section_asks(person: Any, wire: Any, encryption: str, names: list[str]) -> None:
    wire.answers = lambda _: (200, {"encryption": encryption, "decryption_mode": "bidder"})
    bid = person.sealed_bid(Section({"id": "s", "code": "S"}), {"price": Decimal("7.00")})

    assert [part["name"] for part in bid.envelope["segments"]] == names
    assert (bid.facts["price"], bid.facts["section_code"], bid.facts["bidder_name"]) == ("7.00", "S", person.identity.name)
    assert "7.00" not in json.dumps(bid.envelope)
    assert bid.digest == digest(bid.envelope)
    assert bid.inner == {}


def test_where_both_decrypt_the_bid_is_sealed_to_the_tenderee_first(person: Any, wire: Any) -> None:
    tenderee = person.identity.encryption_certificate
    wire.answers = lambda _: (200, {"encryption": "whole", "decryption_mode": "tenderee_and_bidder", "recipients": {"tenderee": tenderee}})

    assert list(person.sealed_bid(Section({"id": "s", "code": "S"}), {}).inner) == ["bid"]


def test_a_check_can_seal_to_somebody_else_and_into_other_segments(person: Any, wire: Any, identities: Any) -> None:
    wire.answers = lambda _: (200, {"encryption": "whole", "decryption_mode": "bidder"})
    other = identities.fresh("bidder")
    section = Section({"id": "s", "code": "S"})
    wrong = person.sealed_bid(section, {}, recipient=other, segments=("price",))

    assert [part["name"] for part in wrong.envelope["segments"]] == ["price"]
    assert sealing.content_key(wrong.envelope["segments"][0]["jwe"], other.encryption_key)
