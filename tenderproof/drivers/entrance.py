"""Who is at the candidate's entrance: workers side by side, or one with a crowd, and then nobody else."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Entering:
    """A file that the workers of a run lock: ``private`` is their folder."""

    def __init__(self, private: Path) -> None:
        self._lock = private / "entrance.lock"

    @contextmanager
    def beside_others(self) -> Iterator[None]:
        """As long as one worker is inside, nobody comes with a crowd."""
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
