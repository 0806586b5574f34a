"""What is said of a row that cannot be read."""

import gzip
import json
import zlib

import pytest

from tenderproof.records.row import NotRead, Place, said


def test_a_place_is_a_file_and_where_in_it() -> None:
    assert str(Place("a.zip/b.jsonl", "line 3")) == "a.zip/b.jsonl, line 3"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (RecursionError(), "nested too deep"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "x"), "not written in utf-8 (octet 0); give its encoding in a mapping file"),
        (json.JSONDecodeError("Expecting value", "x", 0), "no JSON (Expecting value, column 1)"),
        (EOFError("cut"), "the archive is broken (cut)"),
        (zlib.error("cut"), "the archive is broken (cut)"),
        (gzip.BadGzipFile("cut"), "the archive is broken (cut)"),
        (NotRead("NaN is no number of JSON"), "NaN is no number of JSON"),
        (ValueError("odd"), "it cannot be read (odd)"),
    ],
)
def test_each_trouble_is_said_in_a_sentence(error: BaseException, told: str) -> None:
    assert told in said(error)
