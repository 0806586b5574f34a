"""The report on paper says what the result says, alike in both languages, and the same result gives the same octets."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings

from tenderproof.reporting import html, pdf
from tenderproof.reporting.plain import plain
from tenderproof.reporting.sentences import because, words
from tenderproof.result import Baseline, BaselineChange, Bilingual, Paper, Result, Signatories, Signatory
from tenderproof.seal.pdf_verification import _attached
from tenderproof.signatories import SignatoryError
from tenderproof.vocabulary import Decision, Verdict
from tenderproof.wording import LANGUAGES, Language
from tests.poppler import poppler

from . import results
from .markup import read, squeezed, text
from .results import clause

THREE = Signatories(prepared=Signatory(name="甲"), reviewed=Signatory(name="乙"), approved=Signatory(name="丙", date="2026-11-24"))
_MARKS = ("data-clause", "data-verdict", "data-reason", "data-blame", "data-check", "data-state", "data-item", "data-count", "data-kind",
          "data-decision", "data-level", "data-signatory", "id")  # fmt: skip


def laboratory_report() -> Result:
    """A laboratory's report."""
    return results.result([clause()], [results.check()], kind="test_report", laboratory="示例检测中心", signatories=THREE)


@given(results.results())
@settings(max_examples=40)
def test_every_verdict_reason_and_count_is_kept(result: Result) -> None:
    for language in LANGUAGES:
        page = read(pdf.page(result, language))
        rows = {row.get("data-clause"): row for row in page.iter("tr") if row.get("data-clause") is not None}
        assert len(rows) == len(result.clauses)
        for entry in result.clauses:
            row = rows[plain(entry.id)]
            assert (row.get("data-verdict"), row.get("data-reason")) == (entry.verdict, entry.reason.code)
            assert words(language)["verdict"][entry.verdict.value] in text(row)
            assert squeezed(plain(because(entry.reason, language))) in squeezed(text(row))
        counts = {e.get("data-count"): int(re.findall(r"\d+", text(e))[0]) for e in page.iter("li") if e.get("data-count")}
        assert counts == {verdict.value: result.conclusion.counts[verdict] for verdict in Verdict}
        checks = [row.get("data-state") for row in page.iter("tr") if row.get("data-check") is not None]
        assert sorted(map(str, checks)) == sorted(check.state for check in result.checks)


@given(results.results())
@settings(max_examples=30)
def test_the_two_languages_have_the_same_ids_states_and_counts(result: Result) -> None:
    zh, en = ([_marks(element) for element in read(pdf.page(result, language)).iter()] for language in LANGUAGES)
    assert [marks for marks in zh if any(marks)] == [marks for marks in en if any(marks)]


def _marks(element: object) -> tuple[str | None, ...]:
    found = tuple(element.get(name) for name in _MARKS)  # type: ignore[attr-defined]
    return (*found, text(element).split()[0]) if element.get("data-count") else found  # type: ignore[attr-defined, arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_prepared_reviewed_and_approved_stands_under_it(language: Language) -> None:
    page = read(pdf.page(laboratory_report(), language))
    rows = {row.get("data-signatory"): text(row) for row in page.iter("tr") if row.get("data-signatory")}
    assert all(name in rows[capacity] for capacity, name in (("prepared", "甲"), ("reviewed", "乙"), ("approved", "丙")))
    assert "2026-11-24" in rows["approved"]


def test_a_laboratorys_report_without_three_persons_is_not_printed() -> None:
    alone = laboratory_report().model_copy(update={"signatories": Signatories(prepared=Signatory(name="甲"))})
    for made in (pdf.page, html.render):
        with pytest.raises(SignatoryError, match="needs who reviewed and who approved it"):
            made(alone, "zh")


