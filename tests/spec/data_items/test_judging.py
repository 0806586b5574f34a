"""Objects are judged one at a time, as they come."""

from collections.abc import Iterator

from tenderproof.spec.data_items.faults import Fault
from tenderproof.spec.data_items.judging import Finding, all_findings, findings
from tests.data_items import catalogue, sound

PROJECT = catalogue().objects["A01"]


def test_each_fault_names_object_item_and_value() -> None:
    found = [*findings(PROJECT, sound("A01", A010001="E4101000001000000", A010002=None, X010001="x"))]

    assert found == [
        Finding("A01", "A010001", Fault.CODE, "E4101000001000000"),
        Finding("A01", "A010002", Fault.MISSING, None),
        Finding("A01", "X010001", Fault.UNKNOWN, "x"),
    ]


def test_a_remark_convicts_nobody() -> None:
    assert [finding.convicts for finding in findings(PROJECT, sound("A01", A010003="410199"))] == [False]


def test_an_unknown_object_is_a_finding_and_the_next_one_is_judged() -> None:
    found = [*all_findings(catalogue().objects, [("A99", {}), ("A01", sound("A01", A010006="48"))])]

    assert found == [(0, Finding("A99", "", Fault.UNKNOWN, None)), (1, Finding("A01", "A010006", Fault.LENGTH, "48"))]


def test_nothing_is_read_ahead() -> None:
    read = []

    def given() -> Iterator[tuple[str, dict[str, str]]]:
        for number in range(3):
            read.append(number)
            yield "A01", sound("A01", A010006="48")

    next(iter(all_findings(catalogue().objects, given())))
    assert read == [0]
