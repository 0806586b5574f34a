"""What a file in a fixed layout says, whichever of the two kinds it is; what is none is none."""

import io
import shutil
import zipfile

import pytest
from weasyprint import HTML

from tenderproof.drivers import fixed_layout
from tenderproof.testing.bid_tool import Layout
from tenderproof.vocabulary import Missing, Undecided

TEXT = '<p:TextObject><p:TextCode X="0" Y="0">{}</p:TextCode></p:TextObject>'
PAGE = f'<p:Page xmlns:p="http://www.ofdspec.org/2016">{TEXT}</p:Page>'


def ofd(*pages: str, root: str = "OFD.xml") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as written:
        written.writestr(root, "<OFD/>")
        for number, page in enumerate(pages):
            written.writestr(f"Doc_0/Pages/Page_{number}/Content.xml", page)
    return packed.getvalue()


def pdf(words: str) -> bytes:
    octets: bytes = HTML(string=f"<p>{words}</p>").write_pdf()
    return octets


def test_an_ofd_says_what_its_pages_say() -> None:
    assert fixed_layout.read(ofd(PAGE.format("投标 报价"), PAGE.format("8,123,456.78"))) == Layout("ofd", "投标报价8123456.78")


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext on this machine")
def test_a_pdf_says_what_its_pages_say() -> None:
    said = fixed_layout.read(pdf("投标<br>报价 8,123,456.78"))

    assert (said.kind, said.lacks("投标报价", "8123456.78", "9345678.12")) == ("pdf", ["9345678.12"])


@pytest.mark.parametrize("octets", [b"", b"{}", b"PK nothing", ofd("x", root="other.xml"), ofd("<broken")])
def test_what_is_neither_is_of_no_kind_and_says_nothing(octets: bytes) -> None:
    assert fixed_layout.read(octets) == Layout("", "")


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext on this machine")
def test_what_only_calls_itself_a_pdf_is_none() -> None:
    assert fixed_layout.read(b"%PDF-1.7 broken") == Layout("", "")


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext on this machine")
def test_a_pdf_without_a_word_to_read_is_held_against_nobody() -> None:
    with pytest.raises(Undecided, match="no Chinese word"):
        fixed_layout.read(pdf(""))


def test_where_nothing_reads_a_pdf_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Missing, match="pdftotext"):
        fixed_layout.read(b"%PDF-1.7")
