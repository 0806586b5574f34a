"""What comes as JSON is read without trust, and held against the JSON Schema."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderproof.spec.data_items.json_binding import objects_of, read_json, schema_faults, write_json
from tenderproof.spec.data_items.xml_binding import Unreadable
from tests.data_items import SPECS, sound


@given(value=st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_written_is_read_back(value: str) -> None:
    objects = [("A01", {"A010002": value}), ("A03", {"A030003": "标段"})]

    assert [*objects_of(read_json(write_json(objects)))] == objects


def test_a_sound_object_is_valid_and_the_schema_names_what_is_not() -> None:
    assert schema_faults([{"A01": sound("A01")}], SPECS) == []
    (fault,) = schema_faults([{"A01": sound("A01", A010001="E4101000001000000")}], SPECS)
    assert fault.startswith("0/A01/A010001: ")


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (b"{}", "no list"), (b"", "no JSON"), (b"[", "no JSON"), (b"\xff[]", "no JSON"), (b'[{"A01": {}, "A01": {}}]', "twice"),
        (b"[" * 100_000 + b"]" * 100_000, "nested too deep"), (b"[" + b" " * 40 + b"]", "42 octets"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told(document: bytes, told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        read_json(document, largest=41 if b"  " in document else 300_000)


def test_what_is_no_object_comes_without_a_code() -> None:
    assert [*objects_of([{"A01": {}}, {"A01": {}, "A02": {}}, {"A01": []}, "A01", None])] == [("A01", {}), *[("", {})] * 4]
