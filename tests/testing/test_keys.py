import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from tenderproof.sm import sm2
from tenderproof.testing.keys import KeySigner, Sm2Signer, load_key, load_signer, new_key, pem


def test_a_fresh_key_is_p256_and_signs_as_jws_wants_it() -> None:
    key = load_key(new_key())
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    signer = KeySigner(key)
    signature = signer.sign(b"bid")

    assert (signer.algorithm, len(signature)) == ("ES256", 64)
    der = encode_dss_signature(int.from_bytes(signature[:32]), int.from_bytes(signature[32:]))
    key.public_key().verify(der, b"bid", ec.ECDSA(hashes.SHA256()))
    with pytest.raises(InvalidSignature):
        key.public_key().verify(der, b"bit", ec.ECDSA(hashes.SHA256()))


def test_an_rsa_key_signs_too() -> None:
    key = rsa.generate_private_key(65537, 2048)
    signer = KeySigner(load_key(pem(key)))

    key.public_key().verify(signer.sign(b"bid"), b"bid", padding.PKCS1v15(), hashes.SHA256())
    assert signer.algorithm == "RS256"


def test_keys_of_other_curves_or_behind_passwords_are_refused() -> None:
    other = ec.generate_private_key(ec.SECP384R1())
    with pytest.raises(ValueError, match="P-256"):
        load_key(pem(other))
    locked = other.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(b"pin")
    )
    with pytest.raises(ValueError, match="password"):
        load_key(locked)
    with pytest.raises(ValueError, match=r".+"):
        load_key(b"no key")


def test_openssl_reads_our_keys(tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_bytes(new_key())
    done = subprocess.run(["openssl", "pkey", "-in", str(tmp_path / "key.pem"), "-noout", "-text"], capture_output=True, check=True)  # noqa: S607

    assert b"prime256v1" in done.stdout


def test_a_key_of_sm2_signs_under_its_identifier_in_der_or_bare() -> None:
    octets = sm2.new_key()
    signer = load_signer(octets, "another")
    assert isinstance(signer, Sm2Signer)
    assert signer.algorithm == "SM2"
    point = sm2.point_of_key(octets)
    assert sm2.verify(point, b"x", signer.sign(b"x"), "another")
    assert not sm2.verify(point, b"x", signer.sign(b"x"))
    assert len(replace(signer, bare=True).sign(b"x")) == 64


def test_what_signs_is_found_by_the_key() -> None:
    assert isinstance(load_signer(new_key()), KeySigner)
    with pytest.raises(ValueError, match="neither P-256 nor RSA"):
        load_key(sm2.new_key())
    for wrong in (b"no key", pem(ec.generate_private_key(ec.SECP384R1()))):
        with pytest.raises(ValueError):  # noqa: PT011 - the library's words
            load_signer(wrong)
