import base64
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa

from tenderproof.seal import signature, statement
from tenderproof.seal.signature import Party, Sealer, SealKeyError, SignatureTrouble

from . import bundles

NOW = datetime.now(UTC)
CURVES: list[bundles.PrivateKey] = [
    ed25519.Ed25519PrivateKey.generate(),
    ec.generate_private_key(ec.SECP256R1()),
    ec.generate_private_key(ec.SECP384R1()),
]


def party_of(sealer: Sealer) -> Party:
    return signature.party(sealer.pem, "here")


def trouble(octets: bytes, signer: Party) -> str:
    with pytest.raises(SignatureTrouble) as caught:
        signature.opened(octets, signer)
    return caught.value.code


@pytest.mark.parametrize("key", [*CURVES, rsa.generate_private_key(65537, 2048)], ids=["ed25519", "p256", "p384", "rsa"])
def test_what_is_signed_is_opened_by_the_key_that_signed(key: Any, tmp_path: Path) -> None:
    sealer = bundles.sealer(tmp_path, key)

    assert signature.opened(signature.sign(b"{}", sealer), party_of(sealer)) == b"{}"


@pytest.mark.parametrize(
    "key",
    [rsa.generate_private_key(65537, 1024), ec.generate_private_key(ec.SECP256K1()), dsa.generate_private_key(2048)],  # noqa: S505 - weak on purpose
)
def test_a_weak_or_unknown_key_seals_nothing(key: Any, tmp_path: Path) -> None:
    with pytest.raises(SealKeyError, match="cannot seal"):
        bundles.sealer(tmp_path, key)


def test_a_key_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "no.pem").write_text("no key")
    with pytest.raises(SealKeyError, match="holds no private key"):
        signature.load_sealer(tmp_path / "no.pem", None)
    with pytest.raises(SealKeyError, match="cannot be read"):
        signature.load_sealer(tmp_path / "absent.pem", None)
    with pytest.raises(SealKeyError, match="neither a certificate nor a public key"):
        signature.load_party(tmp_path / "no.pem")


def test_a_certificate_of_another_key_is_refused(tmp_path: Path) -> None:
    key, other = CURVES[1], CURVES[2]
    with pytest.raises(SealKeyError, match="does not belong"):
        bundles.sealer(tmp_path, key, bundles.certificate("a", other, "a", other))


def spoiled(envelope: bytes, way: str) -> bytes:
    content = json.loads(envelope)
    only = content["signatures"][0]
    match way:
        case "payload":
            content["payload"] = base64.b64encode(b"[]").decode()
        case "type":
            content["payloadType"] = "text/plain"
        case "stripped":
            content["signatures"] = []
        case "twice":
            content["signatures"] *= 2
        case "keyid":
            only["keyid"] = "0" * 64
        case "signature":
            octets = bytearray(base64.b64decode(only["sig"]))
            octets[7] ^= 1
            only["sig"] = base64.b64encode(bytes(octets)).decode()
        case "algorithm":
            only["alg"] = "none"
        case "more":
            content["note"] = ""
        case "form":
            return json.dumps(content, indent=1).encode()
    return rfc8785.dumps(content)


@pytest.mark.parametrize(
    ("way", "code"),
    [
        ("payload", "signature_wrong"),
        ("type", "payload_type"),
        ("stripped", "signature_missing"),
        ("twice", "signature_count"),
        ("keyid", "signature_other_key"),
        ("signature", "signature_wrong"),
        ("algorithm", "envelope_form"),
        ("more", "envelope_form"),
        ("form", "envelope_form"),
    ],
)
def test_each_way_to_spoil_an_envelope_is_named(way: str, code: str, tmp_path: Path) -> None:
    sealer = bundles.sealer(tmp_path)

    assert trouble(spoiled(signature.sign(b"{}", sealer), way), party_of(sealer)) == code


@pytest.mark.parametrize("octets", [b"", b"[]", b"{}", b'{"payload": 1}', b"[" * 100_000])
def test_what_is_no_envelope_is_named(octets: bytes, tmp_path: Path) -> None:
    assert trouble(octets, party_of(bundles.sealer(tmp_path))) == "envelope_form"
    assert statement.PAYLOAD_TYPE == "application/vnd.in-toto+json"


def test_who_is_trusted_is_the_signer_or_who_issued_its_certificate() -> None:
    body, key, stranger = CURVES[1], CURVES[0], CURVES[2]
    authority = signature.party(bundles.certificate("CA", body, "CA", body, authority=True), "")
    no_authority = signature.party(bundles.certificate("CA", body, "CA", body), "")
    signer = signature.party(bundles.certificate("Lab", key, "CA", body), "")
    bare = signature.party(bundles.public_pem(key), "")

    signature.require_trust(signer, [authority], NOW)
    signature.require_trust(bare, [signer], NOW)
    for one, trusted in ((signer, no_authority), (bare, authority), (signer, signature.party(bundles.public_pem(stranger), ""))):
        with pytest.raises(SignatureTrouble, match="signer_unknown"):
            signature.require_trust(one, [trusted], NOW)


def test_a_certificate_counts_within_its_time_alone() -> None:
    signer = signature.party(bundles.certificate("Lab", CURVES[0], "CA", CURVES[1], days=10), "")

    signature.require_trust(signer, [signer], NOW)
    for moment in (NOW + timedelta(days=11), NOW - timedelta(days=401)):
        with pytest.raises(SignatureTrouble, match="certificate_time"):
            signature.require_trust(signer, [signer], moment)
