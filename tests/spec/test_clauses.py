"""Clauses: what the loader hands out and refuses, and what the files under specs/clauses must keep."""

import hashlib
import re
import shutil
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tenderproof.spec.clauses import Clause, SpecificationError, load_clauses, require_schema

SPECS = Path(__file__).parents[2] / "specs"
ITEMS = {"CTS-EBS01-2016", "TEST-SPEC-2015"}
EXAMPLES = {"OCDS-EXAMPLE"}
SOURCES = {
    "BIZENV-REG-2019": 1,
    "CERT-ACCRED-REG-2023": 3,
    "CNCA-53-2015": 3,
    "CRYPTO-LAW": 1,
    "CSL-2016": 2,
    "CTS-EBS01-2016": 273,
    "CTS-EBS01-RULES": 7,
    "DSL-2021": 1,
    "ESIGN-LAW-2019": 2,
    "GB-32100-2015": 2,
    "GBT-22239-2019": 6,
    "GBT-39786-2021": 2,
    "GMT-SM234": 1,
    "HN-PLAN-2017": 117,
    "NDRC-10-2017": 20,
    "NDRC-1117-2022": 1,
    "NDRC-20-2013": 71,
    "NDRC-357-2017": 2,
    "NDRC-54-2023": 1,
    "OCDS-EXAMPLE": 9,
    "PIPL-2021": 3,
    "PRT-DATA-V2-2018": 7,
    "TENDER-LAW-2017": 13,
    "TENDER-REG-2019": 21,
    "TEST-SPEC-2015": 69,
    "TS-PART1-2013": 9,
}
QUOTED = {"ESIGN-LAW-2019", "HN-PLAN-2017", "NDRC-20-2013", "TENDER-LAW-2017", "TENDER-REG-2019"}
LATE_BID = "投标截止时间后送达的投标文件，电子招标投标交易平台应当拒收"


@cache
def _clauses() -> dict[str, Clause]:
    return load_clauses(SPECS)


def _law() -> list[Clause]:
    return [clause for clause in _clauses().values() if clause.source not in ITEMS | EXAMPLES]


@cache
def _sources() -> dict[str, dict[str, Any]]:
    files = sorted((SPECS / "clauses").glob("*.yaml"))
    return {path.stem: yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)["source"] for path in files}


def test_a_clause_comes_with_its_words_and_what_decides_it() -> None:
    clause = _clauses()["EB-27-3"]

    assert clause.words["zh"] == LATE_BID
    assert clause.words_sha256 == hashlib.sha256(LATE_BID.encode()).hexdigest()
    assert (clause.source, clause.locator, clause.area, clause.keyword) == ("NDRC-20-2013", "第27条第1款", "function", "shall")
    assert clause.applies_to == ("trading",)
    assert clause.ways == ("sandbox",)
    assert clause.parameters == ("clock_tolerance_s",)
    assert clause.items == ("A-92", "A-93", "A-97", "A-98")


def test_every_source_has_its_number_of_clauses() -> None:
    assert Counter(clause.source for clause in _clauses().values()) == SOURCES


def test_the_296_requirements_of_the_law_are_all_there() -> None:
    assert len(_law()) == 296


def test_the_example_of_another_country_is_no_law_and_says_so() -> None:
    examples = [clause for clause in _clauses().values() if clause.source in EXAMPLES]

    assert {(clause.applies_to, clause.provenance, clause.confidence) for clause in examples} == {(("records",), "custom", "low")}
    assert "非任何国家的法律" in _sources()["OCDS-EXAMPLE"]["title"]


def test_a_file_is_named_by_its_source() -> None:
    assert {name: source["key"] for name, source in _sources().items()} == {name: name for name in SOURCES}


def test_every_file_keeps_the_published_schema() -> None:
    require_schema(SPECS)


def test_words_that_are_said_to_be_found_stand_in_the_text_of_their_source() -> None:
    missing: dict[str, str] = {}
    for key in QUOTED:
        text = _squeezed((SPECS / "texts" / _sources()[key]["text"]).read_text("utf-8"))
        quotations = [clause for clause in _law() if clause.source == key and clause.provenance == "found"]
        assert quotations
        missing |= {c.id: c.words["zh"] for c in quotations if not all(part in text for part in _squeezed(c.words["zh"]).split("…"))}

    assert missing == {}


