"""A bid by somebody else's tool (fixtures/independent_tool), which is given a platform's published standard and nothing else of it."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tenderproof import content
from tenderproof.testing.identities import Identity
from tenderproof.testing.keys import KeySigner, pem
from tenderproof.vocabulary import Blame, Missing, Trouble

_UNREADABLE, _SECONDS = 3, 60


@dataclass(frozen=True)
class Wanted:
    """The bid to make: what stands in it, in which segments, and the certificates (PEM) to which it is sealed."""

    content: Mapping[str, Any]
    segments: Sequence[str]
    recipient: str
    tenderee: str | None


def make(standard: str, bidder: Identity, wanted: Wanted, freedom: int) -> bytes:
    """``{"envelope", "digest", "inner"}`` as JSON. Missing if the tool cannot read the standard, or cannot have the bidder's key."""
    if not isinstance(bidder.signer, KeySigner):
        raise Missing(f"the key of {bidder.name} is not in our hands, so that no other tool can sign with it", Blame.DECLARATION)
    asked = {
        "standard": standard, "content": wanted.content, "segments": wanted.segments, "key": pem(bidder.signer.key).decode("ascii"),
        "certificate": bidder.certificate, "recipient": wanted.recipient, "tenderee": wanted.tenderee, "freedom": freedom,
    }  # fmt: skip
    command = [sys.executable, "-m", "independent_tool"]
    environment = {**os.environ, "PYTHONPATH": str(content.fixtures_dir())}
    done = subprocess.run(  # noqa: S603 - our own command
        command, input=json.dumps(asked).encode(), capture_output=True, timeout=_SECONDS, check=False, env=environment
    )
    said = done.stderr.decode("utf-8", "replace").strip()
    if done.returncode == _UNREADABLE:
        raise Missing(f"an independent tool could not follow what this platform publishes of sealed files: {said}", Blame.TOOL)
    if done.returncode:
        raise Trouble(f"The independent bid tool ended with {done.returncode}: {said[-400:]}")
    return done.stdout
