"""A file is cut into the pieces that a reader speaks of: exchanges, originals, lines, blocks."""

from itertools import islice
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from tenderproof.seal import leaves
from tenderproof.seal.leaves import Listed, ListError, Unit

from .conftest import Bundled

TAIL = b"00" * 16 + b" " + b"00" * 32 + b"\n"


@pytest.mark.parametrize(
    ("path", "unit"),
    [
        ("evidence/gw0-1.warc.gz", Unit.OBSERVATION),
        ("evidence/gw0-1.sealed", Unit.FRAME),
        ("journal/gw0-1.jsonl", Unit.LINE),
        ("result.json", Unit.BLOCK),
        ("specs/x.sealed", Unit.BLOCK),
    ],
)
def test_the_place_of_a_file_says_how_it_is_cut(path: str, unit: Unit) -> None:
    assert leaves.unit_of(path) is unit


def test_only_what_was_recorded_may_be_withheld() -> None:
    assert [unit for unit in Unit if unit.may_be_withheld] == [Unit.OBSERVATION, Unit.FRAME]


def test_a_leaf_of_an_archive_is_all_records_of_one_observation(bundled: Bundled) -> None:
    path = bundled.run / "evidence/gw0-1.warc.gz"
    cut, at, found = list(leaves.lengths(path, Unit.OBSERVATION)), 0, []
    for length in cut:
        (bundled.run.parent / "one.warc.gz").write_bytes(path.read_bytes()[at : at + length])
        with (bundled.run.parent / "one.warc.gz").open("rb") as file:
            found.append([record.rec_headers["Tenderproof-Ordinal"] for record in ArchiveIterator(file)])
        at += length

    assert found == [["1", "1"], ["2"], ["3", "3"], ["4"], ["5", "5"]]
    assert at == path.stat().st_size


@pytest.mark.parametrize("unit", list(Unit))
def test_the_leaves_together_are_the_file_also_where_it_breaks_off(bundled: Bundled, tmp_path: Path, unit: Unit) -> None:
    suffix = {Unit.OBSERVATION: "warc.gz", Unit.FRAME: "sealed"}.get(unit, "sealed")
    (tmp_path / "evidence").mkdir()
    (tmp_path / "journal").symlink_to(bundled.run / "journal")
    path = tmp_path / f"evidence/gw0-1.{suffix}"
    path.write_bytes((bundled.run / f"evidence/gw0-1.{suffix}").read_bytes()[:-3])

    assert sum(leaves.lengths(path, unit)) == path.stat().st_size


def test_a_list_is_read_as_it_was_written() -> None:
    listed = [Listed(bytes(32), 7, bytes(16)), Listed(b"\1" * 32)]

    assert list(leaves.read_list([leaf.line() for leaf in listed])) == listed
    assert [leaf.withheld for leaf in listed] == [False, True]


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"7 00\n",
        b"withheld\n",
        *(sign + b" " + TAIL for sign in (b"07", b"-1", b"+7", b"7 7")),
        Listed(bytes(32)).line().upper(),
        b"\xff\n",
    ],
)
def test_a_line_that_is_no_leaf_is_named(line: bytes) -> None:
    with pytest.raises(ListError) as caught:
        list(leaves.read_list([Listed(bytes(32)).line(), line]))
    assert caught.value.line == 2


def test_each_leaf_has_a_salt_of_its_own_and_the_same_one_again() -> None:
    def drawn(secret: bytes, path: str) -> list[bytes]:
        return list(islice(leaves.salts(secret, path), 20))

    assert len({*drawn(b"s", "a"), *drawn(b"s", "b"), *drawn(b"t", "a")}) == 60
    assert drawn(b"s", "a") == drawn(b"s", "a")
