"""The platform's tool for making bids (投标文件制作工具): it imports documents and keeps drafts, on the bidder's own machine."""
# ruff: noqa: ARG002 - what is not declared takes its arguments all the same

from typing import Any

from tenderproof.testing.answers import Record
from tenderproof.vocabulary import Blame, Missing


class BidTool:
    """Where none is declared: Missing."""

    def workspace(self) -> str:
        """A new empty folder for the tool to work in."""
        raise Missing("the declaration names no bid tool (driver.bid_tool)", Blame.DECLARATION)

    def do(self, workspace: str, *steps: dict[str, Any]) -> tuple[Record, ...]:
        """Start the tool, let it do these steps, and end it: an answer a step. What it keeps it keeps in its workspace."""
        raise Missing("the declaration names no bid tool (driver.bid_tool)", Blame.DECLARATION)
