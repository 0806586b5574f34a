"""The register lists every certificate of the body with its status and its proof, and is signed as a whole."""

import json
from datetime import date
from pathlib import Path

import pytest

from tenderproof.certification import jose, register
from tenderproof.certification.jose import TokenTrouble
from tenderproof.certification.register import RegisterError
from tests.seal.identities import identity

from .bodies import House
from .sites import EXPIRED, MADE, WANTED, certificates


def test_every_certificate_is_listed_with_its_status_and_the_reason(settled: House, tmp_path: Path) -> None:
    found = register.entries(certificates(settled, tmp_path), settled.party)

    assert {entry.certificate.number: entry.status(MADE) for entry in found} == WANTED
    assert {entry.certificate.number: entry.ground(MADE) for entry in found} == {
        "TP-1-VALID": "surveillance_passed", "TP-2-BACK": "surveillance_passed", "TP-3-SUSPENDED": "surveillance_refused",
        "TP-4-WITHDRAWN": "not_corrected",
        EXPIRED: "time", "TP-6-CANCELLED": "no_longer_operated", "TP-7-OVERDUE": "surveillance_due",
    }  # fmt: skip


def test_a_list_is_opened_by_its_signature_and_not_otherwise(settled: House, tmp_path: Path) -> None:
    document = register.listed(register.entries(certificates(settled, tmp_path), settled.party), settled.party, MADE, 30, {})
    token = register.signed(document, settled.pen)

    assert [entry["status"] for entry in register.opened(document, token, settled.party)["entries"]] == list(WANTED.values())
    with pytest.raises(TokenTrouble) as raised:
        register.opened(document.replace(b'"withdrawn"', b'"valid"    '), token, settled.party)
    assert raised.value.code == "register_changed"


def test_a_certificate_of_another_body_is_named_and_nothing_is_listed(settled: House, tmp_path: Path) -> None:
    kept = certificates(settled, tmp_path)
    other = identity(tmp_path, "other").certificate
    from tenderproof.seal import signature  # noqa: PLC0415 - this test alone

    with pytest.raises(RegisterError, match=r"TP-1-VALID.jwt or a change of it does not hold: .*TP-1-VALID.jwt"):
        register.entries(kept, signature.load_party(other))


def test_a_certificate_under_another_number_is_named(settled: House, tmp_path: Path) -> None:
    kept = certificates(settled, tmp_path)
    (kept / "TP-1-VALID.jwt").rename(kept / "TP-9.jwt")
    with pytest.raises(RegisterError, match=r"TP-9.jwt .* hold: TP-9.jwt "):
        register.entries(kept, settled.party)


@pytest.mark.parametrize("number", ["TP-404", "../TP-1-VALID", ""])
def test_a_number_that_there_is_not_is_named(settled: House, tmp_path: Path, number: str) -> None:
    with pytest.raises(RegisterError, match="There is no certificate"):
        register.chain(certificates(settled, tmp_path), number)


def test_a_folder_that_there_is_not_is_named(settled: House, tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="cannot be read"):
        register.entries(tmp_path / "none", settled.party)


def test_a_list_of_an_older_form_is_named_and_not_followed(settled: House, tmp_path: Path) -> None:
    said = json.loads(register.listed(register.entries(certificates(settled, tmp_path), settled.party), settled.party, MADE, 30, {}))
    del said["files"]
    old = json.dumps(said).encode()
    with pytest.raises(TokenTrouble, match="form"):
        register.opened(old, register.signed(old, settled.pen), settled.party)


def test_an_empty_register_is_a_register(settled: House, tmp_path: Path) -> None:
    document = register.listed(register.entries(tmp_path, settled.party), settled.party, MADE, 30, {})
    assert json.loads(document)["entries"] == []


def test_a_list_is_not_signed_while_the_body_s_own_certificate_is_out_of_its_time(tmp_path: Path) -> None:
    who = identity(tmp_path, "new", valid=(-2, 2))
    pen = jose.load(who.key, who.certificate)
    document = register.listed([], pen.party, date(2020, 1, 1), 30, {})
    with pytest.raises(RegisterError, match=r"own certificate \(--cert\) was not valid on 2020-01-01"):
        register.signed(document, pen)


def test_a_change_that_is_missing_before_others_is_named(settled: House, tmp_path: Path) -> None:
    kept = certificates(settled, tmp_path)
    (kept / "TP-4-WITHDRAWN.status-1.jwt").unlink()
    with pytest.raises(RegisterError, match=r"TP-4-WITHDRAWN\.status-1\.jwt is missing, and later changes of TP-4-WITHDRAWN are there"):
        register.entries(kept, settled.party)
