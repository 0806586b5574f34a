"""Rules: one pass for all, findings in full, and nothing satisfied that was not seen."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tenderproof import content
from tenderproof.records.data_set import DataSet, How
from tenderproof.records.law import KEPT, UNCONCERNED, Judgement, Law, blind, broken, undecided
from tenderproof.records.rules import FINDINGS, SUMMARY, Binding, Records, rule
from tenderproof.records.tender import Tender
from tenderproof.spec.calendar import CHINA, load_calendar
from tenderproof.spec.plan import Plan, load_plan
from tenderproof.vocabulary import Blame, Missing, PlatformTrouble, Trouble

PLAN = load_plan("records-cn", content.specs_dir())
CALENDAR = load_calendar(content.specs_dir() / "calendar")
SAYS = {"kept": KEPT, "broken": broken(1, 2), "blind": blind("x"), "undecided": undecided("reading"), "none": UNCONCERNED}


@rule("title")
def title(tender: Tender, law: Law) -> Judgement:
    """What the title says."""
    del law
    return SAYS[str(tender.title)]


@rule("title", whole=False)
def part(tender: Tender, law: Law) -> Judgement:
    """The same, of a part of a clause."""
    return title(tender, law)


@rule("bid_deadline")
def strange(tender: Tender, law: Law) -> Judgement:
    """A rule that a strange row makes go wrong."""
    raise ZeroDivisionError(tender.id, law.plan.id)


def records(folder: Path, titles: list[str], plan: Plan = PLAN, rubbish: bytes = b"") -> Records:
    lines = [json.dumps({"ocid": f"o-{n:03}", "id": "1", "tender": {"title": said}}) for n, said in enumerate(titles)]
    (folder / "data.jsonl").write_bytes("\n".join([*lines, ""]).encode() + rubbish)
    found = Records(DataSet([folder / "data.jsonl"], How(CHINA)), Law(plan, CALENDAR), folder)
    found.bind({title: Binding(("a::b",), ("X-1",)), part: Binding(), strange: Binding()})
    return found


def test_a_rule_that_all_keep_is_decided(tmp_path: Path) -> None:
    seen = records(tmp_path, ["kept", "kept", "none"]).decided(title)

    assert (seen.judged, seen.broken, seen.told) == (2, 0, "")


def test_one_that_breaks_it_decides_whatever_else_there_is(tmp_path: Path) -> None:
    seen = records(tmp_path, ["kept", "broken", "blind", "undecided"], rubbish=b"{\n").decided(title)

    assert seen.broken == 1
    assert seen.told == "1 of 2 tenders: o-001 (data.jsonl, line 2): expected 1, found 2"
    assert repr(seen) == f"({seen.told})"


@pytest.mark.parametrize(
    ("titles", "rubbish", "error", "blame", "said"),
    [
        (["none"], b"", Missing, Blame.PLATFORM, "no row shows it: nothing there is concerned"),
        (["blind", "blind"], b"", Missing, Blame.PLATFORM, r"no row shows it: x \(2\)"),
        (["kept", "blind"], b"", Missing, Blame.PLATFORM, r"1 of 2 tenders do not show it: x \(1\)"),
        (["kept", "undecided", "blind"], b"", Trouble, Blame.TOOL, r"1 of 3 tenders could not be decided: reading \(1\); x \(1\)"),
        (["undecided"], b"", Trouble, Blame.TOOL, "1 of 1 tenders could not be decided"),
        (["kept"], b"{\n", PlatformTrouble, Blame.PLATFORM, "1 rows could not be read, and 1 tenders keep it"),
        ([], b"", Missing, Blame.PLATFORM, "no row shows it"),
    ],
)
def test_what_was_not_seen_of_every_tender_is_not_decided(
    tmp_path: Path, titles: list[str], rubbish: bytes, error: type[Any], blame: Blame, said: str
) -> None:
    with pytest.raises(error, match=said) as raised:
        records(tmp_path, titles, rubbish=rubbish).decided(title)
    assert raised.value.blame is blame


def test_a_rule_on_a_part_may_convict_and_acquits_nobody(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="records show only a part of it, and 1 tenders keep that part"):
        records(tmp_path, ["kept"]).decided(part)
    assert records(tmp_path, ["broken"]).decided(part).broken == 1


def test_the_share_that_must_be_seen_is_a_figure_of_the_plan(tmp_path: Path) -> None:
    half = PLAN.with_parameters({"records_share_min": 0.5})

    assert records(tmp_path, ["kept", "blind"], half).decided(title).judged == 1
    with pytest.raises(Missing):
        records(tmp_path, ["kept", "blind", "blind"], half).decided(title)


def test_a_row_that_makes_a_rule_go_wrong_is_ours_and_convicts_nobody(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="ZeroDivisionError") as raised:
        records(tmp_path, ["kept"]).decided(strange)
    assert raised.value.blame is Blame.TOOL


def test_a_day_without_data_is_undecided_and_says_the_year(tmp_path: Path) -> None:
    @rule("bid_deadline")
    def late(tender: Tender, law: Law) -> Judgement:
        return law.in_time("bid_period_days", tender.bid_deadline, tender.bid_deadline)

    row = {"ocid": "o", "id": "1", "tender": {"tenderPeriod": {"endDate": "2031-03-02T00:00:00Z"}}}
    (tmp_path / "data.jsonl").write_text(json.dumps(row))
    found = Records(DataSet([tmp_path / "data.jsonl"], How(CHINA)), Law(PLAN, CALENDAR), tmp_path)
    found.bind({late: Binding()})
    with pytest.raises(Trouble, match=r"1 of 1 tenders could not be decided: 2031 \(1\)"):
        found.decided(late)


def test_every_finding_is_written_and_the_first_are_kept(tmp_path: Path) -> None:
    seen = records(tmp_path, ["broken"] * 30).decided(title)
    lines = [json.loads(line) for line in (tmp_path / "artefacts" / FINDINGS).read_bytes().splitlines()]
    summary = json.loads((tmp_path / SUMMARY).read_bytes())

    assert (len(seen.first), seen.broken) == (20, 30)
    assert len([line for line in lines if line["rule"] == "title"]) == 30
    assert lines[0] == {
        "rule": "title", "checks": ["a::b"], "clauses": ["X-1"], "tender": "o-000", "file": "data.jsonl", "at": "line 1", "rows": 1,
        "expected": "1", "observed": "2", "facts": {"title": "broken"},
    }  # fmt: skip
    assert [one["broken"] for one in summary["rules"]] == [30, 30, 0]
    assert (summary["tenders"], summary["unreadable"], summary["forms"]) == (30, 0, {"ocds": 30})


def test_all_rules_are_judged_in_one_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    passes, read = [], DataSet.tenders

    def counted(data: DataSet, folder: Path) -> Iterator[Tender]:
        passes.append(data)
        return read(data, folder)

    monkeypatch.setattr(DataSet, "tenders", counted)
    found = records(tmp_path, ["kept", "broken"])
    found.decided(title)
    found.decided(part)

    assert len(passes) == 1


def test_what_is_told_of_a_value_has_an_end_and_no_half_characters_break_the_file(tmp_path: Path) -> None:
    @rule("tenderee")
    def named(tender: Tender, law: Law) -> Judgement:
        del law
        return broken("x" * 1000, tender.tenderee)

    row = {"ocid": "o", "id": "1", "buyer": {"name": "\ud800" + "y" * 1000}}
    (tmp_path / "data.jsonl").write_text(json.dumps(row))
    found = Records(DataSet([tmp_path / "data.jsonl"], How(CHINA)), Law(PLAN, CALENDAR), tmp_path)
    found.bind({named: Binding()})
    found.decided(named)
    (line,) = (tmp_path / "artefacts" / FINDINGS).read_text("utf-8").splitlines()

    assert len(line) < 1000
