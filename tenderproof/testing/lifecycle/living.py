"""A tender that is lived on a platform: each act of the model done by its actors, and what can be seen of what came of it."""

from collections.abc import Callable, Sequence
from typing import Any

from tenderproof.testing import papers
from tenderproof.testing.actors import Bidder, Public
from tenderproof.testing.answers import Answer, Record
from tenderproof.testing.clock import Clock
from tenderproof.testing.contents import Content
from tenderproof.testing.records import BidStatus, Contract, Draw, Objection, Opening, OpeningRecord
from tenderproof.testing.sealed import SealedBid
from tenderproof.testing.stories import Stories
from tenderproof.testing.tender import DAY, HOUR, Bid

_WORDS = "经核实，维持原内容"
_TOLD = "中标结果已确定"
_NOTICES = ("award_notice", "result_notice")
_FATES = ("withdrawn", "superseded", "decrypted")  # of a bid, by somebody's act; what else it is called may come with time


class LivingTender:
    """One tender from its preparation on. ``turns`` says in which order its bidders act; they are more than bid in time."""

    def __init__(self, stories: Stories, clock: Clock, public: Public, turns: Sequence[int]) -> None:
        self._stories, self._clock, self._public = stories, clock, public
        self._tender = stories.created(bidders=len(turns))
        self._turns = tuple(turns)
        self._spare: dict[str, SealedBid] = {}
        self._sealed = 0
        self._ended = False
        self._seated = False
        self._drawn: Draw | None = None
        self._draft: Contract | None = None
        self._objection: Objection | None = None

    def perform(self, act: str) -> Answer[Any]:
        """Do an act of the model; Missing where the driver does not offer it."""
        done: Callable[[], Answer[Any]] = getattr(self, f"_{act}")
        return done()

    def read(self, effect: str) -> Any:
        """What can be seen of an effect; None where there is nothing to be seen."""
        seen: Callable[[], Any] = getattr(self, f"_seen_{effect}")
        return seen()

    # -- until the deadline --------------------------------------------------------------------------------------------

    def _announce(self) -> Answer[Any]:
        self._stories.announced(self._tender)
        return _passed("announce")

    def _issue(self) -> Answer[Any]:
        self._stories.bidding(self._tender)
        for bidder in self._bidders:  # sealed in time, for one who is late need not learn how to seal
            self._spare[bidder.identity.name] = self._seal(bidder)
        return _passed("issue")

    def _deliver(self) -> Answer[Any]:
        waiting = next((bidder for bidder in self._bidders if self._bid_of(bidder) is None), self._bidders[-1])
        return self._delivered(waiting)

    def _replace(self) -> Answer[Any]:
        return self._delivered(self._last.bidder)

    def _delivered(self, bidder: Bidder) -> Answer[Any]:
        sealed = self._spare[bidder.identity.name] if self._ended else self._seal(bidder)
        answer = bidder.deliver(sealed)
        if answer.accepted:
            self._tender.bids = [bid for bid in self._tender.bids if bid.bidder is not bidder]
            self._tender.bids.append(Bid(bidder, sealed, answer.value))
        return answer

    def _withdraw(self) -> Answer[Any]:
        bid = self._last
        answer = bid.bidder.withdraw(bid.receipt)
        if answer.accepted:
            self._tender.bids.remove(bid)
        return answer

    def _release_key(self) -> Answer[Any]:
        return self._last.bidder.release_key(self._last.sealed, self._last.receipt)

    def _change_document(self) -> Answer[Any]:
        change = papers.clarification("工程范围增加绿化。", influences_preparation=True).but(kind="change")
        return self._tender.owner.clarify(self._section, change)

    def _object_to_document(self) -> Answer[Any]:
        return self._objected("tender_documents")

    def _object_to_result(self) -> Answer[Any]:
        return self._objected("evaluation_result")

    def _objected(self, about: str) -> Answer[Any]:
        bidder = self._tender.bids[0].bidder if self._tender.bids else self._bidders[0]
        answer = bidder.file_objection(self._section, about, "要求的业绩与本项目的规模不相适应")
        self._objection = answer.value if answer.accepted else self._objection
        return answer

    def _answer_objection(self) -> Answer[Any]:
        if self._objection is None:
            raise LookupError("Nobody has objected.")
        return self._tender.owner.reply_objection(self._objection, _WORDS, "rejected")

    def _gather(self) -> Answer[Any]:
        self._stories.attend(self._tender)
        self._clock.move_before(self._tender, self._tender.times.opening_at)
        return _passed("gather")

    def _deadline(self) -> Answer[Any]:
        self._clock.move_to(self._tender, self._tender.times.opening_at)
        self._ended = True
        return _passed("deadline")

    # -- the opening ---------------------------------------------------------------------------------------------------

    def _open(self) -> Answer[Any]:
        answer = self._tender.owner.open_bids(self._section)
        if answer.accepted:
            self._tender.made[Opening] = answer.value
        return answer

    def _decrypt(self) -> Answer[Any]:
        for bid in self._tender.bids:
            self._stories.decrypt(self._tender, bid)
        return _passed("decrypt")

    def _complete_opening(self) -> Answer[Any]:
        answer = self._tender.owner.complete_opening(self._section)
        if answer.accepted:
            self._tender.made[Opening] = answer.value
            self._tender.made[OpeningRecord] = self._tender.owner.confirm_opening_record(self._section).value
            self._tender.stage = "opened"
        return answer

    # -- evaluation and award ------------------------------------------------------------------------------------------

    def _begin_evaluation(self) -> Answer[Any]:
        """Seat a committee as far as the platform lets it be seated, and start; the last answer counts."""
        seated = None if self._seated else self._seat()
        return seated if seated is not None and seated.refused else self._tender.owner.start_evaluation(self._section)

    def _seat(self) -> Answer[Any]:
        """Draw a committee once, form it, and let its members sign in; the first refusal of drawing or forming is the answer."""
        tender = self._tender
        if self._drawn is None:
            drawn = tender.owner.draw_experts(self._section, papers.draw(tender))
            if drawn.refused:
                return drawn
            self._drawn = drawn.value
        formed = tender.owner.form_committee(self._section, papers.committee(tender, [self._drawn.draw_id]))
        if formed.accepted:
            tender.experts = self._stories.assigned(tender)
            for expert in tender.experts:
                expert.sign_in(self._section, papers.signing_in()).require()
            self._seated = True
        return formed

    def _evaluate(self) -> Answer[Any]:
        self._clock.move_to(self._tender, max(self._tender.times.opening_at + HOUR, self._clock.now(self._tender)))
        if not self._seated:
            self._seat().require()
        self._tender.stage = "committee"
        self._stories.evaluated(self._tender)
        return _passed("evaluate")

    def _publicise(self) -> Answer[Any]:
        starts = self._clock.now(self._tender) + HOUR
        handed_in = self._tender.owner.publish_candidates(self._section, papers.publicity(self._tender, starts))
        answer = self._tender.verifier.review_candidates(self._section) if handed_in.accepted else handed_in
        if answer.accepted:
            self._tender.publicity = answer.value
            self._clock.move_to(self._tender, starts)
        return answer

    def _publicity_ends(self) -> Answer[Any]:
        self._clock.move_to(self._tender, self._clock.now(self._tender) + (self._tender.facts.publicity_days + 1) * DAY)
        return _passed("publicity_ends")

    def _decide(self) -> Answer[Any]:
        return self._tender.tenderee.decide_award(self._section, papers.award(self._tender))

    def _decide_for_second(self) -> Answer[Any]:
        second = papers.award(self._tender).but(bid_id=self._tender.ranking[1].id)
        return self._tender.tenderee.decide_award(self._section, second)

    def _notify(self) -> Answer[Any]:
        """Publish the result if the platform takes it, and send the notices; the last answer about the notices counts."""
        owner, verifier = self._tender.owner, self._tender.verifier
        if owner.publish_result(self._section, papers.result(self._tender)).accepted:
            verifier.review_result(self._section)
        sent = owner.send_award_notices(self._section, _TOLD)
        return verifier.review_award_notices(self._section) if sent.accepted and not sent.value.says("sent_at") else sent

    def _conclude_contract(self) -> Answer[Any]:
        """Draft the contract and let both sign; the first refusal is the answer."""
        tenderee, winner = self._tender.tenderee, self._tender.winner.bidder
        if self._draft is None:
            drafted = tenderee.draft_contract(self._section, papers.contract(self._tender))
            if drafted.refused:
                return drafted
            self._draft = drafted.value
        signed = tenderee.sign_contract(self._draft)
        return winner.sign_contract(self._draft) if signed.accepted else signed

    def _archive(self) -> Answer[Any]:
        return self._tender.owner.make_archive(self._section)

    def _terminate(self) -> Answer[Any]:
        answer = self._tender.owner.record_anomaly(self._section, Content(kind="terminated", reason="项目审批被撤销"))
        self._ended = self._ended or answer.accepted
        return answer

    def _tender_again(self) -> Answer[Any]:
        return self._tender.owner.retender(self._section)

    # -- what can be seen ----------------------------------------------------------------------------------------------

    def _seen_stage(self) -> Any:
        return _shown(self._tender.owner.section(self._section), "state")

    def _seen_bids(self) -> Any:
        return [sorted(_bid(bid) for bid in bidder.bids_for(self._section).value) for bidder in self._bidders]

    def _seen_clarifications(self) -> Any:
        return sorted(found.id for found in self._public.clarifications(self._section).value)

    def _seen_opening(self) -> Any:
        return _shown(self._tender.owner.opening(self._section), "started_at", "completed_at")

    def _seen_record(self) -> Any:
        found = self._public.published_opening_record(self._section)
        return sorted((str(bid.get("bid_id")), str(bid.get("price"))) for bid in found.value.bids) if found.accepted else None

    def _seen_candidates(self) -> Any:
        return _shown(self._public.published_candidates(self._section), "id")

    def _seen_award(self) -> Any:
        return _shown(self._tender.tenderee.award(self._section), "bid_id", "decided_at")

    def _seen_notices(self) -> Any:
        inboxes = [bidder.messages(self._section).value for bidder in self._bidders]
        return [sorted(one.id for one in inbox if one.get("type") in _NOTICES and self._is_ours(one)) for inbox in inboxes]

    def _seen_contract(self) -> Any:
        return _shown(self._tender.tenderee.contract(self._section), "signed_at", "price")

    def _seen_objections(self) -> Any:
        return sorted((one.id, str(one.get("state"))) for one in self._tender.owner.objections(self._section).value)

    def _seen_archive(self) -> Any:
        return _shown(self._tender.owner.archive(self._section), "id", "root")

    # -- who and what --------------------------------------------------------------------------------------------------

    @property
    def _section(self) -> Any:
        return self._tender.section

    @property
    def _bidders(self) -> list[Bidder]:
        return [self._tender.bidders[turn] for turn in self._turns]

    @property
    def _last(self) -> Bid:
        return self._tender.bids[-1]

    def _bid_of(self, bidder: Bidder) -> Bid | None:
        return next((bid for bid in self._tender.bids if bid.bidder is bidder), None)

    def _is_ours(self, message: Record) -> bool:
        return bool(message.get("section_id") == self._section.id)

    def _seal(self, bidder: Bidder) -> SealedBid:
        """A bid at a price of its own."""
        self._sealed += 1
        return bidder.sealed_bid(self._section, papers.bid(self._tender, self._sealed))


def _passed(act: str) -> Answer[Any]:
    """What was done in several steps, each of which had to be accepted."""
    return Answer(act)


def _bid(bid: BidStatus) -> tuple[str, str, str]:
    """A bid, what it is and what was made of it."""
    state = str(bid.get("state"))
    return bid.bid_id, str(bid.get("digest")), state if state in _FATES else ""


def _shown(answer: Answer[Any], *fields: str) -> list[Any] | None:
    """Some fields of what somebody is shown; None where nothing is."""
    return [answer.value.get(field) for field in fields] if answer.accepted else None
