"""What a driver offers is told from its classes: left out, offered, or taken otherwise than checks call it."""

from collections.abc import Mapping
from typing import Any, cast

import pytest

from tenderproof.coverage import operations
from tenderproof.coverage.operations import Fault, Offer, Operation
from tenderproof.testing import Answer, BidStatus, Bond, Identity, Missing, Receipt, Registration, SealedBid, Section
from tenderproof.testing.actors import Bidder, Expert, Person, Public, Tenderee, Verifier

SECTION = Section({"id": "s"})


class Theirs(Bidder):
    """Offers three things, two of them wrongly, and has one under nearly the right name."""

    def bids_for(self, section: Section, kind: str = "bid") -> Answer[tuple[BidStatus, ...]]:
        return Answer(f"{section}{kind}")

    def deliver(self, bid: SealedBid, bond: Bond) -> Answer[Receipt]:  # type: ignore[override]
        return Answer(f"{bid}{bond}")

    withdraw = cast("Any", "no method")

    def sign_atendance(self, section: Section) -> None:
        """Nearly."""


def examined(**playing: type[Public]) -> Mapping[tuple[str, str], Operation]:
    return {(one.kind, one.name): one for one in operations.examined(playing)}


def test_what_a_class_has_from_the_engine_is_not_offered() -> None:
    found = examined(bidder=Theirs)

    assert found["Bidder", "bids_for"].offer is Offer.OFFERED
    assert found["Bidder", "ask"].offer is Offer.MISSING
    assert found["Public", "time"].offer is Offer.MISSING
    assert found["Bidder", "sign_attendance"] == Operation("Bidder", "sign_attendance", Offer.MISSING, perhaps="sign_atendance")


def test_what_a_check_could_not_call_is_told_with_its_reason() -> None:
    found = examined(bidder=Theirs)

    assert found["Bidder", "deliver"].offer is Offer.WRONG
    assert found["Bidder", "deliver"].faults == (Fault("no_default", "bond"), Fault("not_taken", "consortium"))
    assert found["Bidder", "withdraw"].faults == (Fault("no_method"),)


def _person(method: Any) -> type[Public]:
    return cast("type[Public]", type("Theirs", (Verifier,), {method.__name__: method}))


def verify(self: Any, registration: Any, source: str = "", outcome: str = "verified", remark: str = "") -> None: ...
def registrations(self: Any, role: str = "") -> None: ...
def set_status(self: Any, registration: Any, status: str, reason: str, operator: str) -> None: ...
def review_notice(self: Any, *args: Any, **kwargs: Any) -> None: ...
def review_result(self: Any, section: Any, outcome: str = "approved", remark: str = "", more: str = "") -> None: ...


@pytest.mark.parametrize(
    ("method", "faults"),
    [
        (verify, (Fault("other_place", "outcome"), Fault("other_place", "source"))),
        (registrations, (Fault("no_filters", "filters"),)),
        (set_status, (Fault("asks_for_more", "operator"),)),
        (review_notice, ()),
        (review_result, ()),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_signature_is_held_against_every_way_in_which_checks_may_call(method: Any, faults: tuple[Fault, ...]) -> None:
    found = examined(verifier=_person(method))["Verifier", method.__name__]

    assert found.faults == faults
    assert found.offer is (Offer.WRONG if faults else Offer.OFFERED)


def test_what_only_some_of_those_offer_who_could_names_the_others() -> None:
    class Known(Tenderee):
        def registration(self) -> Answer[Registration]:
            return Answer("me")

    found = examined(tenderee=Known, expert=Expert, public=Public)["Person", "registration"]

    assert (found.offer, found.without) == (Offer.PARTLY, ("expert",))


def test_every_role_is_played_by_whom_the_driver_would_make_and_one_that_nobody_plays_is_left_out() -> None:
    class Half:
        public = Public()

        @staticmethod
        def declared(role: str) -> list[Person]:
            return [Expert()] if role == "expert" else []

        @staticmethod
        def acting(identity: Identity) -> Person:
            if identity.role != "bidder":
                raise Missing("only bidders can be made")
            return Theirs()

    assert operations.players(cast("Any", Half())) == {"public": Public, "expert": Expert, "bidder": Theirs}


def test_the_contracts_driver_offers_everything() -> None:
    from tenderproof.drivers.contract.driver import ContractPerson  # noqa: PLC0415 - slow to import

    found = operations.examined(dict.fromkeys(operations.ROLES, ContractPerson))

    assert {one.offer for one in found} == {Offer.OFFERED}
    assert len(found) > 200
