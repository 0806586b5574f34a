"""A credential holds for the body that signed it and for what it signed; each change of it is named."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import rfc8785

from tenderproof.certification import credential, jose
from tenderproof.certification.credential import CredentialError
from tenderproof.certification.jose import TokenTrouble
from tests.seal.identities import identity

from .bodies import House


def test_it_is_a_verifiable_credential_of_the_body(settled: House) -> None:
    header, claims = jose.parts(settled.credential())

    assert (header["typ"], header["alg"]) == ("vc+jwt", "ES256")
    assert claims["type"] == ["VerifiableCredential", "TenderingPlatformCertificate"]
    assert (claims["validFrom"], claims["validUntil"]) == ("2026-11-23T16:00:00Z", "2029-11-24T16:00:00Z")
    assert credential.opened(settled.credential(), settled.party) == settled.certificate()


def _piece(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def _headed(token: str, **changes: Any) -> str:
    header = jose.parts(token)[0] | changes
    return ".".join([_piece(json.dumps(header).encode()), *token.split(".")[1:]])


def _claiming(token: str, change: Callable[[dict[str, Any]], object]) -> str:
    claims = jose.parts(token)[1]
    change(claims)
    first, _, last = token.split(".")
    return f"{first}.{_piece(rfc8785.dumps(claims))}.{last}"


def _subject(claims: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = claims["credentialSubject"]["certificate"]
    return found


def _symmetric(token: str, house: House) -> str:
    """HS256 with the body's public key as the secret, the classic confusion."""
    start = ".".join(_headed(token, alg="HS256").split(".")[:2])
    secret = house.body.certificate.read_bytes()
    return f"{start}.{_piece(hmac.new(secret, start.encode(), hashlib.sha256).digest())}"


def _signed_anew(claims: Mapping[str, Any], house: House, kind: str = credential.TYPE) -> str:
    return jose.sign(claims, kind, house.pen)


def _other_pen(house: House) -> jose.Pen:
    who = identity(house.folder, "stranger")
    return jose.load(who.key, who.certificate)


TRIALS: dict[str, tuple[Callable[[str, House], str], str]] = {
    "algorithm none": (lambda t, _: _headed(t, alg="none").rpartition(".")[0] + ".", "algorithm"),
    "algorithm none, signature kept": (lambda t, _: _headed(t, alg="none"), "algorithm"),
    "HS256 with the public key": (_symmetric, "algorithm"),
    "another algorithm of the same family": (lambda t, _: _headed(t, alg="ES384"), "algorithm"),
    "no algorithm": (lambda t, _: _headed(t, alg=None), "algorithm"),
    "another type": (lambda t, _: _headed(t, typ="jwt"), "type"),
    "a key in the header": (lambda t, _: _headed(t, jwk={"kty": "EC"}), "header"),
    "another key id": (lambda t, _: _headed(t, kid="0" * 64), "other_key"),
    "another level": (lambda t, _: _claiming(t, lambda c: _subject(c).update(level=2)), "signature"),
    "another version": (lambda t, _: _claiming(t, lambda c: _subject(c)["scope"].update(version="9")), "signature"),
    "longer validity": (lambda t, _: _claiming(t, lambda c: _subject(c).update(valid_until="2039-01-01")), "signature"),
    "another holder": (lambda t, _: _claiming(t, lambda c: _subject(c)["holder"].update(name="他人")), "signature"),
    "a flipped bit in the signature": (lambda t, _: t[:-9] + ("A" if t[-9] != "A" else "B") + t[-8:], "signature"),
    "no signature": (lambda t, _: t.rpartition(".")[0] + ".", "signature"),
    "cut short": (lambda t, _: t[:-30], "signature"),
    "payload with spaces": (
        lambda t, _: ".".join([t.split(".")[0], _piece(json.dumps(jose.parts(t)[1]).encode()), t.split(".")[2]]), "form",
    ),
    "padding": (lambda t, _: t + "=", "form"),
    "a stranger's signature": (lambda t, h: jose.sign(jose.parts(t)[1], credential.TYPE, _other_pen(h)), "other_key"),
    "a stranger's signature under the body's key id": (
        lambda t, h: _headed(jose.sign(jose.parts(t)[1], credential.TYPE, _other_pen(h)), kid=h.party.keyid), "signature",
    ),
    "claims that contradict the certificate, signed": (
        lambda t, h: _signed_anew(jose.parts(t)[1] | {"validUntil": "2039-01-01T00:00:00Z"}, h), "claims",
    ),
    "another issuer, signed": (lambda t, h: _signed_anew(jose.parts(t)[1] | {"issuer": {"id": "urn:x", "name": "x"}}, h), "claims"),
    "no certificate, signed": (lambda _, h: _signed_anew({"credentialSubject": {}}, h), "claims"),
    "signed as something else": (lambda t, h: _signed_anew(jose.parts(t)[1], h, "certificate-status+jwt"), "type"),
}  # fmt: skip


@pytest.mark.parametrize("trial", TRIALS)
def test_every_change_is_named(settled: House, trial: str) -> None:
    change, code = TRIALS[trial]
    with pytest.raises(TokenTrouble) as raised:
        credential.opened(change(settled.credential(), settled), settled.party)
    assert raised.value.code == code


def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CredentialError, match="cannot be read as a credential"):
        credential.text(tmp_path / "b.jwt")


def test_a_file_that_is_no_text_is_answered_with_what_to_name(tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(b"PK\x87")
    with pytest.raises(CredentialError, match=r"it is no text; name a certificate"):
        credential.text(tmp_path / "b.zip")
