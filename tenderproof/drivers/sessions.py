"""Sessions of the declared accounts, one each for all workers: a platform may end the older session of an account."""

import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from tenderproof.evidence.chance import SESSION, Chance
from tenderproof.testing.answers import Answer
from tenderproof.testing.identities import Identity
from tenderproof.testing.records import Session
from tenderproof.vocabulary import DeclarationTrouble


class Sessions:
    """Tokens by account, in a file that only the run's own workers read. ``log_in`` gives a fresh token for an account."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file, self._lock = folder / "sessions.json", folder / "sessions.lock"

    def token(self, account: str, log_in: Callable[[], str]) -> str:
        """The account's token; it logs in if nobody has."""
        with self._alone() as tokens:
            if account not in tokens:
                tokens[account] = log_in()
            return tokens[account]

    def renewed(self, account: str, dead: str, log_in: Callable[[], str]) -> str:
        """A token instead of a dead one: another worker's newer one, or a fresh one."""
        with self._alone() as tokens:
            if tokens.get(account, dead) == dead:
                tokens[account] = log_in()
            return tokens[account]

    def forget(self, account: str) -> None:
        """The account has logged out."""
        with self._alone() as tokens:
            tokens.pop(account, None)

    @contextmanager
    def _alone(self) -> Iterator[dict[str, str]]:
        """All tokens, while no other worker reads or writes them."""
        with self._lock.open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            tokens = json.loads(self._file.read_text("utf-8")) if self._file.exists() else {}
            yield tokens
            fresh = self._file.with_suffix(".new")
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                json.dump(tokens, file)
            fresh.replace(self._file)


class OpenSessions:
    """The sessions of a driver's people as one worker holds them; what is kept of one is its token, whatever requests show of it.

    ``log_in`` opens one for an identity; ``apart`` is the driver's own: what is sent to log in belongs to no check.
    """

    def __init__(
        self,
        private: Path,
        chance: Chance,
        apart: Callable[[str], AbstractContextManager[None]],
        log_in: Callable[[Identity], Answer[Session]],
    ) -> None:
        self._shared, self._chance, self._apart, self._log_in = Sessions(private), chance, apart, log_in
        self._tokens: dict[str, str] = {}

    def of(self, identity: Identity) -> str:
        """The token of an identity's session; it is opened if there is none."""
        key = session_of(identity)
        if key not in self._tokens:
            self._tokens[key] = self._taken(
                key, lambda: self._shared.token(key, lambda: self._opened(identity)) if identity.account else self._opened(identity)
            )
        return self._tokens[key]

    def renewed(self, identity: Identity, dead: str) -> str:
        """The token of a session instead of one that the platform has ended."""
        key = session_of(identity)
        self._tokens[key] = self._taken(
            key, lambda: self._shared.renewed(key, dead, lambda: self._opened(identity)) if identity.account else self._opened(identity)
        )
        return self._tokens[key]

    def forget(self, identity: Identity) -> None:
        """The session is closed."""
        self._tokens.pop(session_of(identity), None)
        if identity.account:
            self._shared.forget(identity.account)

    def _taken(self, key: str, take: Callable[[], str]) -> str:
        """A session as this worker came by it, also from another worker: recorded as an input."""
        with self._apart(f"token:{key}"):
            return self._chance.made(SESSION, lambda: take().encode(), secret=True).decode()

    def _opened(self, identity: Identity) -> str:
        with self._apart(f"session:{session_of(identity)}"):
            opened = self._log_in(identity)
            if opened.refused:
                raise DeclarationTrouble(f"The account {identity.account or identity.name} cannot log in: {opened!r}")
            return opened.value.token


def session_of(identity: Identity) -> str:
    """By what a session is known: the declared account, else the certificate's fingerprint."""
    return identity.account or hashlib.sha256(identity.certificate.encode("ascii")).hexdigest()[:16]
