"""Sealing: a run's folder becomes one file, read once from beginning to end, with memory that does not grow with the evidence.

The same run sealed with the same key gives the same octets, apart from signatures that are random by nature and from the time stamp.
"""

import hashlib
import os
import secrets
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tenderproof import content
from tenderproof.result import Result
from tenderproof.seal import contents, leaves, manifest, signature, statement, timestamp
from tenderproof.seal.archive import PART, Writer
from tenderproof.seal.contents import ContentsError
from tenderproof.seal.leaves import Listed, Unit
from tenderproof.seal.manifest import File
from tenderproof.seal.merkle import Leaf, Tree
from tenderproof.seal.signature import Sealer

MANIFEST, STATEMENT, SIGNER, TIMESTAMP = "manifest.json", "statement.dsse.json", "signer.pem", "timestamp.tsr"
LISTS = "leaves/"
_SECRET = Path("private", "salt")
_SALT_SECRET_OCTETS = 32
_IN_MEMORY = 8 << 20  # octets of a list of leaves before it goes to a temporary file


@dataclass(frozen=True)
class Sealed:
    """A bundle that was written: its root over all files, how many files, the octets of the whole, and who signed."""

    path: Path
    root: str
    files: int
    octets: int
    signer: str


def list_of(path: str) -> str:
    """Where the list of a file's leaves stands."""
    return f"{LISTS}{path}.txt"


def seal(folder: Path, found: Result, sealer: Sealer, out: Path, timestamp_url: str = "") -> Sealed:
    """Write the bundle of a finished run to ``out``.

    ContentsError if the run cannot be sealed as it is, TimestampError if the authority gives no time stamp; nothing is then written.
    """
    partial = out.with_name(f"{out.name}.partial")
    try:
        with partial.open("wb") as file:
            sealed = _written(file, folder, found, sealer, timestamp_url)
        octets = partial.stat().st_size
        partial.replace(out)
    except OSError as error:
        raise ContentsError(f"The bundle cannot be written to {out}: {error.strerror}.") from error
    finally:
        partial.unlink(missing_ok=True)
    root, files = sealed
    return Sealed(out, root, files, octets, signature.party(sealer.pem, "the signer").name)


def _written(file: BinaryIO, folder: Path, found: Result, sealer: Sealer, timestamp_url: str) -> tuple[str, int]:
    archive, secret = Writer(file), _secret(folder)
    told = {f"evidence/{entry.name}": entry.sha256 for entry in found.evidence}
    made = {**contents.of_specification(found, content.specs_dir()), SIGNER: sealer.pem}
    files: dict[str, File] = {}
    with tempfile.TemporaryDirectory() as folder_of_lists:
        lists = Path(folder_of_lists)
        sources: dict[str, Path | bytes] = {**contents.of_run(folder), **made}
        _require_all_evidence(told, sources, folder)
        for number, (path, source) in enumerate(sorted(sources.items())):
            with archive.entry(path) as write, (lists / str(number)).open("wb") as listed:
                files[path] = _file(path, source, write, listed, secret)
            if told.get(path, files[path].sha256) != files[path].sha256:
                raise ContentsError(f"{folder / path} is not as the result says: it was changed after the audit, and is not sealed.")
        for number, path in enumerate(sorted(sources)):
            with archive.entry(list_of(path)) as write, (lists / str(number)).open("rb") as listed:
                while part := listed.read(PART):
                    write(part)
    return _signed(archive, found, files, sealer, timestamp_url), len(files)


def _signed(archive: Writer, found: Result, files: Mapping[str, File], sealer: Sealer, timestamp_url: str) -> str:
    """Manifest, envelope and time stamp, which close the archive; the root over all files."""
    listed = manifest.write(files.values())
    envelope = signature.sign(statement.of(found, listed, files), sealer)
    last = {MANIFEST: listed, STATEMENT: envelope}
    if timestamp_url:
        last[TIMESTAMP] = timestamp.ask(timestamp_url, envelope)
    for path, octets in last.items():
        with archive.entry(path) as write:
            write(octets)
    archive.close()
    return manifest.read(listed)[1]


def _require_all_evidence(told: Mapping[str, str], sources: Mapping[str, object], folder: Path) -> None:
    missing = next((path for path in told if path not in sources), None)
    if missing:
        raise ContentsError(f"{folder / missing} is not there, and the result names it as evidence; a run is sealed whole or not at all.")
    unknown = next((path for path in sources if path.startswith("evidence/") and path not in told), None)
    if unknown:
        raise ContentsError(f"{folder / unknown} is no evidence of the result: it came after the audit. Remove it.")


def _file(path: str, source: Path | bytes, write: Callable[[bytes], None], listed: BinaryIO, secret: bytes) -> File:
    """Copy one file into the archive, hash by hash; its leaves go to ``listed``."""
    unit = leaves.unit_of(path)
    whole, tree, octets = hashlib.sha256(), Tree(), 0
    for salt, parts in zip(leaves.salts(secret, path), _pieces(source, unit), strict=False):
        leaf, length = Leaf(salt), 0
        for part in parts:
            write(part)
            whole.update(part)
            leaf.update(part)
            length += len(part)
        octets += length
        tree.add(leaf.digest())
        listed.write(Listed(leaf.digest(), length, salt).line())
    return File(path, octets, whole.hexdigest(), unit, tree.count, tree.root().hex())


def _pieces(source: Path | bytes, unit: Unit) -> Iterator[Iterator[bytes]]:
    """The leaves of a source in order, each part by part; a leaf is read to its end before the next."""
    if isinstance(source, bytes):
        yield iter([source])
        return
    with source.open("rb") as file:
        for length in leaves.lengths(source, unit):
            yield _read(file, length)


def _read(file: BinaryIO, length: int) -> Iterator[bytes]:
    while length and (part := file.read(min(length, PART))):
        length -= len(part)
        yield part


def _secret(folder: Path) -> bytes:
    """What the salts are drawn from: made at the first sealing of a run, kept with its private things, so that a second gives the same."""
    path = folder / _SECRET
    if not path.exists():
        path.parent.mkdir(exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_SALT_SECRET_OCTETS))
    octets = path.read_bytes()
    if len(octets) != _SALT_SECRET_OCTETS:
        raise ContentsError(f"{path} is no secret of a sealing; remove it, and a new one is made.")
    return octets
