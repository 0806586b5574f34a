"""The interface that a candidate publishes (公布的数据接口), tried by requests that are made from its own document."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tenderproof.testing.actors.person import Person
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

    def examined(
        self,
        document: Mapping[str, Any],  # noqa: ARG002 - for whoever has one
        budget: Budget,  # noqa: ARG002
        people: Mapping[str, Person],  # noqa: ARG002
        readers: Mapping[str, Person],  # noqa: ARG002
    ) -> Examination:
        """Send requests by every operation of the document, lawful and wrong ones, and hold each answer against it.

        ``people`` by role may do anything; ``readers`` only read, for what they change concerns everybody. Who is asked for and is in
        neither is nobody in particular. NetworkTrouble if the platform does not answer.
        """
        raise Missing("this driver does not examine a published interface", Blame.TOOL)
