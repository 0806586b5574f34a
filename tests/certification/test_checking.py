"""A certificate is called good only if its signature holds, its time runs, and the register says that it is valid; else it is named why."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from tenderproof.certification import checking, credential, jose, paper, register
from tenderproof.certification import site as pages
from tenderproof.certification.checking import Checked
from tenderproof.certification.jose import TokenTrouble
from tenderproof.certification.register import RegisterError
from tenderproof.certification.renewal import Former
from tenderproof.seal import pdf_signing, signature
from tenderproof.spec.calendar import day_in_china
from tests.seal.identities import identity
from tests.seal.signed_pdfs import appearance

from .bodies import DAY, House
from .sites import EXPIRED, MADE, Site, published

VALID = "TP-1-VALID"


@pytest.fixture
def site(settled: House, tmp_path: Path) -> Site:
    return published(settled, tmp_path)


def _codes(done: Checked) -> list[str]:
    return [finding.code for finding in done.findings]


def _check(site: Site, number: str = VALID, days: int = 0) -> Checked:
    return checking.check(site.published / f"{number}.jwt", site.house.party, MADE + timedelta(days=days), site.published)


@pytest.mark.parametrize("number", [VALID, "TP-2-BACK"])
def test_a_valid_certificate_holds_offline(site: Site, number: str) -> None:
    done = _check(site, number)
    assert (done.holds, done.status, done.register_of) == (True, "valid", MADE.isoformat())


STOPPED = [
    ("TP-3-SUSPENDED", "suspended"), ("TP-4-WITHDRAWN", "withdrawn"), ("TP-6-CANCELLED", "cancelled"), (EXPIRED, "expired"),
    ("TP-7-OVERDUE", "overdue"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "status"), STOPPED)
def test_one_that_is_not_valid_is_named_so_though_its_signature_holds(site: Site, number: str, status: str) -> None:
    done = _check(site, number)
    assert (_codes(done), done.status) == ([status], status)


def test_the_next_check_and_the_version_that_counts_are_told(site: Site) -> None:
    done = _check(site)
    assert (f"{done.surveillance_by}", done.version) == ("2028-11-19", "1.4.2 · 2026-11-20.3")
    assert f"{_check(site, 'TP-7-OVERDUE').surveillance_by}" == "2027-11-24"


def test_a_certificate_becomes_overdue_on_the_reader_s_day_though_the_list_is_older(settled: House, tmp_path: Path) -> None:
    made = DAY + timedelta(days=360)
    site = published(settled, tmp_path, made)
    for days, codes in ((5, []), (6, ["overdue"])):
        done = checking.check(site.published / "TP-7-OVERDUE.jwt", settled.party, made + timedelta(days=days), site.published)
        assert _codes(done) == codes


def test_without_a_register_only_time_and_signature_are_known(site: Site, settled: House) -> None:
    done = checking.check(site.published / "TP-3-SUSPENDED.jwt", settled.party, MADE)
    assert (done.holds, done.register_of) == (True, "")


def test_a_day_before_its_decision_is_too_early(site: Site, settled: House) -> None:
    assert _codes(checking.check(site.published / f"{VALID}.jwt", settled.party, DAY - timedelta(days=1))) == ["not_yet_valid"]


def _edited(site: Site, change: Callable[[dict[str, object]], object]) -> None:
    """The list changed, under the old signature."""
    path = site.published / register.LIST
    said = json.loads(path.read_bytes())
    change(said)
    path.write_text(json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


def _resigned(site: Site, change: Callable[[dict[str, object]], object]) -> None:
    """The list changed and signed by the body itself: its own tokens must still bear it out."""
    _edited(site, change)
    document = (site.published / register.LIST).read_bytes()
    (site.published / register.TOKEN).write_text(register.signed(document, site.house.pen), "ascii")


def _entry(said: dict[str, object], number: str) -> dict[str, object]:
    entries = said["entries"]
    assert isinstance(entries, list)
    found: dict[str, object] = next(entry for entry in entries if entry["number"] == number)
    return found


def _stranger(site: Site) -> None:
    who = identity(site.published.parent, "stranger")
    document = (site.published / register.LIST).read_bytes()
    (site.published / register.TOKEN).write_text(register.signed(document, jose.load(who.key, None)), "ascii")


def _without(said: dict[str, object], number: str) -> None:
    entries = said["entries"]
    assert isinstance(entries, list)
    said["entries"] = [entry for entry in entries if entry["number"] != number]


def _twice(said: dict[str, object]) -> None:
    entries = said["entries"]
    assert isinstance(entries, list)
    entries.append(_entry(said, VALID))


def _page_below(site: Site) -> None:
    (site.published / "zh").mkdir()
    (site.published / "zh" / "index.HTML").write_bytes(b"<html>")


TRIALS: dict[str, tuple[Callable[[Site], object], str]] = {
    "a withdrawn entry called valid": (
        lambda s: _edited(s, lambda d: _entry(d, "TP-4-WITHDRAWN").update(status="valid")), "register_changed",
    ),
    "an entry left out": (lambda s: _edited(s, lambda d: _without(d, VALID)), "register_changed"),
    "a level raised": (lambda s: _edited(s, lambda d: _entry(d, VALID)["certificate"].update(level=1)), "register_changed"),  # type: ignore[attr-defined]
    "a longer time to believe it": (lambda s: _edited(s, lambda d: d.update(next="2099-01-01")), "register_changed"),
    "a withdrawn entry called valid, signed": (
        lambda s: _resigned(s, lambda d: _entry(d, "TP-4-WITHDRAWN").update(status="valid")), "register_entry",
    ),
    "a withdrawal left out, signed": (lambda s: _resigned(s, lambda d: _entry(d, "TP-4-WITHDRAWN").update(changes=[])), "register_entry"),
    "the first change left out, signed": (
        lambda s: _resigned(s, lambda d: _entry(d, "TP-4-WITHDRAWN").update(changes=_entry(d, "TP-4-WITHDRAWN")["changes"][1:])),  # type: ignore[index]
        "status_chain",
    ),
    "another's history, signed": (
        lambda s: _resigned(s, lambda d: _entry(d, VALID).update(changes=_entry(d, "TP-2-BACK")["changes"])), "status_other",
    ),
    "other words than the credential, signed": (
        lambda s: _resigned(s, lambda d: _entry(d, VALID).update(certificate={})), "register_entry",
    ),
    "a surveillance that nobody recorded, signed": (
        lambda s: _resigned(s, lambda d: _entry(d, "TP-7-OVERDUE").update(status="valid", surveillance_by="2028-11-24")), "register_entry",
    ),
    "another's surveillance, signed": (
        lambda s: _resigned(s, lambda d: _entry(d, "TP-7-OVERDUE").update(changes=_entry(d, VALID)["changes"])), "status_other",
    ),
    "another version that counts, signed": (lambda s: _resigned(s, lambda d: _entry(d, VALID).update(version="9")), "register_entry"),
    "a second entry under the number, signed": (lambda s: _resigned(s, _twice), "register_twice"),
    "a cancelled one called valid, signed": (
        lambda s: _resigned(s, lambda d: _entry(d, "TP-6-CANCELLED").update(status="valid")), "register_entry",
    ),
    "another number, signed": (lambda s: _resigned(s, lambda d: _entry(d, VALID).update(number="TP-77")), "register_entry"),
    "no credential, signed": (lambda s: _resigned(s, lambda d: _entry(d, VALID).update(credential="a.b.c")), "form"),
    "a stranger's signature": (_stranger, "other_key"),
    "no signature": (lambda s: (s.published / register.TOKEN).unlink(), "register_missing"),
    "no list": (lambda s: (s.published / register.LIST).unlink(), "register_missing"),
    "a certificate as the register's signature": (
        lambda s: (s.published / register.TOKEN).write_bytes((s.published / f"{VALID}.jwt").read_bytes()), "type",
    ),
    "a paper changed": (lambda s: (s.published / f"{VALID}.pdf").write_bytes(b"%PDF-1.7 other"), "file_changed"),
    "a paper gone": (lambda s: (s.published / f"{VALID}.pdf").unlink(), "file_changed"),
    "a page that calls a withdrawn one valid": (
        lambda s: (s.published / "TP-4-WITHDRAWN.html").write_bytes((s.published / f"{VALID}.html").read_bytes()), "file_changed",
    ),
    "the first page changed": (lambda s: (s.published / "index.en.html").write_bytes(b"<html>"), "file_changed"),
    "another key beside it": (lambda s: (s.published / register.KEY).write_bytes(b""), "file_changed"),
    "a page put beside it": (lambda s: (s.published / "TP-99.html").write_bytes(b"<html>"), "file_unlisted"),
    "a page put below it": (_page_below, "file_unlisted"),
    "a page under another name": (lambda s: (s.published / "TP-99.xhtml").write_bytes(b"<html>"), "file_unlisted"),
    "a picture put beside it": (lambda s: (s.published / "mark.svg").write_bytes(b"<svg/>"), "file_unlisted"),
    "a page without an ending": (lambda s: (s.published / "index").write_bytes(b"<html>"), "file_unlisted"),
    "a rule for the server that leads elsewhere": (lambda s: (s.published / ".htaccess").write_bytes(b"Redirect"), "file_unlisted"),
    "a link to another folder": (lambda s: (s.published / "more").symlink_to("/usr"), "file_unlisted"),
}  # fmt: skip


def test_a_register_that_nobody_changed_holds(site: Site) -> None:
    done = checking.check_register(site.published, site.house.party, MADE)
    assert (_codes(done), done.entries) == ([], 7)


@pytest.mark.parametrize("trial", TRIALS)
def test_every_change_of_a_register_is_named(site: Site, trial: str) -> None:
    change, code = TRIALS[trial]
    change(site)
    assert code in _codes(checking.check_register(site.published, site.house.party, MADE))


def test_an_old_register_is_not_believed(site: Site) -> None:
    assert _codes(checking.check_register(site.published, site.house.party, MADE + timedelta(days=31))) == ["register_stale"]
    assert "register_stale" in _codes(_check(site, days=31))
    assert "register_stale" in _codes(_check(site, days=-1))


def _body(settled: House, folder: Path, *, valid: tuple[int, int]) -> House:
    """The same body as its certificate was for other days."""
    key = load_pem_private_key(settled.body.key.read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return replace(settled, body=identity(folder, "of-other-days", key, valid=valid))


def test_what_the_body_signed_outside_the_time_of_its_own_certificate_is_named(site: Site, settled: House, tmp_path: Path) -> None:
    past = _body(settled, tmp_path, valid=(_days_from_now(DAY) - 400, _days_from_now(DAY) - 100)).party
    path = site.published / f"{VALID}.jwt"
    assert _codes(checking.check(path, past, DAY)) == ["body_certificate_time"]
    assert _codes(checking.check_register(site.published, past, MADE)) == ["body_certificate_time"]

    before = _days_from_now(DAY) + 1  # valid when the certificate was decided, and over when its check and the list were signed
    short = _body(settled, tmp_path, valid=(-4000, before)).party
    assert _codes(checking.check(path, short, DAY)) == []
    assert _codes(checking.check(path, short, MADE, site.published)) == ["body_certificate_time"]
    with pytest.raises(TokenTrouble, match="body_certificate_time, day 2027-11-19"):
        register.held(register.chain(site.certificates, VALID), short)


def _days_from_now(day: date) -> int:
    return (day - day_in_china(datetime.now(UTC))).days


def test_a_renewal_is_named_if_what_it_renews_is_not_there(settled: House, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    old, made = settled.certificate(number="TP-OLD"), DAY + timedelta(days=1000)
    token = credential.sign(old, settled.pen)
    new = settled.certificate(number="TP-NEW", day=made, renews=Former(old, (), token))
    for number, text in (("TP-OLD", token), ("TP-NEW", credential.sign(new, settled.pen))):
        (kept / f"{number}.jwt").write_text(text, "ascii")
    found = register.entries(kept, settled.party)
    pages.write(found, settled.pen, tmp_path / "both", made, 30)
    assert checking.check_register(tmp_path / "both", settled.party, made).holds

    alone = [entry for entry in found if entry.certificate.number == "TP-NEW"]
    pages.write(alone, settled.pen, tmp_path / "one", made, 30)
    assert _codes(checking.check_register(tmp_path / "one", settled.party, made)) == ["renews_other"]
    (kept / "TP-OLD.jwt").write_text(credential.sign(old, settled.pen), "ascii")  # another signature, another token
    with pytest.raises(RegisterError, match="TP-NEW renews TP-OLD, which is not there or is another"):
        register.entries(kept, settled.party)


def test_a_certificate_that_the_register_does_not_know_is_named(site: Site, settled: House) -> None:
    path = site.published / "new.jwt"
    path.write_text(settled.credential(number="TP-99"), "ascii")
    assert _codes(checking.check(path, settled.party, MADE, site.published)) == ["not_in_register"]
    path.write_text(settled.credential(number=VALID, level=1), "ascii")
    assert _codes(checking.check(path, settled.party, MADE, site.published)) == ["register_other"]


def _paper(house: House, folder: Path) -> Path:
    token = credential.sign(house.certificate(number=VALID), house.pen)
    page = paper.render(house.certificate(number=VALID), token, "", "zh")
    made = pdf_signing.sign(page, pdf_signing.load(house.body.key, house.body.certificate), appearance(), place=paper.PLACE)
    (folder / "paper.pdf").write_bytes(made)
    return folder / "paper.pdf"


def test_a_certificate_on_paper_holds_with_its_credential(settled: House, tmp_path: Path) -> None:
    done = checking.check(_paper(settled, tmp_path), settled.party, DAY)
    assert (_codes(done), done.certificate) == ([], settled.certificate(number=VALID))


def test_a_changed_paper_is_named(settled: House, tmp_path: Path) -> None:
    path = _paper(settled, tmp_path)
    path.write_bytes(path.read_bytes() + b"%")
    assert _codes(checking.check(path, settled.party, DAY)) == ["pdf_appended"]


def test_a_paper_of_a_stranger_is_named(settled: House, tmp_path: Path) -> None:
    who = identity(tmp_path, "stranger")
    done = checking.check(_paper(settled, tmp_path), signature.load_party(who.certificate), DAY)
    assert _codes(done) == ["signer_unknown", "other_key"]


def test_a_signed_page_without_a_credential_is_no_certificate(settled: House, tmp_path: Path) -> None:
    by = pdf_signing.load(settled.body.key, settled.body.certificate)
    (tmp_path / "page.pdf").write_bytes(pdf_signing.sign(appearance(), by, appearance()))
    assert _codes(checking.check(tmp_path / "page.pdf", settled.party, DAY)) == ["paper_without_credential"]
