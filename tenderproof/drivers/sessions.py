"""Sessions of the declared accounts, one each for all workers: a platform may end the older session of an account."""

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


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
