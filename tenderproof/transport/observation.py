"""What was observed of a channel, as plain data: evidence keeps it, and judging needs nothing else."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tenderproof.transport.hello import Reply, Said
from tenderproof.transport.shaking import Shaken


@dataclass(frozen=True)
class Observation:
    """An address, when it was asked, how each hello was answered, a request in plain HTTP, and what a current client agreed to.

    ``hellos`` are by version (``TLSv1.2``), by kind of weak suite (``NULL``) and ``TLCP``; one that is not there was not sent.
    """

    host: str
    port: int
    at: datetime
    hellos: Mapping[str, Said]
    plain: str
    shaken: Shaken

    @property
    def chain(self) -> tuple[bytes, ...]:
        """The certificates that were shown, the platform's own first: all of them where they came in clear."""
        shown = max((said.chain for said in self.hellos.values()), key=len, default=())
        return shown or ((self.shaken.certificate,) if self.shaken.certificate else ())

    def octets(self) -> bytes:
        """As evidence keeps it."""
        hellos = {
            name: {**vars(said), "reply": said.reply.value, "chain": [one.hex() for one in said.chain]}
            for name, said in self.hellos.items()
        }
        shaken = {**vars(self.shaken), "certificate": self.shaken.certificate.hex()}
        content = {
            "host": self.host, "port": self.port, "at": self.at.isoformat(), "hellos": hellos, "plain": self.plain, "shaken": shaken,
        }  # fmt: skip
        return json.dumps(content, ensure_ascii=False).encode()

    @classmethod
    def read(cls, octets: bytes) -> "Observation":
        """From evidence."""
        raw: dict[str, Any] = json.loads(octets)
        hellos = {
            name: Said(**{**said, "reply": Reply(said["reply"]), "chain": tuple(bytes.fromhex(one) for one in said["chain"])})
            for name, said in raw["hellos"].items()
        }
        shaken = Shaken(**{**raw["shaken"], "certificate": bytes.fromhex(raw["shaken"]["certificate"])})
        return cls(raw["host"], raw["port"], datetime.fromisoformat(raw["at"]), hellos, raw["plain"], shaken)
