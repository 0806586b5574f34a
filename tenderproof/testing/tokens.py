"""Session tokens that are none (伪造令牌): one with a changed character, and where a token tells whose it is, ones that tell it falsely."""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

_WEAK = ("secret", "password", "123456", "12345678", "admin", "key", "jwt", "token", "changeme", "your-256-bit-secret", "default", "")
_DIGESTS = {"HS256": hashlib.sha256, "HS384": hashlib.sha384, "HS512": hashlib.sha512}


class Jwt(NamedTuple):
    """A token in three parts that tells whose it is (RFC 7519): its header, what it claims, and the parts as they were written."""

    header: dict[str, Any]
    claims: dict[str, Any]
    parts: tuple[str, str, str]


def tampered(token: str) -> str:
    """The token with one character in its middle changed into another of its kind."""
    place = len(token) // 2
    other = "A" if token[place].islower() else "a" if token[place].isupper() else "5" if token[place] != "5" else "6"
    return token[:place] + other + token[place + 1 :]


def as_jwt(token: str) -> Jwt | None:
    """The token as one that tells whose it is; None if it is a mere name."""
    parts = token.split(".")
    header, claims = (_object(part) for part in parts[:2]) if len(parts) == len(Jwt._fields) else (None, None)
    return Jwt(header, claims, (parts[0], parts[1], parts[2])) if header is not None and claims is not None else None


def forged(own: str, anothers: str) -> Iterator[tuple[str, str]]:
    """What somebody with a token of its own can make to pass for another, each with how: nothing where tokens are mere names."""
    mine, other = as_jwt(own), as_jwt(anothers)
    if mine is None or other is None:
        return
    yield "another's claims under one's own signature", ".".join((mine.parts[0], other.parts[1], mine.parts[2]))
    for name in ("none", "None", "NONE"):
        yield f"no signature, algorithm {name}", f"{_written({**mine.header, 'alg': name})}.{other.parts[1]}."
    yield "no signature", ".".join((*other.parts[:2], ""))
    secret = weak_secret(mine)
    if secret is not None:
        yield f"signed with the secret {secret!r}", _signed(mine.header, other.parts[1], secret)


def weak_secret(token: Jwt) -> str | None:
    """The word with which a token is signed, if it is one that anybody tries first."""
    return next((word for word in _WEAK if _signed(token.header, token.parts[1], word).rpartition(".")[2] == token.parts[2]), None)


def _signed(header: dict[str, Any], claims: str, secret: str) -> str:
    digest = _DIGESTS.get(str(header.get("alg")))
    said = f"{_written(header)}.{claims}"
    return f"{said}.{_encoded(hmac.new(secret.encode(), said.encode(), digest).digest())}" if digest else f"{said}.-"


def _object(part: str) -> dict[str, Any] | None:
    try:
        found = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (binascii.Error, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _written(header: dict[str, Any]) -> str:
    return _encoded(json.dumps(header, separators=(",", ":")).encode())


def _encoded(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()