def test_every_source_with_a_text_is_held_against_it() -> None:
    texts = {source["text"] for source in _sources().values() if "text" in source}

    assert {key for key, source in _sources().items() if "text" in source} == QUOTED
    assert {path.name for path in (SPECS / "texts").iterdir()} == texts


def test_what_is_recalled_is_never_called_found() -> None:
    recalled = {key for key, source in _sources().items() if source["status"] == "recalled"}

    assert "NDRC-10-2017" in recalled
    assert {c.provenance for c in _law() if c.source in recalled} == {"recalled"}


def test_a_tie_between_law_and_item_stands_on_both_sides() -> None:
    from_law = {(clause.id, item) for clause in _clauses().values() for item in clause.items}
    from_items = {(law, clause.id) for clause in _clauses().values() for law in clause.law}

    assert ("EB-27-5", "A-96") in from_law
    assert from_law == from_items


def test_only_the_law_names_items_and_only_items_name_the_law() -> None:
    assert not [clause.id for clause in _law() if clause.law]
    assert not [clause.id for clause in _clauses().values() if clause.source in ITEMS and clause.items]


def test_no_two_clauses_of_the_law_share_a_remedy() -> None:
    for language in ("zh", "en"):
        remedies = Counter(clause.remedy[language] for clause in _law())
        assert [remedy for remedy, times in remedies.items() if times > 1] == []


def test_a_remedy_does_not_repeat_the_words() -> None:
    for language in ("zh", "en"):
        assert [c.id for c in _law() if c.remedy[language].rstrip("。.") == c.words[language].rstrip("。.")] == []


def test_chinese_is_chinese_and_english_is_english() -> None:
    han = re.compile(r"[\u4e00-\u9fff]")
    for clause in _law():
        assert han.search(clause.remedy["zh"]), clause.id
        assert not han.search(clause.remedy["en"]), clause.id
        assert clause.remedy["en"].endswith("."), clause.id


def test_a_clause_that_needs_all_its_ways_has_more_than_one() -> None:
    assert [clause.id for clause in _law() if clause.ways_needed == "all" and len(clause.ways) < 2] == []


def test_whatever_a_statement_alone_can_show_says_why_nothing_else_does() -> None:
    assert [clause.id for clause in _law() if set(clause.ways) <= {"attestation"} and not clause.unobservable] == []


def test_a_seal_on_bids_is_never_decided_on_records_alone() -> None:
    for name in ("EB-15-1", "EB-21-1", "EB-26-2", "EB-27-2", "EB-27-3", "EB-27-5", "LAW-TL-22", "LAW-TL-37-2", "LAW-RG-36"):
        assert _clauses()[name].ways == ("sandbox",)


def test_clauses_on_tenderproof_itself_are_kept() -> None:
    assert {clause.id for clause in _law() if clause.applies_to == ("harness",)} >= {"CERT-CAR-21", "CERT-DEF-2", "CERT-STAR-1"}


def test_what_the_nation_is_to_do_is_asked_of_the_national_public_service_platform() -> None:
    assert {name: _clauses()[name].level for name in ("NAT-2", "HN-1-03")} == {"NAT-2": ("nation",), "HN-1-03": ("province", "nation")}


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    """A small specification of two files that a test may spoil."""
    (tmp_path / "clauses").mkdir()
    (tmp_path / "schemas").mkdir()
    shutil.copy(SPECS / "schemas/clause.schema.json", tmp_path / "schemas")
    (tmp_path / "clauses/LAW.yaml").write_text(_file("LAW", "L-1", "items: [I-1]"), "utf-8")
    (tmp_path / "clauses/POINTS.yaml").write_text(_file("POINTS", "I-1", "law: [L-1]"), "utf-8")
    return tmp_path


