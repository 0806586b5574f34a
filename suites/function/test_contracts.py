"""Contracts: bound to their sections, verified, and how they are performed (合同管理)."""

from datetime import datetime
from typing import Any

from tenderproof.testing import SECOND, Clock, Content, Stories, Tender, clause, papers


def performance(tender: Tender) -> list[tuple[Any, Any]]:
    """What supervision reads of a contract's performance: by whom, what."""
    found = tender.verifier.contract(tender.section).value.get("performance", [])
    return [(one.get("by"), one.get("text")) for one in found]


@clause("A-180")
def test_a_contract_is_bound_to_its_own_section(stories: Stories) -> None:
    """Two contracts: each is found at its own section and names it; a section without one has none."""
    one, other = stories.contracted(), stories.awarded()
    none = other.verifier.contract(other.section)
    stories.contracted(other)
    found = {tender.section.id: tender.verifier.contract(tender.section).value for tender in (one, other)}

    for tender in (one, other):
        contract = found[tender.section.id]
        assert contract.id == tender.contract.id
        assert (contract.get("section_id"), contract.get("section_code")) == (tender.section.id, tender.section.code)
    assert none.refused


@clause("A-182")
def test_a_contract_is_verified_and_it_stands_by_whom_and_when(stories: Stories, clock: Clock) -> None:
    """What is not signed yet is not verified; what both have signed is, and its parties read the verifier and the moment."""
    tender = stories.awarded()
    drafted = tender.tenderee.draft_contract(tender.section, papers.contract(tender)).value
    early = tender.verifier.verify_contract(drafted)
    tender.tenderee.sign_contract(drafted).require()
    tender.winner.bidder.sign_contract(drafted).require()
    unverified = tender.tenderee.contract(tender.section).value.get("verification")
    before = clock.now(tender)
    verified = tender.verifier.verify_contract(drafted)
    after, read = clock.now(tender), tender.winner.bidder.contract(tender.section).value

    assert early.refused_because == "state_forbids"
    assert unverified is None
    assert verified.accepted
    assert read.says("verification.by", "verification.at")
    assert read.get("verification.by") in {tender.verifier.identity.name, tender.verifier.me().value.id}
    assert before - SECOND <= datetime.fromisoformat(read.get("verification.at")) <= after + SECOND


@clause("A-185")
def test_the_tenderee_records_how_a_contract_is_performed(stories: Stories) -> None:
    """What it records stands at its contract, under its name, for others to read; before both have signed there is nothing to record."""
    tender = stories.awarded()
    drafted = tender.tenderee.draft_contract(tender.section, papers.contract(tender)).value
    early = tender.tenderee.record_performance(drafted, Content(text="尚未签订"))
    tender.tenderee.sign_contract(drafted).require()
    tender.winner.bidder.sign_contract(drafted).require()
    recorded = tender.tenderee.record_performance(drafted, Content(text="第一期工程验收合格"))

    assert recorded.accepted, recorded
    assert performance(tender) == [(tender.tenderee.identity.name, "第一期工程验收合格")]
    assert early.refused_because == "state_forbids"


@clause("A-186")
def test_the_winner_records_how_a_contract_is_performed_and_no_loser_does(stories: Stories) -> None:
    """What the winner records stands at the contract, under its name; a loser is refused, and nothing of it is kept."""
    tender = stories.contracted()
    loser = tender.losers[0].bidder.record_performance(tender.contract, Content(text="由他人录入"))
    recorded = tender.winner.bidder.record_performance(tender.contract, Content(text="第一期工程已交付"))

    assert recorded.accepted, recorded
    assert loser.refused
    assert performance(tender) == [(tender.winner.bidder.identity.name, "第一期工程已交付")]
