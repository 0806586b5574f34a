"""The codes of data items, held against shared vectors, our other reading of annex B, and third voices."""

import json
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from tenderproof.spec.clauses import SpecificationError
from tenderproof.spec.codes import Code, code_faults
from tenderproof.spec.data_items.code_rules import is_organisation_code, is_resident_number, load_codes
from tenderproof.spec.data_items.faults import Fault
from tests.data_items import SPECS, VECTORS, catalogue

ALL = json.loads((VECTORS / "data-item-codes.json").read_text("utf-8"))["codes"]
TAKEN = [(one["code"], value) for one in ALL for value in one["taken"]]
REFUSED = [(one["code"], value, why) for one in ALL for value, why in one["refused"]]
TWICE = {
    "B.3.23": Code.PUBLIC_SERVICE_PLATFORM, "B.3.1": Code.PLATFORM, "B.3.2": Code.PROJECT, "B.3.4": Code.TENDER_PROJECT,
    "B.3.5": Code.SECTION, "B.3.11": Code.FILE,
}  # fmt: skip
near_codes = st.from_regex(r"[A-Ee]?[0-9]{6}[0-9aZ-]{0,20}(Y|Z)?[0-9]{0,3}", fullmatch=True)


@pytest.mark.parametrize(("code", "value"), TAKEN)
def test_what_a_rule_allows_is_taken(code: str, value: str) -> None:
    assert catalogue().codes[code].fault(value) is None


@pytest.mark.parametrize(("code", "value", "why"), REFUSED)
def test_what_it_does_not_allow_is_refused_with_the_reason(code: str, value: str, why: str) -> None:
    assert catalogue().codes[code].fault(value) == why


def test_every_code_of_which_something_can_be_said_is_in_the_vectors() -> None:
    judged = {code for code, rule in catalogue().codes.items() if rule.pattern}

    assert judged == {one["code"] for one in ALL}


def test_every_code_that_an_item_holds_is_there_and_every_other_one_as_well() -> None:
    used = {field.code.id for kind in catalogue().objects.values() for field in kind.fields if field.code}

    assert used == set(catalogue().codes)


@given(code=st.sampled_from(sorted(TWICE)), value=near_codes)
def test_two_readings_of_annex_b_agree(code: str, value: str) -> None:
    assert (catalogue().codes[code].fault(value) is None) == (code_faults(TWICE[code], value) == ())


@given(code=st.sampled_from(sorted(TWICE)), data=st.data())
def test_what_the_one_reading_makes_the_other_takes(code: str, data: st.DataObject) -> None:
    value = data.draw(st.from_regex(re.compile(catalogue().codes[code].pattern, re.ASCII), fullmatch=True))

    assert code_faults(TWICE[code], value) == ()


@given(body=st.from_regex(r"110105(19[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}[0-9X]", fullmatch=True))
def test_a_third_voice_agrees_on_residents_numbers(body: str) -> None:
    assert is_resident_number(body) == ric.is_valid(body)


def test_an_organisation_code_may_be_written_with_its_hyphen() -> None:
    assert is_organisation_code("80210043-3")
    assert not is_organisation_code("8021-00433X")


def test_a_newer_division_is_remarked_on_and_a_province_that_is_none_refused() -> None:
    region = catalogue().codes["GB/T 2260"]

    assert region.fault("410199") is Fault.UNLISTED
    assert region.fault("410100") is None
    assert region.fault("560000") is Fault.CODE


def spoilt(tmp_path: Path, old: str, new: str) -> Path:
    """A specification whose code rules say something else in one place."""
    shutil.copytree(SPECS / "codes", tmp_path / "codes")
    path = tmp_path / "codes/business.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('pattern: "<platform>"', 'pattern: "<plattform>"', r"business.yaml:\d+: codes.B.3.1.pattern: there is no fragment plattform"),
        ('pattern: "[A-E][0-9]{6}"', 'pattern: "[A-E"', r"business.yaml:\d+: codes.B.3.6.pattern: unterminated character set"),
        ("check: party", "check: parity", r"business.yaml:\d+: codes.party.check: parity is no check"),
        ("list: regions", "list: provinces", r"business.yaml:\d+: codes.GB/T 2260.list: there is no specs/codes/provinces.yaml"),
        ("codes:\n", "codes: [\n", r"business.yaml:\d+: it is no YAML"),
        ("source:\n", "sauce:\n", r"business.yaml:1: the file must hold"),
    ],
)
def test_what_is_wrong_with_the_rules_is_told_with_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(SpecificationError, match=told):
        load_codes(spoilt(tmp_path, old, new))
