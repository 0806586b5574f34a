"""The forger's workshop: a bundle taken apart and put together again in the right form, with something else in it."""

import hashlib
import io
import json
import struct
import zipfile
from collections.abc import Callable, Iterable
from typing import Any

import rfc8785

from tenderproof.seal import leaves, manifest
from tenderproof.seal.archive import Reader, Writer
from tenderproof.seal.leaves import Listed
from tenderproof.seal.manifest import File
from tenderproof.seal.merkle import Tree, leaf

Files = dict[str, bytes]
Change = Callable[[Files], object]


def apart(octets: bytes) -> Files:
    """The files of a bundle, in their order."""
    archive = Reader(io.BytesIO(octets))
    return {name: archive.content(name) for name in archive.entries}


def together(files: Iterable[tuple[str, bytes]]) -> bytes:
    """An archive in the one form, with these files, also with one twice or under a strange name."""
    made = io.BytesIO()
    writer = Writer(made)
    for name, content in files:
        with writer.entry(name) as write:
            write(content)
    writer.close()
    return made.getvalue()


def changed(octets: bytes, change: Change) -> bytes:
    """The bundle with its files changed, and the archive around them sound again."""
    files = apart(octets)
    change(files)
    return together(files.items())


def flipped(octets: bytes, at: int) -> bytes:
    """The octets with one bit another."""
    return octets[:at] + bytes([octets[at] ^ 1]) + octets[at + 1 :]


def place_of(octets: bytes, name: str, offset: int = 0) -> int:
    """Where an octet of a file stands in the bundle."""
    return Reader(io.BytesIO(octets)).entries[name].start + offset


def listed(files: Files, name: str) -> list[Listed]:
    """The leaves of a file."""
    return list(leaves.read_list(files[f"leaves/{name}.txt"].splitlines(keepends=True)))


def pieces(files: Files, name: str) -> list[bytes]:
    """The content of a file, leaf by leaf."""
    found, at = [], 0
    for one in listed(files, name):
        found.append(files[name][at : at + one.length])
        at += one.length
    return found


def relisted(files: Files, name: str, content: bytes) -> None:
    """Another content for a file, with a list, a manifest entry and a root that fit it: all that needs no key."""
    salt, whole = bytes(16), content
    files[name] = content
    files[f"leaves/{name}.txt"] = Listed(leaf(whole, salt), len(whole), salt).line()
    entries, _ = manifest.read(files["manifest.json"])
    old = entries[name]
    entries[name] = File(name, len(whole), hashlib.sha256(whole).hexdigest(), old.unit, 1, Tree([leaf(whole, salt)]).root().hex())
    files["manifest.json"] = manifest.write(entries.values())


def in_envelope(files: Files, change: Callable[[dict[str, Any]], object]) -> None:
    """Another envelope, in its RFC 8785 form."""
    envelope = json.loads(files["statement.dsse.json"])
    change(envelope)
    files["statement.dsse.json"] = rfc8785.dumps(envelope)


def by_another_tool(octets: bytes, compression: int = zipfile.ZIP_STORED, **attributes: Any) -> bytes:
    """The same files in an archive that another tool would write."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in apart(octets).items():
            info = zipfile.ZipInfo(name)
            info.compress_type = compression
            for attribute, value in attributes.items():
                setattr(info, attribute, value)
            archive.writestr(info, content)
    return made.getvalue()


def with_a_gap(octets: bytes) -> bytes:
    """Something hidden between the last file and the directory, with an end that knows of it."""
    size, start = struct.unpack_from("<QQ", octets, len(octets) - 98 + 40)
    hidden = b"hidden"
    tail = bytearray(octets[start + size :])
    struct.pack_into("<Q", tail, 48, start + len(hidden))
    struct.pack_into("<Q", tail, 56 + 8, start + size + len(hidden))
    return octets[:start] + hidden + octets[start : start + size] + bytes(tail)
