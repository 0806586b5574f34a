"""Watches and steers the exchange at the declared public service platform (specs/openapi/public-service.yaml)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tenderproof.candidate import Exchange as Declared
from tenderproof.drivers.counterpart import OtherEnd
from tenderproof.drivers.turns import Turns
from tenderproof.testing.exchange import Connection, Exchange, ExchangedRecord, ExchangeRequest, Face, Misconduct
from tenderproof.vocabulary import NetworkTrouble

_EVERY_S = 0.2
_ROOT, _NEVER = "/exchange", str(10**12)


class WatchedExchange(Exchange):
    """The exchange at the other end. What it does wrong is no fault of the candidate, unless it was told to."""

    def __init__(self, other_end: OtherEnd, declared: Declared, private: Path) -> None:
        self._other_end, self._declared, self._turns = other_end, declared, Turns(private / "exchange.lock")

    @property
    def within_s(self) -> float:
        """As declared."""
        return self._other_end.declared.within_s

    @property
    def again_within_s(self) -> float:
        """As declared."""
        return self._declared.again_within_s

    def last(self) -> int:
        """The number of the last request."""
        return self._last("arrivals")

    def last_connection(self) -> int:
        """The number of the last connection."""
        return self._last("connections")

    def records(self, about: str, since: int = 0) -> tuple[ExchangedRecord, ...]:
        """Records by what they contain."""
        return self._other_end.listed(f"{_ROOT}/records", ExchangedRecord, {"about": about, "since": str(since)})

    def requests(self, about: str, since: int = 0) -> tuple[ExchangeRequest, ...]:
        """Requests by what they contain, each with its octets."""
        found = self._other_end.listed(f"{_ROOT}/arrivals", ExchangeRequest, {"about": about, "since": str(since)})
        return tuple(ExchangeRequest.read(self._other_end.told(f"{_ROOT}/arrivals/{one.ordinal}", {})) for one in found)

    def connections(self, since: int = 0) -> tuple[Connection, ...]:
        """Connections by their number."""
        return self._other_end.listed(f"{_ROOT}/connections", Connection, {"since": str(since)})

    def eventually(self, condition: Callable[[], bool], within_s: float) -> bool:
        """Try five times a second, as often as the time allows."""
        for _ in range(round(within_s / _EVERY_S)):
            if condition():
                return True
            self._other_end.wire.pause(_EVERY_S)
        return condition()

    def present(self, face: Face = "genuine", *, down: bool = False) -> None:
        """Have it shown."""
        self._other_end.set(f"{_ROOT}/presence", {"face": face, "down": down})

    def order(self, do: Misconduct, about: str, *, times: int = 1, seconds: float = 0.0, words: str = "") -> None:
        """Have it done."""
        content = {"do": do, "about": about, "times": times, "seconds": seconds, "words": words}
        self._other_end.hand_in(f"{_ROOT}/orders", content)

    @contextmanager
    def in_service(self) -> Iterator[None]:
        """As long as one worker is inside, no other one is alone."""
        with self._turns.beside_others():
            yield

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One worker at a time; it puts everything in order again."""
        with self._turns.alone():
            try:
                yield
            finally:
                self.present()

    def _last(self, path: str) -> int:
        last = self._other_end.told(f"{_ROOT}/{path}", {"since": _NEVER}).get("last")
        if not isinstance(last, int):
            raise NetworkTrouble(f"counterparts.{self._other_end.name} does not tell the number of what came last.")
        return last
