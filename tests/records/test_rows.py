"""Rows out of files, whatever they are wrapped in."""

import gzip
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tenderproof.records import rows
from tenderproof.records.row import LONGEST_ROW, RecordsError, Row, Shape

GOOD = b'{"a": 1}\n{"a": "\xe6\xa0\x87"}\n'
READ = [{"a": 1}, {"a": "标"}]


def read(folder: Path, octets: bytes, shape: Shape | None = None) -> list[Any]:
    file, digest = folder / "records", hashlib.sha256()
    file.write_bytes(octets)
    found = [row.value if isinstance(row, Row) else f"! {row.place.at}: {row.why}" for row in rows.read(file, shape or Shape(), digest)]
    assert digest.hexdigest() == hashlib.sha256(octets).hexdigest()
    return found


def zipped(*members: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, octets in members:
            archive.writestr(zipfile.ZipInfo(name), octets, zipfile.ZIP_DEFLATED)
    return made.getvalue()


@pytest.mark.parametrize(
    "octets",
    [
        GOOD,
        GOOD.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + GOOD,
        b"\n\n" + GOOD + b"\n",
        GOOD.decode().encode("utf-16"),
        json.dumps(READ).encode(),
        json.dumps({"items": READ, "next": None}, indent=2).encode(),
        gzip.compress(GOOD, mtime=0),
        gzip.compress(GOOD[:9], mtime=0) + gzip.compress(GOOD[9:], mtime=0),
        zipped(("in/a.jsonl", GOOD)),
        zipped(("in/", b""), ("a.json", b'[{"a": 1}]'), ("b.jsonl", GOOD[9:])),
    ],
)
def test_the_same_rows_come_out_of_every_wrapping(tmp_path: Path, octets: bytes) -> None:
    assert read(tmp_path, octets) == READ


def test_a_table_is_read_by_its_head_and_a_row_of_another_length_is_told(tmp_path: Path) -> None:
    octets = '编号,价\r\n1,"2,5"\r\n3\r\n4,5\r\n'.encode("gb18030")

    assert read(tmp_path, octets, Shape("gb18030", "", ",")) == [
        {"编号": "1", "价": "2,5"}, "! line 3: it has 1 cells, and the head has 2", {"编号": "4", "价": "5"},
    ]  # fmt: skip
    assert read(tmp_path, b"a,a\n1,2\n", Shape(delimiter=",")) == ["! the rest of the file: the column 'a' stands twice in the head"]


def test_a_line_that_cannot_be_read_does_not_hide_the_next(tmp_path: Path) -> None:
    found = read(tmp_path, GOOD + b'{"a": \n\xff\n' + b"[" * 50_000 + b'\n{"a": 3}\n')

    assert found[:2] == READ
    assert [line.split(":")[0] for line in found[2:5]] == ["! line 3", "! line 4", "! line 5"]
    assert found[5] == {"a": 3}


def test_a_line_without_end_is_passed_over(tmp_path: Path) -> None:
    found = read(tmp_path, GOOD + b'{"a": "' + b"x" * (LONGEST_ROW + 10) + b'"}\n{"a": 3}\n')

    assert found == [*READ, "! line 3: it is longer than 16 MiB", {"a": 3}]


@pytest.mark.parametrize("octets", [b"", b"  \n "])
def test_nothing_is_no_row(tmp_path: Path, octets: bytes) -> None:
    assert read(tmp_path, octets) == []


@pytest.mark.parametrize(
    "octets",
    [bytes(range(256)), gzip.compress(GOOD * 100, mtime=0)[:-10], zipped(("a", GOOD))[:-20], "标".encode("gbk")],
)
def test_what_is_broken_is_told_and_breaks_nothing(tmp_path: Path, octets: bytes) -> None:
    found = read(tmp_path, octets)

    assert str(found[-1]).startswith("! the ")


def test_an_archive_that_unpacks_without_end_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "_UNPACKED_FREELY", 1000)
    found = read(tmp_path, gzip.compress(b"{}\n" * 1_000_000, 9, mtime=0))

    assert found[-1].startswith("! the rest of the file: it unpacks to more than 1000 times its size")


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(RecordsError, match="cannot be read: No such file"):
        list(rows.read(tmp_path / "none", Shape(), hashlib.sha256()))