def _file(source: str, clause: str, tie: str) -> str:
    return f"""\
source:
  key: {source}
  title: 法
  where: here
  status: found
clauses:
- id: {clause}
  source: {source}
  locator: 第一条
  words: {{zh: 应当, en: shall}}
  words_sha256: {hashlib.sha256("应当".encode()).hexdigest()}
  applies_to: [trading]
  area: function
  keyword: shall
  ways: [sandbox]
  ways_needed: any
  provenance: found
  confidence: high
  remedy: {{zh: 改正, en: Mend it.}}
  basis: tested
  {tie}
"""


def test_a_small_specification_is_read(specs: Path) -> None:
    require_schema(specs)

    assert set(load_clauses(specs)) == {"L-1", "I-1"}


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ("area: function", "area: functon", r"LAW\.yaml:13: clauses\.0\.area: 'functon' is not one of .*; correct it"),
        ("ways: [sandbox]", "ways: [sandpit]", r"LAW\.yaml:15: clauses\.0\.ways\.0: 'sandpit' is not one of"),
        ("applies_to: [trading]", "applies_to: []", r"LAW\.yaml:12: clauses\.0\.applies_to: \[\] should be non-empty"),
        ("basis: tested", "bases: tested", r"LAW\.yaml:7: clauses\.0: .*(?:'basis' is a required|'bases' was unexpected)"),
        ("{zh: 改正, en: Mend it.}", "{zh: 改正}", r"LAW\.yaml:19: clauses\.0\.remedy: 'en' is a required property"),
        ("locator: 第一条", "locator: 1", r"LAW\.yaml:9: clauses\.0\.locator: 1 is not of type 'string'"),
        ("ways: [sandbox]", "ways: []", r"LAW\.yaml:15: L-1 can be observed in no way and does not say why"),
        ("source: LAW", "source: LORE", r"LAW\.yaml:8: L-1 names source LORE, but the file is of LAW"),
        ("zh: 应当", "zh: 应该", r"LAW\.yaml:11: L-1: the words are not those that words_sha256 was made of"),
        ("items: [I-1]", "items: [I-7]", r"LAW\.yaml:21: L-1 refers to I-7, and there is no such clause; correct items"),
        ("id: L-1", "id: I-1", r"POINTS\.yaml:7: the clause I-1 stands in two places; remove one"),
        ("clauses:", "rules:", r"LAW\.yaml:1: the file must hold `source` and a list `clauses`"),
        ("ways: [sandbox]", "ways: [sandbox", r"LAW\.yaml:16: it is no YAML: "),
        ("- id: L-1", "- just words\n- id: L-1", r"LAW\.yaml:7: clauses\.0: 'just words' is not of type 'object'"),
    ],
)
def test_a_specification_that_cannot_be_used_is_refused_with_file_line_and_key(specs: Path, written: str, instead: str, said: str) -> None:
    path = specs / "clauses/LAW.yaml"
    text = path.read_text("utf-8")
    assert written in text
    path.write_text(text.replace(written, instead, 1), "utf-8")

    with pytest.raises(SpecificationError, match=said):
        load_clauses(specs)


def test_a_reference_to_a_law_that_is_not_there_is_named_too(specs: Path) -> None:
    path = specs / "clauses/POINTS.yaml"
    path.write_text(path.read_text("utf-8").replace("law: [L-1]", "law: [L-9]"), "utf-8")

    with pytest.raises(SpecificationError, match=r"POINTS\.yaml:21: I-1 refers to L-9, and there is no such clause; correct law"):
        load_clauses(specs)


def test_a_clause_that_nothing_shows_may_say_so_in_place_of_ways(specs: Path) -> None:
    path = specs / "clauses/LAW.yaml"
    silent = path.read_text("utf-8").replace("ways: [sandbox]", "ways: []") + "  unobservable: {zh: 不显示, en: Nothing shows.}\n"
    path.write_text(silent, "utf-8")

    assert load_clauses(specs)["L-1"].unobservable == {"zh": "不显示", "en": "Nothing shows."}


def test_what_is_wrong_in_the_source_is_found_against_the_whole_schema(specs: Path) -> None:
    path = specs / "clauses/LAW.yaml"
    path.write_text(path.read_text("utf-8").replace("status: found", "status: lost"), "utf-8")

    with pytest.raises(SpecificationError, match=r"LAW\.yaml:5: source\.status: 'lost' is not one of"):
        require_schema(specs)


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)
