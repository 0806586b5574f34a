"""Open contracting records: amounts and currencies."""

import re

from tenderproof.testing import Judgement, Law, RecordedTender, Records, blind, clause, held, rule, worst

_CURRENCY = re.compile(r"[A-Z]{3}")


@rule("amounts")
def amounts(tender: RecordedTender, law: Law) -> Judgement:
    """Every amount of the process: not negative, and of a currency; one that cannot be read decides nothing."""
    del law
    return worst(
        [
            held(money.amount >= 0 and bool(_CURRENCY.fullmatch(money.currency)), "≥ 0 AAA", f"{money.amount} {money.currency or '−'}")
            if money
            else blind("amounts")
            for money in tender.amounts or ()
        ]
    )


@clause("OCX-MONEY", way="record")
def test_recorded_amounts_are_amounts_of_a_currency(records: Records) -> None:
    """No amount is negative or of no currency."""
    seen = records.decided(amounts)

    assert seen.broken == 0, seen.told
