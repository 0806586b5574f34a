"""The figures of a region are those of its platforms, its day is one of ten, and both parts are there."""

import json
from datetime import date

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from tenderproof import content
from tenderproof.regional import report
from tenderproof.regional.report import Platform
from tenderproof.result import Bilingual
from tenderproof.vocabulary import Decision, Verdict

from .platforms import heading

WORDS = dict.fromkeys(("A-1", "A-2", "A-3"), Bilingual(zh="词", en="words"))


def platform(name: str, decision: Decision = Decision.CONFORMANT, level: int = 1, **verdicts: Verdict) -> Platform:
    return Platform(
        name=name, kind="trading", operator="示范", uscc="9111", version="1", build="", run="r", finished=date(2026, 11, 3),
        plan="trading-1", edition="2026.1",
        report="self_test", laboratory="", sealed=False, signer="", trusted=False, result_sha256="0" * 64,
        decision=decision, level=level, violated=[], deviations=[], verdicts={key.replace("_", "-"): v for key, v in verdicts.items()},
    )  # fmt: skip


def test_the_published_schema_is_that_of_the_document() -> None:
    published = json.loads((content.specs_dir() / "schemas" / "region.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(published)
    assert published == report.schema()


def test_each_verdict_is_counted_under_its_own_name() -> None:
    every = [platform(str(number), A_1=verdict) for number, verdict in enumerate(Verdict)]
    (count,) = report.counted(every, WORDS)
    assert (count.kept, count.stated, count.violated, count.open, count.not_applicable) == (1, 1, 1, 2, 1)
    assert count.platforms == len(every)


def test_a_platform_that_is_not_held_to_a_clause_is_not_counted_for_it() -> None:
    counts = report.counted([platform("a", A_1=Verdict.SATISFIED), platform("b", A_2=Verdict.VIOLATED)], WORDS)
    assert [(count.id, count.platforms) for count in counts] == [("A-2", 1), ("A-1", 1)]


def test_decisions_and_levels_are_counted_with_those_that_nobody_reached() -> None:
    found = report.totals([platform("a"), platform("b", Decision.NON_CONFORMANT, 0)])
    assert found.decisions == {Decision.CONFORMANT: 1, Decision.NON_CONFORMANT: 1, Decision.INCONCLUSIVE: 0}
    assert found.levels == {0: 1, 1: 1, 2: 0, 3: 0}


@pytest.mark.parametrize(
    ("day", "in_time"),
    [
        (date(2026, 11, 30), False), (date(2026, 12, 1), True), (date(2026, 12, 10), True), (date(2026, 12, 11), False),
        (date(2027, 12, 5), False),
    ],
)  # fmt: skip
def test_the_report_is_filed_on_one_of_the_first_ten_days_of_december(day: date, in_time: bool) -> None:
    assert heading(year=2026, day=day).in_time is in_time


@pytest.mark.parametrize("part", ["region", "unit", "next_year"])
def test_a_report_without_one_of_its_parts_is_none(part: str) -> None:
    with pytest.raises(ValidationError, match=part):
        heading(**{part: " \n"})
