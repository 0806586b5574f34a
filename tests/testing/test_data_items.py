"""Codes in a check's hands."""

import pytest

from tenderproof.testing.data_items import belongs_to, fault_of_code


@pytest.mark.parametrize(
    ("code", "value", "fault"),
    [
        ("B.3.5", "E4101000001000001001001", None),
        ("B.3.5", "一标段", "code"),
        ("B.3.5", None, "type"),
        ("GB/T 2260", "410100", None),
        ("GB/T 2260", "410199", None),
        ("GB/T 2260", "990000", "code"),
        ("GB 11714", "91410100MA3X000108", "check"),
        ("GB/T 12406", "RMB", "list"),
    ],
)
def test_a_code_is_convicted_by_its_rule_and_by_nothing_that_is_in_doubt(code: str, value: object, fault: str | None) -> None:
    assert fault_of_code(code, value) == fault


def test_a_rule_that_there_is_not_is_an_error_of_the_check() -> None:
    with pytest.raises(KeyError):
        fault_of_code("B.3.99", "1")


def test_codes_build_on_one_another() -> None:
    assert belongs_to("E4101000001000001", "E4101000001")
    assert not belongs_to("E4101000001", "E4101000001")
