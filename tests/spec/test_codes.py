"""Credit codes and tendering codes, held against shared vectors and a third voice."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.cn import uscc
from stdnum.iso7064 import mod_37_2, mod_37_36

from tenderproof.spec.codes import (
    CREDIT_CODE_ALPHABET,
    Code,
    Fault,
    belongs_to,
    code_faults,
    credit_code_check,
    credit_code_faults,
    deal_code_check,
    deal_code_faults,
    is_credit_code,
    organisation_code_check,
)

VECTORS = Path(__file__).parents[2] / "specs/vectors"
CREDIT = json.loads((VECTORS / "credit-codes.json").read_text(encoding="utf-8"))
TENDER = json.loads((VECTORS / "tender-codes.json").read_text(encoding="utf-8"))
GOOD = "91410100MA3X000109"

characters = st.text(CREDIT_CODE_ALPHABET, min_size=8, max_size=8)
regions = st.text("0123456789", min_size=6, max_size=6)


@st.composite
def credit_codes(draw: st.DrawFn) -> str:
    """A valid credit code of any region and organisation."""
    organisation = draw(characters)
    body = "91" + draw(regions) + organisation + organisation_code_check(organisation)
    return body + credit_code_check(body)


@pytest.mark.parametrize("vector", CREDIT["valid"], ids=lambda vector: vector["code"])
def test_a_valid_credit_code_has_no_fault(vector: dict[str, Any]) -> None:
    assert credit_code_faults(vector["code"]) == ()
    assert uscc.is_valid(vector["code"])


@pytest.mark.parametrize("vector", CREDIT["invalid"], ids=lambda vector: vector["why"])
def test_an_invalid_credit_code_is_told_what_is_wrong(vector: dict[str, Any]) -> None:
    assert [fault.value for fault in credit_code_faults(vector["code"])] == vector["faults"]
    assert not is_credit_code(vector["code"])


@given(code=credit_codes())
def test_a_third_voice_finds_our_codes_valid(code: str) -> None:
    assert is_credit_code(code)
    assert uscc.is_valid(code)


@given(text=st.text(CREDIT_CODE_ALPHABET, min_size=18, max_size=18))
def test_what_a_third_voice_refuses_is_never_valid(text: str) -> None:
    if is_credit_code(text):
        assert uscc.is_valid(text)


@given(code=credit_codes(), place=st.integers(0, 17), character=st.sampled_from(CREDIT_CODE_ALPHABET))
def test_every_single_wrong_character_is_found(code: str, place: int, character: str) -> None:
    assume(code[place] != character)

    assert not is_credit_code(code[:place] + character + code[place + 1 :])


@given(code=credit_codes(), place=st.integers(0, 16))
def test_every_exchange_of_neighbours_is_found(code: str, place: int) -> None:
    assume(code[place] != code[place + 1])

    assert not is_credit_code(code[:place] + code[place + 1] + code[place] + code[place + 2 :])


@given(text=st.text(max_size=20))
def test_any_text_is_judged_without_an_error(text: str) -> None:
    assert isinstance(credit_code_faults(text), tuple)
    assert isinstance(deal_code_faults(text), tuple)
    assert all(isinstance(code_faults(kind, text), tuple) for kind in Code)


@pytest.mark.parametrize("check", [credit_code_check, organisation_code_check])
def test_a_body_that_is_none_is_refused(check: Any) -> None:
    with pytest.raises(ValueError, match="is no body"):
        check("short")


@pytest.mark.parametrize("vector", TENDER["codes"], ids=lambda vector: f"{vector['kind']}-{vector['code']!r}")
def test_a_tendering_code_has_the_structure_of_its_rule(vector: dict[str, Any]) -> None:
    assert [fault.value for fault in code_faults(Code(vector["kind"]), vector["code"])] == vector["faults"]


@pytest.mark.parametrize("vector", TENDER["deal_codes"], ids=lambda vector: vector["code"])
def test_a_unified_deal_code_has_its_parts(vector: dict[str, Any]) -> None:
    assert [fault.value for fault in deal_code_faults(vector["code"])] == vector["faults"]


def test_a_code_belongs_to_the_code_that_it_begins_with() -> None:
    section, tender_project = "E4101000001000001001001", "E4101000001000001001"

    assert belongs_to(section, tender_project)
    assert not belongs_to(tender_project, section)
    assert not belongs_to(section, "E4101000001000001002")
    assert not belongs_to(section, section)
    assert not belongs_to(section, "")


def test_faults_have_stable_names() -> None:
    assert {fault.value for fault in credit_code_faults(GOOD[:-1] + "8")} == {"check"}
    assert Fault("organisation_check") in credit_code_faults("91410100MA3X00011C")


@given(body=st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=35, max_size=35))
def test_a_third_voice_makes_the_same_check_characters_of_deal_codes(body: str) -> None:
    assert deal_code_check(body, "mod_37_2") == mod_37_2.calc_check_digit(body)
    assert deal_code_check(body, "mod_37_36") == mod_37_36.calc_check_digit(body)


def test_the_check_character_of_a_deal_code_counts_only_where_the_plan_names_its_algorithm() -> None:
    body = "D0112350100MB0270975120190627527731"
    right, sample = body + deal_code_check(body, "mod_37_36"), body + "5"

    assert [deal_code_faults(code) for code in (right, sample)] == [(), ()]
    assert [deal_code_faults(code, "mod_37_36") for code in (right, sample)] == [(), (Fault.CHECK,)]


@pytest.mark.parametrize(("body", "algorithm"), [("A" * 34, "mod_37_2"), ("a" * 35, "mod_37_2"), ("A" * 35, "mod_11")])
def test_no_other_algorithm_and_no_other_body_is_taken(body: str, algorithm: str) -> None:
    with pytest.raises(ValueError, match="is no"):
        deal_code_check(body, algorithm)
