"""A PDF is signed whole, its place is seen, and a key that cannot sign it is refused with a sentence."""

import asyncio
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from tenderproof.seal import pdf_signing, pdf_verification, signature
from tenderproof.seal.pdf_signing import PdfSigningError
from tenderproof.seal.signature import SealKeyError
from tenderproof.seal.timestamp import TimestampError
from tests.poppler import poppler

from .identities import identity
from .signed_pdfs import appearance, printed, signed
from .timers import Timer


def test_a_signed_report_begins_with_the_report_as_it_was(tmp_path: Path) -> None:
    made = signed(identity(tmp_path, "laboratory"))

    assert made.signed.startswith(made.plain)
    assert len(made.signed) > len(made.plain)


@pytest.mark.parametrize("kind", ["p256", "rsa", "ed25519"])
def test_every_kind_of_key_makes_a_signature_that_holds(tmp_path: Path, kind: str) -> None:
    key = {"p256": None, "rsa": rsa.generate_private_key(65537, 2048), "ed25519": ed25519.Ed25519PrivateKey.generate()}[kind]
    who = identity(tmp_path, "laboratory", key)

    done = pdf_verification.verify(signed(who).signed, [signature.load_party(who.certificate)])

    assert [finding.code for finding in done.findings] == []
    assert (done.trusted, done.signers) == (True, ["CN=laboratory"])


def test_poppler_finds_the_signature_valid_and_the_whole_document_signed(tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(signed(identity(tmp_path, "laboratory")).signed)

    said = poppler("pdfsig", "-nocert", file)

    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said


def test_a_time_stamp_of_a_named_authority_is_found(tmp_path: Path) -> None:
    timer, who = Timer(tmp_path / "timer"), identity(tmp_path, "laboratory")
    with timer.serving() as url:
        made = signed(who, url)

    done = pdf_verification.verify(made.signed, [signature.load_party(who.certificate)], [signature.load_party(timer.root)])

    assert done.holds
    assert done.moment is not None
    assert done.stamped_by_trusted is True


def test_without_the_authority_nothing_is_signed(tmp_path: Path) -> None:
    with pytest.raises(TimestampError, match=r"http://127\.0\.0\.1:9 gave no time stamp"):
        signed(identity(tmp_path, "laboratory"), "http://127.0.0.1:9")


def test_it_signs_where_a_loop_runs_already(tmp_path: Path) -> None:
    who = identity(tmp_path, "laboratory")

    async def within() -> bytes:
        await asyncio.sleep(0)
        return signed(who).signed

    assert pdf_verification.verify(asyncio.run(within())).holds


def test_a_certificate_of_another_key_is_refused(tmp_path: Path) -> None:
    one, other = identity(tmp_path, "one"), identity(tmp_path, "other")
    with pytest.raises(SealKeyError, match="does not belong to the key"):
        pdf_signing.load(one.key, other.certificate)


def test_a_public_key_alone_does_not_sign(tmp_path: Path) -> None:
    who, bare = identity(tmp_path, "laboratory"), tmp_path / "public.pem"
    public = load_pem_private_key(who.key.read_bytes(), None).public_key()
    bare.write_bytes(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    with pytest.raises(SealKeyError, match="signed with a certificate"):
        pdf_signing.load(who.key, bare)


def test_what_is_no_pdf_is_not_signed(tmp_path: Path) -> None:
    by = identity(tmp_path, "laboratory")
    with pytest.raises(PdfSigningError, match="cannot be signed"):
        pdf_signing.sign(b"%PDF-1.7 nothing", pdf_signing.load(by.key, by.certificate), appearance())


def test_the_place_is_on_the_last_page_where_the_report_leaves_it_free(tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(printed()[1])
    left, bottom, right, top = pdf_signing.PLACE
    pages = int(next(line for line in poppler("pdfinfo", file).splitlines() if line.startswith("Pages")).split()[1])
    crop = ["-x", str(left), "-y", str(842 - top), "-W", str(right - left), "-H", str(top - bottom)]

    assert poppler("pdftotext", "-f", str(pages), "-l", str(pages), *crop, file, "-").strip() == ""
    assert "签署" in poppler("pdftotext", "-f", str(pages), "-l", str(pages), file, "-")
