"""The one recorded source of chance and time.

What only needs to differ comes from a generator seeded by (seed, check): the same seed gives the same values. What must be truly
random (keys, envelopes, signatures) is made once, recorded as an input, and taken from the record on replay.
"""

import hashlib
import json
import random
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from tenderproof import discretion
from tenderproof.evidence.observation import InputObservation
from tenderproof.evidence.recorder import Recorder
from tenderproof.spec.calendar import CHINA
from tenderproof.vocabulary import Missing, Trouble

FAILED = ": failed"
SESSION = "session"  # an input whose octets go into headers that carry secrets, and nowhere else
_T = TypeVar("_T")


class Chance(Protocol):
    """Chance and time, as suites and drivers may use them."""

    def integer(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""

    def choice(self, items: Sequence[_T]) -> _T:
        """One of the items."""

    def token(self, octets: int = 8) -> str:
        """Hexadecimal characters, two an octet."""

    def made(self, kind: str, produce: Callable[[], bytes], *, secret: bool = False) -> bytes:
        """Something with real randomness in it: produced, and recorded as an input."""

    def now(self) -> datetime:
        """Real time in Beijing, recorded."""


class RecordedChance:
    """Chance for a live run; every check draws from its own sequence, whatever ran before it."""

    def __init__(self, seed: str, recorder: Recorder) -> None:
        self._seed, self._recorder = seed, recorder
        self._sequences: dict[str, random.Random] = {}

    def integer(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return self._drawn().randint(low, high)

    def choice(self, items: Sequence[_T]) -> _T:
        """One of the items."""
        return self._drawn().choice(items)

    def token(self, octets: int = 8) -> str:
        """Hexadecimal characters, two an octet."""
        return self._drawn().randbytes(octets).hex()

    def made(self, kind: str, produce: Callable[[], bytes], *, secret: bool = False) -> bytes:
        """Something with real randomness in it: produced, and recorded as an input; so is a trouble that kept it from being made."""
        try:
            content = produce()
        except (Trouble, Missing) as trouble:
            self._recorder.observe(InputObservation(f"{kind}{FAILED}", _described(trouble)))
            raise
        if kind == SESSION:
            discretion.keep_token(content.decode("utf-8", "replace"))
        self._recorder.observe(InputObservation(kind, content, secret))
        return content

    def now(self) -> datetime:
        """Real time in Beijing, recorded."""
        now = datetime.now(CHINA)
        self._recorder.observe(InputObservation("now", now.isoformat().encode()))
        return now

    def _drawn(self) -> random.Random:
        check = self._recorder.check
        if check not in self._sequences:  # what is shared comes in between, and its own sequence goes on after it
            seed = hashlib.sha256(f"{self._seed}|{check}".encode()).digest()
            self._sequences[check] = random.Random(seed)  # noqa: S311 - repeatable on purpose; secrets go through made()
        return self._sequences[check]


def _described(trouble: Trouble | Missing) -> bytes:
    kind = "Missing" if isinstance(trouble, Missing) else type(trouble).__name__
    return json.dumps({"kind": kind, "words": str(trouble), "blame": trouble.blame.value}, ensure_ascii=False).encode()