@pytest.mark.parametrize(("language", "title"), [("zh", "自检报告"), ("en", "Self-test report")])
def test_a_self_test_bears_its_name_and_says_on_its_cover_that_it_is_no_certificate(language: Language, title: str) -> None:
    page = read(pdf.page(results.result([clause()]), language))
    cover = page.find(".//section[@class='cover']")
    assert page.findtext(".//h1") == title
    assert words(language)["report_said"]["self_test"] in text(cover)
    assert not [kind for kind in ("test_report", "surveillance_report") if words(language)["report_said"][kind] in text(page)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_surveillance_report_lists_what_is_not_as_it_was_when_certified(language: Language) -> None:
    change = BaselineChange(clause="EB-27-3", change="broken", before="satisfied", after="violated")
    baseline = Baseline(
        result_sha256="ab" * 32, run="7c", plan="trading-3", edition="2026.1", finished=results.STARTED,
        decision=Decision.CONFORMANT, level=3,
        certificate="TP-2026-001", same=41, changes=[change], unlike=[("version", "1.4.1", "1.4.2")],
    )  # fmt: skip
    made = laboratory_report().model_copy(update={"kind": "surveillance_report", "baseline": baseline})
    for page in (read(pdf.page(made, language)), read(html.render(made, language))):
        section = page.find(".//section[@id='baseline']")
        assert section is not None
        assert [row.get("data-change") for row in section.iter("tr") if row.get("data-change")] == ["broken"]
        assert all(
            said in text(section) for said in ("TP-2026-001", "ab" * 32, "41", "1.4.1 → 1.4.2", words(language)["verdict"]["violated"])
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_report_speaks_of_an_accreditation_mark_but_to_deny_it(language: Language) -> None:
    page = text(read(pdf.page(laboratory_report(), language)))
    assert not re.search(r"CNAS|CMA|ilac", page, re.IGNORECASE)


def test_the_same_result_gives_the_same_octets() -> None:
    result = results.large(20, 7)
    again = Result.model_validate_json(result.model_dump_json())
    assert pdf.render(result, "zh") == pdf.render(again, "zh")


def test_it_is_tagged_has_its_fonts_and_carries_the_result(tmp_path: Path) -> None:
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 - slow to import

    result, file = results.large(20, 7), tmp_path / "report.pdf"
    file.write_bytes(pdf.render(result, "zh"))
    with file.open("rb") as opened:
        reader = PdfFileReader(opened)
        assert reader.root["/MarkInfo"]["/Marked"]
        assert str(reader.root["/Lang"]) == "zh-CN"
        assert _attached(reader) == {"result.json": pdf.document(result)}
    fonts = poppler("pdffonts", file).splitlines()[2:]
    assert fonts
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts)  # embedded, a subset, readable as text


@pytest.mark.parametrize("where", ["http://127.0.0.1:9/a.png", "file:///etc/hostname"])
def test_a_page_fetches_nothing(where: str) -> None:
    with pytest.raises(ValueError, match="a report fetches nothing"):
        pdf._nothing(where)


def test_what_a_candidate_wrote_never_becomes_part_of_the_page() -> None:
    evil = '"><img src="file:///etc/passwd"><style>*{display:none}</style>{{ 7 * 7 }}\u202e'
    made = results.result([clause(words={"zh": evil, "en": evil}, source=evil, locator=evil)], [results.check(reason=evil, detail=evil)])
    page = read(pdf.page(made, "zh"))
    assert len(list(page.iter("style"))) == 1
    assert not list(page.iter("img"))
    assert "49" not in text(page.find(".//section[@id='clauses']"))
    assert "\u202e" not in text(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_data_set_has_its_section_on_paper_too(language: Language) -> None:
    page = read(pdf.page(results.of_records(), language))

    assert "ocds-1" in text(page.find(".//section[@id='records']"))
    assert page.find(".//a[@href='#records']") is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_the_decision_says_the_words_of_a_clause_whole(language: Language) -> None:
    said = {
        "zh": "招标人申报信息后可以正确记录其具体申报人、申报时间等信息，" * 3 + "记录其验证人员。",
        "en": "Who declared it, and when, is recorded rightly, " * 4 + "and who verified it.",
    }
    open_clause = clause("A-01", Verdict.NOT_TESTED, stars=1, words=Bilingual(**said))
    page = read(pdf.page(results.result([open_clause]), language))
    row = next(row for table in page.iter("table") if table.get("class") == "gaps" for row in table.iter("tr") if "A-01" in text(row))
    assert squeezed(said[language]) in squeezed(text(row))


@pytest.mark.parametrize(("language", "head", "paper"), [("zh", "检测项", "服务器清单"), ("en", "Check", "List of servers")])
def test_a_table_of_checks_is_headed_so_and_a_document_is_called_by_its_name(language: Language, head: str, paper: str) -> None:
    listed = Paper(kind="server_list", file="x", sha256="a7" * 32, clauses=[], signers=[], date="", expires="", fault=None)
    made = results.result([clause()], [results.check()]).model_copy(update={"papers": [listed]})
    page = read(pdf.page(made, language))
    (checks,) = (table for table in page.iter("table") if table.get("class") == "checks")
    assert text(next(checks.iter("th"))) == head
    (row,) = (row for row in page.iter("tr") if row.get("data-paper"))
    assert text(next(row.iter("th"))).lower() == paper.lower()
