from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tenderproof.testing import Content, Contract, Objection, Section

SECTION = Section({"id": "s"})


@pytest.mark.parametrize(
    ("call", "method", "path", "body"),
    [
        (lambda person: person.candidates(SECTION), "GET", "/sections/s/candidates-publicity", {}),
        (lambda person: person.withdraw_candidates(SECTION), "DELETE", "/sections/s/candidates-publicity", {}),
        (lambda person: person.result(SECTION), "GET", "/sections/s/result-notice", {}),
        (lambda person: person.award(SECTION), "GET", "/sections/s/award", {}),
        (lambda person: person.award_notices(SECTION), "GET", "/sections/s/award-notices", {}),
        (lambda person: person.award_report(SECTION), "GET", "/sections/s/award-report", {}),
        (
            lambda person: person.verify_contract(Contract({"id": "c"})),
            "POST",
            "/contracts/c/verification",
            {"outcome": "confirmed", "remark": ""},
        ),
        (
            lambda person: person.publish_candidates(SECTION, Content(x=1)),
            "POST",
            "/sections/s/candidates-publicity",
            {"x": 1, "act": "candidates.publish", "object": "s"},
        ),
        (
            lambda person: person.review_candidates(SECTION),
            "POST",
            "/sections/s/candidates-publicity/review",
            {"outcome": "approved", "remark": ""},
        ),
        (
            lambda person: person.decide_award(SECTION, Content(bid_id="b")),
            "POST",
            "/sections/s/award",
            {"bid_id": "b", "act": "award.decide", "object": "s"},
        ),
        (
            lambda person: person.publish_result(SECTION, Content(x=1)),
            "POST",
            "/sections/s/result-notice",
            {"x": 1, "act": "result.publish", "object": "s"},
        ),
        (
            lambda person: person.review_award_notices(SECTION, "rejected", "改"),
            "POST",
            "/sections/s/award-notices/review",
            {"outcome": "rejected", "remark": "改"},
        ),
        (
            lambda person: person.send_award_notices(SECTION, "中标"),
            "POST",
            "/sections/s/award-notices",
            {"text": "中标", "act": "award_notice.send", "object": "s"},
        ),
        (lambda person: person.draft_contract(SECTION, Content(price=Decimal(3))), "POST", "/sections/s/contract", {"price": "3.00"}),
        (lambda person: person.change_contract(SECTION, {"price": Decimal(4)}), "PATCH", "/sections/s/contract", {"price": "4.00"}),
        (
            lambda person: person.sign_contract(Contract({"id": "c"})),
            "POST",
            "/contracts/c/signatures",
            {"act": "contract.sign", "object": "c"},
        ),
        (
            lambda person: person.file_objection(SECTION, "opening", "异"),
            "POST",
            "/sections/s/objections",
            {"about": "opening", "text": "异", "act": "objection.file", "object": "s"},
        ),
        (
            lambda person: person.reply_objection(Objection({"id": "o"}), "答", "rejected"),
            "POST",
            "/objections/o/reply",
            {"text": "答", "outcome": "rejected", "act": "objection.reply", "object": "o"},
        ),
        (
            lambda person: person.record_anomaly(SECTION, Content(kind="terminated")),
            "POST",
            "/sections/s/anomalies",
            {"kind": "terminated", "act": "anomaly.record", "object": "s"},
        ),
        (lambda person: person.retender(SECTION), "POST", "/sections/s/retender", {}),
        (lambda person: person.make_archive(SECTION), "POST", "/sections/s/archive", {}),
        (
            lambda person: person.file_award_report(SECTION, "报"),
            "POST",
            "/sections/s/award-report",
            {"text": "报", "act": "award_report.file", "object": "s"},
        ),
    ],
)
def test_award_contract_and_objections_go_where_the_contract_says(
    asked: Any, call: Callable[[Any], Any], method: str, path: str, body: dict[str, Any]
) -> None:
    assert asked(call) == (method, path, body)


@pytest.mark.usefixtures("listing")
def test_objections_anomalies_and_alerts_are_lists_of_a_section(asked: Any) -> None:
    assert asked(lambda person: person.objections(SECTION))[1] == "/sections/s/objections"
    assert asked(lambda person: person.anomalies(SECTION))[1] == "/sections/s/anomalies"
    assert asked(lambda person: person.alerts(SECTION))[1] == "/sections/s/alerts"
