"""Open contracting records (OCDS 1.1) held against the figures of a plan: periods, order of acts, prices, numbers."""

from tenderproof.testing import UNCONCERNED, Judgement, Law, RecordedTender, Records, blind, clause, not_before, rule, worst

_OPEN = "open"


@rule("method", "submission_from", "bid_deadline")
def tender_period(tender: RecordedTender, law: Law) -> Judgement:
    """The tender period of an open procedure."""
    if tender.method is not None and tender.method != _OPEN:
        return UNCONCERNED
    return law.in_time("tender_period_days", tender.submission_from, tender.bid_deadline).unless(tender.method, "method")


@clause("OCX-PERIOD", way="record")
def test_recorded_tender_periods_last_the_days(records: Records) -> None:
    """No open procedure's tender period is shorter than the plan's days."""
    seen = records.decided(tender_period)

    assert seen.broken == 0, seen.told


@rule("enquiry_until", "bid_deadline")
def end_of_questions(tender: RecordedTender, law: Law) -> Judgement:
    """From the end of questions to the deadline, where there is a time for questions."""
    if tender.enquiry_until is None:
        return UNCONCERNED
    return law.in_time("enquiry_before_deadline_days", tender.bid_deadline, tender.enquiry_until)


@clause("OCX-QUESTIONS", way="record")
def test_recorded_questions_end_the_days_before_the_deadline(records: Records) -> None:
    """No enquiry period ends later than the plan's days before the tender period does."""
    seen = records.decided(end_of_questions)

    assert seen.broken == 0, seen.told


@rule("bid_deadline", "awards")
def award_after_deadline(tender: RecordedTender, law: Law) -> Judgement:
    """Every award beside the deadline."""
    del law
    return worst([not_before(tender.bid_deadline, award.decided_at) for award in tender.awards or ()])


@clause("OCX-AWARD-AFTER", way="record")
def test_recorded_awards_are_made_after_the_deadline(records: Records) -> None:
    """No award is dated before the end of the tender period."""
    seen = records.decided(award_after_deadline)

    assert seen.broken == 0, seen.told


def from_award_to_contract(tender: RecordedTender, law: Law, figure: str) -> Judgement:
    """Every contract beside its award, held against a figure of days."""
    judged = []
    for contract in tender.contracts or ():
        award = tender.award_of(contract)
        judged.append(law.in_time(figure, award.decided_at, contract.signed_at) if award else blind("awards"))
    return worst(judged)


@rule("awards", "contracts")
def standstill(tender: RecordedTender, law: Law) -> Judgement:
    """The least time between award and signature."""
    return from_award_to_contract(tender, law, "standstill_days")


@clause("OCX-STANDSTILL", way="record")
def test_recorded_contracts_wait_for_the_days_after_the_award(records: Records) -> None:
    """No contract was signed sooner than the plan's days after its award."""
    seen = records.decided(standstill)

    assert seen.broken == 0, seen.told


@rule("awards", "contracts")
def signature(tender: RecordedTender, law: Law) -> Judgement:
    """The most time between award and signature."""
    return from_award_to_contract(tender, law, "contract_after_award_days")


@clause("OCX-CONTRACT", way="record")
def test_recorded_contracts_follow_the_award_within_the_days(records: Records) -> None:
    """No contract was signed later than the plan's days after its award."""
    seen = records.decided(signature)

    assert seen.broken == 0, seen.told


@rule("awards", "contracts")
def contract_value(tender: RecordedTender, law: Law) -> Judgement:
    """Every contract's value beside its award's."""
    judged = []
    for contract in tender.contracts or ():
        award = tender.award_of(contract)
        amount = award.amount if award else None
        judged.append(law.share_at_most("contract_max_percent_of_award", contract.amount, amount))
    return worst(judged)


@clause("OCX-PRICE", way="record")
def test_recorded_contracts_cost_no_more_than_was_awarded(records: Records) -> None:
    """No contract's value is a cent more than the plan's share of its award's."""
    seen = records.decided(contract_value)

    assert seen.broken == 0, seen.told
