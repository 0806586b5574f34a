"""Open contracting records: what every process must say."""

from tenderproof.testing import UNCONCERNED, Judgement, Law, RecordedTender, Records, clause, held, rule

_ITEMS = ("title", "buyer", "method", "deadline")


@rule("title", "tenderee", "method", "bid_deadline", "notice")
def said(tender: RecordedTender, law: Law) -> Judgement:
    """The four items, of every process that has a tender."""
    del law
    if not tender.notice:
        return UNCONCERNED
    silent = [item for item in _ITEMS if not tender.notice.get(item)]
    return held(not silent, ", ".join(_ITEMS), f"− {', '.join(silent)}")


@clause("OCX-SAID", way="record")
def test_recorded_processes_say_what_they_are(records: Records) -> None:
    """No process is silent on its title, its buyer, its method or its deadline."""
    seen = records.decided(said)

    assert seen.broken == 0, seen.told
