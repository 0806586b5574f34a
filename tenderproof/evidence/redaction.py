"""The published view: secrets, personal data and sealed content give way to salted hashes, leaf by leaf.

A redacted leaf reads ``redacted:sha256:<hex of salt + value>``. The salt stays with the encrypted original: whoever is shown a value
and its salt can see that it is the one that was published, and nobody can guess it from the hash.
"""

import hashlib
import json
import re
import secrets
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_plus

from tenderproof import discretion

_SECRET_HEADER = re.compile(
    r"^(set-)?cookie$|authorization|token|secret|session|passw|credential|(api|app|access|private)-?key", re.IGNORECASE
)
SECRET_KEYS = frozenset({"token", "access_token", "refresh_token", "password", "current_password", "otp", "cek", "secret", "private_key"})
_TOKENS = frozenset({"token", "access_token", "refresh_token"})
PERSONAL_KEYS = frozenset({"phone", "email", "id_number", "mobile", "identity_number"})
SEALED_KEYS = frozenset({"ciphertext", "encrypted_key"})
_LEAVES = SECRET_KEYS | PERSONAL_KEYS | SEALED_KEYS
_NAMES = tuple(name.encode() for name in sorted(_LEAVES))
_MEMBERS = tuple(b'"%b"' % name for name in _NAMES)
_MOBILE = re.compile(rb'"1[3-9][0-9]{9}"')  # a mobile number of the mainland, whole, whatever its member is called
_MOBILE_DIGITS = 11
_JSON_BEGINS = (b"{", b"[", b" ", b"\n")
_FORM = re.compile(rb"[A-Za-z0-9._~%+*\[\]-]+=[^&\s<>\"]*(?:&[A-Za-z0-9._~%+*\[\]-]+=[^&\s<>\"]*)*")
_ELEMENT = re.compile(r"<((?:[\w.-]+:)?([\w.-]+))(\s[^<>]*)?>([^<>]+)</\1\s*>")


@lru_cache(maxsize=4096)
def is_secret_header(name: str) -> bool:
    """Whether a header of this name carries what opens doors."""
    return bool(_SECRET_HEADER.search(name))


@dataclass
class Redactor:
    """Redacts one observation; ``salts`` maps each published hash to its salt (hex), for the encrypted original.

    ``holds_none``: the whole observation was looked through, and none of our secrets stands in it.
    """

    salts: dict[str, str] = field(default_factory=dict)
    holds_none: bool = False

    def leaf(self, value: str) -> str:
        """The published form of one value."""
        salt = secrets.token_bytes(16)
        published = hashlib.sha256(salt + value.encode()).hexdigest()
        self.salts[published] = salt.hex()
        return f"redacted:sha256:{published}"

    def headers(self, headers: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
        """Headers, those that carry secrets redacted."""
        return [(name, self.leaf(value) if is_secret_header(name) else self.text(value)) for name, value in headers]

    def text(self, value: str) -> str:
        """A text, in which a platform may have given back a secret of ours."""
        if self.holds_none:
            return value
        return self.octets(value.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")

    def octets(self, octets: bytes) -> bytes:
        """Octets of any kind, in which a platform may have given back a secret of ours."""
        if self.holds_none:
            return octets
        return discretion.veiled(octets, lambda secret: self.leaf(secret.decode("utf-8", "surrogatepass")).encode())

    def body(self, body: bytes) -> bytes:
        """A body: JSON, a form or XML leaf by leaf; anything else as it is (pages and files are public or the tester's own).

        A secret of ours that a platform gives back gives way wherever it stands.
        """
        return self.octets(self._by_leaves(body))

    def _by_leaves(self, body: bytes) -> bytes:
        small, like_json = body.lower(), body[:1] in _JSON_BEGINS
        named = any(name in small for name in (_MEMBERS if like_json else _NAMES))
        if not named and not (like_json and _MOBILE.search(body)):
            return body
        if like_json:
            return self._json(body)
        return self._form(body) if _FORM.fullmatch(body) else self._elements(body)

    def _json(self, body: bytes) -> bytes:
        try:
            content = json.loads(body)
        except (ValueError, RecursionError):
            return body
        before = len(self.salts)
        redacted = json.dumps(self._within(content), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
        return redacted if len(self.salts) > before else body

    def _form(self, body: bytes) -> bytes:
        pairs = [part.partition("=") for part in body.decode("latin-1").split("&")]
        shown = [(name, self.leaf(unquote_plus(value)) if unquote_plus(name).lower() in _LEAVES else value) for name, _, value in pairs]
        return "&".join(f"{name}={value}" for name, value in shown).encode("latin-1")

    def _elements(self, body: bytes) -> bytes:
        try:
            text = body.decode()
        except UnicodeDecodeError:
            return body
        return _ELEMENT.sub(self._element, text).encode()

    def _element(self, found: re.Match[str]) -> str:
        whole, local, attributes, value = found.groups(default="")
        return f"<{whole}{attributes}>{self.leaf(value)}</{whole}>" if local.lower() in _LEAVES else found[0]

    def _within(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self._member(name, member) for name, member in value.items()}
        if isinstance(value, list):
            return [self._within(member) for member in value]
        return self.leaf(value) if isinstance(value, str) and _is_mobile(value) else value

    def _member(self, name: str, value: Any) -> Any:
        if name.lower() in _LEAVES and isinstance(value, str | int | float) and not isinstance(value, bool):
            if name.lower() in _TOKENS:
                discretion.keep_token(str(value))  # it may stand elsewhere in the same answer
                self.holds_none = False
            return self.leaf(str(value))
        return self._within(value)


def _is_mobile(value: str) -> bool:
    return len(value) == _MOBILE_DIGITS and value.isascii() and _MOBILE.fullmatch(f'"{value}"'.encode()) is not None
