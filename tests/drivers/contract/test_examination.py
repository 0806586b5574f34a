from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tenderproof.testing import Content, Receipt, Section

SECTION, RECEIPT = Section({"id": "s"}), Receipt({"id": "r", "bid_id": "a"})
ROOT = "/sections/s/application-evaluation"


@pytest.mark.parametrize(
    ("call", "method", "path", "body"),
    [
        (lambda person: person.start_examination(SECTION), "POST", ROOT, {}),
        (lambda person: person.examination_document(SECTION), "GET", f"{ROOT}/document", {}),
        (
            lambda person: person.score_application(RECEIPT, {"1": Decimal(9)}, "室1"),
            "PUT",
            "/applications/a/scores",
            {"scores": [{"factor_no": "1", "score": "9.00", "remark": ""}], "site": "室1"},
        ),
        (lambda person: person.finalise_examination(SECTION), "POST", f"{ROOT}/finalisation", {}),
        (lambda person: person.ask_applicant(RECEIPT, Content(text="问")), "POST", "/applications/a/evaluation-queries", {"text": "问"}),
        (lambda person: person.reject_application(RECEIPT, "g", "t"), "POST", "/applications/a/rejection", {"ground": "g", "text": "t"}),
        (lambda person: person.examination_summary(SECTION), "GET", f"{ROOT}/summary", {}),
        (lambda person: person.draft_application_report(SECTION, Content(text="x")), "POST", f"{ROOT}-report", {"text": "x"}),
        (
            lambda person: person.sign_application_report(SECTION, consent=False, statement="异"),
            "POST",
            f"{ROOT}-report/signatures",
            {"consent": False, "statement": "异", "act": "application_report.sign", "object": "s"},
        ),
        (lambda person: person.application_report(SECTION), "GET", f"{ROOT}-report", {}),
    ],
)
def test_applications_are_examined_where_the_contract_says(
    asked: Any, call: Callable[[Any], Any], method: str, path: str, body: dict[str, Any]
) -> None:
    assert asked(call) == (method, path, body)
