"""The register is a site that anyone can read: two languages with the same entries, no script, nothing fetched, every link there."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from tenderproof.certification import credential, register, site
from tenderproof.certification.register import RegisterError
from tenderproof.certification.renewal import Former
from tests.reporting.markup import read, text

from .bodies import DAY, House
from .sites import MADE, WANTED, published


@pytest.fixture(scope="module")
def pages(settled: House, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(settled, tmp_path_factory.mktemp("site")).published


def test_both_languages_list_the_same_numbers_with_the_same_status(pages: Path) -> None:
    for name in ("index.html", "index.en.html"):
        rows = read((pages / name).read_text("utf-8")).iter("tr")
        assert {row.get("data-number"): row.get("data-status") for row in rows if row.get("data-number")} == WANTED


@pytest.mark.parametrize("number", WANTED)
def test_each_number_has_its_page_with_status_ground_and_history(pages: Path, number: str) -> None:
    zh, en = (read((pages / f"{number}{suffix}").read_text("utf-8")) for suffix in (".html", ".en.html"))
    for page in (zh, en):
        body = page.find(".//body")
        assert body is not None
        assert (body.get("data-number"), body.get("data-status")) == (number, WANTED[number])
    assert [e.get("data-change") for e in zh.iter("tr")] == [e.get("data-change") for e in en.iter("tr")]


def test_a_withdrawn_certificate_says_so_before_anything_else(pages: Path) -> None:
    said = text(read((pages / "TP-4-WITHDRAWN.en.html").read_text("utf-8")).find(".//header"))
    assert "withdrawn · not corrected, or not sufficiently, during suspension" in said


@pytest.mark.parametrize(("suffix", "words"), [(".html", "跟踪检查逾期"), (".en.html", "surveillance overdue")])
def test_a_check_that_is_due_is_said_and_that_nobody_ended_the_certificate(pages: Path, suffix: str, words: str) -> None:
    said = text(read((pages / f"TP-7-OVERDUE{suffix}").read_text("utf-8")).find(".//header"))
    assert words in said
    assert "尚无任何处理决定" in said or "nobody has ended it for that" in said
    assert words in text(read((pages / f"index{suffix}").read_text("utf-8")).find(".//main"))


@pytest.mark.parametrize("suffix", [".html", ".en.html"])
def test_a_check_that_was_passed_stands_in_the_history_with_its_report_and_the_next_day(pages: Path, suffix: str) -> None:
    said = text(read((pages / f"TP-1-VALID{suffix}").read_text("utf-8")).find(".//main"))
    for part in ("report-360", "示例软件检测中心", "2027-11-19", "2028-11-19", "1.4.2"):
        assert part in said
    assert f"{360:063x}f" in said


@pytest.mark.parametrize("suffix", [".html", ".en.html"])
def test_a_renewal_and_what_it_renews_lead_to_each_other(settled: House, tmp_path: Path, suffix: str) -> None:
    old = settled.certificate(number="TP-OLD")
    token = credential.sign(old, settled.pen)
    day = DAY + timedelta(days=1000)
    new = settled.certificate(number="TP-NEW", day=day, renews=Former(old, (), token))
    for number, octets in (("TP-OLD", token), ("TP-NEW", credential.sign(new, settled.pen))):
        (tmp_path / f"{number}.jwt").write_text(octets, "ascii")
    site.write(register.entries(tmp_path, settled.party), settled.pen, tmp_path / "site", day, 30)
    for number, other in (("TP-OLD", "TP-NEW"), ("TP-NEW", "TP-OLD")):
        page = read((tmp_path / "site" / f"{number}{suffix}").read_text("utf-8"))
        assert f"{other}{suffix}" in [link.get("href") for link in page.iter("a")]


def test_every_link_leads_to_a_file_of_the_site_and_nothing_runs(pages: Path) -> None:
    for file in pages.glob("*.html"):
        page = read(file.read_text("utf-8"))
        links = [link.get("href", "") for link in page.iter("a")]
        assert links
        assert [link for link in links if not (pages / link).is_file()] == []
        assert not [e for e in page.iter() if e.tag in {"script", "img", "link", "iframe", "form"} or re.match("on", " ".join(e.attrib))]


def test_the_same_certificates_give_the_same_pages(settled: House, pages: Path, tmp_path: Path) -> None:
    kept = pages.parent / "certificates"
    site.write(register.entries(kept, settled.party), settled.pen, tmp_path, MADE, 30)
    for file in pages.iterdir():
        if file.name != register.TOKEN:  # an ECDSA signature is random by nature
            assert (tmp_path / file.name).read_bytes() == file.read_bytes()


def test_a_place_that_cannot_be_written_to_is_named(settled: House, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(RegisterError, match="cannot be written to"):
        site.write([], settled.pen, tmp_path / "file", MADE, 30)
