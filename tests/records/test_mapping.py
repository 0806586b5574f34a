"""Mapping files: which column is which fact."""

from decimal import Decimal
from pathlib import Path

import pytest

from tenderproof.records.mapping import at, load, zone
from tenderproof.records.row import RecordsError

WHOLE = """
encoding = "gb18030"
delimiter = ";"
currency = "CNY"
zone = "+08:00"
credit_codes = ["招标人代码", { from = "投标人代码", split = "、" }]

[facts]
id = "编号"
compulsory = { from = "依法必招", yes = ["必招"], no = ["自愿"] }
estimate = { from = "估算价（万元）", unit = 10000 }

[notice]
scale = "规模"

[[awards]]
decided_at = "定标"
amount = { from = "中标价", currency_from = "币种" }
winners = { from = "中标人", split = "；" }

[[candidates]]
name = "第一"
described = { price = "第一报价" }

[[candidates]]
name = "第二"
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "mapping.toml"
    file.write_text(text, "utf-8")
    return file


def test_a_row_is_read_as_the_mapping_says(tmp_path: Path) -> None:
    mapping = load(written(tmp_path, WHOLE))
    row = {
        "编号": " 7 ", "依法必招": "自愿", "估算价（万元）": "12.5", "规模": "  ", "招标人代码": "A", "投标人代码": "B、C、",
        "定标": "2026-03-02",
        "中标价": "5", "币种": "USD", "中标人": "甲；乙", "第一": "甲", "第一报价": "", "第二": "",
    }  # fmt: skip

    assert mapping.of(row) == {
        "id": "7",
        "compulsory": False,
        "estimate": ("12.5", "", Decimal(10_000)),
        "notice": {"scale": False},
        "credit_codes": ["A", "B", "C"],
        "awards": [{"decided_at": "2026-03-02", "amount": ("5", "USD", Decimal(1)), "winners": ["甲", "乙"]}],
        "candidates": [{"name": "甲", "described": {"price": False}}],
    }
    assert (mapping.shape.encoding, mapping.shape.delimiter, mapping.currency) == ("gb18030", ";", "CNY")


def test_a_word_that_is_neither_yes_nor_no_is_neither(tmp_path: Path) -> None:
    assert "compulsory" not in load(written(tmp_path, WHOLE)).of({"编号": "7", "依法必招": "不详"})


def test_a_path_leads_into_objects_and_lists_and_through_names_with_dots() -> None:
    row = {"a": [{"b.c": 1, "b": {"c": 2, "d": 3}}], "x.y": 4}

    assert [at(row, path) for path in ("a.0.b.c", "a.0.b.d", "x.y", "a.1.b", "a.b", "z", "x.y.z")] == [1, 3, 4, None, None, None, None]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[facts", "cannot be read"),
        ('[facts]\ntitle = "x"', "facts.id: must be given"),
        ('form = "xml"', "form: must be one of table, ocds"),
        ('[facts]\nid = "x"\nprise = "y"', "facts.prise: there is no such key; known are .*bid_deadline"),
        ('colour = "x"', "colour: there is no such key"),
        ('[facts]\nid = { column = "x" }', "facts.id: must be a column's name, or a table with `from`"),
        ('[facts]\nid = { from = "x", units = 5 }', "facts.id.units: there is no such key"),
        ('[facts]\nid = { from = "x", unit = 0 }', "facts.id.unit: must be a whole number from 1 up"),
        ('[facts]\nid = { from = "x", yes = "是" }', "facts.id: takes lists for yes and no"),
        ('encoding = "latin-99"\n[facts]\nid = "x"', "encoding: names no encoding that is known"),
        ('delimiter = "::"\n[facts]\nid = "x"', "delimiter: must be one sign"),
        ('zone = "Asia/Shanghai"\n[facts]\nid = "x"', "zone: must be written as [+]08:00"),
        ('rows = 5\n[facts]\nid = "x"', "rows: must be a text"),
        ('awards = "x"\n[facts]\nid = "x"', r"awards: must be written as \[\[awards\]\]"),
        ('[facts]\nid = "x"\n[[awards]]\nprice = "x"', "awards.0.price: there is no such key"),
        ('credit_codes = "x"\n[facts]\nid = "x"', "credit_codes: must be a list of columns"),
        ('facts = "x"', "facts: must be a table of facts and columns"),
    ],
)
def test_what_is_wrong_is_said_with_its_key(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(RecordsError, match=said):
        load(written(tmp_path, text))


def test_a_mapping_of_ocds_names_only_what_the_standard_has_no_field_for(tmp_path: Path) -> None:
    mapping = load(written(tmp_path, 'form = "ocds"\n[facts]\ncompulsory = "tender.x_compulsory"\n'))

    assert mapping.of({"tender": {"x_compulsory": True}}) == {"compulsory": True}


def test_a_zone_is_a_distance_and_nothing_else() -> None:
    assert str(zone("-03:30")) == "UTC-03:30"
    with pytest.raises(ValueError, match="is no zone"):
        zone("8")
