"""An account whose log-in by password takes a one-time code as well (动态口令, RFC 6238), and the codes."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tenderproof.vocabulary import DeclarationTrouble

STEP = timedelta(seconds=30)
"""How long a code is good, as almost everybody has it."""
_DIGITS = 6


@dataclass(frozen=True)
class Coded:
    """Login name, password, and the key that makes the codes (base32, as an authenticator is given it).

    ``kept`` takes what makes a code and gives the code; a replay, which has no key, gives the code that was sent then.
    """

    login: str
    password: str = field(repr=False)
    key: str = field(repr=False)
    kept: Callable[[Callable[[], str]], str] = field(default=lambda make: make(), repr=False)

    def code(self, at: datetime) -> str:
        """The code of a moment (SHA-1, 30 seconds, six digits); DeclarationTrouble if the key is none."""
        return self.kept(lambda: self._made(at))

    def _made(self, at: datetime) -> str:
        try:
            key = base64.b32decode(self.key.replace(" ", "").upper())
        except binascii.Error as error:
            raise DeclarationTrouble(f"The key for one-time codes of the account {self.login} is not in base32: {error}.") from error
        digest = hmac.new(key, int(at.timestamp() // STEP.total_seconds()).to_bytes(8), hashlib.sha1).digest()
        start = digest[-1] & 0x0F
        return str(int.from_bytes(digest[start : start + 4]) & 0x7FFFFFFF).zfill(_DIGITS)[-_DIGITS:]
