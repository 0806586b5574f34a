"""Every one of the 591 items on both sides of its bounds, by four voices; and what is wrong with the data is told with its line."""

import re
import shutil
from itertools import product
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderproof.spec.clauses import SpecificationError
from tenderproof.spec.data_items.catalogue import Field, load_catalogue
from tenderproof.spec.data_items.faults import BEYOND_SCHEMAS, Fault
from tenderproof.spec.data_items.judging import findings
from tests.data_items import (
    SPECS,
    catalogue,
    codes,
    fields,
    json_schema_takes,
    other_json_schema_takes,
    other_xsd_takes,
    refused,
    sound,
    taken,
    xsd_takes,
)

OBJECTS = sorted(catalogue().objects)


def ours_takes(code: str, items: dict[str, object]) -> bool:
    """Whether the pure function finds nothing that a schema could find."""
    return all(finding.fault in BEYOND_SCHEMAS for finding in findings(catalogue().objects[code], items))


def test_there_are_53_objects_and_591_items_as_the_annex_has_them() -> None:
    levels = [kind.level for kind in catalogue().objects.values()]

    assert (len(levels), levels.count("L1"), levels.count("L2")) == (53, 28, 25)
    assert len(fields()) == 591
    assert [sum(code.startswith(letter) for code in OBJECTS) for letter in "ABCDE"] == [31, 10, 10, 1, 1]


@pytest.mark.parametrize("code", OBJECTS)
def test_a_sound_object_is_taken_by_every_voice(code: str) -> None:
    items = sound(code)

    assert [*findings(catalogue().objects[code], items)] == []
    assert [xsd_takes(code, items), other_xsd_takes(code, items)] == [True, True]
    assert [json_schema_takes(code, items), other_json_schema_takes(code, items)] == [True, True]


@pytest.mark.parametrize("code", OBJECTS)
def test_items_may_come_in_any_order_and_nothing_else_may_come(code: str) -> None:
    items = dict(reversed(sound(code).items()))

    assert [ours_takes(code, items), xsd_takes(code, items), json_schema_takes(code, items)] == [True, True, True]
    items["X990001"] = "1"
    assert [ours_takes(code, items), xsd_takes(code, items), json_schema_takes(code, items)] == [False, False, False]


@pytest.mark.parametrize(("code", "field"), fields(), ids=lambda one: one.id if isinstance(one, Field) else one)
def test_an_item_is_taken_at_its_bounds_and_refused_one_step_beyond(code: str, field: Field) -> None:
    allowed, beyond = taken(field), refused(field)

    assert allowed
    assert beyond or (field.code and not codes()[field.code.id]["refused"])
    for expected, values in ((True, allowed), (False, beyond)):
        for value in values:
            items = sound(code, **{field.id: value})
            voices = [ours_takes(code, items), xsd_takes(code, items), json_schema_takes(code, items)]
            assert voices == [expected] * 3, (field.id, value)


@pytest.mark.parametrize("code", OBJECTS)
def test_a_value_of_another_type_is_refused(code: str) -> None:
    for field, value in product(catalogue().objects[code].fields, (7, None, ["1"], {"value": "1"}, True)):
        assert field.fault(value) is Fault.TYPE
        assert not json_schema_takes(code, {**sound(code), field.id: value})


@pytest.mark.parametrize("code", OBJECTS)
def test_a_required_item_must_be_there_and_a_conditional_one_may_be_empty_or_left_out(code: str) -> None:
    for field, value in product(catalogue().objects[code].fields, (None, "")):
        items = sound(code, **{field.id: value})
        voices = [ours_takes(code, items), xsd_takes(code, items), json_schema_takes(code, items)]
        assert voices == [not field.required] * 3, (field.id, value)


def test_a_check_character_is_judged_where_no_schema_can_judge_it() -> None:
    wrong = [(code, field, value) for code, field in fields() for value in beyond_schemas(field)]
    for code, field, value in wrong:
        items = sound(code, **{field.id: value})
        assert [finding.fault in BEYOND_SCHEMAS for finding in findings(catalogue().objects[code], items)] == [True]
        assert [xsd_takes(code, items), json_schema_takes(code, items)] == [True, True]

    assert {field.code.id for _, field, _ in wrong if field.code} >= {
        "GB 11714",
        "party",
        "GB 11643",
        "GB/T 2260",
        "GB/T 2659",
        "GB/T 12406",
    }


def beyond_schemas(field: Field) -> list[str]:
    """Values of a field that only check characters and lists give away."""
    known = codes().get(field.code.id if field.code else "", {"refused": []})
    return [value for value, why in known["refused"] if why in BEYOND_SCHEMAS]


