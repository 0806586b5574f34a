"""Open contracting records: how many competed."""

from tenderproof.testing import UNCONCERNED, Judgement, Law, RecordedTender, Records, clause, rule

_OPEN = "open"


@rule("method", "awards", "bidders")
def tenderers(tender: RecordedTender, law: Law) -> Judgement:
    """The tenderers of an open procedure that led to an award."""
    if not tender.awards or (tender.method is not None and tender.method != _OPEN):
        return UNCONCERNED
    return law.at_least("tenderers_min", tender.bidders).unless(tender.method, "method")


@clause("OCX-BIDDERS", way="record")
def test_recorded_open_procedures_had_tenderers_enough(records: Records) -> None:
    """No open procedure led to an award with fewer tenderers than the plan's number."""
    seen = records.decided(tenderers)

    assert seen.broken == 0, seen.told
