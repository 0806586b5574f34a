"""Each act of the model is done by its actors, as far as the platform lets them; what came of it is read for comparison."""

from typing import Any

import pytest

from tenderproof import content
from tenderproof.spec.lifecycle import load_lifecycle
from tenderproof.testing import Identities, PlatformTrouble, Stories
from tenderproof.testing.lifecycle.living import LivingTender
from tenderproof.testing.records import BidStatus, Contract, Message

from ..troupe import Steady, Troupe  # noqa: TID252 - the actors of the stories


class Told:
    """A tender among actors who say yes to everything but one thing, and what they were asked since it was told last."""

    def __init__(self, identities: Identities, chance: Any, refuses: str = "", **gives: Any) -> None:
        self.troupe, self.clock, self.read_so_far = Troupe(identities, refuses, gives), Steady(), 0
        stories = Stories(self.troupe, self.clock, identities, chance)
        self.tender = LivingTender(stories, self.clock, self.troupe.public, (1, 0))

    def after(self, *acts: str) -> list[str]:
        """What the last of these acts asked of whom."""
        for act in acts:
            self.read_so_far = len(self.troupe.told)
            self.answer = self.tender.perform(act)
        return [told for told in self.troupe.told[self.read_so_far :] if "assignments" not in told]


def test_every_act_of_the_model_is_done_and_every_effect_read(identities: Identities, chance: Any) -> None:
    life = load_lifecycle("tender", content.specs_dir(), lambda _: 3)
    tender = Told(identities, chance).tender

    assert [act for act in life.acts if not hasattr(tender, f"_{act}")] == []
    assert [effect for effect in life.effects if not hasattr(tender, f"_seen_{effect}")] == []


def test_bidders_bid_in_their_turns_and_who_has_bid_replaces_its_own(identities: Identities, chance: Any) -> None:
    told = Told(identities, chance)
    told.after("announce", "issue", "deliver", "deliver", "replace")

    assert [bid.bidder for bid in told.tender._tender.bids] == [told.tender._bidders[0], told.tender._bidders[1]]


def test_what_is_withdrawn_is_a_bid_no_more(identities: Identities, chance: Any) -> None:
    told = Told(identities, chance)

    assert told.after("announce", "issue", "deliver", "withdraw") == ["bidder withdraw"]
    assert told.tender._tender.bids == []


def test_a_late_bid_was_sealed_in_time(identities: Identities, chance: Any) -> None:
    told = Told(identities, chance)

    assert told.after("announce", "issue", "deliver") == ["bidder sealed_bid", "bidder deliver"]
    assert told.after("gather", "deadline", "deliver") == ["bidder deliver"]


def test_a_refused_act_leaves_the_tender_where_it_was(identities: Identities, chance: Any) -> None:
    told = Told(identities, chance, refuses="deliver")
    told.after("announce", "issue", "deliver")

    assert told.answer.refused
    assert told.tender._tender.bids == []


def test_whoever_has_bid_signs_in_and_the_clock_stands_a_second_before_the_deadline(identities: Identities, chance: Any) -> None:
    told = Told(identities, chance)

    assert told.after("announce", "issue", "deliver", "gather") == ["bidder sign_attendance"]
    assert (told.tender._tender.bid_deadline - told.clock.at).total_seconds() == 1
    told.after("deadline")
    assert told.clock.at == told.tender._tender.bid_deadline


def test_an_evaluation_begins_as_far_as_it_is_let(identities: Identities, chance: Any) -> None:
    undrawn, unformed, free = (Told(identities, chance, refuses=act) for act in ("draw_experts", "form_committee", ""))

    assert undrawn.after("announce", "issue", "begin_evaluation") == ["tenderee draw_experts"]
    assert unformed.after("announce", "issue", "begin_evaluation", "begin_evaluation") == ["tenderee form_committee"]
    assert free.after("announce", "issue", "begin_evaluation")[-1] == "tenderee start_evaluation"
    assert undrawn.answer.refused
    assert unformed.answer.refused
    assert free.after("begin_evaluation") == ["tenderee start_evaluation"]


def test_candidates_count_as_public_when_they_are_reviewed(identities: Identities, chance: Any) -> None:
    told = Told(identities, chance, refuses="review_candidates")

    assert told.after("announce", "issue", "deliver", "publicise") == ["tenderee publish_candidates", "verifier review_candidates"]
    assert told.answer.refused


def test_a_contract_is_drafted_once_and_concluded_by_both(identities: Identities, chance: Any) -> None:
    told = Told(identities, chance)

    assert told.after("announce", "issue", "deliver", "conclude_contract") == [
        "tenderee draft_contract", "tenderee sign_contract", "bidder sign_contract",
    ]  # fmt: skip
    assert told.after("conclude_contract") == ["tenderee sign_contract", "bidder sign_contract"]


def test_notices_count_as_sent_when_they_are_reviewed_whatever_became_of_the_result(identities: Identities, chance: Any) -> None:
    told = Told(identities, chance, refuses="publish_result")

    assert told.after("announce", "issue", "deliver", "notify") == [
        "tenderee publish_result", "tenderee send_award_notices", "verifier review_award_notices",
    ]  # fmt: skip
    assert told.answer.accepted


def test_a_step_in_between_that_is_refused_is_trouble(identities: Identities, chance: Any) -> None:
    with pytest.raises(PlatformTrouble, match="publish_document"):
        Told(identities, chance, refuses="publish_document").after("announce", "issue")


def test_nobody_answers_an_objection_that_there_is_not(identities: Identities, chance: Any) -> None:
    with pytest.raises(LookupError, match="Nobody has objected"):
        Told(identities, chance).after("announce", "issue", "answer_objection")


def test_a_bid_is_seen_with_what_somebody_made_of_it_and_not_with_what_time_did(identities: Identities, chance: Any) -> None:
    def seen(state: str) -> Any:
        told = Told(identities, chance, bids_for=(BidStatus({"bid_id": "b", "digest": "d", "state": state}),))
        told.after("announce", "issue")
        return told.tender.read("bids")

    assert seen("sealed") == seen("locked") != seen("withdrawn")
    assert seen("withdrawn") != seen("decrypted")


def test_what_is_not_shown_is_seen_as_nothing(identities: Identities, chance: Any) -> None:
    shown = Told(identities, chance, contract=Contract({"id": "c", "signed_at": "2026-01-01T00:00:00+08:00"}))
    hidden = Told(identities, chance, refuses="contract")

    assert shown.tender.read("contract") == ["2026-01-01T00:00:00+08:00", None]
    assert hidden.tender.read("contract") is None


def test_of_messages_the_notices_of_this_tender_are_seen(identities: Identities, chance: Any) -> None:
    inbox = (
        Message({"id": "1", "type": "award_notice", "section_id": "id"}),
        Message({"id": "2", "type": "clarification", "section_id": "id"}),
        Message({"id": "3", "type": "award_notice", "section_id": "other"}),
    )
    told = Told(identities, chance, messages=inbox)
    told.after("announce", "issue")

    assert told.tender.read("notices") == [["1"], ["1"]]
