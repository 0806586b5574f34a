"""The statement on where data are stored and what is sent abroad, line by line."""

import pytest

from tenderproof.domicile.earth import Point
from tenderproof.domicile.keeping import Export, Ground, Keeping, Store
from tenderproof.vocabulary import WrongInput

STORE, EXPORT = "备份；许昌二号机房；34.03；113.85", "联系人; 某公司; security_assessment; 评估-1"


def read(stores: list[str] | None = None, exports: list[str] | None = None, critical: str = "yes") -> Keeping:
    return Keeping.read(
        {"critical": critical, "stores": [STORE] if stores is None else stores, "exports": ["-"] if exports is None else exports}
    )


def test_stores_and_exports_are_read() -> None:
    assert read(exports=[EXPORT]) == Keeping(
        critical=True, stores=(Store("备份", "许昌二号机房", Point(34.03, 113.85)),),
        exports=(Export("联系人", "某公司", Ground.SECURITY_ASSESSMENT, "评估-1"),),
    )  # fmt: skip
    assert (read().exports, read(critical="no").critical) == ((), False)


@pytest.mark.parametrize(
    ("line", "assessed"),
    [
        (EXPORT, True),
        ("联系人; 某公司; security_assessment; -", False),
        ("联系人; 某公司; standard_contract; 评估-1", False),
        ("联系人; 某公司; certification; 评估-1", False),
        ("联系人; 某公司; none; -", False),
    ],
)
def test_only_a_security_assessment_with_its_number_is_one(line: str, assessed: bool) -> None:
    (export,) = read(exports=[line]).exports

    assert export.assessed is assessed


@pytest.mark.parametrize(
    ("stores", "exports", "told"),
    [
        ([], ["-"], "of nothing"),
        (["备份; 机房; 34.03"], ["-"], "no store"),
        (["备份; 机房; 99; 113"], ["-"], "no place at latitude"),
        (["备份; 机房; x; 113"], ["-"], "no store"),
        ([STORE], ["联系人; 某公司; permission; 1"], "a ground is one of"),
        ([STORE], [EXPORT, "-"], "no export"),
        ([STORE], [""], "no export"),
    ],
)
def test_a_line_that_is_none_is_told(stores: list[str], exports: list[str], told: str) -> None:
    with pytest.raises(WrongInput, match=told):
        read(stores, exports)
