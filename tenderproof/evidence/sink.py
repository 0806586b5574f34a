"""The one sink: every instrument hands its observations here; they are hashed and on disk before the call returns.

The published view goes into a standard archive (WARC; one gzip member a record), the original into a file encrypted to the auditor's key.
"""

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from tenderproof import discretion
from tenderproof.evidence.auditor import AuditorKey, SealedFile
from tenderproof.evidence.observation import (
    ArtefactObservation,
    HttpObservation,
    InputObservation,
    Key,
    Observation,
    sha256,
)
from tenderproof.evidence.redaction import Redactor
from tenderproof.evidence.warc import Archive, message

Listener = Callable[[Key, str, bytes], None]


class Sink(Protocol):
    """Where observations go."""

    def observe(self, key: Key, observation: Observation) -> None:
        """Keep one observation."""

    def close(self) -> None:
        """No more will come."""


class NoSink:
    """Keeps nothing: for the benchmark that measures what recording costs."""

    def observe(self, key: Key, observation: Observation) -> None:
        """Forget it."""

    def close(self) -> None:
        """Nothing to close."""


class FileSink:
    """Writes ``<name>.warc.gz`` and ``<name>.sealed`` in ``folder``; tells ``listener`` each key, kind and record as written."""

    def __init__(self, folder: Path, name: str, auditor: AuditorKey, listener: Listener) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._archive = Archive(folder / f"{name}.warc.gz")
        self._sealed = SealedFile(folder / f"{name}.sealed", auditor)
        self._listener = listener

    def observe(self, key: Key, observation: Observation) -> None:
        """Encrypt the original, write the published view, tell the listener."""
        redactor = Redactor(holds_none=not discretion.stands_in(_whole(observation)))
        published = _published(observation, redactor)
        frame = self._sealed.append({"key": vars(key), "salts": redactor.salts, "original": _original(observation)})
        marks = {
            "Tenderproof-Check": key.check,
            "Tenderproof-Attempt": str(key.attempt),
            "Tenderproof-Ordinal": str(key.ordinal),
            "Tenderproof-Original": f"sha256:{sha256(frame)}",
        }
        match observation:
            case HttpObservation():
                request, response = published
                record = self._archive.exchange(
                    redactor.text(observation.url), request, response or None, marks | _circumstances(observation)
                )
            case InputObservation() | ArtefactObservation():
                uri = f"urn:tenderproof:{observation.kind}:{quote(observation.name)}"
                record = self._archive.resource(uri, observation.media_type, published[0], marks)
        self._listener(key, observation.kind, record)

    def close(self) -> None:
        """Close both files."""
        self._archive.close()
        self._sealed.close()


def _whole(observation: Observation) -> bytes:
    """All octets of an observation that are published, each part in a line of its own."""
    if not isinstance(observation, HttpObservation):
        return observation.content
    headers = [part for header in (*observation.request_headers, *observation.response_headers) for part in header]
    text = "\n".join((observation.url, *headers)).encode("utf-8", "surrogatepass")
    return b"\n".join((text, observation.request_body, observation.response_body))


def _published(observation: Observation, redactor: Redactor) -> list[bytes]:
    """The published parts: of an exchange the request and the response (empty if none came) as HTTP messages, else the content."""
    match observation:
        case HttpObservation():
            target = redactor.text("/" + observation.url.partition("://")[2].partition("/")[2])
            line = f"{observation.method} {target} HTTP/1.1"
            request = message(line, redactor.headers(observation.request_headers), redactor.body(observation.request_body))
            if observation.status is None:
                return [request, b""]
            body, head = redactor.body(observation.response_body), redactor.headers(observation.response_headers)
            return [request, message(f"HTTP/1.1 {observation.status} ", head, body)]
        case InputObservation(secret=True):
            return [redactor.leaf(base64.b64encode(observation.content).decode()).encode()]
        case _:
            return [redactor.octets(observation.content)]


def _circumstances(observation: HttpObservation) -> dict[str, str]:
    found = {"Tenderproof-Elapsed": f"{observation.elapsed:.6f}", "Tenderproof-Peer": observation.peer}
    if observation.protocol == "HTTP/2":
        found["WARC-Protocol"] = "h2"  # of the community's extension to WARC; where it is absent HTTP/1.1 was spoken
    return found | ({"Tenderproof-Trouble": discretion.told(observation.trouble)} if observation.trouble else {})


def _original(observation: Observation) -> dict[str, Any]:
    """The whole observation as JSON, octets as base64."""
    content = {name: base64.b64encode(value).decode() if isinstance(value, bytes) else value for name, value in vars(observation).items()}
    return {"kind": observation.kind, **content}
