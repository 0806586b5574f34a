"""Publicity and contents as published records show them (公开记录中的公示与公告内容)."""

from collections.abc import Sequence

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
    not_before,
    rule,
    worst,
)


def if_compulsory(tender: RecordedTender, judgement: Judgement) -> Judgement:
    """The judgement where tendering is compulsory by law, none where it is not; where that is unknown nothing is broken."""
    return UNCONCERNED if tender.compulsory is False else judgement.unless(tender.compulsory, "compulsory")


@rule("publicity_published", "publicity_from", "publicity_until", "compulsory")
def days_of_publicity(tender: RecordedTender, law: Law) -> Judgement:
    """How long candidates are public."""
    if tender.publicity_from is None and tender.publicity_published is None and tender.publicity_until is None:
        return UNCONCERNED
    begins = max((one for one in (tender.publicity_from, tender.publicity_published) if one), key=lambda one: one.first, default=None)
    return if_compulsory(tender, law.in_time("publicity_days", begins, tender.publicity_until))


@clause("B-028", "LAW-RG-54-1", way="record")
def test_recorded_candidates_are_public_for_the_days(records: Records) -> None:
    """From its issue to its end no publicity of a compulsory tender is shorter than the law's days by its widest reading."""
    seen = records.decided(days_of_publicity)

    assert seen.broken == 0, seen.told


@rule("evaluation_report_at", "publicity_published", "publicity_from", "compulsory")
def days_to_publicity(tender: RecordedTender, law: Law) -> Judgement:
    """From the evaluation report to the start of publicity."""
    begins = tender.publicity_published or tender.publicity_from
    if begins is None:
        return UNCONCERNED
    return if_compulsory(tender, law.in_time("publicity_start_days", tender.evaluation_report_at, begins))


@clause("LAW-RG-54-1", way="record")
def test_recorded_publicity_begins_within_the_days_after_the_report(records: Records) -> None:
    """No publicity of a compulsory tender began later than the days after the evaluation report."""
    seen = records.decided(days_to_publicity)

    assert seen.broken == 0, seen.told


@rule("publicity_until", "result_published", "compulsory", whole=False)
def result_after_publicity(tender: RecordedTender, law: Law) -> Judgement:
    """The result, after the time of publicity was over."""
    del law
    if tender.result_published is None:
        return UNCONCERNED
    return if_compulsory(tender, not_before(tender.publicity_until, tender.result_published))


@clause("EB-35-1", way="record")
def test_recorded_results_follow_the_publicity_of_their_candidates(records: Records) -> None:
    """No result of a compulsory tender was published before the time of its candidates' publicity was over."""
    seen = records.decided(result_after_publicity)

    assert seen.broken == 0, seen.told


def says(tender: RecordedTender, items: Sequence[str]) -> Judgement:
    """Whether the notice says each of the items.

    One that the form of the records does not show is none that the notice lacks; one that says nothing at all may not be there.
    """
    if not tender.notice:
        return UNCONCERNED
    if not any(tender.notice.values()):
        return blind("notice")
    silent = [item for item in items if tender.notice.get(item) is False]
    unseen = [item for item in items if item not in tender.notice]
    return broken(", ".join(items), f"− {', '.join(silent)}") if silent else blind(*unseen) if unseen else KEPT


@rule("notice", "compulsory")
def project(tender: RecordedTender, law: Law) -> Judgement:
    """Name, content, scope, scale and funding."""
    del law
    return if_compulsory(tender, says(tender, ["project_name", "content", "scope", "scale", "funding_source"]))


@clause("NOT-5-1", way="record")
def test_recorded_notices_name_project_content_scope_scale_and_funding(records: Records) -> None:
    """No notice of a compulsory tender is silent on one of the five."""
    seen = records.decided(project)

    assert seen.broken == 0, seen.told


@rule("notice", "compulsory")
def qualification(tender: RecordedTender, law: Law) -> Judgement:
    """What is asked of bidders, and whether they may join."""
    del law
    return if_compulsory(tender, says(tender, ["qualification", "consortium_accepted"]))


@clause("NOT-5-2", way="record")
def test_recorded_notices_say_what_is_asked_of_bidders(records: Records) -> None:
    """No notice of a compulsory tender is silent on qualification or consortia."""
    seen = records.decided(qualification)

    assert seen.broken == 0, seen.told


