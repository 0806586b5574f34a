"""Unified social credit codes as published records show them (公开记录中的统一社会信用代码)."""

from functools import lru_cache

from tenderproof.testing import Judgement, Law, RecordedTender, Records, clause, credit_code_faults, held, rule, worst


@lru_cache(maxsize=10_000)
def faults_of(code: str) -> frozenset[str]:
    """What is wrong with a code; those who tender come again and again."""
    return frozenset(credit_code_faults(code))


def without(tender: RecordedTender, faults: set[str]) -> Judgement:
    """Every credit code of the tender without one of these faults."""
    judged = []
    for code in tender.credit_codes or ():
        found = faults & faults_of(code)
        judged.append(held(not found, "GB 32100", f"{code} ({', '.join(sorted(found))})"))
    return worst(judged)


@rule("credit_codes")
def credit_codes(tender: RecordedTender, law: Law) -> Judgement:
    """Length, characters and check character."""
    del law
    return without(tender, {"length", "character", "check"})


@clause("DS-USCC-1", way="record")
def test_recorded_credit_codes_have_their_check_character(records: Records) -> None:
    """No published credit code has a wrong length, a wrong character or a wrong check character."""
    seen = records.decided(credit_codes)

    assert seen.broken == 0, seen.told


@rule("credit_codes")
def organisation_codes(tender: RecordedTender, law: Law) -> Judgement:
    """The check character of the organisation code inside; a code that is wrong as a whole says nothing of it."""
    del law
    return without(tender, {"organisation_check"})


@clause("DS-USCC-2", way="record")
def test_recorded_credit_codes_hold_right_organisation_codes(records: Records) -> None:
    """No published credit code holds an organisation code with a wrong check character."""
    seen = records.decided(organisation_codes)

    assert seen.broken == 0, seen.told
