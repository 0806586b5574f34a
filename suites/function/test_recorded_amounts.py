"""Amounts and numbers as published records show them: bonds, prices, bidders, invitees, candidates, committees (公开记录中的金额与数量)."""

import unicodedata
from fractions import Fraction

from tenderproof.testing import (
    KEPT,
    UNCONCERNED,
    Judgement,
    Law,
    RecordedTender,
    Records,
    blind,
    broken,
    clause,
    held,
    rule,
    worst,
)


@rule("bid_bond", "estimate")
def bid_bond(tender: RecordedTender, law: Law) -> Judgement:
    """The bid bond beside the estimated price."""
    return UNCONCERNED if tender.bid_bond is None else law.share_at_most("bid_bond_max_percent", tender.bid_bond, tender.estimate)


@clause("LAW-RG-26", way="record")
def test_recorded_bid_bonds_are_no_larger_than_the_share(records: Records) -> None:
    """No bid bond is a cent more than the law's share of the estimated price."""
    seen = records.decided(bid_bond)

    assert seen.broken == 0, seen.told


@rule("contracts")
def performance_bond(tender: RecordedTender, law: Law) -> Judgement:
    """The performance bonds beside their contracts' prices."""
    bonded = [contract for contract in tender.contracts or () if contract.performance_bond]
    return worst([law.share_at_most("performance_bond_max_percent", contract.performance_bond, contract.amount) for contract in bonded])


@clause("LAW-RG-58", way="record")
def test_recorded_performance_bonds_are_no_larger_than_the_share(records: Records) -> None:
    """No performance bond is a cent more than the law's share of the contract's price."""
    seen = records.decided(performance_bond)

    assert seen.broken == 0, seen.told


@rule("awards", "contracts")
def contract_price(tender: RecordedTender, law: Law) -> Judgement:
    """The price of a contract beside that of its award, where an award has one contract."""
    del law
    contracts = tender.contracts or ()
    judged = []
    for contract in contracts:
        award = tender.award_of(contract)
        shared = sum(tender.award_of(other) is award for other in contracts) > 1
        if award is None or award.amount is None or contract.amount is None or award.amount.currency != contract.amount.currency or shared:
            judged.append(blind("awards, contracts"))
        else:
            judged.append(held(award.amount.amount == contract.amount.amount, f"= {award.amount.amount}", contract.amount.amount))
    return worst(judged)


@clause("LAW-TL-46", way="record")
def test_recorded_contracts_are_concluded_at_the_price_of_the_award(records: Records) -> None:
    """No contract's price differs by a cent from the price for which the award was made."""
    seen = records.decided(contract_price)

    assert seen.broken == 0, seen.told


@rule("bidders", "opened_at", "round", "cancelled")
def bidders(tender: RecordedTender, law: Law) -> Judgement:
    """How many bids were opened in a first round that went on."""
    if tender.opened_at is None or tender.cancelled or (tender.round or 1) > 1:
        return UNCONCERNED
    return law.at_least("bidders_min", tender.bidders).unless(tender.round, "round")


@clause("LAW-TL-28", way="record")
def test_recorded_openings_had_bidders_enough(records: Records) -> None:
    """In a first round no bids were opened that were fewer than the law's number."""
    seen = records.decided(bidders)

    assert seen.broken == 0, seen.told


@rule("invited", "invitees")
def invitees(tender: RecordedTender, law: Law) -> Judgement:
    """How many were invited, where bidders were."""
    return law.at_least("invitees_min", tender.invitees).unless(tender.invited, "invited") if tender.invited is not False else UNCONCERNED


@clause("LAW-TL-17", way="record")
def test_recorded_invitations_went_to_enough(records: Records) -> None:
    """No tender by invitation invited fewer than the law's number."""
    seen = records.decided(invitees)

    assert seen.broken == 0, seen.told


