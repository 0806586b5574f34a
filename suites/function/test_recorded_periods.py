"""Periods as published records show them: what lay too early or too late, by every reading of the law (公开记录中的期限)."""

from tenderproof.testing import (
    KEPT,
    UNCONCERNED,
    Judgement,
    Law,
    RecordedTender,
    Records,
    at_once,
    blind,
    clause,
    not_after,
    not_before,
    rule,
    worst,
)


def if_compulsory(tender: RecordedTender, judgement: Judgement) -> Judgement:
    """The judgement where tendering is compulsory by law, none where it is not; where that is unknown nothing is broken."""
    return UNCONCERNED if tender.compulsory is False else judgement.unless(tender.compulsory, "compulsory")


@rule("document_from", "bid_deadline", "compulsory")
def days_to_bid(tender: RecordedTender, law: Law) -> Judgement:
    """From the first issue of the document to the deadline."""
    return if_compulsory(tender, law.in_time("bid_period_days", tender.document_from, tender.bid_deadline))


@clause("LAW-TL-24", way="record")
def test_recorded_deadlines_leave_the_days_to_bid(records: Records) -> None:
    """In every record of a compulsory tender the deadline comes no earlier than the law allows by its widest reading."""
    seen = records.decided(days_to_bid)

    assert seen.broken == 0, seen.told


@rule("document_from", "opening_at", "compulsory", "government_procurement")
def days_to_opening(tender: RecordedTender, law: Law) -> Judgement:
    """From the start of document sale to the opening, for compulsory projects and government purchase."""
    if tender.compulsory is False and tender.government_procurement is False:
        return UNCONCERNED
    concerned = tender.compulsory or tender.government_procurement or None
    judgement = law.in_time("document_to_opening_days", tender.document_from, tender.opening_at)
    return judgement.unless(concerned, "compulsory, government_procurement")


@clause("B-004", way="record")
def test_recorded_openings_come_the_days_after_the_start_of_sale(records: Records) -> None:
    """No opening of a compulsory project comes before the days are over, moved past a statutory holiday."""
    seen = records.decided(days_to_opening)

    assert seen.broken == 0, seen.told


@rule("document_from", "document_until")
def days_of_sale(tender: RecordedTender, law: Law) -> Judgement:
    """How long documents are to be had."""
    return law.in_time("document_sale_days", tender.document_from, tender.document_until)


@rule("application_document_from", "application_document_until")
def days_of_application_documents(tender: RecordedTender, law: Law) -> Judgement:
    """How long prequalification documents are to be had; a tender without prequalification is none of them."""
    if tender.application_document_from is None and tender.application_deadline is None and tender.prequalification_published is None:
        return UNCONCERNED
    return law.in_time("prequalification_document_sale_days", tender.application_document_from, tender.application_document_until)


@rule("document_from", "document_until", "application_document_from", "application_document_until")
def days_of_either(tender: RecordedTender, law: Law) -> Judgement:
    """The days of both kinds of document."""
    return worst([days_of_sale(tender, law), days_of_application_documents(tender, law)])


@clause("B-009", way="record")
def test_recorded_documents_are_on_sale_for_the_days(records: Records) -> None:
    """The time of sale of no tender document is shorter than the days, the first day counted."""
    seen = records.decided(days_of_sale)

    assert seen.broken == 0, seen.told


@clause("B-039", way="record")
def test_recorded_prequalification_documents_are_on_sale_for_the_days(records: Records) -> None:
    """The time of sale of no prequalification document is shorter than the days."""
    seen = records.decided(days_of_application_documents)

    assert seen.broken == 0, seen.told


@clause("LAW-RG-16", way="record")
def test_recorded_documents_of_either_kind_are_on_sale_for_the_days(records: Records) -> None:
    """Neither prequalification nor tender documents are on sale for less than the days."""
    seen = records.decided(days_of_either)

    assert seen.broken == 0, seen.told


@rule("document_from", "document_until", "electromechanical", "government_procurement")
def working_days_of_sale(tender: RecordedTender, law: Law) -> Judgement:
    """How long documents of international mechanical and electrical tenders and of government purchase are to be had."""
    if tender.electromechanical is False and tender.government_procurement is False:
        return UNCONCERNED
    concerned = tender.electromechanical or tender.government_procurement or None
    judgement = law.in_time("document_sale_working_days", tender.document_from, tender.document_until)
    return judgement.unless(concerned, "electromechanical, government_procurement")


@clause("B-010", way="record")
def test_recorded_sales_of_government_purchase_last_the_working_days(records: Records) -> None:
    """The time of sale counts working days alone in government purchase and international mechanical and electrical tendering."""
    seen = records.decided(working_days_of_sale)

    assert seen.broken == 0, seen.told


