"""The audit of a data set, from files to the result document."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from tenderproof import content, record_audit, result
from tenderproof.record_audit import Order
from tenderproof.records.row import RecordsError
from tenderproof.result import Result
from tenderproof.spec.calendar import CHINA
from tenderproof.spec.clauses import load_clauses
from tenderproof.spec.plan import load_plan
from tenderproof.vocabulary import Decision, Verdict

NOW = datetime(2026, 12, 1, 9, tzinfo=CHINA)
PROCESS = {
    "ocid": "o-1", "id": "1", "date": "2026-03-02T00:00:00Z", "buyer": {"name": "A town"},
    "tender": {
        "id": "t", "title": "Road", "procurementMethod": "open", "numberOfTenderers": 3, "value": {"amount": 5, "currency": "EUR"},
        "tenderPeriod": {"startDate": "2026-01-01T00:00:00Z", "endDate": "2026-02-15T00:00:00Z"},
    },
}  # fmt: skip


def order(folder: Path, rows: list[object], plan: str = "records-example", only: tuple[str, ...] = ()) -> Order:
    file = folder / "data.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    out = folder / "run"
    out.mkdir()
    specs = content.specs_dir()
    return Order((file,), None, load_plan(plan, specs), load_clauses(specs), out, only=only)


def audited(wanted: Order) -> Result:
    prepared = record_audit.prepare(wanted)
    finished = record_audit.perform(prepared, lambda _: None, NOW)
    return record_audit.conclude_run(prepared, NOW, finished=finished)


def verdicts(found: Result) -> dict[str, str]:
    return {clause.id: clause.verdict.value for clause in found.clauses}


def test_a_data_set_is_judged_and_no_platform_is_claimed(tmp_path: Path) -> None:
    wanted = order(tmp_path, [PROCESS, PROCESS | {"ocid": "o-2", "buyer": {}}])
    found = audited(wanted)

    assert verdicts(found) == {
        "OCX-PERIOD": "satisfied", "OCX-SAID": "violated", "OCX-MONEY": "satisfied",
        **dict.fromkeys(("OCX-QUESTIONS", "OCX-AWARD-AFTER", "OCX-STANDSTILL", "OCX-CONTRACT", "OCX-PRICE", "OCX-BIDDERS"), "not_tested"),
    }  # fmt: skip
    assert found.conclusion.decision is Decision.NON_CONFORMANT
    assert (found.sample.kind, found.sample.base_url, found.sample.operator) == ("records", "", {})
    assert found.records is not None
    assert [(file.name, file.rows, file.unreadable) for file in found.records.files] == [("data.jsonl", 2, 0)]
    assert (found.records.tenders, found.records.findings) == (2, 1)
    (finding,) = next(rule for rule in found.records.rules if rule.rule == "said").first
    assert (finding.tender, finding.at, finding.observed, finding.clauses) == ("o-2", "line 2", "− buyer", ["OCX-SAID"])
    assert result.Result.model_validate_json(found.model_dump_json()) == found


def test_what_the_chinese_law_asks_is_not_asked_of_data_that_do_not_show_it(tmp_path: Path) -> None:
    found = audited(order(tmp_path, [PROCESS], "records-cn"))

    assert set(verdicts(found).values()) == {"not_tested"}
    assert found.conclusion.decision is Decision.INCONCLUSIVE


def test_the_record_plan_of_platforms_reads_a_data_set_too(tmp_path: Path) -> None:
    found = audited(order(tmp_path, [PROCESS], "trading-record", ("LAW-TL-24",)))

    assert found.basis.plan == "trading-record"
    assert [check.id for check in found.checks] == ["function/recorded_periods::test_recorded_deadlines_leave_the_days_to_bid"]


def test_a_narrowed_run_acquits_no_clause_of_which_a_check_was_left_out(tmp_path: Path) -> None:
    found = audited(order(tmp_path, [PROCESS], only=("OCX-PERIOD",)))

    assert verdicts(found)["OCX-PERIOD"] == Verdict.SATISFIED
    assert {verdict for clause, verdict in verdicts(found).items() if clause != "OCX-PERIOD"} == {"not_tested"}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], r"No record could be read from data.jsonl \(the files are empty\)"),
        ([5], r"No record could be read from data.jsonl \(data.jsonl, the document: it is no object but a number\)"),
        ([{"x": 1}, {"x": 2}], "neither a release nor a record of OCDS"),
    ],
)
def test_files_without_a_record_are_a_sentence_and_no_result(tmp_path: Path, rows: list[object], said: str) -> None:
    with pytest.raises(RecordsError, match=said):
        audited(order(tmp_path, rows))


def test_a_plan_that_certifies_a_level_and_a_file_that_is_not_there_are_refused(tmp_path: Path) -> None:
    wanted = order(tmp_path, [PROCESS], "trading-1")
    with pytest.raises(RecordsError, match="The plan trading-1 asks for more than records"):
        record_audit.prepare(wanted)
    wanted = Order((tmp_path / "none",), None, load_plan("records-cn", content.specs_dir()), wanted.clauses, tmp_path)
    with pytest.raises(RecordsError, match="There is no file"):
        record_audit.prepare(wanted)


def test_what_takes_the_declarations_place_names_files_and_hashes_alone(tmp_path: Path) -> None:
    wanted = order(tmp_path, [PROCESS])
    found = audited(wanted)
    record_audit.publish(wanted, found)
    told = json.loads((wanted.folder / "declaration.json").read_text())

    assert found.records is not None
    assert told == {"records": [{"name": "data.jsonl", "sha256": found.records.files[0].sha256}], "mapping": ""}
    assert str(tmp_path) not in (wanted.folder / "declaration.json").read_text() + found.model_dump_json()
