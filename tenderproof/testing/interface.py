"""The interface that a candidate publishes (公布的数据接口), tried by requests that are made from its own document."""

from dataclasses import dataclass
from enum import StrEnum

from tenderproof.vocabulary import Blame, Missing


class Breach(StrEnum):
    """What of an interface is not kept: one of these, the narrowest that a finding shows."""

    CLOSED = "closed"
    """It breaks off, and so does not stand open to anybody."""
    UNPUBLISHED = "unpublished"
    """A status, header, media type or shape that was published otherwise, or not at all."""
    PAGE = "page"
    """A page, a picture or what nobody can read, where data are given."""
    UNCODED = "uncoded"
    """A data item that is neither as published nor as the uniform standard has it."""


@dataclass(frozen=True)
class Budget:
    """How much is tried.

    ``examples``: requests for each operation; ``boundaries``: for how many operations every boundary of every value; ``walks``: how many
    times from one operation to the next, along the links of the document. ``seconds``: how long the platform may be waited for in all;
    nothing more is tried afterwards.
    """

    examples: int
    boundaries: int
    walks: int
    seconds: float = float("inf")


@dataclass(frozen=True, repr=False)
class Deviation:
    """An answer that the document does not foresee: to which operation, what is wrong with it, and the command that repeats the request.

    ``roles`` are those for whom the document names the operation; empty where it names none.
    """

    operation: str
    kind: str
    words: str
    repeat: str
    breach: Breach = Breach.UNPUBLISHED
    roles: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"{self.operation}: {self.kind}: {self.words} ({self.repeat})"


@dataclass(frozen=True)
class Examination:
    """What came of it: operations and requests that were tried, what was left out, one deviation an operation, kind and breach.

    ``cut_short``: the platform took longer to answer than it was waited for, and the rest was not tried.
    """

    operations: int
    cases: int
    left_out: tuple[str, ...]
    deviations: tuple[Deviation, ...]
    cut_short: bool = False


class Interface:
    """The interface as its document has it; this one, of a driver that has none, offers nothing."""

    def examined(self, budget: Budget) -> Examination:  # noqa: ARG002 - for whoever has one
        """Send requests by every operation of the document, lawful and wrong ones, and hold each answer against it.

        NetworkTrouble if the platform does not answer, PlatformTrouble if it does not bear the requests or gives no document.
        """
        raise Missing("this driver does not examine a published interface", Blame.TOOL)
