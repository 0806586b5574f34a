"""The archive is a ZIP that any tool opens, in one form only."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderproof.seal.archive import PART, Reader, StructureError, is_safe

from .forgery import together

_NAMES = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=30)


@given(st.dictionaries(_NAMES, st.binary(max_size=200), max_size=6))
def test_what_was_written_is_read_by_us_and_by_another_tool(files: dict[str, bytes]) -> None:
    made = together(files.items())
    ours, other = Reader(io.BytesIO(made)), zipfile.ZipFile(io.BytesIO(made))

    assert {name: ours.content(name) for name in ours.entries} == files
    assert {name: other.read(name) for name in other.namelist()} == files
    assert all(ours.crc_holds(name) for name in files)


def test_the_same_files_give_the_same_octets() -> None:
    files = [("a", b"1"), ("b/c", b"22")]

    assert together(files) == together(files)


def test_two_files_can_be_read_by_turns() -> None:
    one, other = b"1" * (2 * PART + 5), b"2" * (2 * PART + 7)
    archive = Reader(io.BytesIO(together([("one", one), ("other", other)])))
    parts = list(zip(archive.parts("one"), archive.parts("other"), strict=True))

    assert (b"".join(part for part, _ in parts), b"".join(part for _, part in parts)) == (one, other)


@pytest.mark.parametrize("name", ["../x", "/x", "a//b", "a/./b", "a\\b", "C:x", "a/", "x\n", "\u202ex"])
def test_a_name_that_leads_elsewhere_is_not_read(name: str) -> None:
    assert not is_safe(name)
    with pytest.raises(StructureError) as caught:
        Reader(io.BytesIO(together([(name, b"")])))
    assert caught.value.code == "name"


def test_a_fault_is_placed_at_its_octet() -> None:
    made = bytearray(together([("a", b"1")]))
    made[10] = 7  # the time of day, which is always that of midnight

    with pytest.raises(StructureError) as caught:
        Reader(io.BytesIO(bytes(made)))
    assert (caught.value.code, caught.value.where) == ("header", 10)
