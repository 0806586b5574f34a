import base64
import json

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from joserfc.jwe import decrypt_json
from joserfc.jwk import ECKey
from jwcrypto.jwe import JWE
from jwcrypto.jwk import JWK

from tenderproof.drivers import sealing
from tenderproof.testing.identities import Identities, Identity
from tenderproof.testing.keys import pem
from tenderproof.vocabulary import DeclarationTrouble

CONTENT = {
    "section_code": "S", "bidder_name": "甲", "uscc": "91", "tool": {}, "author": "乙", "price": "1.00", "bond_amount": "2.00",
    "period_days": 9, "quality": "合格", "project_leader": "丙", "validity_days": 90, "files": [], "responses": {},
}  # fmt: skip


def test_what_is_sealed_opens_with_the_recipients_key_and_with_no_other(identity: Identity) -> None:
    assert identity.encryption_key is not None
    jwe = sealing.seal(b"secret", identity.encryption_certificate)
    key = ECKey.import_key(pem(identity.encryption_key))

    assert decrypt_json(jwe, key, algorithms=["ECDH-ES+A256KW", "A256GCM"]).plaintext == b"secret"  # type: ignore[arg-type]
    assert b"secret" not in json.dumps(jwe).encode()


def test_the_content_key_alone_opens_a_seal_as_the_platform_does_it(identity: Identity) -> None:
    assert identity.encryption_key is not None
    jwe = sealing.seal(b"secret", identity.encryption_certificate)
    key = sealing.content_key(jwe, identity.encryption_key)
    iv, ciphertext, tag = (base64.urlsafe_b64decode(jwe[name] + "==") for name in ("iv", "ciphertext", "tag"))

    assert len(key) == 32
    assert AESGCM(key).decrypt(iv, ciphertext + tag, jwe["protected"].encode()) == b"secret"


@pytest.mark.parametrize("form", ["flattened", "general", "with further data"])
def test_a_header_is_covered_as_its_sender_spelt_it(identity: Identity, form: str) -> None:
    key = identity.encryption_key
    assert key is not None
    spelt = '{ "enc" : "A256GCM",\n"alg":"ECDH-ES+A256KW" }'
    more = b"more" if form == "with further data" else None
    message = JWE(b"secret", spelt, aad=more, recipient=JWK.from_pem(identity.encryption_certificate.encode()))
    jwe = json.loads(message.serialize())
    if form == "general":
        jwe["recipients"] = [{name: jwe.pop(name) for name in ("header", "encrypted_key")}]
    iv, ciphertext, tag = (base64.urlsafe_b64decode(jwe[name] + "==") for name in ("iv", "ciphertext", "tag"))
    covered = jwe["protected"] + (f".{jwe['aad']}" if more else "")

    assert base64.urlsafe_b64decode(jwe["protected"] + "==").decode() == spelt
    assert AESGCM(sealing.content_key(jwe, key)).decrypt(iv, ciphertext + tag, covered.encode()) == b"secret"


def test_a_key_that_does_not_fit_the_certificate_is_the_declarations_fault(identity: Identity, identities: Identities) -> None:
    jwe = sealing.seal(b"secret", identity.encryption_certificate)
    other = identities.fresh("bidder").encryption_key
    assert other is not None

    with pytest.raises(DeclarationTrouble, match="does not open"):
        sealing.content_key(jwe, other)


def test_the_price_stands_in_its_own_segment_alone() -> None:
    found = sealing.segments(CONTENT, ("business", "technical", "price"))

    assert [name for name, part in found.items() if "price" in part] == ["price"]
    assert {name for part in found.values() for name in part} == set(CONTENT)
    assert all(part["section_code"] == "S" for part in found.values())
    assert sealing.segments(CONTENT, ("bid",)) == {"bid": CONTENT}


def test_released_keys_name_their_segment_and_layer(identity: Identity) -> None:
    assert identity.encryption_key is not None
    jwe = sealing.seal(b"secret", identity.encryption_certificate)
    released = sealing.released({"price": jwe}, identity.encryption_key, "bidder")

    assert [(key["segment"], key["layer"]) for key in released] == [("price", "bidder")]
    assert len(released[0]["cek"]) == 43


@pytest.mark.parametrize("octets", [b"", b"[]", b"no json"])
def test_what_a_bid_maker_gives_must_be_a_sealed_file(octets: bytes) -> None:
    with pytest.raises(DeclarationTrouble, match="bid maker"):
        sealing.parse(octets)