def notice_stands(tender: RecordedTender, law: Law, figure: str) -> Judgement:
    """How long a prequalification notice stands, held against a figure."""
    if tender.prequalification_published is None and tender.prequalification_until is None and tender.application_deadline is None:
        return UNCONCERNED
    return law.in_time(figure, tender.prequalification_published, tender.prequalification_until)


@rule("prequalification_published", "prequalification_until")
def days_of_prequalification_notice(tender: RecordedTender, law: Law) -> Judgement:
    """The notice's own days."""
    return notice_stands(tender, law, "prequalification_notice_days")


@clause("B-038", way="record")
def test_recorded_prequalification_notices_stand_for_the_days(records: Records) -> None:
    """No prequalification notice stands for less than the days."""
    seen = records.decided(days_of_prequalification_notice)

    assert seen.broken == 0, seen.told


@rule("prequalification_published", "prequalification_until", "government_procurement")
def working_days_of_prequalification_notice(tender: RecordedTender, law: Law) -> Judgement:
    """The notice's working days in government purchase."""
    if tender.government_procurement is False:
        return UNCONCERNED
    judgement = notice_stands(tender, law, "prequalification_notice_working_days")
    return judgement.unless(tender.government_procurement, "government_procurement")


@clause("B-040", way="record")
def test_recorded_prequalification_notices_of_government_purchase_stand_for_the_working_days(records: Records) -> None:
    """In government purchase the notice's days are working days."""
    seen = records.decided(working_days_of_prequalification_notice)

    assert seen.broken == 0, seen.told


@rule("application_document_until", "application_deadline", "compulsory")
def days_to_apply(tender: RecordedTender, law: Law) -> Judgement:
    """From the end of sale of the prequalification document to the deadline for applications."""
    if tender.application_document_until is None and tender.application_deadline is None:
        return UNCONCERNED
    judgement = law.in_time("prequalification_submission_days", tender.application_document_until, tender.application_deadline)
    return if_compulsory(tender, judgement)


@clause("LAW-RG-17", "B-043", way="record")
def test_recorded_deadlines_for_applications_leave_the_days_after_the_last_document(records: Records) -> None:
    """Applications for compulsory projects may come for the days after the document was last to be had."""
    seen = records.decided(days_to_apply)

    assert seen.broken == 0, seen.told


@rule("opening_at", "opened_at", "bid_deadline")
def opening_at_the_deadline(tender: RecordedTender, law: Law) -> Judgement:
    """The announced opening is at the deadline itself, and none was held before it."""
    del law
    opened = not_before(tender.bid_deadline, tender.opened_at)
    announced = at_once(tender.bid_deadline, tender.opening_at)
    return worst([announced, opened]) if tender.opened_at else announced


@clause("LAW-TL-34", way="record")
def test_recorded_openings_are_at_the_deadline_itself(records: Records) -> None:
    """No opening was announced for another moment than the deadline, or held before it."""
    seen = records.decided(opening_at_the_deadline)

    assert seen.broken == 0, seen.told


def told_in_time(tender: RecordedTender, law: Law, figures: dict[str, str]) -> Judgement:
    """Every amendment that influences bids or applications, held against the deadline that counts in the end."""
    if tender.amendments is None:
        return blind("amendments")
    deadlines = {"tender": tender.bid_deadline, "prequalification": tender.application_deadline}
    judged = [
        law.in_time(figures[amendment.kind], deadlines[amendment.kind], amendment.at).unless(amendment.influences, "influences")
        for amendment in tender.amendments
        if amendment.kind in figures and amendment.influences is not False
    ]
    return worst(judged)


_BY_KIND = {"tender": "amendment_before_deadline_days", "prequalification": "prequalification_amendment_before_deadline_days"}


@rule("amendments", "bid_deadline")
def amendments_of_bids(tender: RecordedTender, law: Law) -> Judgement:
    """Amendments of the tender document."""
    return told_in_time(tender, law, {"tender": _BY_KIND["tender"]})


@clause("LAW-TL-23", "B-012", way="record")
def test_recorded_amendments_precede_the_deadline_by_the_days(records: Records) -> None:
    """What influences bids was told the days before the deadline that counted in the end; a postponed one is lawful."""
    seen = records.decided(amendments_of_bids)

    assert seen.broken == 0, seen.told


@rule("amendments", "bid_deadline", "application_deadline")
def amendments_of_either(tender: RecordedTender, law: Law) -> Judgement:
    """Amendments of both kinds of document."""
    return told_in_time(tender, law, _BY_KIND)


@clause("LAW-RG-21", way="record")
def test_recorded_amendments_of_either_document_precede_its_deadline(records: Records) -> None:
    """What influences bids or applications was told in time, or the deadline was postponed."""
    seen = records.decided(amendments_of_either)

    assert seen.broken == 0, seen.told


