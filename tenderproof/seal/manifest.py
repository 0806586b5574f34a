"""The manifest: every file of a bundle with its length, its SHA-256 and the root over its leaves, and one root over all files."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import rfc8785

from tenderproof.seal.leaves import Unit
from tenderproof.seal.merkle import Tree, leaf

FORM = "tenderproof-bundle/1"


class ManifestError(Exception):
    """A manifest is not in its form."""


@dataclass(frozen=True)
class File:
    """A file of the bundle, as it was sealed; ``sha256`` and ``root`` in hexadecimal, ``leaves`` their number."""

    path: str
    octets: int
    sha256: str
    unit: Unit
    leaves: int
    root: str


def write(files: Iterable[File]) -> bytes:
    """The manifest in its RFC 8785 form, files in the order of their paths."""
    listed = [asdict(file) for file in sorted(files, key=lambda file: file.path)]
    return rfc8785.dumps({"form": FORM, "files": listed, "root": _root(listed)})


def read(octets: bytes) -> tuple[dict[str, File], str]:
    """The files by path, and the root over them; ManifestError if anything of it is not as :func:`write` would write it."""
    try:
        content = json.loads(octets)
        files = [File(**{**entry, "unit": Unit(entry["unit"])}) for entry in content["files"]]
        same = write(files) == octets
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, rfc8785.CanonicalizationError) as error:
        raise ManifestError(str(error)) from error
    if not same or len({file.path for file in files}) != len(files):
        raise ManifestError("the manifest is not in its canonical form")
    return {file.path: file for file in files}, str(content["root"])


def _root(files: Iterable[Mapping[str, Any]]) -> str:
    return Tree(leaf(rfc8785.dumps(dict(file))) for file in files).root().hex()
