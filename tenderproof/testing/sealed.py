"""A bid as its bidder has sealed it: nobody else can read it, and a check can spoil it in one thing."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import rfc8785

from tenderproof.testing.contents import Content
from tenderproof.testing.records import Section

Kind = Literal["bid", "application"]


@dataclass(frozen=True)
class SealedBid:
    """A sealed file for a section: bid (投标文件) or application (资格预审申请文件).

    ``facts`` is what was sealed (ours to know), ``inner`` the layer sealed to the tenderee, a JWE for each segment, where the
    document wants both to decrypt.
    """

    section: Section
    envelope: Mapping[str, Any] = field(repr=False)
    facts: Content
    digest: str
    kind: Kind = "bid"
    inner: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def octets(self) -> bytes:
        """The sealed file as it travels in parts: its RFC 8785 form."""
        return rfc8785.dumps(dict(self.envelope))

    def with_envelope(self, envelope: Mapping[str, Any]) -> "SealedBid":
        """The same with another sealed file, and its right digest: so only the seal is wrong."""
        return replace(self, envelope=envelope, digest=digest(envelope))

    def with_digest(self, other: str) -> "SealedBid":
        """The same with another digest: so only the digest is wrong."""
        return replace(self, digest=other)


def digest(envelope: Mapping[str, Any]) -> str:
    """The digest of a sealed file: SHA-256 over its RFC 8785 form, hex."""
    return hashlib.sha256(rfc8785.dumps(dict(envelope))).hexdigest()
