from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tenderproof.testing import Content, Query, Receipt, Section

SECTION, RECEIPT = Section({"id": "s"}), Receipt({"id": "r", "bid_id": "b"})


@pytest.mark.parametrize(
    ("call", "method", "path", "body"),
    [
        (lambda person: person.form_committee(SECTION, Content(size=5)), "POST", "/sections/s/committee", {"size": 5}),
        (
            lambda person: person.sign_in(SECTION, Content(avoidance="none")),
            "POST",
            "/sections/s/committee/sign-in",
            {"avoidance": "none", "act": "committee.sign_in", "object": "s"},
        ),
        (lambda person: person.divide_work(SECTION, Content(chair=2)), "PUT", "/sections/s/committee/duties", {"chair": 2}),
        (lambda person: person.start_evaluation(SECTION), "POST", "/sections/s/evaluation", {}),
        (
            lambda person: person.score(RECEIPT, {"1": Decimal(9)}, "室1"),
            "PUT",
            "/bids/b/scores",
            {"scores": [{"factor_no": "1", "score": "9.00", "remark": ""}], "site": "室1"},
        ),
        (lambda person: person.finalise_scores(SECTION), "POST", "/sections/s/evaluation/finalisation", {}),
        (lambda person: person.send_query(RECEIPT, Content(text="问")), "POST", "/bids/b/evaluation-queries", {"text": "问"}),
        (
            lambda person: person.reply_query(Query({"id": "q"}), "答"),
            "POST",
            "/evaluation-queries/q/reply",
            {"text": "答", "attachments": [], "act": "query.reply", "object": "q"},
        ),
        (lambda person: person.reject_bid(RECEIPT, "g", "t"), "POST", "/bids/b/rejection", {"ground": "g", "text": "t"}),
        (lambda person: person.draft_report(SECTION, Content(text="x")), "POST", "/sections/s/evaluation-report", {"text": "x"}),
        (
            lambda person: person.sign_report(SECTION, consent=False, statement="异"),
            "POST",
            "/sections/s/evaluation-report/signatures",
            {"consent": False, "statement": "异", "act": "report.sign", "object": "s"},
        ),
        (lambda person: person.report(SECTION), "GET", "/sections/s/evaluation-report", {}),
    ],
)
def test_the_committee_works_where_the_contract_says(
    asked: Any, call: Callable[[Any], Any], method: str, path: str, body: dict[str, Any]
) -> None:
    assert asked(call) == (method, path, body)
