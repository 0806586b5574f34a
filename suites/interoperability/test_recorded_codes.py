"""Codes as published records show them: unified deal codes, codes of projects, tender projects and sections (公开记录中的编码)."""

from tenderproof.testing import (
    UNCONCERNED,
    Code,
    Judgement,
    Law,
    RecordedTender,
    Records,
    belongs_to,
    clause,
    code_faults,
    deal_code_faults,
    held,
    rule,
    worst,
)


@rule("deal_code")
def deal_code(tender: RecordedTender, law: Law) -> Judgement:
    """The parts of a unified deal code; its check character is judged by nobody, for no known way of making it fits the public samples."""
    del law
    if tender.deal_code is None:
        return UNCONCERNED
    faults = deal_code_faults(tender.deal_code)
    return held(not faults, "3 + 18 + 8 + 6 + 1", f"{tender.deal_code} ({', '.join(faults)})")


@clause("DS-UDC-1", way="record")
def test_recorded_deal_codes_have_their_parts(records: Records) -> None:
    """Class, credit code, day, serial: no published deal code lacks one or has a wrong one."""
    seen = records.decided(deal_code)

    assert seen.broken == 0, seen.told


@rule("project_code", "tender_project_code", "section_code", whole=False)
def tender_codes(tender: RecordedTender, law: Law) -> Judgement:
    """The codes of annex B.3, each beginning with the one above it."""
    del law
    codes = {Code.PROJECT: tender.project_code, Code.TENDER_PROJECT: tender.tender_project_code, Code.SECTION: tender.section_code}
    told = [(kind, code) for kind, code in codes.items() if code]
    shaped = [held(not code_faults(kind, code), kind.value, code) for kind, code in told]
    pairs = zip([code for _, code in told], [code for _, code in told[1:]], strict=False)
    return worst([*shaped, *(held(belongs_to(inner, outer), f"{outer}…", inner) for outer, inner in pairs)])


@clause("EB-8-1", way="record")
def test_recorded_codes_of_tenders_are_made_as_the_annex_says(records: Records) -> None:
    """No published code of a project, tender project or section has another form, or another beginning than the one above it."""
    seen = records.decided(tender_codes)

    assert seen.broken == 0, seen.told
