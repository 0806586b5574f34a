"""One province's field names: facts, and the items that they are."""

import shutil
from pathlib import Path

import pytest

from tenderproof.spec.clauses import SpecificationError
from tenderproof.spec.data_items.bindings import load_binding
from tests.data_items import SPECS, catalogue

BINDING = load_binding(SPECS, "fujian-2021", catalogue())


def test_there_are_44_records_and_927_names_of_medium_confidence() -> None:
    assert len(BINDING.records) == 44
    assert sum(len(record.fields) for record in BINDING.records) == 927
    assert BINDING.confidence == "medium"


def test_no_item_of_an_object_is_told_by_two_fields_of_one_record() -> None:
    for record in BINDING.records:
        told = [pair for field in record.fields for pair in field.items.items()]
        assert len(told) == len(set(told)), record.table


def test_a_code_is_bound_to_an_item_of_the_same_length() -> None:
    for record in BINDING.records:
        for field in record.fields:
            for code, item in field.items.items():
                if field.format in ("C17", "C20", "C23"):
                    assert catalogue().objects[code].by_id[item].printed == field.format


def test_a_row_is_translated_into_the_objects_that_it_stands_for() -> None:
    row = {"TENDER_PROJECT_CODE": "E4101000001000001001", "NOTICE_NATURE": "1", "NOTICE_NAME": "公告"}

    assert [*BINDING.record("TENDER_ANN_QUA_INQUERY_ANN").translated(row)] == [
        ("A06", {"A020001": "E4101000001000001001", "F010001": "1"}), ("B01", {"A020001": "E4101000001000001001", "F010001": "1"}),
    ]  # fmt: skip
    assert [*BINDING.record("BLACK_LIST").translated({"BODY_NAME": "甲"})] == []
    with pytest.raises(KeyError):
        BINDING.record("NOTHING")


def test_a_correspondence_that_cannot_be_is_told_with_its_line(tmp_path: Path) -> None:
    for folder in ("data-items", "schemas"):
        shutil.copytree(SPECS / folder, tmp_path / folder)
    path = tmp_path / "data-items/bindings/fujian-2021.yaml"
    path.write_text(path.read_text("utf-8").replace("items: {A01: A010001}", "items: {A01: A019001}", 1), "utf-8")

    with pytest.raises(SpecificationError, match=r"fujian-2021.yaml:\d+: PROJECT.PROJECT_CODE: A01 A019001 is no item"):
        load_binding(tmp_path, "fujian-2021", catalogue())
