"""The one sink: every instrument hands its observations here; they are hashed and on disk before the call returns.

The published view goes into a standard archive (WARC; one gzip member a record), the original into a file encrypted to the auditor's key.
"""

import base64
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tenderproof.evidence.auditor import AuditorKey, SealedFile
from tenderproof.evidence.observation import ArtefactObservation, HttpObservation, InputObservation, Key, Observation, sha256
from tenderproof.evidence.redaction import Redactor

Listener = Callable[[Key, str, str], None]


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
    """Writes ``<name>.warc.gz`` and ``<name>.sealed`` in ``folder``; tells ``listener`` the key, the kind and the hash of each record."""

    def __init__(self, folder: Path, name: str, auditor: AuditorKey, listener: Listener) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = (folder / f"{name}.warc.gz").open("xb", buffering=0)
        self._warc = WARCWriter(self._file, gzip=True)
        self._sealed = SealedFile(folder / f"{name}.sealed", auditor)
        self._listener = listener

    def observe(self, key: Key, observation: Observation) -> None:
        """Encrypt the original, write the published view, tell the listener."""
        redactor = Redactor()
        published = _published(observation, redactor)
        frame = self._sealed.append({"key": vars(key), "salts": redactor.salts, "original": _original(observation)})
        marks = {
            "Tenderproof-Check": key.check,
            "Tenderproof-Attempt": str(key.attempt),
            "Tenderproof-Ordinal": str(key.ordinal),
            "Tenderproof-Original": f"sha256:{sha256(frame)}",
        }
        records = _records(self._warc, observation, published, marks)
        for record in records:
            self._warc.write_record(record)
        self._listener(key, observation.kind, sha256(b"".join(published)))

    def close(self) -> None:
        """Close both files."""
        self._file.close()
        self._sealed.close()


def _published(observation: Observation, redactor: Redactor) -> list[bytes]:
    """The published parts: of an exchange the request and the response as HTTP messages, else the content alone."""
    match observation:
        case HttpObservation():
            parts = [_message(_request_line(observation), redactor.headers(observation.request_headers), redactor.body(observation.request_body))]
            if observation.status is not None:
                head = f"HTTP/1.1 {observation.status} "
                parts.append(_message(head, redactor.headers(observation.response_headers), redactor.body(observation.response_body)))
            return parts
        case InputObservation(secret=True):
            return [redactor.leaf(base64.b64encode(observation.content).decode()).encode()]
        case _:
            return [observation.content]


def _request_line(observation: HttpObservation) -> str:
    path = "/" + observation.url.partition("://")[2].partition("/")[2]
    return f"{observation.method} {path} HTTP/1.1"


def _message(line: str, headers: list[tuple[str, str]], body: bytes) -> bytes:
    head = "\r\n".join([line, *(f"{name}: {_one_line(value)}" for name, value in headers)])
    return head.encode("utf-8") + b"\r\n\r\n" + body


def _one_line(value: str) -> str:
    return value.replace("\r", " ").replace("\n", " ")


def _records(warc: WARCWriter, observation: Observation, published: list[bytes], marks: dict[str, str]) -> list[Any]:
    match observation:
        case HttpObservation():
            marks = marks | {"Tenderproof-Elapsed": f"{observation.elapsed:.6f}", "Tenderproof-Peer": observation.peer}
            if observation.status is None:
                marks["Tenderproof-Trouble"] = _one_line(observation.trouble)
            kinds = ("request", "response")
            return [_http_record(warc, observation.url, kind, part, marks) for kind, part in zip(kinds, published, strict=False)]
        case InputObservation() | ArtefactObservation():
            media = observation.media_type if isinstance(observation, ArtefactObservation) else "application/octet-stream"
            uri = f"urn:tenderproof:{observation.kind}:{observation.name}"
            record = warc.create_warc_record(uri, "resource", payload=io.BytesIO(published[0]), warc_content_type=media, warc_headers_dict=marks)
            return [record]


def _http_record(warc: WARCWriter, url: str, kind: str, message: bytes, marks: dict[str, str]) -> Any:
    head, _, body = message.partition(b"\r\n\r\n")
    line, *fields = head.decode("utf-8", "replace").split("\r\n")
    status, rest = line.split(" ", 1)
    headers = StatusAndHeaders(rest if kind == "response" else line, [tuple(f.split(": ", 1)) for f in fields], protocol=status, is_http_request=kind == "request")
    return warc.create_warc_record(url, kind, payload=io.BytesIO(body), http_headers=headers, warc_headers_dict=dict(marks))


def _original(observation: Observation) -> dict[str, Any]:
    """The whole observation as JSON, octets as base64."""
    content = {name: base64.b64encode(value).decode() if isinstance(value, bytes) else value for name, value in vars(observation).items()}
    return {"kind": observation.kind, **content}
