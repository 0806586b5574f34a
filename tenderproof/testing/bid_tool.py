"""The platform's tool for making bids (投标文件制作工具): it imports documents and keeps drafts, on the bidder's own machine."""
# ruff: noqa: ARG002 - what is not declared takes its arguments all the same

from dataclasses import dataclass
from typing import Any, Literal

from tenderproof.testing.answers import Record
from tenderproof.vocabulary import Blame, Missing


@dataclass(frozen=True)
class Layout:
    """A file in a fixed layout (版式文件): of which kind, empty if of none; and its words without spaces, line breaks and commas."""

    kind: Literal["pdf", "ofd", ""]
    text: str

    def lacks(self, *words: str) -> list[str]:
        """Which of these words do not stand in it."""
        return [word for word in words if bare(word) not in self.text]


def bare(text: str) -> str:
    """A text without what lays it out: spaces, line breaks, and the commas between thousands."""
    return "".join(text.split()).replace(",", "").replace("，", "")


class BidTool:
    """Where none is declared: Missing."""

    def workspace(self) -> str:
        """A new empty folder for the tool to work in."""
        raise Missing("the declaration names no bid tool (driver.bid_tool)", Blame.DECLARATION)

    def do(self, workspace: str, *steps: dict[str, Any]) -> tuple[Record, ...]:
        """Start the tool, let it do these steps, and end it: an answer a step. What it keeps it keeps in its workspace."""
        raise Missing("the declaration names no bid tool (driver.bid_tool)", Blame.DECLARATION)

    def layout(self, answer: Record) -> Layout:
        """What the file says that a step ``layout`` answers with ({media_type, base64}); Missing where nothing on this machine reads it."""
        raise Missing("the declaration names no bid tool (driver.bid_tool)", Blame.DECLARATION)
