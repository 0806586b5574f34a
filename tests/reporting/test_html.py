"""The page says what the result says, in two languages that differ in words only, and nothing that a candidate wrote can act in it."""

import re
import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings
from pydantic import BaseModel

from tenderproof.reporting import html
from tenderproof.reporting.gaps import gaps
from tenderproof.reporting.plain import plain
from tenderproof.reporting.readings import environment
from tenderproof.reporting.sentences import because, seen, words
from tenderproof.result import Because, Declared, FilingShown, OwnClause, Paper, PaperSigner, Result
from tenderproof.vocabulary import Blame, Decision, State, Verdict
from tenderproof.wording import LANGUAGES, Language

from . import results
from .markup import read, squeezed, text
from .results import check, clause

_EVIL = '"><script>window.fell = 1</script><img src=x onerror="window.fell = 1">{{ 7 * 7 }}\u202e'
_LANGUAGE_ATTRIBUTES = {"lang", "hreflang", "content", "aria-label"}


@given(results.results())
@settings(max_examples=40)
def test_every_verdict_reason_and_count_is_kept(result: Result) -> None:
    for language in LANGUAGES:
        page = read(html.render(result, language))
        shown = {e.get("data-clause"): e for e in page.iter("article") if e.get("data-clause") is not None}
        assert len(shown) == len(result.clauses)
        for entry in result.clauses:
            article = shown[plain(entry.id)]
            assert article.get("data-verdict") == entry.verdict
            assert article.get("data-reason") == entry.reason.code
            assert article.get("data-blame") == (entry.blame or "")
            assert words(language)["verdict"][entry.verdict.value] in text(article)
            assert squeezed(plain(because(entry.reason, language))) in squeezed(text(article))
        counts = {e.get("data-count"): text(e) for e in page.iter("li") if e.get("data-count")}
        assert {name: int(re.findall(r"\d+", text)[0]) for name, text in counts.items()} == {
            verdict.value: result.conclusion.counts[verdict] for verdict in Verdict
        }
        assert page.find(".//body").get("data-decision") == result.conclusion.decision  # type: ignore[union-attr]


@given(results.results())
@settings(max_examples=40)
def test_every_outcome_is_kept_with_its_words_and_its_command(result: Result) -> None:
    page = read(html.render(result, "en"))
    articles = {e.get("data-check"): e for e in page.iter("article") if e.get("data-check") is not None}
    for entry in result.checks:
        article = articles[plain(entry.id)]
        assert article.get("data-state") == entry.state
        for said in (seen(entry, "en"), entry.repeat, entry.title):
            assert squeezed(plain(said)) in squeezed(text(article))


@given(results.results())
@settings(max_examples=40)
def test_the_two_languages_differ_in_words_only(result: Result) -> None:
    zh, en = (_skeleton(read(html.render(result, language))) for language in LANGUAGES)
    assert zh == en


