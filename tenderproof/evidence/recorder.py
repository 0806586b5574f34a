"""The recorder: knows which check is running, numbers its observations, and hands them to the sink."""

from collections.abc import Iterator
from contextlib import contextmanager

from tenderproof.evidence.observation import Key, Observation
from tenderproof.evidence.sink import Sink

BETWEEN = "run::between-checks"
_SHARED = "shared::"


class Recorder:
    """One a worker. Observations made while no check runs (log-in of a session, shared set-up) are kept under ``run::between-checks``."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._check, self._attempt, self._ordinals = BETWEEN, 1, {BETWEEN: 0}

    @property
    def check(self) -> str:
        """The check that is running."""
        return self._check

    @property
    def is_apart(self) -> bool:
        """Whether what happens now belongs to no check (see :meth:`apart`)."""
        return self._check.startswith(_SHARED)

    @property
    def last_ordinal(self) -> int:
        """The ordinal of the last observation of the running check; 0 before the first."""
        return self._ordinals.get(self._check, 0)

    def enter(self, check: str, attempt: int) -> None:
        """A check begins; its observations count from one."""
        self._check, self._attempt = check, attempt
        self._ordinals[check] = 0

    def leave(self) -> None:
        """No check runs now."""
        self._check, self._attempt = BETWEEN, 1

    @contextmanager
    def apart(self, name: str) -> Iterator[None]:
        """What happens inside is shared by checks and belongs to none (a log-in, a story told once): it is kept under a name of its own.

        So a check makes the same observations whether it was the first to need the shared thing or not.
        """
        around = self._check, self._attempt
        self._check = f"{_SHARED}{name}"
        self._ordinals.setdefault(self._check, 0)
        try:
            yield
        finally:
            self._check, self._attempt = around

    def observe(self, observation: Observation) -> None:
        """Number one observation and keep it."""
        self._ordinals[self._check] += 1
        self._sink.observe(Key(self._check, self._attempt, self._ordinals[self._check]), observation)

    def close(self) -> None:
        """No more will come."""
        self._sink.close()
