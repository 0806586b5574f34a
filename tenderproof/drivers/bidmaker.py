"""Making a bid: signed and sealed here, or by the platform's own tool where the declaration names one (``driver.bid_maker``).

The tool gets one JSON on stdin: ``{account, content, segments, recipient, tenderee}`` (certificates in PEM, ``tenderee`` null where the
bidder alone decrypts) and gives the sealed file on stdout.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from tenderproof.candidate import Candidate
from tenderproof.drivers import commands, sealing, signing
from tenderproof.testing.identities import Identity


def make(
    candidate: Candidate, bidder: Identity, content: Mapping[str, Any], names: Sequence[str], recipient: Identity, tenderee: str | None
) -> bytes:
    """``{"envelope": the sealed file, "inner": the tenderee's layer by segment}`` as JSON."""
    command = candidate.driver.get("bid_maker")
    if command:
        asked = {
            "account": bidder.account,
            "content": content,
            "segments": list(names),
            "recipient": recipient.encryption_certificate,
            "tenderee": tenderee,
        }
        made = commands.run(command, json.dumps(asked, ensure_ascii=False).encode(), "bid maker")
        return _written(sealing.parse(made), {})
    outer, inner = {}, {}
    for name, part in sealing.segments(content, names).items():
        octets = signing.compact(bidder, json.dumps(part, ensure_ascii=False).encode()).encode("ascii")
        if tenderee:
            inner[name] = sealing.seal(octets, tenderee)
            octets = json.dumps(inner[name]).encode("ascii")
        outer[name] = sealing.seal(octets, recipient.encryption_certificate)
    return _written(sealing.file_of(outer), inner)


def _written(envelope: Mapping[str, Any], inner: Mapping[str, Any]) -> bytes:
    return json.dumps({"envelope": envelope, "inner": inner}, ensure_ascii=False).encode()
