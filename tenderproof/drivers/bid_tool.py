"""Works with the platform's bid tool: a command of the declaration (``driver.bid_tool``) that is started anew for each batch of steps.

It gets ``{workspace, steps: [{step, …}]}`` on stdin and gives ``{answers: […]}``, an object a step, on stdout:
``import`` {file, base64} and ``requirements`` {document} answer {document, requirements}; ``save`` {draft, document, content}, ``read``
{draft}, ``delete`` {draft} and ``list`` answer {draft, content}, {draft, content}, {} and {drafts}; ``make`` {draft, account, segments,
recipient, tenderee} answers {file}; ``layout`` {draft} answers {media_type, base64}: the draft as a PDF or an OFD. What is not there
answers {code: not_found}.
"""

import base64
import binascii
import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tenderproof.drivers import commands, fixed_layout
from tenderproof.evidence.chance import Chance
from tenderproof.testing.answers import Record
from tenderproof.testing.bid_tool import BidTool, Layout
from tenderproof.vocabulary import PlatformTrouble


class DeclaredTool(BidTool):
    """The declared command; what it says is recorded."""

    def __init__(self, command: Sequence[str], private: Path, chance: Chance) -> None:
        self._command, self._private, self._chance = command, private, chance

    def workspace(self) -> str:
        """A folder that nobody else reads."""
        self._private.mkdir(parents=True, exist_ok=True)
        return tempfile.mkdtemp(prefix="bid-tool-", dir=self._private)

    def do(self, workspace: str, *steps: dict[str, Any]) -> tuple[Record, ...]:
        """One run of the tool; PlatformTrouble if it answers in another form, DeclarationTrouble if it does not run."""
        given = json.dumps({"workspace": workspace, "steps": steps}, ensure_ascii=False).encode()
        said = self._chance.made("bid tool", lambda: commands.run(self._command, given, "bid tool"))
        try:
            answers = json.loads(said)["answers"]
        except (ValueError, KeyError, TypeError) as error:
            raise PlatformTrouble(f"The bid tool answered in another form: {said[:200]!r}") from error
        if not isinstance(answers, list) or len(answers) != len(steps):
            raise PlatformTrouble(f"The bid tool was given {len(steps)} steps and answered otherwise: {said[:200]!r}")
        return tuple(Record.read(answer) for answer in answers)

    def layout(self, answer: Record) -> Layout:
        """What such a file says; read once and recorded, so that a replay starts no reader."""
        try:
            octets = base64.b64decode(str(answer.get("base64")), validate=True)
        except binascii.Error:
            return Layout("", "")
        read = json.loads(self._chance.made("words of a layout", lambda: json.dumps(asdict(fixed_layout.read(octets))).encode()))
        return Layout(read["kind"], read["text"])