@rule("awards", "contracts")
def days_to_contract(tender: RecordedTender, law: Law) -> Judgement:
    """From the award notice to the contract; each with the award that it names, or the only one there is."""
    if not tender.awards or not tender.contracts:
        return UNCONCERNED
    judged = []
    for contract in tender.contracts:
        award = tender.award_of(contract)
        judged.append(law.in_time("contract_days", award.notified_at, contract.signed_at) if award else blind("awards"))
    return worst(judged)


@clause("LAW-TL-46", way="record")
def test_recorded_contracts_follow_the_award_notice_within_the_days(records: Records) -> None:
    """No contract was concluded later than the days after its award notice was sent."""
    seen = records.decided(days_to_contract)

    assert seen.broken == 0, seen.told


@rule("awards", "report_at", "compulsory")
def days_to_report(tender: RecordedTender, law: Law) -> Judgement:
    """From the award to the written report to the supervisor."""
    if not tender.awards:
        return UNCONCERNED
    decided = [award.decided_at for award in tender.awards if award.decided_at]
    last = max(decided, key=lambda moment: moment.last) if len(decided) == len(tender.awards) else None
    return if_compulsory(tender, law.in_time("report_to_supervision_days", last, tender.report_at))


@clause("LAW-TL-47", way="record")
def test_recorded_reports_reach_the_supervisor_within_the_days(records: Records) -> None:
    """No written report on a compulsory tender came later than the days after the award."""
    seen = records.decided(days_to_report)

    assert seen.broken == 0, seen.told


@rule("contracts")
def days_to_refund(tender: RecordedTender, law: Law) -> Judgement:
    """From the contract to the refund of the bonds."""
    contracts = tender.contracts or ()
    return worst([law.in_time("bond_refund_days", contract.signed_at, contract.bonds_refunded_at) for contract in contracts])


@clause("LAW-RG-57", "B-047", way="record")
def test_recorded_bonds_are_refunded_within_the_days_after_the_contract(records: Records) -> None:
    """No bond came back later than the days after the contract was signed."""
    seen = records.decided(days_to_refund)

    assert seen.broken == 0, seen.told


@rule("withdrawn_at", "withdrawal_refunded_at")
def days_to_refund_a_withdrawal(tender: RecordedTender, law: Law) -> Judgement:
    """From a withdrawal to the refund of its bond."""
    if tender.withdrawn_at is None:
        return UNCONCERNED
    return law.in_time("withdrawal_refund_days", tender.withdrawn_at, tender.withdrawal_refunded_at)


@clause("LAW-RG-35", way="record")
def test_recorded_bonds_of_withdrawn_bids_are_refunded_within_the_days(records: Records) -> None:
    """Whoever withdrew has the bond back within the days."""
    seen = records.decided(days_to_refund_a_withdrawal)

    assert seen.broken == 0, seen.told


_TO_DOCUMENTS = {"tender": "objection_reply_days", "prequalification": "objection_reply_days"}
_RAISED_BEFORE = {
    "tender": "objection_to_document_before_deadline_days", "prequalification": "objection_to_prequalification_before_deadline_days",
}  # fmt: skip


@rule("objections", "bid_deadline", "application_deadline")
def answers_to_objections(tender: RecordedTender, law: Law) -> Judgement:
    """Objections to documents that came in time; later ones are none that the law has answered."""
    if tender.objections is None:
        return blind("objections")
    deadlines = {"tender": tender.bid_deadline, "prequalification": tender.application_deadline}
    judged = []
    for one in tender.objections:
        if one.kind in _TO_DOCUMENTS:
            timely = law.in_time(_RAISED_BEFORE[one.kind], deadlines[one.kind], one.raised_at)
            reply = law.in_time(_TO_DOCUMENTS[one.kind], one.raised_at, one.answered_at)
            judged.append(reply if KEPT in (timely, reply) else blind("bid_deadline"))
    return worst(judged)


@clause("LAW-RG-22", way="record")
def test_recorded_objections_to_documents_are_answered_within_the_days(records: Records) -> None:
    """An objection to a document that came in time was answered within the days."""
    seen = records.decided(answers_to_objections)

    assert seen.broken == 0, seen.told


@rule("objections", "publicity_until")
def answers_to_objections_to_results(tender: RecordedTender, law: Law) -> Judgement:
    """Objections to the result that came during the publicity; later ones are none that the law has answered."""
    if tender.objections is None:
        return blind("objections")
    judged = []
    for one in tender.objections:
        if one.kind == "result":
            timely = not_after(tender.publicity_until, one.raised_at)
            reply = law.in_time("result_objection_reply_days", one.raised_at, one.answered_at)
            judged.append(reply if KEPT in (timely, reply) else blind("publicity_until"))
    return worst(judged)


@clause("LAW-RG-54-2", way="record")
def test_recorded_objections_to_results_are_answered_within_the_days(records: Records) -> None:
    """An objection to the result was answered within the days."""
    seen = records.decided(answers_to_objections_to_results)

    assert seen.broken == 0, seen.told
