"""The certificate on paper says what the credential says, in both languages, and bears no mark of anybody else's."""

from pathlib import Path

import pytest

from tenderproof.certification import paper
from tenderproof.certification.certificate import Renewed
from tenderproof.seal.pdf_verification import _attached
from tenderproof.wording import LANGUAGES, Language
from tests.poppler import poppler

from .bodies import House


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_of_the_certificate_stands_on_its_one_page(settled: House, tmp_path: Path, language: Language) -> None:
    (tmp_path / "a.pdf").write_bytes(paper.render(settled.certificate(), settled.credential(), "", language))
    said = poppler("pdftotext", tmp_path / "a.pdf", "-").replace("\n", "")

    made = settled.certificate()
    wanted = (
        made.number, made.body, made.decided_by, made.holder.name, made.holder.uscc, made.scope.platform,
        made.scope.version, made.scope.address,
        made.plan, made.edition, made.report.laboratory, made.decided.isoformat(), made.valid_until.isoformat(),
        made.surveillance_by.isoformat(), made.mark,
    )  # fmt: skip
    assert [part for part in wanted if part not in said] == []
    assert "Pages:           1" in poppler("pdfinfo", tmp_path / "a.pdf")
    assert not {"CNAS", "CMA", "CNCA"} & set(said.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_renewal_says_on_its_one_page_what_it_renews(settled: House, tmp_path: Path, language: Language) -> None:
    made = settled.certificate().model_copy(update={"renews": Renewed(number="TP-2023-009", sha256="0" * 64)})
    (tmp_path / "a.pdf").write_bytes(paper.render(made, settled.credential(), "", language))
    assert "TP-2023-009" in poppler("pdftotext", tmp_path / "a.pdf", "-")
    assert "Pages:           1" in poppler("pdfinfo", tmp_path / "a.pdf")


def test_the_same_certificate_gives_the_same_octets_and_carries_its_credential(settled: House) -> None:
    from io import BytesIO  # noqa: PLC0415 - with pyHanko, which is slow to import

    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415

    token = settled.credential()
    one, other = (paper.render(settled.certificate(), token, "", "zh") for _ in range(2))

    assert one == other
    assert _attached(PdfFileReader(BytesIO(one))) == {"TP-2026-001.jwt": token.encode()}


def test_its_code_leads_to_its_entry_or_says_number_and_digest(settled: House) -> None:
    made = settled.certificate()
    assert paper.address(made, "https://example.org/register/") == "https://example.org/register/TP-2026-001.html"
    assert paper.address(made, "") == f"tenderproof:certificate:TP-2026-001:sha256:{made.result_sha256}"


def test_the_place_of_the_signature_is_free(settled: House, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(paper.render(settled.certificate(), settled.credential(), "", "zh"))
    left, bottom, right, top = paper.PLACE
    crop = ["-x", str(left), "-y", str(842 - top), "-W", str(right - left), "-H", str(top - bottom)]
    assert poppler("pdftotext", *crop, tmp_path / "a.pdf", "-").strip() == ""
