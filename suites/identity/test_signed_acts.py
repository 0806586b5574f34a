"""What has legal effect is done with the party's own certificate, and with nothing else (身份标识与鉴别)."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from tenderproof.testing import Answer, Bidder, Clock, Identity, Owner, Person, Stories, clause, papers

_FOREIGN = {"certificate_not_bound", "signature_invalid"}


class Act(NamedTuple):
    """An act with legal effect: who does it, whose certificate is not theirs, how it is done, and how somebody sees what came of it."""

    person: Person
    stranger: Identity
    do: Callable[[Person], Answer[Any]]
    effect: Callable[[], Any]


def seen(answer: Answer[Any]) -> Any:
    """What an answer tells of an effect: its content, or that there is none."""
    return answer.raw if answer.accepted else answer.refused_because


def application(stories: Stories, _: Clock) -> Act:
    """递交资格预审申请文件."""
    tender = stories.prequalifying()
    one, other = tender.bidders[:2]
    sealed = one.sealed_bid(tender.section, papers.application(tender), kind="application")
    return Act(
        one,
        other.identity,
        lambda person: person.tries(Bidder.deliver, sealed),
        lambda: seen(one.bids_for(tender.section, "application")),
    )


def bid(stories: Stories, _: Clock) -> Act:
    """递交投标文件."""
    tender = stories.bidding()
    one, other = tender.bidders[:2]
    sealed = one.sealed_bid(tender.section, papers.bid(tender))
    return Act(one, other.identity, lambda person: person.tries(Bidder.deliver, sealed), lambda: seen(one.bids_for(tender.section)))


def bond(stories: Stories, _: Clock) -> Act:
    """递交投标保证金."""
    tender = stories.bidding()
    one, other = tender.bidders[:2]
    paper = papers.bond(tender)
    return Act(
        one, other.identity, lambda person: person.tries(Bidder.pay_bond, tender.section, paper), lambda: seen(one.bonds(tender.section))
    )


def withdrawal(stories: Stories, _: Clock) -> Act:
    """撤回投标文件."""
    tender = stories.sealed()
    mine, other = tender.bids[0], tender.bidders[1]
    return Act(
        mine.bidder,
        other.identity,
        lambda person: person.tries(Bidder.withdraw, mine.receipt),
        lambda: [(one.bid_id, one.state) for one in mine.bidder.bids_for(tender.section).value],
    )


def opening_record(stories: Stories, _: Clock) -> Act:
    """确认开标记录."""
    tender = stories.opened()
    one, other = tender.bidders[:2]
    return Act(
        one,
        other.identity,
        lambda person: person.confirm_opening_record(tender.section),
        lambda: len(tender.owner.opening_record(tender.section).value.signed_by),
    )


def receipt(stories: Stories, _: Clock) -> Act:
    """递交回执."""
    tender = stories.bidding()
    one, other = tender.bidders[:2]
    issued = tender.owner.clarify(tender.section, papers.clarification()).value
    return Act(
        one,
        other.identity,
        lambda person: person.tries(Bidder.confirm_clarification, issued),
        lambda: {found.bidder_name: found.says("receipt") for found in tender.owner.clarification_receipts(issued).value},
    )


def award_notice(stories: Stories, _: Clock) -> Act:
    """发出中标通知书."""
    tender = stories.decided()
    tender.owner.publish_result(tender.section, papers.result(tender)).require()
    tender.verifier.review_result(tender.section).require()
    winner = tender.winner.bidder

    def submitted(person: Person) -> Answer[Any]:
        """What is accepted is verified at once, so that it takes effect."""
        answer = person.tries(Owner.send_award_notices, tender.section, "中标结果已确定")
        tender.verifier.review_award_notices(tender.section)
        return answer

    return Act(
        tender.owner,
        winner.identity,
        submitted,
        lambda: [
            one.type
            for one in winner.messages(tender.section).value
            if one.type == "award_notice" and one.get("section_id") == tender.section.id
        ],
    )


def contract(stories: Stories, clock: Clock) -> Act:
    """签订合同."""
    tender = stories.awarded()
    clock.move_past(tender, clock.now(tender))
    drafted = tender.tenderee.draft_contract(tender.section, papers.contract(tender)).value
    return Act(
        tender.tenderee,
        tender.winner.bidder.identity,
        lambda person: person.tries(Bidder.sign_contract, drafted),
        lambda: len(tender.tenderee.contract(tender.section).value.signed_by),
    )


_ACTS = (application, bid, bond, withdrawal, opening_record, receipt, award_notice, contract)


@clause("SEC-IDA-1")
@pytest.mark.parametrize("prepared", _ACTS, ids=lambda made: made.__name__)
def test_an_act_with_legal_effect_is_done_with_ones_own_certificate(
    stories: Stories, clock: Clock, prepared: Callable[[Stories, Clock], Act]
) -> None:
    """Logged in but unsigned, or signed with another party's certificate, it is refused and changes nothing; with one's own it is done."""
    act = prepared(stories, clock)
    before = act.effect()
    unsigned, foreign = act.do(act.person.signing_as(None)), act.do(act.person.signing_as(act.stranger))
    between = act.effect()
    own = act.do(act.person)

    assert unsigned.refused_because == "signature_missing"
    assert foreign.refused_because in _FOREIGN
    assert between == before
    assert own.accepted
    assert act.effect() != before