@rule("committee", "committee_experts")
def committee(tender: RecordedTender, law: Law) -> Judgement:
    """How many sat on the committee, an odd number, and how many of them were experts."""
    if tender.committee is None:
        return UNCONCERNED
    size = law.at_least("committee_min", tender.committee)
    odd = held(tender.committee % 2 == 1, "1 mod 2", tender.committee)
    share = law.plan.fraction("committee_experts_min_share")
    if tender.committee_experts is None:
        return worst([size, odd, blind("committee_experts")])
    experts = held(
        Fraction(tender.committee_experts) >= share * tender.committee, f"≥ {share} × {tender.committee}", tender.committee_experts
    )
    return worst([size, odd, experts])


@clause("LAW-TL-37-1", way="record")
def test_recorded_committees_are_of_the_size_and_make(records: Records) -> None:
    """No committee was too small, of an even number, or short of experts."""
    seen = records.decided(committee)

    assert seen.broken == 0, seen.told


def ranked(tender: RecordedTender, law: Law) -> Judgement:
    """How many candidates there are, and whether their order is marked: ranks from 1 on, none twice."""
    if tender.candidates is None:
        return UNCONCERNED
    ranks = [candidate.rank for candidate in tender.candidates]
    number = law.at_most("candidates_max", len(ranks))
    if number is not KEPT:
        return number
    if None in ranks:
        return blind("candidates.rank")
    return held(sorted(map(int, filter(None, ranks))) == list(range(1, len(ranks) + 1)), list(range(1, len(ranks) + 1)), ranks)


@rule("candidates")
def candidates(tender: RecordedTender, law: Law) -> Judgement:
    """The candidates of every tender."""
    return ranked(tender, law)


@clause("LAW-RG-53", way="record")
def test_recorded_candidates_are_few_and_ranked(records: Records) -> None:
    """No evaluation recommended more candidates than the law's number, or left their order open."""
    seen = records.decided(candidates)

    assert seen.broken == 0, seen.told


@rule("candidates", "communications")
def candidates_but_of_central_communications(tender: RecordedTender, law: Law) -> Judgement:
    """The candidates, but for central tendering in communications (通信工程建设项目集中招标), which the item leaves out."""
    return UNCONCERNED if tender.communications else ranked(tender, law).unless(tender.communications, "communications")


@clause("B-026", way="record")
def test_recorded_candidates_are_few_and_ranked_but_in_central_communications(records: Records) -> None:
    """The same, with the exception that the certification item makes."""
    seen = records.decided(candidates_but_of_central_communications)

    assert seen.broken == 0, seen.told


def plainly(name: str) -> str:
    """A name without blanks, its brackets and digits of one width; who bids jointly or through a branch has the other's name in it."""
    return "".join(unicodedata.normalize("NFKC", name).split())


@rule("candidates", "awards", "compulsory", "state_funded")
def winner_among_candidates(tender: RecordedTender, law: Law) -> Judgement:
    """Whether the winner was a candidate, and the first; the first may have given up, which records do not show."""
    del law
    if tender.compulsory is False or tender.state_funded is False or not tender.candidates or not tender.awards:
        return UNCONCERNED
    ranks = {plainly(candidate.name or ""): candidate.rank for candidate in tender.candidates}
    winners = {plainly(winner) for award in tender.awards for winner in award.winners}
    if "" in ranks or not winners:
        return blind("candidates, awards")
    found = {rank for name, rank in ranks.items() for winner in winners if name in winner or winner in name}
    if not found:
        concerned = True if tender.compulsory and tender.state_funded else None
        return broken(" / ".join(ranks), " / ".join(sorted(winners))).unless(concerned, "compulsory, state_funded")
    return KEPT if found == {1} else blind("candidates.gave_up")


@clause("B-027", "LAW-RG-55", way="record")
def test_recorded_winners_were_candidates(records: Records) -> None:
    """Where state funds prevail the winner of a compulsory tender was among the candidates."""
    seen = records.decided(winner_among_candidates)

    assert seen.broken == 0, seen.told
