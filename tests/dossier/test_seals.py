"""A sealed PDF counts only whole, sealed by whom the paper names, in time, under an authority that the auditor names."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tenderproof.dossier import seals
from tenderproof.dossier.envelope import PaperFault
from tests.sm_papers import holder

from . import sealed_pdfs
from .sealed_pdfs import Seal

GOOD, UNTIL = Seal(), date(2026, 11, 2)
SINCE = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return GOOD.on(sealed_pdfs.blank())


def fault(
    tmp_path: Path, octets: bytes, name: str = "report.pdf", issuer: str = GOOD.organisation, authority: str = sealed_pdfs.AUTHORITY
) -> str:
    """The code of the fault of a file, empty if it is sealed."""
    (tmp_path / name).write_bytes(octets)
    try:
        seals.require_sealed({name: tmp_path / name}, issuer, UNTIL, [sealed_pdfs.authority(authority)])
    except PaperFault as found:
        return found.code
    return ""


def test_a_report_that_its_issuer_sealed_counts(tmp_path: Path, sealed: bytes) -> None:
    assert fault(tmp_path, sealed) == ""
    assert fault(tmp_path, sealed, "报告.PDF", f" {GOOD.organisation} ") == ""


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda octets: octets.replace(b"100", b"101", 1), "seal_broken"),
        (lambda octets: octets[:-30], "seal_broken"),
        (lambda octets: octets + b"\n% more\n", "seal_broken"),
        (lambda _: b"no PDF at all", "seal_broken"),
        (lambda _: b"", "seal_broken"),
        (lambda _: sealed_pdfs.blank(), "seal_absent"),
    ],
    ids=["an octet changed", "cut", "added to", "no PDF", "empty", "not sealed"],
)
def test_what_is_not_whole_does_not_count(tmp_path: Path, sealed: bytes, spoil: Callable[[bytes], bytes], code: str) -> None:
    assert fault(tmp_path, spoil(sealed)) == code


@pytest.mark.parametrize(
    ("seal", "code"),
    [
        (replace(GOOD, organisation="别的公司"), "seal_of_another"),
        (replace(GOOD, issued_by="自称的机构"), "seal_unknown_authority"),
        (replace(GOOD, used=datetime(2026, 11, 3, tzinfo=UTC)), "seal_late"),
        (replace(GOOD, valid_from=datetime(2026, 11, 2, tzinfo=UTC)), "seal_not_valid"),
        (replace(GOOD, valid_from=datetime(2025, 1, 1, tzinfo=UTC)), "seal_not_valid"),
    ],
    ids=["of another", "by whoever calls itself an authority", "after the paper", "before its time", "after its time"],
)
def test_a_seal_that_says_something_else_does_not_count(tmp_path: Path, seal: Seal, code: str) -> None:
    assert fault(tmp_path, seal.on(sealed_pdfs.blank())) == code


def test_an_authority_is_known_by_its_key_and_by_its_capacity_alone(tmp_path: Path, sealed: bytes) -> None:
    (tmp_path / "report.pdf").write_bytes(sealed)
    stranger, laboratory = sealed_pdfs.authority("别的机构"), replace(sealed_pdfs.authority(), capacity="laboratory")

    for known in ([], [stranger], [laboratory]):
        with pytest.raises(PaperFault, match="seal_unknown_authority"):
            seals.require_sealed({"report.pdf": tmp_path / "report.pdf"}, GOOD.organisation, UNTIL, known)


def test_there_must_be_a_pdf_and_every_one_must_be_sealed(tmp_path: Path, sealed: bytes) -> None:
    for name, octets in {"a.pdf": sealed, "b.pdf": sealed_pdfs.blank(), "c.txt": b"x"}.items():
        (tmp_path / name).write_bytes(octets)

    def require(*names: str) -> None:
        seals.require_sealed({name: tmp_path / name for name in names}, GOOD.organisation, UNTIL, [sealed_pdfs.authority()])

    require("a.pdf", "c.txt")
    with pytest.raises(PaperFault, match="seal_no_pdf"):
        require("c.txt")
    with pytest.raises(PaperFault, match="seal_absent"):
        require("a.pdf", "b.pdf")


def test_a_seal_by_sm2_is_read_under_its_own_authority(tmp_path: Path, sealed: bytes) -> None:
    known, root = sealed_pdfs.sm_authority()
    file = tmp_path / "report.pdf"

    def require(octets: bytes) -> None:
        file.write_bytes(octets)
        seals.require_sealed({"report.pdf": file}, GOOD.organisation, UNTIL, [sealed_pdfs.authority(), known])

    whole = sealed_pdfs.sealed_by_sm2(sealed, holder(GOOD.organisation, root, since=SINCE))
    require(whole)
    for octets, code in (
        (whole.replace(b"100", b"101", 1), "seal_broken"),
        (whole + b"\n", "seal_broken"),
        (sealed_pdfs.sealed_by_sm2(sealed, holder(GOOD.organisation, root, since=SINCE), b"another file"), "seal_broken"),
        (sealed_pdfs.sealed_by_sm2(sealed, holder("别的公司", root, since=SINCE)), "seal_of_another"),
        (
            sealed_pdfs.sealed_by_sm2(sealed, holder(GOOD.organisation, holder(sealed_pdfs.AUTHORITY), since=SINCE)),
            "seal_unknown_authority",
        ),
    ):
        with pytest.raises(PaperFault, match=code):
            require(octets)


def test_the_place_of_a_seal_holds_its_message_and_nothing_else(tmp_path: Path, sealed: bytes) -> None:
    known, root = sealed_pdfs.sm_authority()
    whole = sealed_pdfs.sealed_by_sm2(sealed, holder(GOOD.organisation, root, since=SINCE))
    at = whole.rindex(b"00>")
    (tmp_path / "report.pdf").write_bytes(whole[:at] + b"41>" + whole[at + 3 :])
    with pytest.raises(PaperFault, match="seal_broken"):
        seals.require_sealed({"report.pdf": tmp_path / "report.pdf"}, GOOD.organisation, UNTIL, [known])


@pytest.mark.parametrize("why", ["another form", "another algorithm", "no command"])
def test_a_seal_that_cannot_be_read_here_is_not_called_broken(
    tmp_path: Path, sealed: bytes, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, root = sealed_pdfs.sm_authority()
    whole = sealed_pdfs.sealed_by_sm2(sealed, holder(GOOD.organisation, root, since=SINCE))
    if why == "another form":
        whole = sealed.replace(b"/adbe.pkcs7.detached", b"/GM.sm2seal         ")
    elif why == "another algorithm":
        whole = whole.replace(b"06082a811ccf55018311", b"06082a811ccf55018312")
    else:
        monkeypatch.setenv("PATH", "")
    (tmp_path / "report.pdf").write_bytes(whole)
    with pytest.raises(PaperFault, match="seal_not_read") as found:
        seals.require_sealed({"report.pdf": tmp_path / "report.pdf"}, GOOD.organisation, UNTIL, [known])
    assert found.value.values["found"]
