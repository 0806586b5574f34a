"""What is seen of a signature says who signed what and when, and that it is no seal."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tenderproof.reporting import stamp
from tenderproof.wording import LANGUAGES, Language
from tests.poppler import poppler

MOMENT = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_who_when_and_of_what_and_that_it_is_no_seal(tmp_path: Path, language: Language) -> None:
    (tmp_path / "a.pdf").write_bytes(stamp.render("CN=示例检测中心", MOMENT, "TP-1", "ab" * 32, "tenderproof:x", language))

    text = poppler("pdftotext", tmp_path / "a.pdf", "-")

    for said in ("CN=示例检测中心", "2026-11-23 12:00:00+00:00", "TP-1", "ab" * 16):
        assert said in text.replace("\n", "")
    assert ("非电子印章" if language == "zh" else "no electronic seal") in text


def test_the_same_signature_looks_the_same() -> None:
    one, other = (stamp.render("CN=x", MOMENT, "1", "ab" * 32, "x", "zh") for _ in range(2))
    assert one == other


def test_a_long_name_and_number_stay_on_the_one_page_with_the_code(tmp_path: Path) -> None:
    name = "CN=" + "示例软件与信息系统检测中心" * 6
    (tmp_path / "a.pdf").write_bytes(
        stamp.render(name, MOMENT, "29e27132-b758-559c-bbe1-a5fc19c9596e", "ab" * 32, "tenderproof:x" * 9, "zh")
    )

    assert "Pages:           1" in poppler("pdfinfo", tmp_path / "a.pdf")
    assert "非电子印章" in poppler("pdftotext", tmp_path / "a.pdf", "-")
