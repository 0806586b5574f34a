"""What the body signed counts if its own certificate was in its time on that day."""

from datetime import date
from pathlib import Path

import pytest

from tenderproof.certification import tenure
from tenderproof.certification.jose import TokenTrouble
from tenderproof.seal import signature
from tenderproof.seal.signature import Party
from tenderproof.spec.calendar import day_in_china
from tests.seal.identities import Identity, identity


def _times(party: Party) -> tuple[date, date]:
    assert party.certificate is not None
    return day_in_china(party.certificate.not_valid_before_utc), day_in_china(party.certificate.not_valid_after_utc)


def _later(folder: Path, who: Identity, *, valid: tuple[int, int]) -> Identity:
    """Another certificate of the same key."""
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415 - this one place

    key = load_pem_private_key(who.key.read_bytes(), None)
    return identity(folder, "later", key, valid=valid)  # type: ignore[arg-type]


def test_every_day_of_the_certificate_counts_and_none_before_or_after(tmp_path: Path) -> None:
    party = signature.load_party(identity(tmp_path, "body", valid=(-10, 10)).certificate)
    first, last = _times(party)
    for day in (first, last):
        tenure.require(party, day)
    for day in (first.fromordinal(first.toordinal() - 1), last.fromordinal(last.toordinal() + 1)):
        with pytest.raises(TokenTrouble) as raised:
            tenure.require(party, day)
        assert (raised.value.code, raised.value.values) == ("body_certificate_time", {"day": f"{day}", "times": f"{first} – {last}"})


def test_a_bare_key_has_no_time(tmp_path: Path) -> None:
    tenure.require(Party(signature.load_party(identity(tmp_path, "body").certificate).key, None), date(1999, 1, 1))


def test_the_certificates_of_other_times_follow_in_the_file_if_they_are_of_the_same_key(tmp_path: Path) -> None:
    old = identity(tmp_path, "body", valid=(-800, -400))
    new = _later(tmp_path, old, valid=(-10, 10))
    stranger = identity(tmp_path, "stranger", valid=(-800, 800))
    day = _times(signature.load_party(old.certificate))[0]

    both = signature.party(new.certificate.read_bytes() + old.certificate.read_bytes(), "both")
    tenure.require(both, day)
    for pem in (new.certificate.read_bytes(), new.certificate.read_bytes() + stranger.certificate.read_bytes()):
        with pytest.raises(TokenTrouble, match="body_certificate_time"):
            tenure.require(signature.party(pem, "one"), day)


def test_a_day_begins_in_china() -> None:
    assert tenure.begin(date(2026, 11, 24)).isoformat() == "2026-11-23T16:00:00+00:00"
