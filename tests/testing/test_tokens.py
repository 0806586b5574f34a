"""Tokens that are none: what can be made of two real ones, and that nothing can be made of mere names."""

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest

from tenderproof.testing.tokens import as_jwt, forged, tampered, weak_secret


def encoded(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def token(claims: dict[str, Any], secret: str, alg: str = "HS256") -> str:
    said = ".".join(encoded(json.dumps(part, separators=(",", ":")).encode()) for part in ({"alg": alg, "typ": "JWT"}, claims))
    return f"{said}.{encoded(hmac.new(secret.encode(), said.encode(), hashlib.sha256).digest())}"


@pytest.mark.parametrize("name", ["abcdef", "ABCDEF", "123456", "555555", "a.b-c_d"])
def test_a_tampered_token_differs_in_one_character_in_its_middle(name: str) -> None:
    other = tampered(name)

    assert len(other) == len(name)
    assert [place for place in range(len(name)) if name[place] != other[place]] == [len(name) // 2]


NAMES = ["abc", "a.b.c", "..", f"{encoded(b'[]')}.{encoded(b'{}')}.x", f"{encoded(b'{}')}.{encoded(b'7')}.x", "ä.ö.ü"]


@pytest.mark.parametrize("name", NAMES)
def test_a_mere_name_tells_nobody_whose_it_is(name: str) -> None:
    assert as_jwt(name) is None
    assert list(forged(name, token({"sub": "b"}, "x"))) == []
    assert list(forged(token({"sub": "b"}, "x"), name)) == []


def test_what_is_forged_claims_to_be_the_other_and_is_not_signed_for_it() -> None:
    own, other = token({"sub": "a"}, "a long and good secret"), token({"sub": "b"}, "a long and good secret")
    made = dict(forged(own, other))

    unsigned = {"no signature", *(f"no signature, algorithm {name}" for name in ("none", "None", "NONE"))}
    assert set(made) == {"another's claims under one's own signature", *unsigned}
    read = {how: as_jwt(one) for how, one in made.items()}
    assert [how for how, one in read.items() if one is None or one.claims != {"sub": "b"}] == []
    assert all(one.split(".")[2] != other.split(".")[2] for one in made.values())
    assert made["another's claims under one's own signature"].split(".")[2] == own.split(".")[2]


def test_a_secret_that_anybody_tries_first_signs_for_the_other() -> None:
    own, other = token({"sub": "a"}, "secret"), token({"sub": "b"}, "secret")

    assert dict(forged(own, other))["signed with the secret 'secret'"] == other


@pytest.mark.parametrize(("secret", "alg"), [("a long and good secret", "HS256"), ("secret", "RS256")])
def test_another_secret_or_another_algorithm_is_not_found(secret: str, alg: str) -> None:
    found = as_jwt(token({"sub": "a"}, secret, alg))

    assert found is not None
    assert weak_secret(found) is None
