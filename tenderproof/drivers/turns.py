"""Turns that workers of a run take at what they share: side by side, or one alone."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Turns:
    """A file that the workers lock."""

    def __init__(self, lock: Path) -> None:
        self._lock = lock

    @contextmanager
    def beside_others(self) -> Iterator[None]:
        """As long as one worker is inside, no other one is alone."""
        with self._locked(fcntl.LOCK_SH):
            yield

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One worker, and no other."""
        with self._locked(fcntl.LOCK_EX):
            yield

    @contextmanager
    def _locked(self, how: int) -> Iterator[None]:
        self._lock.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._lock.open("a") as lock:
            fcntl.flock(lock, how)
            yield
