"""Who may seal, what is signed, and whom to believe."""

import base64
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat, PublicFormat

from tenderproof.seal import signature, standalone
from tenderproof.seal.signature import SealKeyError, SignatureTrouble

NOW = datetime(2026, 11, 23, tzinfo=UTC)
KEYS: dict[str, Any] = {
    "Ed25519": ed25519.Ed25519PrivateKey.generate(),
    "P-256": ec.generate_private_key(ec.SECP256R1()),
    "P-384": ec.generate_private_key(ec.SECP384R1()),
    "RSA 2048": rsa.generate_private_key(65537, 2048),
}
WEAK: dict[str, Any] = {"RSA 1024": rsa.generate_private_key(65537, 1024), "P-192": ec.generate_private_key(ec.SECP192R1())}  # noqa: S505 - weak on purpose


def written(folder: Path, key: Any, password: bytes | None = None) -> Path:
    """The key in a file."""
    protection = BestAvailableEncryption(password) if password else NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, protection))
    return folder / "key.pem"


def certificate(key: Any, issuer: Any, names: tuple[str, str], *, authority: bool = False) -> x509.Certificate:
    """A certificate that holds for a year around now."""
    subject, by = (x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]) for name in names)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(by).public_key(key.public_key()).serial_number(7)
    builder = builder.not_valid_before(NOW - timedelta(days=180)).not_valid_after(NOW + timedelta(days=180))
    builder = builder.add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    return builder.sign(issuer, None if isinstance(issuer, ed25519.Ed25519PrivateKey) else hashes.SHA256())


@pytest.mark.parametrize("kind", KEYS)
def test_a_strong_key_seals_and_both_verifiers_agree(tmp_path: Path, kind: str) -> None:
    sealer = signature.load_sealer(written(tmp_path, KEYS[kind]), None)
    signer = signature.party(sealer.pem, "signer")
    envelope = signature.sign(b"{}", sealer)

    assert signature.opened(envelope, signer) == b"{}"
    pae = b"DSSEv1 28 application/vnd.in-toto+json 2 {}"
    raw = json.loads(envelope)["signatures"][0]["sig"]
    assert standalone.signed(signer.key, base64.b64decode(raw), pae)
    assert not standalone.signed(signer.key, base64.b64decode(raw), pae + b" ")


def test_ed25519_signs_the_same_twice(tmp_path: Path) -> None:
    sealer = signature.load_sealer(written(tmp_path, KEYS["Ed25519"]), None)

    assert signature.sign(b"x", sealer) == signature.sign(b"x", sealer)


@pytest.mark.parametrize("kind", WEAK)
def test_a_weak_key_neither_seals_nor_verifies(tmp_path: Path, kind: str) -> None:
    with pytest.raises(SealKeyError, match="cannot seal"):
        signature.load_sealer(written(tmp_path, WEAK[kind]), None)
    public = WEAK[kind].public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    with pytest.raises(SealKeyError, match="cannot verify"):
        signature.party(public, "signer.pem")
    assert not standalone.signed(WEAK[kind].public_key(), b"", b"")


def test_a_key_that_cannot_be_used_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SealKeyError, match=r"nowhere\.pem cannot be read"):
        signature.load_sealer(tmp_path / "nowhere.pem", None)
    with pytest.raises(SealKeyError, match="without a password"):
        signature.load_sealer(written(tmp_path, KEYS["P-256"], b"secret"), None)
    (tmp_path / "junk.pem").write_text("junk")
    with pytest.raises(SealKeyError, match="neither a certificate nor a public key"):
        signature.load_party(tmp_path / "junk.pem")


def test_a_certificate_must_belong_to_the_key(tmp_path: Path) -> None:
    other = certificate(KEYS["P-384"], KEYS["P-384"], ("other", "other"))
    (tmp_path / "cert.pem").write_bytes(other.public_bytes(Encoding.PEM))

    with pytest.raises(SealKeyError, match="does not belong to the key"):
        signature.load_sealer(written(tmp_path, KEYS["P-256"]), tmp_path / "cert.pem")


def test_who_is_trusted_or_certified_by_somebody_trusted_is_believed_and_nobody_else() -> None:
    root = signature.Party(KEYS["P-384"].public_key(), certificate(KEYS["P-384"], KEYS["P-384"], ("root", "root"), authority=True))
    leaf = signature.Party(KEYS["P-256"].public_key(), certificate(KEYS["P-256"], KEYS["P-384"], ("leaf", "root")))
    stranger = signature.Party(KEYS["Ed25519"].public_key(), None)

    signature.require_trust(leaf, [stranger, root], NOW)
    signature.require_trust(leaf, [leaf], NOW)
    assert standalone.vouches((root.key, root.certificate), leaf.key, leaf.certificate)
    for signer, trusted in ((leaf, [stranger]), (stranger, [root]), (leaf, [])):
        with pytest.raises(SignatureTrouble, match="signer_unknown"):
            signature.require_trust(signer, trusted, NOW)


def test_a_certificate_that_is_no_authority_vouches_for_nobody() -> None:
    plain = signature.Party(KEYS["P-384"].public_key(), certificate(KEYS["P-384"], KEYS["P-384"], ("root", "root")))
    leaf = signature.Party(KEYS["P-256"].public_key(), certificate(KEYS["P-256"], KEYS["P-384"], ("leaf", "root")))

    with pytest.raises(SignatureTrouble, match="signer_unknown"):
        signature.require_trust(leaf, [plain], NOW)
    assert not standalone.vouches((plain.key, plain.certificate), leaf.key, leaf.certificate)


@pytest.mark.parametrize("days", [-181, 181])
def test_a_certificate_is_believed_within_its_time_only(days: int) -> None:
    own = signature.Party(KEYS["P-256"].public_key(), certificate(KEYS["P-256"], KEYS["P-256"], ("own", "own")))

    with pytest.raises(SignatureTrouble, match="certificate_time"):
        signature.require_trust(own, [own], NOW + timedelta(days=days))
