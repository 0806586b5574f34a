"""What an instrument saw: an observation, keyed by the check, its attempt and its ordinal within the check."""

import hashlib
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Key:
    """Which observation of which check: ``attempt`` counts the runs of a check that a killed run began anew."""

    check: str
    attempt: int
    ordinal: int


@dataclass(frozen=True)
class HttpObservation:
    """One exchange, as sent and as received. ``status`` is None when no answer came; ``trouble`` then says why. ``elapsed`` in seconds.

    ``protocol`` is the edition of HTTP in which it was spoken ("" if no answer came); the messages are told in that of 1.1 all the same.
    """

    method: str
    url: str
    request_headers: tuple[tuple[str, str], ...]
    request_body: bytes
    status: int | None
    response_headers: tuple[tuple[str, str], ...]
    response_body: bytes
    elapsed: float
    peer: str
    trouble: str = ""
    protocol: str = ""

    kind = "http"


@dataclass(frozen=True)
class InputObservation:
    """Something that we made with chance in it (a key, an envelope, a signature, the time); ``secret`` if it opens others' doors."""

    name: str
    content: bytes
    secret: bool = False

    kind = "input"
    media_type = "application/octet-stream"


@dataclass(frozen=True)
class ArtefactObservation:
    """A file that an instrument left (a picture, a trace, a tool's report), with facts about it."""

    name: str
    media_type: str
    content: bytes
    facts: dict[str, Any] = field(default_factory=dict)

    kind = "artefact"


Observation = HttpObservation | InputObservation | ArtefactObservation


def sha256(octets: bytes) -> str:
    """SHA-256, hex."""
    return hashlib.sha256(octets).hexdigest()
