"""The record of one worker, read back observation by observation: from the originals with the auditor's key, or from the published view."""

import base64
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote

from tenderproof.evidence import auditor, warc
from tenderproof.evidence.auditor import AuditorKey
from tenderproof.evidence.observation import ArtefactObservation, HttpObservation, InputObservation, Observation
from tenderproof.vocabulary import NotReplayable

REDACTED = b"redacted:sha256:"
_PART, _HEAD_ENDS = 1 << 20, b"\r\n\r\n"
_OCTETS = frozenset({"request_body", "response_body", "content"})
_KINDS: dict[str, type[Any]] = {kind.kind: kind for kind in (HttpObservation, InputObservation, ArtefactObservation)}


class Record(Protocol):
    """What a worker observed."""

    def observation(self, check: str, ordinal: int) -> Observation:
        """One observation of a check; NotReplayable where there is none, or none that may be read."""


class OriginalRecord:
    """The originals of a worker, decrypted one at a time."""

    def __init__(self, path: Path, key: AuditorKey) -> None:
        self._originals = auditor.Originals(path, key)
        self._numbers: dict[tuple[str, int], int] = {}
        for number, original in enumerate(auditor.read(path, key)):
            self._numbers[original["key"]["check"], original["key"]["ordinal"]] = number

    def observation(self, check: str, ordinal: int) -> Observation:
        """One observation of a check, whole."""
        number = self._numbers.get((check, ordinal))
        if number is None:
            raise _none(check, ordinal)
        original = self._originals[number]["original"]
        kind = _KINDS[original.pop("kind")]
        found: Observation = kind(**{name: _value(name, value) for name, value in original.items()})
        return found


class PublishedRecord:
    """The published view of a worker's archive."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._places: dict[tuple[str, int], list[tuple[int, int]]] = {}
        for first, last, head in _members(path):
            fields = warc.fields(head)
            if "Tenderproof-Check" in fields:
                key = fields["Tenderproof-Check"], int(fields["Tenderproof-Ordinal"])
                self._places.setdefault(key, []).append((first, last))

    def observation(self, check: str, ordinal: int) -> Observation:
        """One observation of a check, as far as it is published."""
        places = self._places.get((check, ordinal))
        if places is None:
            raise _none(check, ordinal)
        records = [_record(self._octets(first, last)) for first, last in places]
        fields, block = records[0]
        if fields["WARC-Type"] == "resource":
            _, _, kind, quoted = fields["WARC-Target-URI"].split(":", 3)
            name = unquote(quoted)
            if kind == ArtefactObservation.kind:
                return ArtefactObservation(name, fields["Content-Type"], block)
            return InputObservation(name, block, secret=block.startswith(REDACTED))
        return _exchange(fields, block, records[1][1] if len(records) > 1 else None)

    def _octets(self, first: int, last: int) -> bytes:
        with self._path.open("rb") as file:
            file.seek(first)
            return file.read(last - first)


def _none(check: str, ordinal: int) -> NotReplayable:
    return NotReplayable(f"The record holds no observation where one is asked for ({ordinal} of {check}).")


def _value(name: str, value: Any) -> Any:
    if name in _OCTETS:
        return base64.b64decode(value)
    return tuple((key, text) for key, text in value) if name.endswith("_headers") else value


def _exchange(fields: dict[str, str], request: bytes, response: bytes | None) -> HttpObservation:
    line, request_headers, request_body = _message(request)
    answered, response_headers, response_body = _message(response) if response is not None else ("", [], b"")
    status = int(answered.split(" ")[1]) if answered else None
    return HttpObservation(
        line.split(" ")[0], fields["WARC-Target-URI"], tuple(request_headers), request_body,
        status, tuple(response_headers), response_body,
        float(fields["Tenderproof-Elapsed"]), fields["Tenderproof-Peer"], fields.get("Tenderproof-Trouble", ""),
        "HTTP/2" if fields.get("WARC-Protocol") == "h2" else "HTTP/1.1" if status else "",
    )  # fmt: skip


def _message(octets: bytes) -> tuple[str, list[tuple[str, str]], bytes]:
    head, _, body = octets.partition(_HEAD_ENDS)
    line, *rest = head.decode("utf-8").split("\r\n")
    return line, [(name, value) for name, _, value in (field.partition(": ") for field in rest)], body


def _record(member: bytes) -> tuple[dict[str, str], bytes]:
    octets = zlib.decompress(member, zlib.MAX_WBITS | 16)
    fields = warc.fields(octets)
    block = octets.partition(_HEAD_ENDS)[2][: int(fields["Content-Length"])]
    return fields, block


def _members(path: Path) -> Iterator[tuple[int, int, bytes]]:
    """First and last octet of each whole gzip member, and how its content begins."""
    with path.open("rb") as file:
        first, rest = 0, b""
        while True:
            inflating, head, used = zlib.decompressobj(zlib.MAX_WBITS | 16), b"", 0
            while not inflating.eof:
                part, rest = rest or file.read(_PART), b""
                if not part:
                    return
                inflated = inflating.decompress(part)
                head = head if _HEAD_ENDS in head else head + inflated
                rest = inflating.unused_data
                used += len(part) - len(rest)
            yield first, first + used, head
            first += used
