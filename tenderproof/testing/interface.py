"""The interface that a candidate publishes (公布的数据接口), tried by requests that are made from its own document."""

from dataclasses import dataclass

from tenderproof.vocabulary import Blame, Missing


@dataclass(frozen=True)
class Budget:
    """How much is tried.

    ``examples``: requests for each operation; ``boundaries``: for how many operations every boundary of every value; ``walks``: how many
    times from one operation to the next, along the links of the document.
    """

    examples: int
    boundaries: int
    walks: int


@dataclass(frozen=True, repr=False)
class Deviation:
    """An answer that the document does not foresee: to which operation, what is wrong with it, and the command that repeats the request."""

    operation: str
    kind: str
    words: str
    repeat: str

    def __repr__(self) -> str:
        return f"{self.operation}: {self.kind}: {self.words} ({self.repeat})"


@dataclass(frozen=True)
class Examination:
    """What came of it: operations and requests that were tried, what was left out by declaration, one deviation an operation and kind."""

    operations: int
    cases: int
    left_out: tuple[str, ...]
    deviations: tuple[Deviation, ...]


class Interface:
    """The interface as its document has it; this one, of a driver that has none, offers nothing."""

    def examined(self, budget: Budget) -> Examination:  # noqa: ARG002 - for whoever has one
        """Send requests by every operation of the document, lawful and wrong ones, and hold each answer against it.

        NetworkTrouble if the platform does not answer, PlatformTrouble if it does not bear the requests or gives no document.
        """
        raise Missing("this driver does not examine a published interface", Blame.TOOL)
