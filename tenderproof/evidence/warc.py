"""WARC 1.1 (ISO 28500): one gzip member a record, each record in one write, so that a killed run leaves whole records only.

Written here rather than by a library, since every octet is ours to account for; tests read it back with warcio and check its digests.
"""

import base64
import gzip
import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

_QUICK, _STORED = 1, 0  # gzip levels: recording may cost a tenth of a run at most
_SMALL = 2048  # octets up to which a record is stored as it is: most are, and packing them would take as long as all else together
_HTTP = {"request": "application/http;msgtype=request", "response": "application/http;msgtype=response"}


class Archive:
    """A WARC file, open for appending."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("xb", buffering=0)

    def exchange(self, url: str, request: bytes, response: bytes | None, marks: Mapping[str, str]) -> bytes:
        """Both messages of an exchange, or the request alone if no answer came; the octets as they stand in the file."""
        first = _new_id()
        records = [_record("request", url, _HTTP["request"], request, first, marks)]
        if response is not None:
            records.append(_record("response", url, _HTTP["response"], response, _new_id(), {**marks, "WARC-Concurrent-To": first}))
        return self._written(b"".join(records))

    def resource(self, uri: str, media_type: str, content: bytes, marks: Mapping[str, str]) -> bytes:
        """Something that was not an exchange (an input of ours, an artefact); the octets as they stand in the file."""
        return self._written(_record("resource", uri, media_type, content, _new_id(), marks))

    def _written(self, octets: bytes) -> bytes:
        self._file.write(octets)
        return octets

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def message(line: str, headers: Sequence[tuple[str, str]], body: bytes) -> bytes:
    """An HTTP message; a header's value cannot break out of its line, and the length is that of the body as it stands here."""
    kept = [(name, value) for name, value in headers if name.lower() not in ("content-length", "transfer-encoding", "content-encoding")]
    head = "\r\n".join([line, *(f"{one_line(name)}: {one_line(value)}" for name, value in kept), f"content-length: {len(body)}"])
    return head.encode("utf-8") + b"\r\n\r\n" + body


def fields(record: bytes) -> dict[str, str]:
    """The header of a record, inflated or begun, field by field."""
    lines = record.partition(b"\r\n\r\n")[0].decode("utf-8", "replace").split("\r\n")[1:]
    return {name: value for name, _, value in (line.partition(": ") for line in lines)}


def one_line(text: str) -> str:
    """The text without line ends."""
    return text.replace("\r", " ").replace("\n", " ")


def _new_id() -> str:
    return f"<{uuid4().urn}>"


def _record(kind: str, uri: str, media_type: str, block: bytes, identifier: str, marks: Mapping[str, str]) -> bytes:
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": identifier,
        "WARC-Date": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "WARC-Target-URI": one_line(uri),
        "WARC-Block-Digest": _digest(block),
        "Content-Type": media_type,
        "Content-Length": str(len(block)),
        **{name: one_line(value) for name, value in marks.items()},
    }
    if kind in _HTTP:
        fields["WARC-Payload-Digest"] = _digest(block.partition(b"\r\n\r\n")[2])
    head = "WARC/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    octets = head.encode("utf-8") + b"\r\n" + block + b"\r\n\r\n"
    return gzip.compress(octets, _STORED if len(octets) <= _SMALL else _QUICK)


def _digest(octets: bytes) -> str:
    return "sha256:" + base64.b32encode(hashlib.sha256(octets).digest()).decode("ascii")
