"""Each rule of a document's facts, at its boundary."""

from typing import Any

from tenderproof import content
from tenderproof.dossier import kinds, rules
from tenderproof.dossier.envelope import PaperFault

from . import desks


def broken(rule: dict[str, Any], facts: dict[str, Any], version: str = desks.VERSION, **documents: Any) -> str | None:
    """The code of the fault, None if the facts keep the rule."""
    plan, _, calendar = desks.specification()
    try:
        rules.require(rule, facts, rules.Known(plan, calendar, version, documents))
    except PaperFault as fault:
        return fault.code
    return None


def bounds(rule: dict[str, Any], other: str, *days: str) -> list[str | None]:
    """What becomes of each day when ``b`` is the other one."""
    return [broken(rule, {"a": day, "b": other}) for day in days]


def test_a_day_may_be_the_other_one_and_not_before_it() -> None:
    rule = {"rule": "not_before", "fact": "a", "other": "b"}

    assert bounds(rule, "2026-04-20", "2026-04-19", "2026-04-20") == ["too_early", None]


def test_the_report_is_signed_by_the_fifth_working_day_after_the_test() -> None:
    rule = {"rule": "within_working_days", "fact": "a", "after": "b", "days": 5}
    monday = "2026-04-20"

    assert bounds(rule, monday, "2026-04-19", monday, "2026-04-27", "2026-04-28") == ["too_early", None, None, "too_late"]


def test_working_days_leave_out_the_national_day_and_count_the_weekend_that_makes_up_for_it() -> None:
    """National Day 2025: 1 to 8 October off, Sunday 28 September and Saturday 11 October worked."""
    rule = {"rule": "within_working_days", "fact": "a", "after": "b", "days": 5}

    assert bounds(rule, "2025-09-28", "2025-09-30", "2025-10-11", "2025-10-12", "2025-10-13") == [None, None, "too_late", "too_late"]


def test_working_days_that_the_calendar_does_not_know_keep_a_paper_from_counting() -> None:
    rule = {"rule": "within_working_days", "fact": "a", "after": "b", "days": 5}

    assert bounds(rule, "2035-03-01", "2035-03-02") == ["no_calendar"]


def test_files_are_kept_five_years_to_the_day() -> None:
    rule = {"rule": "years_later", "fact": "a", "after": "b", "years": 5}

    assert bounds(rule, "2026-04-27", "2031-04-26", "2031-04-27") == ["too_early", None]
    assert bounds(rule, "2024-02-29", "2029-02-27", "2029-02-28") == ["too_early", None]


def test_a_trial_lasts_two_to_six_months_from_the_test_report() -> None:
    rule = {"rule": "months_later", "fact": "a", "after": "b", "parameter": "trial_months"}

    assert bounds(rule, "2026-04-27", "2026-06-26", "2026-06-27", "2026-10-27", "2026-10-28") == ["too_early", None, None, "too_late"]
    assert bounds(rule, "2025-12-31", "2026-02-27", "2026-02-28", "2026-06-30", "2026-07-01") == ["too_early", None, None, "too_late"]


def test_a_trial_shows_three_different_cases() -> None:
    rule = {"rule": "at_least", "fact": "a", "parameter": "trial_projects"}

    assert broken(rule, {"a": ["1", "2", "3"]}) is None
    assert broken(rule, {"a": ["1", "2"]}) == "too_few"
    assert broken(rule, {"a": ["1", "1", " 1 ", "1"]}) == "too_few"


def test_every_part_must_be_there() -> None:
    rule = {"rule": "holds_all", "fact": "a", "values": ["x", "y"]}

    assert broken(rule, {"a": ["y", "z", "x"]}) is None
    assert broken(rule, {"a": ["y", "z"]}) == "parts_lacking"


def test_a_value_is_one_of_those_that_are_asked_for() -> None:
    rule = {"rule": "one_of", "fact": "a", "values": ["province", "nation"]}

    assert [broken(rule, {"a": level}) for level in ("nation", "city")] == [None, "differs"]


def test_two_days_are_the_same() -> None:
    rule = {"rule": "same_day", "fact": "a", "other": "b"}

    assert bounds(rule, "2026-04-27", "2026-04-27", "2026-04-28") == [None, "differs"]


def test_a_platform_code_has_its_form() -> None:
    rule = {"rule": "form", "fact": "a", "form": "platform_code"}

    assert [broken(rule, {"a": code}) for code in (desks.CODE, "E41010000", "")] == [None, "no_code", "no_code"]


def test_a_document_speaks_of_the_version_under_test() -> None:
    rule = {"rule": "version_as_tested", "fact": "a"}

    assert broken(rule, {"a": "1.4.2"}) is None
    assert broken(rule, {"a": "1.4.1"}) == "other_version"
    assert broken(rule, {"a": ""}, version="") == "version_unknown"


def test_a_document_says_what_the_one_says_that_it_builds_on() -> None:
    rule = {"rule": "same_as", "fact": "a", "document": "d", "other": "b"}

    assert broken(rule, {"a": "x"}, d={"b": "x"}) is None
    assert broken(rule, {"a": "x"}, d={"b": "y"}) == "contradicts"
    assert broken(rule, {"a": "x"}) == "needs_document"


def test_every_rule_of_the_kinds_is_known_and_every_known_one_is_used() -> None:
    used = {rule["rule"] for kind in kinds.load(content.specs_dir()).values() for rule in kind.rules}

    assert used == set(rules._RULES)


def test_a_list_of_servers_must_be_one() -> None:
    rule = {"rule": "servers", "fact": "a", "sites": "b"}
    server, site = "192.0.2.1; www.site.test; 郑州; A-01; HT-1; -", "郑州; 34.75; 113.62"

    assert broken(rule, {"a": [server], "b": [site]}) is None
    assert [broken(rule, facts) for facts in ({"a": [server], "b": []}, {"a": [], "b": [site]}, {"a": ["x"], "b": [site]})] == [
        "no_servers"
    ] * 3