@pytest.mark.parametrize(
    ("several", "sound_sides"),
    [
        ("{0};{1}", True), ("{0};", True), ("{0}", True), ("{0},{1}", False), (";{0}", False), ("{0};;{1}", False), ("{0}; {1}", False),
    ],
)  # fmt: skip
def test_several_sections_are_separated_by_half_width_semicolons(several: str, sound_sides: bool) -> None:
    sections = [f"E410100000100000100100{number}" for number in (1, 2)]
    items = sound("A06", A060006=several.format(*sections))

    assert [ours_takes("A06", items), xsd_takes("A06", items), json_schema_takes("A06", items)] == [sound_sides] * 3


@pytest.mark.parametrize("between", [";", ",", "；", "，", "、", " ", ", "])
def test_where_the_annex_names_no_separator_any_is_taken(between: str) -> None:
    items = sound("A25", A250004=between.join(["802100433", "91410100MA3X000109"]))

    assert [*findings(catalogue().objects["A25"], items)] == []
    assert [xsd_takes("A25", items), json_schema_takes("A25", items)] == [True, True]


anything = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    st.text("0123456789.-", max_size=24),
    st.text(" \t\n\r\u3000", max_size=3),
    st.text("AEYZ0123456789;-", min_size=6, max_size=28),
    st.datetimes().map(lambda when: f"{when.year:04d}{when:%m%d%H%M%S}"),
)


@settings(max_examples=400)
@given(data=st.data(), code=st.sampled_from(OBJECTS))
def test_whatever_comes_all_voices_agree(data: st.DataObject, code: str) -> None:
    kind = catalogue().objects[code]
    items = sound(code)
    for field in data.draw(st.lists(st.sampled_from(kind.fields), min_size=1, max_size=3)):
        value = data.draw(st.one_of(st.none(), anything, st.sampled_from([*taken(field), *refused(field)])))
        items = {item: held for item, held in {**items, field.id: value}.items() if held is not None}

    ours = ours_takes(code, items)
    assert [xsd_takes(code, items), json_schema_takes(code, items)] == [ours, ours]
    assert [other_xsd_takes(code, items), other_json_schema_takes(code, items)] == [ours, ours]


def test_a_likely_misprint_is_marked_and_the_wider_notation_decides() -> None:
    doubtful = {
        f"{code}.{field.id}": (field.printed, field.notation.written) for code, field in fields() if field.printed != field.notation.written
    }

    assert doubtful["A25.C050002"] == ("C..18", "C..100")
    assert doubtful["A28.C050001"] == ("C9", "C..18")
    assert len(doubtful) == 12


def test_what_is_ours_names_its_case_and_every_case_is_used() -> None:
    assert {field.when for _, field in fields() if field.when} == set(catalogue().cases)


def spoilt(tmp_path: Path, file: str, old: str, new: str) -> Path:
    """A specification whose data items say something else in one place."""
    for folder in ("data-items", "codes", "schemas"):
        shutil.copytree(SPECS / folder, tmp_path / folder)
    path = tmp_path / "data-items" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("level: L1", "level: L3", r"objects.0.level: 'L3' is not one of"),
        ("format: C17,", "format: C-17,", r"A010001: 'C-17' is no notation"),
        ("code: B.3.2,", "code: B.3.200,", r"A010001: there is no code B.3.200"),
        ("when: agency", "when: sometimes", r"A030001|C030001: there is no when sometimes"),
        ("- code: A02", "- code: A01", r"the object A01 stands in two places"),
        ("{id: A010003,", "{id: A010002,", r"A01 has the item A010002 twice"),
        ("format: N..2, likely: N..4", "format: N..2, likely: N..1", r"A080003: N..1 takes less than the N..2 that is printed"),
        ("format: C..600}", "format: C..600, least: 0}", r"A010002: only a number has a least value"),
        ("format: C..600}", "format: C..600, lenght: 0}", r"Additional properties are not allowed"),
    ],
)
def test_what_is_wrong_with_the_data_is_told_with_file_line_and_key(tmp_path: Path, old: str, new: str, told: str) -> None:
    line = next(
        number for number, text in enumerate((SPECS / "data-items/business.yaml").read_text("utf-8").splitlines(), 1) if old in text
    )

    with pytest.raises(SpecificationError, match=rf"^business.yaml:({line}|{line - 1}): .*({told})"):
        load_catalogue(spoilt(tmp_path, "business.yaml", old, new))


def test_the_source_is_named_with_its_doubts() -> None:
    read = yaml.safe_load((SPECS / "data-items/business.yaml").read_text("utf-8"))

    assert read["source"]["key"] == "CTS-EBS01-2016"
    assert re.search("likely misprints are marked", read["source"]["reliability"]["en"])
