"""The matrix: what a contract lets whom do, what tells one thing from others, and what the trials come to."""

from typing import Any

import pytest

from tenderproof.testing.access import Access, Came, Kind, Matrix, Operation, Operations, Trial, leaves, particulars, said
from tenderproof.vocabulary import Missing

DOCUMENT: dict[str, Any] = {
    "paths": {
        "/bids/{bid_id}": {"get": {"operationId": "bid.get", "x-roles": ["bidder"]}, "parameters": []},
        "/bids/{bid_id}/withdrawal": {"post": {"operationId": "bid.withdraw", "x-roles": ["bidder"]}},
        "/library/{kind}": {"get": {"operationId": "library.list", "x-roles": ["verifier"]}},
        "/library/relations": {"get": {"operationId": "relation.list", "x-roles": ["administrator"]}},
        "/time": {"get": {"operationId": "time.get", "x-roles": ["public"]}},
    }
}


@pytest.fixture
def operations() -> Operations:
    return Operations(DOCUMENT)


@pytest.mark.parametrize(
    ("method", "path", "name", "named"),
    [
        ("GET", "/bids/7", "bid.get", {"bid_id": "7"}),
        ("POST", "/bids/7/withdrawal", "bid.withdraw", {"bid_id": "7"}),
        ("GET", "/library/relations?q=x", "relation.list", {}),
        ("GET", "/library/prices", "library.list", {"kind": "prices"}),
    ],
)
def test_a_request_asks_for_the_operation_that_fits_best(
    operations: Operations, method: str, path: str, name: str, named: dict[str, str]
) -> None:
    found = operations.of(method, path)

    assert found is not None
    assert (found[0].name, found[1]) == (name, named)


@pytest.mark.parametrize(("method", "path"), [("DELETE", "/bids/7"), ("GET", "/bids"), ("GET", "/bids/7/8")])
def test_a_request_for_something_else_asks_for_none(operations: Operations, method: str, path: str) -> None:
    assert operations.of(method, path) is None


def test_what_somebody_may_read_is_what_is_known_and_theirs_or_everybodys(operations: Operations) -> None:
    assert [path for _, path in operations.readable("bidder", {"bid_id": "7"})] == ["/bids/7", "/time"]
    assert [path for _, path in operations.readable("bidder", {})] == ["/time"]
    assert [path for _, path in operations.readable("expert", {"bid_id": "7"})] == ["/time"]


def test_an_operation_tells_what_it_names_and_what_it_is_about() -> None:
    operation = Operation("x", "GET", "/bids/{bid_id}/parts/{number}", frozenset())

    assert operation.reads
    assert list(operation.parameters) == ["bid_id", "number"]
    assert set(operation.nouns) == {"bids", "parts"}
    assert operation.at({"bid_id": "7"}) is None
    assert operation.at({"bid_id": "7", "number": "1"}) == "/bids/7/parts/1"


def test_a_particular_is_long_no_word_no_moment_and_not_told_to_everybody() -> None:
    content = {
        "id": "0123456789abcdef", "state": "submitted", "at": "2026-01-05T09:00:00+08:00", "short": "甲", "open": "检测道路工程一标段",
        "items": [{"price": "8123456.78", "yes": True, "none": None, "number": 123456789}],
    }  # fmt: skip

    assert particulars(content, "公告：检测道路工程一标段。") == {"0123456789abcdef", "8123456.78", "123456789"}


def test_a_file_is_known_by_a_slice_out_of_its_middle() -> None:
    content = bytes(range(200))
    (piece,) = particulars(content, "")

    assert piece in said(content)
    assert piece not in said(content[:90])
    assert particulars(content, said(content)) == frozenset()
    assert particulars(b"", "") == frozenset()


def test_what_is_said_is_said_in_its_own_letters() -> None:
    assert said({"名称": "甲"}) == '{"名称": "甲"}'
    assert list(leaves([{"a": "x"}, 3, None, False])) == ["x", "3"]


def test_told_and_changed_are_findings_and_what_is_undecided_is_not_known() -> None:
    trials = [Trial(f"o{number}", Kind.NOBODY, "public", came, "here") for number, came in enumerate(Came)]
    matrix = Matrix((*trials, Trial("o1", Kind.TAMPERED, "bidder", Came.REFUSED)))

    assert matrix.findings == ["o3 by public (nobody): told here", "o4 by public (nobody): changed here"]
    assert matrix.decided == {"o0", "o1", "o3", "o4"}
    assert matrix.counts == {
        "trials": 6, "operations": 4, "nobody: changed": 1, "nobody: nothing": 1, "nobody: refused": 1, "nobody: told": 1,
        "nobody: undecided": 1, "tampered token: refused": 1,
    }  # fmt: skip
    assert "o4 by public (nobody): changed here" in repr(matrix)


def test_a_driver_that_does_not_know_who_may_do_what_says_so() -> None:
    with pytest.raises(Missing, match="who may do what"):
        Access().beside(lambda: None, {}, set(Kind))


def test_a_driver_that_does_not_know_what_is_ones_own_says_so() -> None:
    with pytest.raises(Missing, match="one account's own"):
        Access().of_ones_own()
