"""What is made weak is weak in the one thing, and else in order."""

from pathlib import Path

import pytest
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding

from tenderproof.sm import tool
from tenderproof.testing import Identities, keys, weakness
from tenderproof.testing.identities import Authority


def test_the_short_key_is_short() -> None:
    key = keys.load_key(weakness.short_key())
    assert isinstance(key, rsa.RSAPrivateKey)
    assert key.key_size == 1024


def test_a_certificate_over_sha1_is_its_authoritys_all_the_same(identities: Identities, authority: Authority, tmp_path: Path) -> None:
    entity = identities.weak("bidder", "SHA-1")
    made = x509.load_pem_x509_certificate(entity.certificate.encode())
    (tmp_path / "root.pem").write_bytes(authority.certificate.public_bytes(Encoding.PEM))
    asked = ["verify", "-partial_chain", "-auth_level", "0", "-CAfile", str(tmp_path / "root.pem")]

    assert isinstance(made.signature_hash_algorithm, hashes.SHA1)
    assert tool.run(asked, entity.certificate.encode()).returncode == 0
    with pytest.raises((UnsupportedAlgorithm, ValueError), match=r"[Uu]nsupported|sha1"):
        made.verify_directly_issued_by(authority.certificate)


def test_a_certificate_of_a_short_key_is_its_authoritys_all_the_same(identities: Identities, authority: Authority) -> None:
    entity = identities.weak("bidder", "RSA-1024", name="甲公司")
    made = x509.load_pem_x509_certificate(entity.certificate.encode())

    made.verify_directly_issued_by(authority.certificate)
    assert isinstance(made.public_key(), rsa.RSAPublicKey)
    assert (entity.name, entity.signer.algorithm) == ("甲公司", "RS256")  # type: ignore[union-attr]
