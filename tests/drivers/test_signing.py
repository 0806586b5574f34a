import base64
import json

import pytest
import rfc8785
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from joserfc import jws
from joserfc.jwk import ECKey

from tenderproof.drivers import signing
from tenderproof.sm import messages
from tenderproof.testing.identities import Identity
from tenderproof.testing.keys import Sm2Signer
from tenderproof.vocabulary import DeclarationTrouble
from tests.sm_papers import holder


class Wide(jws.JWSRegistry):
    """Headers with certificates are longer than the library expects."""

    max_header_length = 65536


def key_of(identity: Identity) -> ECKey:
    return ECKey.import_key(identity.signer.key.public_key())  # type: ignore[union-attr]


def test_another_library_verifies_a_detached_signature_over_canonical_json(identity: Identity) -> None:
    content = {"b": "金额", "a": {"price": "1.00"}}
    head, nothing, tail = signing.detached(identity, content).split(".")
    payload = signing.encode(rfc8785.dumps({"a": {"price": "1.00"}, "b": "金额"}))

    assert nothing == ""
    found = jws.deserialize_compact(f"{head}.{payload}.{tail}", key_of(identity), registry=Wide(algorithms=["ES256"]))
    assert found.payload == '{"a":{"price":"1.00"},"b":"金额"}'.encode()


def test_the_header_carries_the_certificate(identity: Identity) -> None:
    head = signing.compact(identity, b"nonce").partition(".")[0]
    header = json.loads(base64.urlsafe_b64decode(head + "=="))

    assert header["alg"] == "ES256"
    certificate = x509.load_der_x509_certificate(base64.b64decode(header["x5c"][0]))
    assert certificate == x509.load_pem_x509_certificate(identity.certificate.encode())


def test_who_has_no_key_cannot_sign() -> None:
    with pytest.raises(DeclarationTrouble, match="auditor-1 has no certificate and key"):
        signing.detached(Identity("auditor", "审计", "", account="auditor-1"), {})


def test_who_has_a_key_of_sm2_signs_by_a_message_over_the_same_octets() -> None:
    someone = holder("国密投标人")
    pem = someone.certificate.public_bytes(Encoding.PEM).decode()
    identity = Identity("bidder", "国密投标人", "1", pem, Sm2Signer(someone.key))
    apart = messages.read(messages.octets_of(signing.detached(identity, {"b": 1, "a": "金"})))
    whole = messages.read(messages.octets_of(signing.compact(identity, b"challenge")))

    assert apart.content is None
    assert messages.holds(apart, '{"a":"金","b":1}'.encode())
    assert whole.content == b"challenge"
    assert messages.holds(whole, b"challenge")
    assert apart.certificate == someone.certificate


def test_without_a_certificate_nothing_is_signed_by_sm2() -> None:
    with pytest.raises(DeclarationTrouble, match="no certificate"):
        signing.compact(Identity("bidder", "甲", "1", "", Sm2Signer(b"")), b"x")
