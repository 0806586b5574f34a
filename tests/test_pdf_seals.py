"""Signatures as they stand in a PDF: all of them, in the order of what they cover, each read by its own reader."""

from io import BytesIO

import pytest

from tenderproof import pdf_seals
from tests.dossier import sealed_pdfs
from tests.sm_papers import holder

NAME = "某测试公司"


@pytest.fixture(scope="module")
def sealed() -> bytes:
    """A page with one seal."""
    return sealed_pdfs.Seal().on(sealed_pdfs.blank())


def sealed_again(octets: bytes) -> bytes:
    """The file with an approval beside the seal, in a field of its own."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415 - takes a second
    from pyhanko.sign import fields  # noqa: PLC0415

    writer, out = IncrementalPdfFileWriter(BytesIO(octets)), BytesIO()
    fields.append_signature_field(writer, fields.SigFieldSpec("Empty"))
    writer.write(out)
    return out.getvalue()


def test_a_file_without_a_signature_has_none_and_an_empty_field_is_none(sealed: bytes) -> None:
    assert pdf_seals.opened(sealed_pdfs.blank())[1] == []
    assert len(pdf_seals.opened(sealed_again(sealed))[1]) == 1


def test_a_seal_covers_the_file_up_to_its_end_but_for_its_own_place(sealed: bytes) -> None:
    (found,) = pdf_seals.opened(sealed)[1]

    assert (found.end, found.is_read, found.is_by_sm) == (len(sealed), True, False)
    assert found.fills_its_place(sealed)
    assert found.message.hex().encode() not in found.covered(sealed).lower()
    assert len(found.covered(sealed)) == found.place[1] + found.place[3]
    assert pdf_seals.opened(sealed_again(sealed))[1][0].end < len(sealed_again(sealed))


def test_each_is_read_by_its_own_reader(sealed: bytes) -> None:
    for octets, by_sm in ((sealed, False), (sealed_pdfs.sealed_by_sm2(sealed, holder(NAME)), True)):
        (found,) = pdf_seals.opened(octets)[1]
        read = pdf_seals.read(found, octets)
        assert read is not None
        assert (found.is_by_sm, read.holds, read.made) == (by_sm, True, sealed_pdfs.MADE)
        assert NAME in read.certificate.subject.rfc4514_string()
        changed = octets.replace(b"100", b"101", 1)
        again = pdf_seals.read(pdf_seals.opened(changed)[1][0], changed)
        assert again is not None
        assert not again.holds


def test_a_form_that_nothing_here_reads_is_not_read(sealed: bytes) -> None:
    octets = sealed.replace(b"/adbe.pkcs7.detached", b"/GM.sm2seal         ")
    (found,) = pdf_seals.opened(octets)[1]

    assert not found.is_read
    assert pdf_seals.read(found, octets) is None
