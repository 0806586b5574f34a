from pathlib import Path

import pytest

from tenderproof.seal import leaves
from tenderproof.seal.leaves import Listed, ListError, Unit

from . import bundles

SALT, HASH = b"\xab" * 16, b"\xcd" * 32


@pytest.mark.parametrize("leaf", [Listed(HASH, 7, SALT), Listed(HASH, 0, SALT), Listed(HASH)])
def test_a_line_is_read_as_it_was_written(leaf: Listed) -> None:
    assert list(leaves.read_list([leaf.line()])) == [leaf]


TAIL = SALT.hex().encode() + b" " + HASH.hex().encode()


@pytest.mark.parametrize(
    "line",
    [
        b"", b"\n", b"\xff\n", b"withheld\n", b"withheld " + b"0" * 63 + b"\n", b"7 " + TAIL, b"07 " + TAIL + b"\n", b"+7 " + TAIL + b"\n",
        b"7 " + TAIL.upper() + b"\n", b"7 7 " + TAIL + b"\n", b"7 " + TAIL + b" \n", b"-1 " + TAIL + b"\n",
    ],
)  # fmt: skip
def test_a_line_in_any_other_form_is_named_by_its_number(line: bytes) -> None:
    with pytest.raises(ListError) as caught:
        list(leaves.read_list([Listed(HASH, 7, SALT).line(), line]))
    assert caught.value.line == 2


def test_leaves_together_are_the_file() -> None:
    for path in (path for path in bundles.run().rglob("*") if path.is_file() and "private" not in path.parts):
        unit = leaves.unit_of(path.relative_to(bundles.run()).as_posix())
        assert sum(leaves.lengths(path, unit)) == path.stat().st_size


def test_each_recorded_exchange_is_a_leaf_of_its_own() -> None:
    (archive,) = (bundles.run() / "evidence").glob("*.warc.gz")
    (journal,) = (bundles.run() / "journal").glob("*.jsonl")
    observed = journal.read_text("utf-8").count('"event": "observed"')

    assert len(list(leaves.lengths(archive, Unit.OBSERVATION))) == observed > 20


def test_what_a_killed_run_left_behind_is_a_leaf_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "gw0-1.sealed"
    file.write_bytes(b"head\n" + (3).to_bytes(4) + b"abc" + (9).to_bytes(4) + b"cut")

    assert list(leaves.lengths(file, Unit.FRAME)) == [5, 7, 7]


def test_only_recorded_exchanges_and_their_originals_may_be_withheld() -> None:
    units = {path: leaves.unit_of(path) for path in ("evidence/a.warc.gz", "evidence/a.sealed", "result.json", "journal/a.jsonl")}

    assert [unit.may_be_withheld for unit in units.values()] == [True, True, False, False]


def test_salts_come_again_from_their_secret_and_tell_nothing_of_one_another() -> None:
    one, again, other = (
        [next(salts) for _ in range(50)] for salts in (leaves.salts(s, p) for s, p in ((b"1", "a"), (b"1", "a"), (b"1", "b")))
    )

    assert one == again
    assert len({*one, *other}) == 100
    assert {len(salt) for salt in one} == {16}
