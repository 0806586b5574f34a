"""Acts that take turns: each in a thread of its own, of which one runs at a time, up to the request with which it waits, then to its end.

So requests of several people leave at the same moment, and yet each thing is recorded in one order, which a replay finds again.
"""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from tenderproof.vocabulary import NetworkTrouble

if TYPE_CHECKING:
    from tenderproof.evidence.wire import Request, Response

T = TypeVar("T")
_HERE = threading.local()


class Turn(Generic[T]):
    """One act. It waits with its first request that has a body of ``octets`` at least; what it sends after that it sends itself."""

    def __init__(self, act: Callable[[], T], octets: int) -> None:
        self._act, self._octets = act, octets
        self._go, self._stopped = threading.Semaphore(0), threading.Semaphore(0)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._given: T | None = None
        self._raised: BaseException | None = None
        self._outcome: Response | NetworkTrouble | None = None
        self.request: Request | None = None

    def begin(self) -> None:
        """Let it come to its request, or to its end if it has none."""
        self._thread.start()
        self._stopped.acquire()

    def end(self, outcome: "Response | NetworkTrouble | None" = None) -> None:
        """Let it come to its end with what became of its request."""
        if self.request is not None:
            self._outcome = outcome
            self._go.release()
            self._stopped.acquire()

    def given(self) -> T | None:
        """What came of the act, or what it raised; None if its request got no answer, and the act ended with that."""
        if self._raised is not None and self._raised is not self._outcome:
            raise self._raised
        return self._given

    def awaits(self, request: "Request") -> bool:
        """Whether it waits with this request."""
        return self.request is None and len(request.body) >= self._octets

    def wait(self, request: "Request") -> "Response":
        """Wait with a request (called in the act's own thread); what became of it."""
        self.request = request
        self._stopped.release()
        self._go.acquire()
        assert self._outcome is not None  # noqa: S101 - whoever lets it go on gives one
        if isinstance(self._outcome, NetworkTrouble):
            raise self._outcome
        return self._outcome

    def _run(self) -> None:
        _HERE.turn = self
        try:
            self._given = self._act()
        except BaseException as error:  # noqa: BLE001 - it is raised where the act was asked for
            self._raised = error
        finally:
            self._stopped.release()


def here() -> Turn[object] | None:
    """The turn in whose thread this is called."""
    found: Turn[object] | None = getattr(_HERE, "turn", None)
    return found
