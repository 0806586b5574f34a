"""A change carries what its ground says and nothing else, and every ground has its words and its article."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from tenderproof import wording
from tenderproof.certification.change import FINAL, GROUNDS, Change
from tenderproof.wording import LANGUAGES, Language

from . import surveys
from .bodies import House

ARTICLES = {  # 检测认证管理办法 (53号) 25, 27, 28, 29; what a body does beside them: restore, and record the check of article 20
    "suspended": {"basis_changed", "surveillance_refused", "violation_found", "no_longer_conforming", "requested", "other_by_law"},
    "withdrawn": {"differs_from_tested", "not_corrected", "fraud", "other_by_law"},
    "cancelled": {"not_continued", "no_longer_operated", "requested", "other_by_law"},
    "valid": {"corrected", "surveillance_passed"},
}
REPORTED = {"major_change", "major_accident", "exchange_lost"}


def _change(**changes: Any) -> Change:
    fields: dict[str, Any] = {
        "number": "TP-1", "status": "valid", "ground": "corrected", "day": date(2027, 1, 1), "decided_by": "丁", "previous": "0" * 64,
    }  # fmt: skip
    return Change(**fields | changes)


def test_the_grounds_are_those_of_the_rules() -> None:
    assert {status: set(grounds) for status, grounds in GROUNDS.items()} == {name: also | REPORTED for name, also in ARTICLES.items()}
    assert {"withdrawn", "cancelled"} == FINAL


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_status_and_ground_has_its_words(language: Language) -> None:
    said = wording.catalogue("certification", language)
    assert {ground for grounds in GROUNDS.values() for ground in grounds} <= said["ground"].keys()
    assert GROUNDS.keys() <= said["status"].keys()


def test_a_surveillance_goes_with_its_ground_and_with_no_other(settled: House) -> None:
    seen = surveys.passed(settled.certificate())
    assert _change(ground="surveillance_passed", surveillance=seen).surveillance == seen
    for wrong in ({"ground": "surveillance_passed"}, {"ground": "corrected", "surveillance": seen}):
        with pytest.raises(ValidationError, match="carries the surveillance"):
            _change(**wrong)


def test_a_report_of_the_holder_goes_with_what_it_must_report(settled: House) -> None:
    told = surveys.reported(settled.certificate(), 1)
    assert _change(status="suspended", ground="exchange_lost", reported=told).reported == told
    with pytest.raises(ValidationError, match="goes with what the holder must report"):
        _change(reported=told)
