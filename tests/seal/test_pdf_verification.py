"""Each kind of change to a signed report is found and named; a report that nobody changed holds."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tenderproof.reporting import pdf
from tenderproof.seal import pdf_signing, pdf_verification, signature
from tenderproof.seal.pdf_verification import MAGIC
from tenderproof.seal.verification import BundleError
from tests.dossier import sealed_pdfs
from tests.reporting import results
from tests.sm_papers import holder

from .identities import identity
from .signed_pdfs import SignedReport, appearance, signed
from .timers import Timer

Change = Callable[[SignedReport], bytes]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> SignedReport:
    return signed(identity(tmp_path_factory.mktemp("signed"), "laboratory"))


def _flipped(octets: bytes, at: int) -> bytes:
    return octets[:at] + bytes([octets[at] ^ 1]) + octets[at + 1 :]


def _at(report: SignedReport, words: bytes, after: int = 0) -> int:
    return report.signed.index(words, after) + len(words)


def _resigned(report: SignedReport, octets: bytes, name: str = "stranger") -> bytes:
    return signed(identity(report.signer.key.parent, name), octets=octets).signed


def _another_attached(report: SignedReport) -> bytes:
    """The same pages with another result attached, in a file of its own."""
    return pdf.printed(pdf.page(report.result, "zh"), {pdf.ATTACHED: pdf.document(results.large(13, 7))}, 0)


def _appended(report: SignedReport) -> bytes:
    """A further revision that says nothing, in the right form."""
    xref = report.signed.rindex(b"startxref")
    return report.signed + b"\n9999 0 obj\n<<>>\nendobj\n" + report.signed[xref:]


def _second_result(report: SignedReport) -> bytes:
    """A further revision that puts another file in the place of the attached one."""
    from io import BytesIO  # noqa: PLC0415 - with pyHanko, which is slow to import

    from pyhanko.pdf_utils import embed  # noqa: PLC0415
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415

    writer = IncrementalPdfFileWriter(BytesIO(report.signed))
    other = embed.EmbeddedFileObject.from_file_data(writer, pdf.document(results.large(13, 7)))
    names = writer.root["/Names"]["/EmbeddedFiles"]
    names["/Names"][1] = writer.add_object(embed.FileSpec(pdf.ATTACHED, embedded_data=other).as_pdf_object())
    writer.update_container(names)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _written_over(report: SignedReport) -> bytes:
    """A further revision with a note on the first page."""
    from io import BytesIO  # noqa: PLC0415

    from pyhanko.pdf_utils import generic  # noqa: PLC0415
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415

    name, number = generic.NameObject, generic.NumberObject
    writer = IncrementalPdfFileWriter(BytesIO(report.signed))
    note = {"/Type": "/Annot", "/Subtype": "/FreeText"}
    entries: dict[generic.NameObject, generic.PdfObject] = {name(key): name(value) for key, value in note.items()}
    entries[name("/Rect")] = generic.ArrayObject([number(50), number(50), number(300), number(300)])  # type: ignore[no-untyped-call]
    entries[name("/Contents")] = generic.TextStringObject("符合")
    writer.register_annotation(writer.find_page_for_modification(0)[0], writer.add_object(generic.DictionaryObject(entries)))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


TRIALS: dict[str, tuple[Change, str]] = {
    "a flipped bit on a page": (lambda r: _flipped(r.signed, _at(r, b"stream\n") + 40), "pdf_digest"),
    "a flipped bit in the attached result": (lambda r: _flipped(r.signed, _at(r, b"stream\n", _at(r, b"EmbeddedFile")) + 9), "pdf_digest"),
    "a flipped bit in the signature": (lambda r: _flipped(r.signed, _at(r, b"/Contents <", len(r.plain)) + 900), "pdf_signature"),
    "another moment of signing": (
        lambda r: r.signed.replace(b"/M (D:2026", b"/M (D:2025") if b"/M (D:2026" in r.signed else _flipped(r.signed, len(r.plain) + 90),
        "pdf_digest",
    ),
    "another byte range": (lambda r: r.signed[: (at := _at(r, b"/ByteRange [0 "))] + b"9" + r.signed[at + 1 :], "pdf_"),
    "a stripped signature": (lambda r: r.plain, "pdf_unsigned"),
    "a file cut short": (lambda r: r.signed[:-400], "pdf_"),
    "half of the file": (lambda r: r.signed[: len(r.signed) // 2], "pdf_"),
    "octets after the end": (lambda r: r.signed + b"\n% more\n", "pdf_appended"),
    "an appended revision": (_appended, "pdf_appended"),
    "the attached result swapped by a revision": (_second_result, "pdf_appended"),
    "a note written over the first page": (_written_over, "pdf_modified"),
    "signed again by another key": (lambda r: _resigned(r, r.plain), "signer_unknown"),
    "another result attached, signed by another key": (lambda r: _resigned(r, _another_attached(r)), "signer_unknown"),
    "the name of the signer, another key": (lambda r: _resigned(r, r.plain, "laboratory"), "signer_unknown"),
    "something else in place of the file": (lambda _: MAGIC + b"1.7\nnothing\n%%EOF\n", "pdf_form"),
}


def test_a_report_that_nobody_changed_holds(report: SignedReport) -> None:
    done = pdf_verification.verify(report.signed, [signature.load_party(report.signer.certificate)])

    assert (done.holds, done.trusted) == (True, True)
    assert done.attached == {pdf.ATTACHED: pdf.document(report.result)}


@pytest.mark.parametrize("trial", TRIALS)
def test_every_change_is_found_and_named(report: SignedReport, trial: str) -> None:
    trusted = signature.load_party(report.signer.certificate)  # before a trial writes a key of the same name
    change, code = TRIALS[trial]

    done = pdf_verification.verify(change(report), [trusted])

    assert [finding.code for finding in done.findings if finding.code.startswith(code)], done.findings


def test_whom_nobody_named_is_not_called_trusted(report: SignedReport) -> None:
    assert pdf_verification.verify(report.signed).trusted is None


def test_a_certificate_that_had_expired_is_named(tmp_path: Path) -> None:
    who = identity(tmp_path, "laboratory", valid=(-400, -10))
    done = pdf_verification.verify(signed(who).signed, [signature.load_party(who.certificate)])

    assert [finding.code for finding in done.findings] == ["certificate_time"]


def test_a_time_stamp_of_another_authority_is_named(tmp_path: Path) -> None:
    timer, other, who = Timer(tmp_path / "timer"), Timer(tmp_path / "other"), identity(tmp_path, "laboratory")
    with timer.serving() as url:
        made = signed(who, url)

    done = pdf_verification.verify(made.signed, (), [signature.load_party(other.root)])

    assert [finding.code for finding in done.findings] == ["pdf_timestamp_other"]


def test_a_time_stamp_that_is_asked_for_and_not_there_is_named(report: SignedReport, tmp_path: Path) -> None:
    timer = Timer(tmp_path / "timer")
    done = pdf_verification.verify(report.signed, (), [signature.load_party(timer.root)])

    assert [finding.code for finding in done.findings] == ["pdf_timestamp_missing"]


def test_a_pdf_is_told_by_how_it_begins(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(MAGIC + b"1.7")
    (tmp_path / "b").write_bytes(b"PK")
    assert (pdf_verification.is_pdf(tmp_path / "a"), pdf_verification.is_pdf(tmp_path / "b")) == (True, False)
    with pytest.raises(BundleError, match="cannot be read"):
        pdf_verification.is_pdf(tmp_path / "c")


def _beneath(report: SignedReport, spoil: Callable[[bytes], bytes] = bytes, *, ours: bool = True) -> bytes:
    """The pages with a seal by SM2, and with our signature above it."""
    sealed = spoil(sealed_pdfs.sealed_by_sm2(sealed_pdfs.Seal().on(report.plain), holder("某测试公司")))
    by = pdf_signing.load(report.signer.key, report.signer.certificate)
    return pdf_signing.sign(sealed, by, appearance(), certify=False) if ours else sealed


def test_a_seal_by_sm2_beneath_the_last_signature_is_read_and_named(report: SignedReport) -> None:
    found = pdf_verification.verify(_beneath(report))
    spoilt = pdf_verification.verify(_beneath(report, lambda sealed: _flipped(sealed, 12)))

    assert (found.holds, found.seals, found.unverified, len(found.signers)) == (True, ["某测试公司"], 0, 1)
    assert [(one.code, one.values) for one in spoilt.findings] == [("pdf_signature", {"number": "1"})]


def test_a_seal_by_sm2_at_last_holds_and_is_nobodys_whom_a_key_names(report: SignedReport) -> None:
    sealed = _beneath(report, ours=False)

    assert (pdf_verification.verify(sealed).holds, pdf_verification.verify(sealed).trusted) == (True, None)
    asked = pdf_verification.verify(sealed, [signature.load_party(report.signer.certificate)])
    assert (asked.trusted, [one.code for one in asked.findings]) == (False, ["signer_unknown"])


@pytest.mark.parametrize("why", ["another form", "another algorithm", "no command"])
def test_a_seal_that_is_not_read_here_is_counted_and_as_the_last_not_called_false(
    report: SignedReport, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other(sealed: bytes) -> bytes:
        if why == "another form":
            return sealed.replace(b"/adbe.pkcs7.detached", b"/GM.sm2seal         ")
        return sealed.replace(b"06082a811ccf55018311", b"06082a811ccf55018312") if why == "another algorithm" else sealed

    beneath, last = _beneath(report, other), _beneath(report, other, ours=False)
    if why == "no command":
        monkeypatch.setenv("PATH", "")

    assert (pdf_verification.verify(beneath).holds, pdf_verification.verify(beneath).unverified) == (True, 1)
    assert [one.code for one in pdf_verification.verify(last).findings] == ["pdf_not_read"]


def _behind_a_forgery(octets: bytes, contents: bytes) -> bytes:
    """The pages with an earlier signature that says it is CMS."""
    from io import BytesIO  # noqa: PLC0415

    from pyhanko.pdf_utils import generic  # noqa: PLC0415
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415
    from pyhanko.sign import fields  # noqa: PLC0415

    name, number = generic.NameObject, generic.NumberObject
    writer = IncrementalPdfFileWriter(BytesIO(octets))
    fields.append_signature_field(writer, fields.SigFieldSpec("Forged"))
    forged = generic.DictionaryObject(
        {
            name("/Type"): name("/Sig"), name("/Filter"): name("/Adobe.PPKLite"), name("/SubFilter"): name("/adbe.pkcs7.detached"),
            name("/Contents"): generic.ByteStringObject(contents), name("/ByteRange"): generic.ArrayObject(map(number, (0, 1, 2, 3))),
        }
    )  # fmt: skip
    field = writer.root["/AcroForm"]["/Fields"][0].get_object()
    field["/V"] = writer.add_object(forged)
    writer.update_container(field)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("contents", [b"", b"no CMS at all", bytes.fromhex("3003020100")])
def test_an_earlier_signature_that_is_none_is_a_finding_and_no_crash(report: SignedReport, contents: bytes) -> None:
    by = pdf_signing.load(report.signer.key, report.signer.certificate)
    octets = pdf_signing.sign(_behind_a_forgery(report.plain, contents), by, appearance(), certify=False)

    assert not pdf_verification.verify(octets).holds