def test_the_readiness_of_each_level_stands_on_page_one() -> None:
    result = results.large(200, 70)
    page = read(html.render(result, "zh"))
    rows = {
        row.get("data-level"): [int(c.text) for c in row.iter("td") if c.text and c.text.isdigit()]
        for row in page.iter("tr")
        if row.get("data-level")
    }
    assert rows == {
        str(level.level): [level.met, level.attested, level.exempt, level.waived, level.violated, level.to_attest, level.unknown]
        for level in result.conclusion.readiness
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_declaration_kept_from_being_tried_is_said(language: Language) -> None:
    made = results.result([clause()])
    kept = made.model_copy(update={"sample": made.sample.model_copy(update={"left_out": ["session.close", "x.delete"]})})
    said = words(language)["label"]["left_out"]

    assert said not in html.render(made, language)
    assert said in html.render(kept, language)
    assert "session.close · x.delete" in html.render(kept, language)


def test_the_open_clauses_are_listed_the_most_urgent_first() -> None:
    result = results.large(200, 70)
    page = read(html.render(result, "en"))
    table = page.find(".//section[@id='path']//tbody")
    assert table is not None
    listed = [[text(cell).split()[0] for cell in row[:2]] for row in table]
    assert listed == [[gap.priority, gap.clause.id] for gap in gaps(result)]


def test_two_clicks_lead_from_a_verdict_to_words_outcome_and_command() -> None:
    failed = check(state=State.FAILED, blame=Blame.PLATFORM)
    result = results.result([clause("EB-27-3", Verdict.VIOLATED, checks=[failed.id], blame=Blame.PLATFORM)], [failed])
    page = read(html.render(result, "en"))
    by_id = {element.get("id"): element for element in page.iter() if element.get("id")}
    row = next(e for e in page.iter("tr") if "EB-27-3" in text(e))
    first = by_id[_links(row)[0]]
    assert result.clauses[0].words.zh in text(first)
    assert any(failed.repeat in text(by_id[anchor]) and "ordinals 1 to 12" in text(by_id[anchor]) for anchor in _links(first))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_inside_leads_somewhere_and_none_leads_out(language: Language) -> None:
    page = read(html.render(results.large(100, 40), language))
    identifiers = [element.get("id") for element in page.iter() if element.get("id")]
    assert [name for name, number in Counter(identifiers).items() if number > 1] == []
    links = [element.get("href", "") for element in page.iter("a")]
    assert {link for link in links if not link.startswith("#")} == {"report.en.html" if language == "zh" else "report.html"}
    assert {link[1:] for link in links if link.startswith("#")} <= set(identifiers)
    assert not [element for element in page.iter() if element.get("src") or element.tag in ("link", "iframe", "object", "img")]


def test_ids_that_look_alike_get_anchors_of_their_own() -> None:
    page = read(html.render(results.result([clause("A 1"), clause("A/1"), clause("A-1-2"), clause("A-1")]), "en"))
    assert len({e.get("id") for e in page.iter("article") if e.get("data-clause")}) == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_candidate_wrote_never_becomes_part_of_the_page(language: Language) -> None:
    page = read(html.render(_hostile(), language))
    assert len(list(page.iter("script"))) == 1
    assert not list(page.iter("img"))
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on") or name == "style"]
    assert "49" not in text(page.find(".//main"))
    assert "\u202e" not in text(page)


def test_a_browser_runs_nothing_of_what_a_candidate_wrote(tmp_path: Path) -> None:
    browser_path = shutil.which("chromium")
    if browser_path is None:
        pytest.skip("no chromium on this machine")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow to import

    file = tmp_path / "report.html"
    file.write_text(html.render(_hostile(), "zh"), "utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page()
        complaints: list[str] = []
        asked: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri())
        page.wait_for_timeout(200)
        assert page.evaluate("window.fell") is None
        assert page.locator("#filter").is_visible()  # our own script ran, so the policy lets through what it should
        page.select_option("#filter select", "violated")
        assert page.locator("article[data-clause]:visible").count() == 1
        assert (complaints, asked) == ([], [file.as_uri()])
        browser.close()


def test_a_large_result_is_written_in_three_megabytes() -> None:
    assert len(html.render(results.large(700, 300), "zh").encode()) < 3_000_000


@pytest.mark.parametrize(("changes", "said"), [({"matrix": None}, "none"), ({}, "same_source")])
def test_the_page_says_whether_the_checks_were_proved(changes: dict[str, Any], said: str) -> None:
    assert words("zh")["matrix"][said] in html.render(results.result([clause()], **changes), "zh")


def test_a_matrix_of_other_sources_is_called_so() -> None:
    result = results.result([clause()])
    other = result.model_copy(update={"matrix": result.matrix.model_copy(update={"source_sha256": "f" * 64})})  # type: ignore[union-attr]
    assert "The matrix proved other sources (ffffffffffff…)" in html.render(other, "en")


def test_a_self_test_says_that_it_is_no_certificate_before_anything_else() -> None:
    said = text(read(html.render(results.result([clause()]), "zh")).find(".//body"))
    assert said.index("不是认证证书") < said.index("检测结论", said.index("检测报告"))


def test_a_converted_list_of_items_is_called_so_and_a_found_one_is_not() -> None:
    notice = words("en")["notice"]["item_list"]
    copied, found = (results.result([clause("A-1", stars=1, provenance=p)]) for p in ("hand_copied", "found"))
    assert notice in text(read(html.render(copied, "en")))
    assert notice not in text(read(html.render(found, "en")))


def test_a_figure_of_ours_is_marked() -> None:
    page = read(html.render(results.result([clause()]), "en"))
    marked = [text(row) for row in page.iter("tr") if row.get("class") == "ours"]
    assert len(marked) == 1
    assert "publication_delay" in marked[0]
    assert words("en")["label"]["ours"] in marked[0]


def test_a_run_out_of_time_says_how_long_it_had_and_how_much_was_left() -> None:
    late = results.check(state=State.ERRORED, reason="out_of_time", blame=Blame.PLATFORM)
    result = results.result([results.clause()], [late, results.check("function/bidding::test_b")])
    timed = result.model_copy(update={"run": result.run.model_copy(update={"at_most_minutes": 7.5})})
    said = words("en")["title"]["out_of_time"].format(minutes="7.5", checks=1)

    assert said in html.render(timed, "en")
    assert said.replace("not begun", "") not in html.render(results.result([results.clause()]), "en")
    assert "{" not in said


def test_an_interrupted_run_says_so() -> None:
    result = results.result([clause()])
    stopped = result.model_copy(update={"run": result.run.model_copy(update={"interrupted": True})})
    assert words("en")["title"]["interrupted"] in html.render(stopped, "en")
    assert words("en")["title"]["interrupted"] not in html.render(result, "en")


def test_a_plan_without_stars_speaks_of_none() -> None:
    result = results.result([clause()])
    conclusion = result.conclusion.model_copy(update={"readiness": [], "level": 0})
    page = text(read(html.render(result.model_copy(update={"conclusion": conclusion}), "en")).find(".//main"))
    assert words("en")["label"]["level_not_asked"] in page
    assert "Level reached" not in page


def test_a_run_that_never_probed_says_why_at_each_clause() -> None:
    lost = check(state=State.ERRORED, blame=Blame.NETWORK, reason="unreachable", detail="connection refused", where="", observations=0)
    values = {"check": lost.id, "what": "unreachable"}
    entry = clause(verdict=Verdict.INCONCLUSIVE, reason=Because(code="check_errored", values=values), checks=[lost.id], blame=Blame.NETWORK)
    page = read(html.render(results.result([entry], [lost]), "zh"))
    undecided = text(page.find(".//section[@id='undecided']"))
    assert "轮到网络" in undecided
    assert "检测没有开始：平台无应答" in undecided
    assert "connection refused" in text(page.find(".//section[@id='checks']"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_come_in_order_and_table_headers_have_their_scope(language: Language) -> None:
    page = read(html.render(results.large(60, 30), language))
    levels = [int(element.tag[1]) for element in page.iter() if re.fullmatch("h[1-6]", str(element.tag))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert {element.get("scope") for element in page.iter("th")} == {"row", "col"}


def test_a_verdict_is_a_word_and_a_shape() -> None:
    page = read(html.render(results.large(60, 30), "zh"))
    marks = [element for element in page.iter("span") if (element.get("class") or "").startswith("mark ")]
    assert marks
    assert all(str(mark[0].tag).endswith("svg") and text(mark).strip() for mark in marks)
    shapes = {str(environment().get_template("marks.html.j2").module.mark(v.value, "")) for v in Verdict}  # type: ignore[attr-defined]
    assert len({re.sub('class="[^"]*"', "", shape) for shape in shapes}) == len(Verdict)


def _hostile() -> Result:
    """A result with a script in every field that holds text."""
    failed = check(state=State.FAILED, blame=Blame.PLATFORM)
    because_of = Because(code="check_failed", values={"check": _EVIL, "what": _EVIL})
    entry = clause("A-1", Verdict.VIOLATED, checks=[failed.id], reason=because_of, stars=1)
    return Result.model_validate(_poisoned(results.result([entry], [failed]).model_dump()))


_CODES = (
    "form",
    "kind",
    "verdict",
    "reason",
    "state",
    "decision",
    "keyword",
    "blame",
    "disposition",
    "provenance",
    "basis",
    "area",
    "code",
    "checks",
    "id",
)


def _poisoned(value: Any, name: str = "") -> Any:
    match value:
        case BaseModel():
            raise TypeError(value)
        case dict():
            return {key: _poisoned(inner, "" if name == "" and isinstance(inner, dict) else str(key)) for key, inner in value.items()}
        case list() if name != "checks" or (value and isinstance(value[0], dict)):
            return [_poisoned(inner, "") for inner in value]
        case str() if type(value) is str and name not in (*_CODES, "name", "tool", "laboratory"):
            return f"{value}{_EVIL}"
        case _:
            return value


def _links(element: Element) -> list[str]:
    return [str(link.get("href"))[1:] for link in element.iter("a")]


def _skeleton(page: Element) -> list[tuple[str, dict[str, str]]]:
    return [
        (
            str(e.tag),
            {k: v for k, v in e.attrib.items() if k not in _LANGUAGE_ATTRIBUTES and not (k == "href" and not v.startswith("#"))},
        )
        for e in page.iter()
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_waived_violation_is_said_with_the_decision_and_stays_violated(language: Language) -> None:
    made = results.result([results.waived(clause(verdict=Verdict.VIOLATED)), clause("EB-1")])
    waived = made.conclusion.model_copy(update={"decision": Decision.CONFORMANT, "violated": [], "deviations": ["EB-27-3"]})
    page = html.render(made.model_copy(update={"conclusion": waived}), language)

    assert words(language)["decision_said"]["conformant"] not in page
    assert words(language)["decision_said"]["conformant_with_deviations"] in page
    assert 'data-deviations="1"' in page
    assert 'data-clause="EB-27-3" data-verdict="violated"' in page
    assert "王芳" in page
    assert words(language)["label"]["exempted"] not in page


def test_papers_are_listed_with_why_they_count_as_absent_and_own_clauses_with_their_tests() -> None:
    signer = PaperSigner(name="王芳", role="工程师", organisation="91", key_sha256="f6" * 32, named_by="declaration")
    common: dict[str, Any] = {"sha256": "a7" * 32, "clauses": ["F-01"], "signers": [signer], "date": "2026-01-01", "expires": "2026-06-01"}
    papers = [
        Paper(kind="attestation", file="one", fault=Because(code="expired", values={"expires": "2026-06-01"}), **common),
        Paper(kind="test_report", file="two", fault=None, **common),
    ]
    own = OwnClause(id="CERT-STAR-1", source="x", locator="y", words=clause().words, tests=["tests/test_x.py::test_y"], waits=None)
    page = html.render(results.result([clause()]).model_copy(update={"papers": papers, "own_clauses": [own]}), "en")

    assert 'data-paper="attestation" data-fault="expired"' in page
    assert "counts as absent: It expired on 2026-06-01." in page
    assert 'data-paper="test_report" data-fault=""' in page
    assert "tests/test_x.py::test_y" in page.replace("<wbr>", "")


def test_a_statement_that_a_check_contradicts_is_called_so() -> None:
    said = Declared(person="王芳", date="2026-11-20", words="有。", contradicted=True)
    page = html.render(results.result([clause(verdict=Verdict.VIOLATED, statement=said)]), "en")

    assert "Declared as kept, and a check saw the contrary." in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_data_set_is_told_with_its_files_counts_and_first_findings_and_no_platform(language: Language) -> None:
    page = read(html.render(results.of_records(), language))
    said = text(page.find(".//section[@id='records']"))

    for told in (
        "data.jsonl",
        "e5" * 32,
        "line 9",
        "NaN is no number of JSON",
        "ocds-1",
        "line 7",
        "2026-03-21",
        "bid_deadline",
        "f6" * 32,
    ):
        assert told in said, told
    assert "2026-01-01 – 2026-03-02" in said
    assert words(language)["label"]["record_part"] in said
    assert words(language)["label"]["shown_of"].format(shown=1, count=31) in said
    sample = text(page.find(".//section[@id='sample']"))
    assert words(language)["label"]["address"] not in sample
    assert words(language)["kind"]["records"] in sample


def test_what_stands_in_a_row_never_becomes_part_of_the_page() -> None:
    evil = results.record_set(_EVIL).rules[0].first[0].model_copy(update={"tender": _EVIL, "observed": _EVIL, "facts": {_EVIL: _EVIL}})
    rule = results.record_set().rules[0].model_copy(update={"first": [evil]})
    page = html.render(results.of_records(name=_EVIL, rules=[rule]), "en")

    assert "<script>window" not in page
    assert "<img" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_servers_answer_is_told_host_by_host_with_every_piece_of_evidence(language: Language) -> None:
    told = results.whereabouts()
    page = html.render(results.result([clause("A-1")], whereabouts=told), language)
    section = page.partition('<section id="domicile">')[2].partition("</section>")[0]

    for host in told.hosts:
        row = section.partition(f'data-host="{host.host}"')[2].partition("</tr>")[0]
        for piece in (host.address, f'data-ground="{host.ground}"', host.where, *filter(None, host.places.values()), host.holder):
            assert piece in row
        assert all(disc.vantage in row and "1.228" in row for disc in host.discs)
    assert "武汉" in section.partition("<ul")[2]
    assert section.count("<path") > 3
    assert 'href="#domicile"' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_well_known_service_is_called_by_its_name(language: Language) -> None:
    told = results.whereabouts()
    host = told.hosts[2].model_copy(update={"service": "某验证", "service_kind": "captcha"})
    page = html.render(results.result([clause("A-1")], whereabouts=told.model_copy(update={"hosts": [host]})), language)

    assert "某验证 (" in page.partition(f'data-host="{host.host}"')[2].partition("</tr>")[0]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["fresh question", "not shown to come from within", "豫ICP备1号 (ICP filing; not of the form of one)"]),
     ("zh", ["新数据质询", "未能表明应答来自境内", "豫ICP备1号 (ICP备案; 形式不符)"])],
)  # fmt: skip
def test_what_each_disc_timed_what_answers_show_and_which_filings_are_shown_is_told(language: Language, words: list[str]) -> None:
    told = results.whereabouts(filings=[FilingShown(kind="icp", number="豫ICP备1号", well_formed=False)])
    asked = results.disc_shown().model_copy(update={"method": "challenge"})
    host = told.hosts[0].model_copy(update={"discs": [asked], "answers": "open", "ground": "relay_not_excluded"})
    page = html.render(results.result([clause("A-1")], whereabouts=told.model_copy(update={"hosts": [host]})), language)
    section = page.partition('<section id="domicile">')[2].partition("</section>")[0]

    assert [word for word in words if word not in section] == []


@pytest.mark.parametrize(("language", "none"), [("en", "on the first page: none."), ("zh", "首页所示备案号：无。")])
def test_that_no_filing_number_is_shown_is_told_and_that_nobody_looked_is_not(language: Language, none: str) -> None:
    def page(**changes: Any) -> str:
        return html.render(results.result([clause("A-1")], whereabouts=results.whereabouts(**changes)), language)

    assert none in page(filings=[])
    assert none.split(":", maxsplit=1)[0].split("：", maxsplit=1)[0] not in page(filings=None)


def test_a_report_of_nobody_who_was_located_has_no_such_section() -> None:
    assert 'id="domicile"' not in html.render(results.result([clause("A-1")]), "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, []), ({"within": ["CN", "HK"]}, ["data-loose"]), ({"oldest_days": 3}, ["data-loose"]), ({"oldest_days": 900}, []),
        ({"oldest_days": 0, "current": False}, ["data-loose", "data-stale"]), ({"current": False}, ["data-stale"]),
    ],
)  # fmt: skip
def test_figures_by_which_nobody_is_convicted_are_said_on_page_one(changes: dict[str, Any], said: list[str], language: Language) -> None:
    page = html.render(results.result([clause("A-1")], whereabouts=results.whereabouts(**changes)), language)
    first = page.partition('<section id="conclusion">')[2].partition("</section>")[0]

    assert [mark for mark in ("data-loose", "data-stale") if mark in first] == said


def test_the_name_of_a_host_or_of_a_vantage_point_never_becomes_part_of_the_page() -> None:
    evil = "<script>alert(1)</script>"
    told = results.whereabouts()
    host = told.hosts[0].model_copy(update={"host": evil, "where": evil, "sites": [evil], "discs": [results.disc_shown(evil)]})
    page = html.render(results.result([clause("A-1")], whereabouts=told.model_copy(update={"hosts": [host]})), "en")

    assert evil not in page
