"""A data set: files become tenders, once each, whatever their order; what is lost is counted and told."""

import json
from pathlib import Path
from typing import Any

import pytest

from tenderproof.records import mapping
from tenderproof.records.data_set import DataSet, How, Told
from tenderproof.records.row import RecordsError
from tenderproof.records.tender import Tender
from tenderproof.spec.calendar import CHINA


def release(ocid: str = "o-1", number: int = 1, **parts: Any) -> dict[str, Any]:
    return {"ocid": ocid, "id": str(number), "date": f"2026-03-{number:02}T00:00:00Z", "tag": ["tender"], **parts}


def read(folder: Path, *files: list[Any] | bytes, described: str = "") -> tuple[list[Tender], Told]:
    paths = []
    for number, content in enumerate(files):
        path = folder / f"{number}.jsonl"
        path.write_bytes(content if isinstance(content, bytes) else b"".join(json.dumps(row).encode() + b"\n" for row in content))
        paths.append(path)
    table = None
    if described:
        (folder / "mapping.toml").write_text(described)
        table = mapping.load(folder / "mapping.toml")
    data = DataSet(paths, How(CHINA, table, frozenset()))
    return list(data.tenders(folder)), data.told


def titles(found: list[Tender]) -> dict[str, str | None]:
    return {one.id: one.title for one in found}


def test_releases_are_put_in_the_order_of_their_dates_across_lines_and_files(tmp_path: Path) -> None:
    first, last = release(tender={"title": "first"}), release(number=3, tender={"title": "last"})
    between = release(number=2, tender={"title": "between"})
    found, told = read(tmp_path, [last, release("o-2")], [between, first])

    assert titles(found) == {"o-1": "last", "o-2": None}
    assert [str(place) for place in found[0].places] == ["0.jsonl, line 1", "1.jsonl, line 1", "1.jsonl, line 2"]
    assert (told.rows, told.tenders, told.unreadable, told.forms) == (4, 2, 0, {"ocds": 4})
    assert (told.first[:10], told.last[:10]) == ("2026-03-01", "2026-03-03")


def test_dates_are_compared_as_moments_and_not_as_texts(tmp_path: Path) -> None:
    early = release(tender={"title": "early"}) | {"date": "2026-03-02T07:00:00+08:00"}
    late = release(tender={"title": "late"}) | {"date": "2026-03-02T01:00:00Z"}

    assert titles(read(tmp_path, [early, late])[0]) == titles(read(tmp_path, [late, early])[0]) == {"o-1": "late"}


def test_a_release_without_a_date_is_enough_alone_and_spoils_the_order_of_others(tmp_path: Path) -> None:
    undated = release(tender={"title": "x"}) | {"date": "soon"}

    assert titles(read(tmp_path, [undated])[0]) == {"o-1": "x"}
    found, told = read(tmp_path, [undated, release(number=2)])
    assert found == []
    assert told.unreadable == 1
    assert "no date that can be read" in told.examples[0].why


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ([], "it is no object but a list"),
        (None, "it is no object but null"),
        (5, "it is no object but a number"),
        (True, "it is no object but true or false"),
        ("x", "it is no object but a text"),
        ({}, "it is neither a release nor a record of OCDS nor a published object of the contract"),
        ({"ocid": ""}, "its ocid is no text that names a process"),
        ({"ocid": "o", "releases": [{"url": "urn:x"}]}, "the record only links to its releases"),
        ({"releases": [5]}, "it is no object but a number"),
    ],
)
def test_a_row_that_is_nothing_of_ours_is_told_with_its_reason(tmp_path: Path, row: Any, why: str) -> None:
    found, told = read(tmp_path, [release(), row, release("o-2")])

    assert list(titles(found)) == ["o-1", "o-2"]
    assert told.files[0].unreadable == told.unreadable == 1
    assert str(told.examples[0].place) == "0.jsonl, line 2"
    assert why in told.examples[0].why


def test_only_the_first_of_many_unreadable_rows_are_told_and_all_are_counted(tmp_path: Path) -> None:
    _, told = read(tmp_path, [5] * 100)

    assert (told.unreadable, len(told.examples)) == (100, 20)


def test_packages_and_records_are_opened(tmp_path: Path) -> None:
    linked = {"ocid": "o-3", "releases": [{"url": "urn:x"}], "compiledRelease": {"tender": {"title": "c"}}}
    rows = [{"releases": [release(), release("o-2")]}, {"records": [linked]}, {"ocid": "o-4", "releases": [release("o-4")]}]

    assert set(titles(read(tmp_path, rows)[0])) == {"o-1", "o-2", "o-3", "o-4"}


def test_rows_of_a_table_are_tenders_and_two_that_differ_on_one_are_none(tmp_path: Path) -> None:
    described = '[facts]\nid = "n"\ntitle = "t"\n'
    rows = [{"n": "1", "t": "a"}, {"n": "1", "t": "a"}, {"n": 2, "t": "b"}, {"n": "3", "t": "c"}, {"n": "3", "t": "d"}, {"t": "e"}]
    found, told = read(tmp_path, rows, described=described)

    assert titles(found) == {"1": "a", "2": "b"}
    assert told.unreadable == 2
    assert any("stands in several rows" in one.why for one in told.examples)
    assert any("n says nothing" in one.why for one in told.examples)


def test_a_column_that_a_table_does_not_have_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(RecordsError, match=r"0.jsonl has no column 'prize', and the mapping names it; its columns are n, t"):
        read(tmp_path, b"n,t\n1,a\n", described='delimiter = ","\n[facts]\nid = "n"\ntitle = "prize"\n')


def test_a_mapping_adds_to_what_the_standard_has_fields_for(tmp_path: Path) -> None:
    described = 'form = "ocds"\n[facts]\ncompulsory = "tender.x_compulsory"\n'
    found, _ = read(tmp_path, [release(tender={"title": "x", "x_compulsory": True})], described=described)

    assert (found[0].title, found[0].compulsory) == ("x", True)


def test_files_of_one_name_and_files_that_are_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordsError, match="have the same name"):
        DataSet([tmp_path / "a", tmp_path / "b" / "a"], How(CHINA))
    with pytest.raises(RecordsError, match="There is no file"):
        list(DataSet([tmp_path / "none"], How(CHINA)).tenders(tmp_path))


def test_nothing_is_left_beside_the_data(tmp_path: Path) -> None:
    read(tmp_path, [release()])

    assert sorted(path.name for path in tmp_path.iterdir()) == ["0.jsonl"]
