"""The published view: secrets, personal data and sealed content give way to salted hashes, leaf by leaf.

A redacted leaf reads ``redacted:sha256:<hex of salt + value>``. The salt stays with the encrypted original: whoever is shown a value
and its salt can see that it is the one that was published, and nobody can guess it from the hash.
"""

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

SECRET_HEADERS = frozenset({"authorization", "cookie", "set-cookie", "proxy-authorization", "x-api-key"})
SECRET_KEYS = frozenset({"token", "access_token", "refresh_token", "password", "current_password", "otp", "cek", "secret", "private_key"})
PERSONAL_KEYS = frozenset({"phone", "email", "id_number", "mobile", "identity_number"})
SEALED_KEYS = frozenset({"ciphertext", "encrypted_key"})
_LEAVES = SECRET_KEYS | PERSONAL_KEYS | SEALED_KEYS
_MARKERS = tuple(f'"{name}"'.encode() for name in sorted(_LEAVES))


@dataclass
class Redactor:
    """Redacts one observation; ``salts`` maps each published hash to its salt (hex), for the encrypted original."""

    salts: dict[str, str] = field(default_factory=dict)

    def leaf(self, value: str) -> str:
        """The published form of one value."""
        salt = secrets.token_bytes(16)
        published = hashlib.sha256(salt + value.encode()).hexdigest()
        self.salts[published] = salt.hex()
        return f"redacted:sha256:{published}"

    def headers(self, headers: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
        """Headers, those that carry secrets redacted."""
        return [(name, self.leaf(value) if name.lower() in SECRET_HEADERS else value) for name, value in headers]

    def body(self, body: bytes) -> bytes:
        """A body: JSON leaf by leaf; anything else as it is (pages and files of a candidate are public or the tester's own)."""
        if not any(marker in body for marker in _MARKERS):
            return body
        try:
            content = json.loads(body)
        except (ValueError, RecursionError):
            return body
        before = len(self.salts)
        redacted = json.dumps(self._within(content), ensure_ascii=False, separators=(",", ":")).encode()
        return redacted if len(self.salts) > before else body

    def _within(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self._member(name, member) for name, member in value.items()}
        if isinstance(value, list):
            return [self._within(member) for member in value]
        return value

    def _member(self, name: str, value: Any) -> Any:
        if name.lower() in _LEAVES and isinstance(value, str | int | float) and not isinstance(value, bool):
            return self.leaf(str(value))
        return self._within(value)