@rule("notice", "compulsory")
def times_and_ways(tender: RecordedTender, law: Law) -> Judgement:
    """When and how documents are to be had and bids delivered."""
    del law
    items = ["document_from", "document_until", "document_method", "bid_deadline", "submission_method"]
    return if_compulsory(tender, says(tender, items))


@clause("NOT-5-3", way="record")
def test_recorded_notices_say_when_and_how_to_obtain_and_to_submit(records: Records) -> None:
    """No notice of a compulsory tender is silent on times and ways."""
    seen = records.decided(times_and_ways)

    assert seen.broken == 0, seen.told


@rule("notice", "compulsory")
def whom_to_ask(tender: RecordedTender, law: Law) -> Judgement:
    """The tenderee's contact, and the way to the platform."""
    del law
    items = ["tenderee.name", "tenderee.address", "tenderee.contact", "tenderee.phone", "platform_url", "access_method"]
    agency = [item for item in ("agency.name", "agency.contact", "agency.phone") if item in tender.notice]
    return if_compulsory(tender, says(tender, [*items, *agency]))


@clause("NOT-5-4", way="record")
def test_recorded_notices_say_whom_to_ask(records: Records) -> None:
    """No notice of a compulsory tender is silent on whom to ask and where the platform is."""
    seen = records.decided(whom_to_ask)

    assert seen.broken == 0, seen.told


@rule("notice")
def way_to_the_platform(tender: RecordedTender, law: Law) -> Judgement:
    """The platform's address, and how to get in."""
    del law
    return says(tender, ["platform_url", "access_method"])


@clause("EB-17-1", "B-002", way="record")
def test_recorded_notices_say_where_the_platform_is(records: Records) -> None:
    """No notice leaves out the address of the platform or how to get in."""
    seen = records.decided(way_to_the_platform)

    assert seen.broken == 0, seen.told


@rule("notice")
def what_the_law_lists(tender: RecordedTender, law: Law) -> Judgement:
    """Tenderee with address, nature, quantity, place, time, and the way to the documents."""
    del law
    return says(tender, ["tenderee.name", "tenderee.address", "content", "quantity", "place", "period", "document_method"])


@clause("LAW-TL-16", way="record")
def test_recorded_notices_say_what_the_law_lists(records: Records) -> None:
    """No notice leaves out one of the facts that the law lists."""
    seen = records.decided(what_the_law_lists)

    assert seen.broken == 0, seen.told


_OF_EACH = (
    "rank", "name", "price", "quality", "period", "evaluation_result", "project_leader.name", "project_leader.certificate",
    "qualification_response",
)  # fmt: skip


@rule("publicity_published", "publicity_from", "candidates", "publicity", "compulsory")
def descriptions(tender: RecordedTender, law: Law) -> Judgement:
    """Every candidate by every item, and how to object."""
    del law
    if tender.publicity_published is None and tender.publicity_from is None:
        return UNCONCERNED
    judged = [held(said, "objection_channel", "−") for name, said in tender.publicity.items() if name == "objection_channel"]
    for candidate in tender.candidates or ():
        silent = [item for item in _OF_EACH if candidate.described.get(item) is False]
        unseen = [item for item in _OF_EACH if item not in candidate.described]
        whole = blind(*unseen) if unseen else KEPT
        judged.append(broken(", ".join(_OF_EACH), f"− {', '.join(silent)}") if silent else whole)
    shown = "objection_channel" in tender.publicity and tender.candidates
    return if_compulsory(tender, worst(judged if shown else [*judged, blind("candidates, objection_channel")]))


@clause("NOT-6-1", way="record")
def test_recorded_candidates_are_described_in_full(records: Records) -> None:
    """No publicity of a compulsory tender leaves out an item about a candidate, or how to object."""
    seen = records.decided(descriptions)

    assert seen.broken == 0, seen.told


@rule("result_published", "result", "awards", "compulsory")
def winner(tender: RecordedTender, law: Law) -> Judgement:
    """Whether the result names its winner, and not an attachment."""
    del law
    if tender.result_published is None:
        return UNCONCERNED
    if "winner" not in tender.result:
        return blind("result")
    named = [name for award in tender.awards or () for name in award.winners]
    attached = any("附件" in name for name in named)
    return if_compulsory(tender, held(tender.result["winner"] and not attached, "winner", " / ".join(named) or "−"))


@clause("NOT-6-2", way="record")
def test_recorded_results_name_their_winner(records: Records) -> None:
    """No result of a compulsory tender leaves the winner's name out or to an attachment."""
    seen = records.decided(winner)

    assert seen.broken == 0, seen.told
