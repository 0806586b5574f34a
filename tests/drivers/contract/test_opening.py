from typing import Any

import pytest

from tenderproof.drivers import bidmaker, sealing
from tenderproof.drivers.contract.driver import ContractPerson
from tenderproof.testing import Content, Receipt, Section
from tenderproof.testing.identities import Identities, Identity
from tenderproof.testing.sealed import SealedBid
from tenderproof.vocabulary import DeclarationTrouble

SECTION = Section({"id": "s"})
RECEIPT = Receipt({"id": "r", "bid_id": "b"})


@pytest.fixture
def opening(wire: Any) -> None:
    """The platform answers with an opening."""
    wire.answers = lambda _: (200, {"state": "decrypting", "id": "x"})


@pytest.mark.usefixtures("opening")
def test_bids_and_applications_are_opened_in_places_of_their_own(asked: Any) -> None:
    assert asked(lambda p: p.open_bids(SECTION)) == ("POST", "/sections/s/opening", {"round": 1})
    assert asked(lambda p: p.open_bids(SECTION, 2, "application")) == ("POST", "/sections/s/application-opening", {"round": 2})
    assert asked(lambda p: p.opening(SECTION))[1] == "/sections/s/opening"
    assert asked(lambda p: p.sign_attendance(SECTION, "application"))[1] == "/sections/s/application-attendance"
    assert asked(lambda p: p.complete_opening(SECTION))[1] == "/sections/s/opening/completion"
    assert asked(lambda p: p.opening_record(SECTION, "application"))[1] == "/sections/s/application-opening-record"


def test_a_record_is_confirmed_by_an_act_of_its_own(asked: Any) -> None:
    assert asked(lambda p: p.confirm_opening_record(SECTION, "无")) == (
        "POST", "/sections/s/opening-record/confirmation", {"opinion": "无", "act": "opening_record.confirm", "object": "s"},
    )  # fmt: skip
    assert asked(lambda p: p.confirm_opening_record(SECTION, kind="application"))[2]["act"] == "application_opening_record.confirm"


def test_only_content_keys_are_released_one_a_segment(declare: Any, person: ContractPerson, wire: Any) -> None:
    bid = _sealed(declare, person.identity, None)
    person.release_key(bid, RECEIPT)
    keys = wire.sent["keys"]

    assert wire.last.url.endswith("/bids/b/decryption")
    assert [(key["segment"], key["layer"]) for key in keys] == [("price", "bidder")]
    assert all(set(key) == {"segment", "layer", "cek"} for key in keys)


def test_the_tenderee_releases_the_inner_layer(declare: Any, person: ContractPerson, wire: Any) -> None:
    bid = _sealed(declare, person.identity, person.identity.encryption_certificate)
    person.release_tenderee_key(bid, RECEIPT)

    assert [(key["segment"], key["layer"]) for key in wire.sent["keys"]] == [("price", "tenderee")]


def test_a_check_can_release_other_keys(person: ContractPerson, wire: Any) -> None:
    bid = SealedBid(SECTION, {}, Content(), "d")
    person.release_key(bid, RECEIPT, [{"segment": "bid", "layer": "bidder", "cek": "AAAA"}])

    assert wire.sent == {"keys": [{"segment": "bid", "layer": "bidder", "cek": "AAAA"}]}


def test_who_has_no_encryption_key_cannot_open(driver: Any, declare: Any, identities: Identities) -> None:
    bid = _sealed(declare, identities.fresh("bidder"), None)

    with pytest.raises(DeclarationTrouble, match="no encryption key"):
        driver.acting(Identity("bidder", "甲", "")).release_key(bid, RECEIPT)


def _sealed(declare: Any, bidder: Identity, tenderee: str | None) -> SealedBid:
    made = sealing.parse(bidmaker.make(declare(), bidder, {"price": "1.00"}, ("price",), bidder, tenderee))
    return SealedBid(SECTION, made["envelope"], Content(), "d", "bid", made["inner"])
