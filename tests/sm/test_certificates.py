"""Certificates of SM2: whose key, by whom."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from tenderproof.sm import certificates, sm2, tool
from tests.sm_papers import Holder, drawn, holder


@pytest.fixture(scope="module")
def authority() -> Holder:
    return holder("国密测试机构")


@pytest.fixture(scope="module")
def bidder(authority: Holder) -> Holder:
    return holder("国密投标人", authority)


def test_the_key_of_a_certificate_is_read(bidder: Holder) -> None:
    assert certificates.point_of(bidder.certificate) == bidder.point


def test_a_certificate_of_another_key_has_none_of_sm2() -> None:
    assert certificates.point_of(drawn("某人", "某人")) is None


def test_an_authority_has_issued_what_it_signed_and_nothing_else(authority: Holder, bidder: Holder) -> None:
    namesake = holder("国密测试机构")
    assert certificates.issued(bidder.certificate, authority.certificate)
    assert not certificates.issued(bidder.certificate, namesake.certificate)
    assert not certificates.issued(bidder.certificate, bidder.certificate)
    assert not certificates.issued(drawn("某人", "国密测试机构"), authority.certificate)


def test_a_certificate_signed_under_another_identifier_is_not_issued(authority: Holder) -> None:
    assert not certificates.issued(holder("另一", authority, "ALICE123@YAHOO.COM").certificate, authority.certificate)


def test_openssl_says_the_same_of_the_chain(authority: Holder, bidder: Holder, tmp_path: Path) -> None:
    root = tmp_path / "root.pem"
    root.write_bytes(authority.certificate.public_bytes(Encoding.PEM))
    leaf = bidder.certificate.public_bytes(Encoding.PEM)
    good = tool.run(["verify", "-partial_chain", "-vfyopt", f"distid:{sm2.USER_ID}", "-CAfile", str(root)], leaf)
    bad = tool.run(["verify", "-partial_chain", "-CAfile", str(root)], holder("旁人").certificate.public_bytes(Encoding.PEM))
    assert (good.returncode, bad.returncode == 0) == (0, False), good.stderr
