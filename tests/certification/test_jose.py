"""A token is signed by the one algorithm that goes with the key, and stands in one form only."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from tenderproof.certification import jose
from tenderproof.certification.jose import TokenTrouble
from tenderproof.seal.signature import SealKeyError
from tests.seal.identities import Private, identity

KEYS: dict[str, Private] = {
    "ES256": ec.generate_private_key(ec.SECP256R1()),
    "ES384": ec.generate_private_key(ec.SECP384R1()),
    "Ed25519": ed25519.Ed25519PrivateKey.generate(),
}


@pytest.mark.parametrize("algorithm", KEYS)
def test_what_a_key_signed_it_opens(tmp_path: Path, algorithm: str) -> None:
    who = identity(tmp_path, "body", KEYS[algorithm])
    pen = jose.load(who.key, who.certificate)
    token = jose.sign({"b": 1, "a": "证"}, "x+jwt", pen)

    assert jose.parts(token)[0]["alg"] == algorithm
    assert jose.opened(token, "x+jwt", pen.party) == {"a": "证", "b": 1}


def test_a_key_that_signs_no_token_is_refused(tmp_path: Path) -> None:
    who = identity(tmp_path, "body", rsa.generate_private_key(65537, 2048))
    with pytest.raises(SealKeyError, match="cannot sign a credential"):
        jose.load(who.key, who.certificate)


@pytest.mark.parametrize(
    "token", ["", "a.b", "a.b.c.d", "e30.e30.", "!.!.!", "e30=.e30.e30", "W10.e30.e30", "e30.W10.e30", "e30.eyAiYSI6MX0.e30"]
)
def test_what_is_not_in_the_one_form_is_no_token(token: str, tmp_path: Path) -> None:
    who = identity(tmp_path, "body")
    with pytest.raises(TokenTrouble) as raised:
        jose.opened(token, "x+jwt", jose.load(who.key, None).party)
    assert raised.value.code in {"form", "algorithm"}


@pytest.mark.parametrize("header", [{"crit": ["exp"]}, {"jwk": {}}, {"x5u": "http://127.0.0.1"}])
def test_a_header_says_nothing_else(tmp_path: Path, header: dict[str, Any]) -> None:
    who = identity(tmp_path, "body")
    pen = jose.load(who.key, None)
    token = jose.sign({"a": 1}, "x+jwt", pen)
    more = json.dumps(jose.parts(token)[0] | header).encode()
    forged = base64.urlsafe_b64encode(more).rstrip(b"=").decode() + token[token.index(".") :]
    with pytest.raises(TokenTrouble) as raised:
        jose.opened(forged, "x+jwt", pen.party)
    assert raised.value.code == "header"
